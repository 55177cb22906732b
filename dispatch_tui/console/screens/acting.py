"""Giving commands on the selected ticket, one at a time."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from textual import work
from textual.timer import Timer

from dispatch_tui.console.screens.sight import SightScreen
from dispatch_tui.console.widgets.gate import KeyGate, Through
from dispatch_tui.desk.views import Done, TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.alarms import Alarm
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.settings import export_folder

SLIP_SECONDS = 0.5
"""A second key within this time after the first is a slip, and not worth a word."""

SELECT_FIRST = N_("Select a ticket first.")

NO_FILES = N_("Over SSH no file is written: ask for one with ssh … tickets --json.")


class ActingScreen(SightScreen):
    """Asks for what a command needs, gives it, and says what became of it.

    The forms are loaded when they are first opened: the first paint does not wait for them.
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._last_act = ""
        self._under_way_since: float | None = None
        self.gate = KeyGate(self, letters_act=True)
        self._keeping = False
        self._tiring: Timer | None = None

    def on_through(self, through: Through) -> None:
        """Let the keys that wait go on, once the one before them has acted."""
        through.stop()
        self.gate.passed(through)

    def on_screen_suspend(self) -> None:
        """Hand on what was typed ahead to the form that has opened."""
        self._keep(False)

    def on_screen_resume(self) -> None:
        """Let keys wait again where another form is about to open."""
        self._keep(self._under_way_since is not None)

    @property
    def last_act(self) -> str:
        """The ticket of one's own last act, "" when there is nothing to take back."""
        return self._last_act

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing begin while a form is about to open, but leaving: that is always possible."""
        since = self._under_way_since
        opening = since is not None and monotonic() - since < SLIP_SECONDS
        if opening and action != "quit" and self.app.screen is self:
            return False
        return super().check_action(action, parameters)

    def action_call(self) -> None:
        """Log a call."""
        self._alone(self._call)

    def action_menu(self) -> None:
        """Offer everything that can be done with the selected ticket."""
        self._alone(self._menu)

    def action_search(self) -> None:
        """Find anything."""
        self.app.search()

    def action_settings(self) -> None:
        """Have it otherwise."""
        self.app.open_settings()

    def action_command(self, name: str) -> None:
        """Give one command on the selected ticket."""
        self._alone(lambda: self._command(name))

    def action_undo(self) -> None:
        """Take back one's own last act."""
        self._alone(self._undo)

    def action_palette(self) -> None:
        """Find any action, ticket, file or person by its name."""
        self._alone(self._palette)

    def action_report(self) -> None:
        """Read the service report of the selected ticket."""
        self._alone(self._report)

    def action_device_file(self) -> None:
        """Open the file of the selected ticket's device."""
        self._alone(self._device_file)

    def action_files(self) -> None:
        """Look through customers, devices and parts."""
        self._alone(self._files)

    def action_phone(self) -> None:
        """Say whom to call about the selected ticket."""
        self._alone(self._phone)

    def action_copy(self) -> None:
        """Send a number or an address of the selected ticket to the terminal's clipboard."""
        self._alone(self._copy)

    def action_export(self) -> None:
        """Write the list to a file."""
        self._alone(self._export)

    def action_calendar(self) -> None:
        """Look at the roster of two weeks."""
        self._alone(self._calendar)

    def action_handover(self) -> None:
        """Hand over to whoever comes next, or take over."""
        self._alone(self._handover)

    def see(self, number: str) -> None:
        """Mark the flags of a ticket as seen."""
        alarms = self._alarms
        if any(one.flag.ticket == number for one in alarms):
            self._see(number, alarms)

    @work(group="see")
    async def _see(self, number: str, alarms: tuple[Alarm, ...]) -> None:
        await self._try(lambda: self.app.live.see(number, alarms))

    def _alone(self, job: Callable[[], Awaitable[None]]) -> None:
        """Do one thing at a time: two forms from one key would be two calls logged."""
        if not self.app.live.signed_in:
            return
        if self._under_way_since is not None:
            if monotonic() - self._under_way_since > SLIP_SECONDS:
                self.tell(N_("One moment: your last act is still being saved."))
            return
        self._under_way_since = monotonic()
        self._keep(True)
        self._done(job)

    def _keep(self, keeping: bool) -> None:
        """Let keys wait for what is about to open, or no longer."""
        if keeping and not self._keeping:
            self.gate.keep()
            if self._tiring is not None:
                self._tiring.stop()
            self._tiring = self.set_timer(SLIP_SECONDS, self._tire)
        elif self._keeping and not keeping:
            self.gate.release(self.focused or self)
        self._keeping = keeping

    def _tire(self) -> None:
        """Wait no longer for what does not open: keys that were meant for it do nothing else."""
        if self._keeping:
            if self.gate.drop():
                self.tell(N_("One moment: what you typed came too early, type it again."))
            self._keep(False)

    @work(group="act")
    async def _done(self, job: Callable[[], Awaitable[None]]) -> None:
        try:
            await job()
        finally:
            self._under_way_since = None
            self._keep(False)

    async def _call(self) -> None:
        from dispatch_tui.console.screens.call import CallScreen

        if not self.app.desk.may_log():
            self.tell(N_("You may look, but not log calls."))
            return
        done = await self.app.push_screen_wait(CallScreen())
        if done is not None:
            self._acted(done, N_("Call logged as {number}."))
            self.board.go_to(done.other or done.number, self.now())

    async def _menu(self) -> None:
        from dispatch_tui.console.screens.menu import MenuScreen

        if (file := await self._selected_file()) is not None:
            name = await self.app.push_screen_wait(MenuScreen(file))
            if name:
                await self._give(name, file)

    async def _command(self, name: str) -> None:
        if (file := await self._selected_file()) is not None:
            await self._give(name, file)

    async def _palette(self) -> None:
        from dispatch_tui.console.screens.opening import open_found
        from dispatch_tui.console.screens.palette import PaletteScreen

        file = None if self.board.selected is None else await self._selected_file()
        chosen = await self.app.push_screen_wait(PaletteScreen(file))
        if isinstance(chosen, str):
            self.call_later(self.run_action, chosen)
        elif chosen is not None:
            open_found(self.app, chosen)

    async def _device_file(self) -> None:
        case = self.board.selected
        if case is None:
            self.tell(SELECT_FIRST)
        elif not case.ticket.device:
            self.tell(N_("No device is known for this ticket."))
        else:
            self.app.open_device(case.ticket.device)

    async def _files(self) -> None:
        from dispatch_tui.console.screens.files import FilesScreen

        await self.app.push_screen_wait(FilesScreen())

    async def _calendar(self) -> None:
        from dispatch_tui.console.screens.calendar import CalendarScreen

        await self.app.push_screen_wait(CalendarScreen())

    async def _handover(self) -> None:
        from dispatch_tui.console.screens.handover import HandOverScreen

        await self.app.push_screen_wait(HandOverScreen())

    async def _report(self) -> None:
        from dispatch_tui.console.screens.report import ReportScreen

        case = self.board.selected
        if case is None:
            self.tell(SELECT_FIRST)
            return
        try:
            file = await self.app.desk.report(case.number)
        except DispatchError as error:
            self.tell(error.message)
        else:
            await self.app.push_screen_wait(ReportScreen(file))

    async def _phone(self) -> None:
        case = self.board.selected
        if case is None:
            self.tell(SELECT_FIRST)
            return
        found = await self._try(lambda: self.app.desk.reveal_phone(case.number))
        if found is not None:
            self.tell(
                N_("{number}: call {contact}, {phone} (noted in the journal)")
                if found.noted
                else N_("{number}: call {contact}, {phone}"),
                number=found.number,
                contact=found.contact,
                phone=found.phone,
            )

    async def _copy(self) -> None:
        from dispatch_tui.console.screens.copying import CopyScreen

        if (file := await self._selected_file()) is not None:
            await self.app.push_screen_wait(CopyScreen(file))

    async def _export(self) -> None:
        if self.app.settings.guarded:
            self.tell(NO_FILES)
            return
        from dispatch_tui.desk.exporting.shown import write_list

        board = self.board
        try:
            path = write_list(
                export_folder(), board.view, board.in_sight, self.now(), self.app.desk.zone
            )
        except DispatchError as error:
            self.tell(error.message)
        else:
            template = N_("{count} tickets written to {path}")
            self.tell(template, count=len(board.in_sight), path=str(path))

    async def _undo(self) -> None:
        number = self._last_act
        if not number:
            self.tell(N_("There is nothing of yours to take back."))
            return
        if await self._try(lambda: self.app.desk.act(number, c.Undo())) is not None:
            self._last_act = ""
            self.tell(N_("Taken back on {number}."), number=number)

    async def _selected_file(self) -> TicketFile | None:
        """Read the selected ticket as it is now."""
        case = self.board.selected
        if case is None:
            self.tell(SELECT_FIRST)
            return None
        try:
            file: TicketFile = await self.app.desk.ticket(case.number)
        except DispatchError as error:
            self.tell(error.message)
            return None
        return file

    async def _give(self, name: str, file: TicketFile) -> None:
        """Ask for what a command needs and give it."""
        from dispatch_tui.console.screens.assign import AssignScreen
        from dispatch_tui.console.screens.form import FormScreen

        if obstacle := file.obstacles[name]:
            self.tell(obstacle)
            return
        if name == "undo":
            self._last_act = file.case.number
            await self._undo()
            return
        assign = name == "assign"
        screen: Any = AssignScreen(file) if assign else FormScreen(file, COMMANDS[name])
        done = await self.app.push_screen_wait(screen)
        if done is not None:
            self._acted(done, COMMANDS[name].label, final=COMMANDS[name].final)
            self.see(file.case.number)

    def _acted(self, done: Done, what: str, *, final: bool = False) -> None:
        self._last_act = done.number
        if done.version == 1:
            self.tell(what, number=done.number)
        else:
            said = self.app.speaker.say(what, number=done.number)
            if done.other:
                template = N_("{number}: {what}. See also {other}.")
                self.tell(template, number=done.number, what=said, other=done.other)
                return
            template = N_("{number}: {what}. {key} takes it back within 10 seconds.")
            if final:
                template = N_("{number}: {what}.")
            self.tell(template, number=done.number, what=said, key=self.signs("undo")[0])

    async def _try(self, job: Callable[[], Awaitable[Any]]) -> Any:
        """Write, and say in the bottom line what was refused."""
        try:
            return await self.app.write(job)
        except DispatchError as error:
            self.tell(error.message)
            return None
