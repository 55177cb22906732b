"""The three panes: queue, roster, device; under the queue the selected ticket."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer

from dispatch_tui.console import live
from dispatch_tui.console.actions import ACTIONS, bindings
from dispatch_tui.console.panes import device as device_pane
from dispatch_tui.console.panes import roster as roster_pane
from dispatch_tui.console.panes import status as status_pane
from dispatch_tui.console.panes import ticket as ticket_pane
from dispatch_tui.console.panes.board import VIEWS, Board
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.roster import roster_of
from dispatch_tui.desk.views import Case, DeviceFile, Done, Roster, TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.alarms import Alarm
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.table import COMMANDS

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp

NARROW = 100
"""Below this many columns one pane is shown at a time."""

READ_AFTER = 0.06
"""Seconds that the cursor rests before the panes follow: a held key draws them once."""

COALESCE = 0.05
"""Seconds in which changes of others are gathered before they are drawn."""

PANES = {
    "queue": N_("Queue"),
    "ticket": N_("Ticket"),
    "roster": N_("Roster"),
    "device": N_("Device"),
}


def _still(id: str) -> Sheet:  # noqa: A002
    sheet = Sheet(id=id)
    sheet.can_focus = False
    return sheet


class MainScreen(Screen[None]):
    """What everybody looks at all day."""

    app: "DispatchApp"
    AUTO_FOCUS = "#queue"
    focused = Reactive(None, repaint=False)
    """The base class would paint the whole screen anew at each change of focus."""
    BINDINGS: ClassVar[list[BindingType]] = list(bindings())

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._file: TicketFile | None = None
        self._device: DeviceFile | None = None
        self._roster: Roster | None = None
        self._alarms: tuple[Alarm, ...] = ()
        self._trouble: live.Trouble | None = None
        self._changed: set[str] = set()
        self._gathering: Timer | None = None
        self._resting: Timer | None = None
        self._minute = -1
        self._scanning = False
        self._said = ""
        self._last_act = ""
        self._pane = "queue"

    def compose(self) -> ComposeResult:
        """Make the panes and the lines at the edges."""
        yield _still("status")
        yield _still("panes")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Board(self.app.speaker)
                yield Sheet(id="ticket")
            with Vertical(id="right"):
                yield Sheet(id="roster")
                yield Sheet(id="device")
        yield _still("notice")
        yield _still("footer")

    def on_mount(self) -> None:
        """Draw what is known before the database is open."""
        self.query_one("#footer", Sheet).show([status_pane.footer(ACTIONS, self.app.speaker)])
        self._draw_status()
        self.set_interval(1.0, self._tick)

    def on_resize(self, event: events.Resize) -> None:
        """Show one pane at a time where there is little room."""
        self.set_class(event.size.width < NARROW, "-narrow")
        self._draw_panes()
        self._draw_status()

    @property
    def board(self) -> Board:
        """The queue pane."""
        return self.query_one(Board)

    # What the database tells

    def opened(self) -> None:
        """Show the queue of whoever signed in."""
        if self.app.join and not self._said:
            template = N_("Join from a second terminal: {command}")
            self._tell(self.app.speaker.say(template, command=self.app.join))
        self.board.load(self.app.live.cases, self.app.desk.me.login, self._now())
        self._draw_roster()
        self._draw_notice()
        self._draw_status()

    def changed(self, numbers: frozenset[str]) -> None:
        """Gather what others changed, and draw it some milliseconds later."""
        self._changed |= numbers
        if self._gathering is None:
            self._gathering = self.set_timer(COALESCE, self._draw_changed)

    def rang(self, rang: live.Rang) -> None:
        """Ring once for what is new, and keep it in sight."""
        self._alarms = rang.alarms
        if rang.ring:
            self.app.bell()
        self._draw_notice()

    def troubled(self, trouble: live.Trouble) -> None:
        """Say that what is shown grows old, or that it no longer does."""
        self._trouble = trouble if trouble.error is not None else None
        if trouble.error is not None:
            self._tell(self.app.speaker.say(trouble.error.message))
        self._draw_status()

    def _draw_changed(self) -> None:
        self._gathering = None
        numbers, self._changed = self._changed, set()
        self.board.forget_over()
        self.board.change(numbers, self.app.live.cases, self._now())
        self._draw_roster()
        self._draw_status()
        selected = self.board.selected
        if selected is not None and selected.number in numbers:
            self._draw_ticket()
            self._read(selected.number, selected.ticket.device)

    # The selected ticket

    @on(KeyedTable.Highlighted, "#queue")
    def _select(self, moved: KeyedTable.Highlighted) -> None:
        if moved.forced:
            self._tell(self.app.speaker.translate(N_("The selected ticket has left this list.")))
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(READ_AFTER, self._rested)

    @on(KeyedTable.Selected, "#queue")
    async def _chosen(self) -> None:
        await self.run_action("menu")

    def _rested(self) -> None:
        selected = self.board.selected
        if selected is None:
            self._file = self._device = None
            self._draw_ticket(top=True)
            self._draw_device()
        elif self.app.live.signed_in:
            self._read(selected.number, selected.ticket.device)

    @work(exclusive=True, group="read")
    async def _read(self, number: str, device_id: str) -> None:
        try:
            file = await self.app.desk.ticket(number)
            device = await self.app.desk.device(device_id) if device_id else None
        except DispatchError as error:
            self._tell(self.app.speaker.say(error.message))
            return
        other = self._file is None or self._file.case.number != number
        self._file, self._device = file, device
        self._draw_ticket(top=other)
        self._draw_device()

    # Drawing

    def _now(self) -> datetime:
        return self.app.now()

    def _draw_ticket(self, *, top: bool = False) -> None:
        found = ticket_pane.paragraphs(self._file, self.app.speaker, self._now())
        self.query_one("#ticket", Sheet).show(list(found), top=top)

    def _draw_device(self) -> None:
        selected = self.board.selected
        number = selected.number if selected else ""
        found = device_pane.paragraphs(self._device, self.app.speaker, self._now(), number)
        self.query_one("#device", Sheet).show(list(found))

    def _draw_roster(self) -> None:
        if not self.app.live.signed_in:
            return
        now = self._now()
        tickets = (case.ticket for case in self.app.live.cases.values())
        self._roster = roster_of(self.app.live.staff, self.app.live.plan, tickets, now)
        found = roster_pane.paragraphs(self._roster, self.app.speaker, now)
        self.query_one("#roster", Sheet).show(list(found))

    def _draw_status(self) -> None:
        signed_in = self.app.live.signed_in
        paragraph = status_pane.status(
            self.board.counts,
            self._roster,
            self.app.desk.me if signed_in else None,
            self._trouble,
            self.app.live.scanned_at,
            self.app.speaker,
            self._now(),
            narrow=self.has_class("-narrow"),
        )
        self.query_one("#status", Sheet).show([paragraph])

    def _draw_notice(self) -> None:
        paragraph: Paragraph
        if self._said:
            paragraph = line(Span(self._said, "strong"), wrap=False)
        elif self._alarms:
            paragraph = status_pane.alarm(self._alarms, self.app.live.cases, self.app.speaker)
        else:
            paragraph = line()
        self.query_one("#notice", Sheet).show([paragraph])

    def _draw_panes(self) -> None:
        body = self.query_one("#body")
        for name in PANES:
            body.set_class(name == self._pane, f"-{name}")
        paragraph = status_pane.tabs(PANES, self._pane, self.app.speaker)
        self.query_one("#panes", Sheet).show([paragraph])

    def _tell(self, sentence: str) -> None:
        """Say something in the line at the bottom; an alarm comes back after it."""
        self._said = sentence
        self._draw_notice()
        self.set_timer(10.0, lambda: self._unsay(sentence))

    def _unsay(self, sentence: str) -> None:
        if self._said == sentence:
            self._said = ""
            self._draw_notice()

    async def _tick(self) -> None:
        now = self._now()
        if not self.app.live.signed_in:
            return
        if not self._scanning:
            self._scanning = True
            self.app.run_worker(self._scan(now), group="scan")
        if now.minute != self._minute:
            self._minute = now.minute
            self.board.refresh_rows(now)
            self._draw_ticket()
            self._draw_roster()
            self._draw_status()
        elif self._trouble is not None:
            self._draw_status()

    async def _scan(self, now: datetime) -> None:
        try:
            await self.app.live.scan(now)
        except DispatchError as error:
            self._tell(self.app.speaker.say(error.message))
        finally:
            self._scanning = False

    # Actions

    def action_view(self, step: int) -> None:
        """Show the next view, or the one before."""
        place = (VIEWS.index(self.board.view) + step) % len(VIEWS)
        self.board.show_view(VIEWS[place], self._now())

    def action_filter(self) -> None:
        """Filter the queue while typing."""
        self.action_pane("queue")
        self.board.open_filter()

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self._pane = name
        self._draw_panes()
        self.set_focus(self.query_one(f"#{name}"))

    @on(Board.OlderWanted)
    @work(exclusive=True, group="older")
    async def _older(self) -> None:
        before = self.board.oldest_over
        self.board.add_over(await self.app.desk.over_cases(before), self._now())

    @work(exclusive=True, group="form")
    async def action_call(self) -> None:
        """Log a call."""
        from dispatch_tui.console.screens.call import CallScreen

        if not self.app.live.signed_in:
            return
        if not self.app.desk.may_log():
            self._tell(self.app.speaker.translate(N_("You may look, but not log calls.")))
            return
        done = await self.app.push_screen_wait(CallScreen())
        if done is not None:
            self._acted(done, N_("Call logged as {number}."))

    @work(exclusive=True, group="form")
    async def action_menu(self) -> None:
        """Offer everything that can be done with the selected ticket."""
        from dispatch_tui.console.screens.menu import MenuScreen

        file = await self._current()
        if file is None:
            return
        name = await self.app.push_screen_wait(MenuScreen(file))
        if name:
            await self._give(name, file)

    @work(exclusive=True, group="form")
    async def action_command(self, name: str) -> None:
        """Give one command on the selected ticket."""
        file = await self._current()
        if file is not None:
            await self._give(name, file)

    @work(exclusive=True, group="form")
    async def action_undo(self) -> None:
        """Take back one's own last act."""
        if not self._last_act:
            self._tell(self.app.speaker.translate(N_("There is nothing of yours to take back.")))
            return
        number = self._last_act
        done = await self._try(lambda: self.app.desk.act(number, c.Undo()))
        if done is not None:
            self._last_act = ""
            self._tell(self.app.speaker.say(N_("Taken back on {number}."), number=number))

    @work(exclusive=True, group="form")
    async def action_alarm(self) -> None:
        """Go to the ticket that rang, and mark its flags as seen."""
        if not self._alarms:
            self._tell(self.app.speaker.translate(N_("Nothing rang that you have not seen.")))
            return
        number = self._alarms[-1].flag.ticket
        self.action_pane("queue")
        self.board.go_to(number, self._now())
        await self._see(number)

    def action_help(self) -> None:
        """Explain the keys."""
        from dispatch_tui.console.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_quit(self) -> None:
        """Leave the console."""
        self.app.exit(0)

    def action_command_palette(self) -> None:
        """Find any action by its name."""
        self.app.action_command_palette()

    async def _current(self) -> TicketFile | None:
        """Read the selected ticket as it is now."""
        case: Case | None = self.board.selected
        if case is None or not self.app.live.signed_in:
            self._tell(self.app.speaker.translate(N_("Select a ticket first.")))
            return None
        try:
            file: TicketFile = await self.app.desk.ticket(case.number)
        except DispatchError as error:
            self._tell(self.app.speaker.say(error.message))
            return None
        return file

    async def _give(self, name: str, file: TicketFile) -> None:
        """Ask for what a command needs and give it."""
        from dispatch_tui.console.screens.assign import AssignScreen
        from dispatch_tui.console.screens.form import FormScreen

        if obstacle := file.obstacles[name]:
            self._tell(self.app.speaker.say(obstacle, self._now()))
            return
        screen: Any
        if name == "undo":
            self._last_act = file.case.number
            self.action_undo()
            return
        screen = AssignScreen(file) if name == "assign" else FormScreen(file, COMMANDS[name])
        done = await self.app.push_screen_wait(screen)
        if done is not None:
            self._acted(done, COMMANDS[name].label)
            await self._see(file.case.number)

    def _acted(self, done: Done, what: str) -> None:
        self._last_act = done.number
        speaker = self.app.speaker
        sentence = speaker.say(what, number=done.number)
        if done.version > 1:
            template = N_("{number}: {what}. u takes it back within 10 seconds.")
            sentence = speaker.say(template, number=done.number, what=sentence)
        self._tell(sentence)
        self.board.go_to(done.number, self._now())

    async def _see(self, number: str) -> None:
        alarms = self._alarms
        if any(one.flag.ticket == number for one in alarms):
            await self._try(lambda: self.app.live.see(number, alarms))

    async def _try(self, job: Callable[[], Awaitable[Any]]) -> Any:
        """Write, and say in the bottom line what was refused."""
        try:
            return await self.app.write(job)
        except DispatchError as error:
            self._tell(self.app.speaker.say(error.message, self._now()))
            return None
