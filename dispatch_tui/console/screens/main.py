"""The screen that everybody looks at all day: what the database tells, and where one looks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.timer import Timer

from dispatch_tui.console import live
from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.keys.action import MAIN
from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.panes.board import VIEWS, Board
from dispatch_tui.console.panes.status import SCAN_LATE
from dispatch_tui.console.resuming import ResumingScreen
from dispatch_tui.console.screens.sight import PANES
from dispatch_tui.console.troubles import Trouble
from dispatch_tui.console.widgets.filter import FilterInput
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.desk.views import Case, TicketFile, View
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_, Message, say

READ_AFTER = 0.06
"""Seconds that the cursor rests before the panes follow: a held key draws them once."""

DRAWN_EVERY = 0.3
"""Seconds from one drawing of changes to the next: all eyes are as fast, the machine is shared."""


class MainScreen(ResumingScreen):
    """Keeps what is in sight as the database has it, and goes where the keys say."""

    AUTO_FOCUS = "#queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(ACTIONS),
        Binding("enter", "open_pane", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._changed: set[str] = set()
        self._over: dict[str, Case] = {}
        self._people_changed = False
        self._gathering: Timer | None = None
        self._drawn_at = 0.0
        self._resting: Timer | None = None
        self._minute = -1
        self._scanning = False

    def on_mount(self) -> None:
        """Draw what is known before the database is open."""
        self.draw_status()
        self.set_interval(1.0, self._tick)

    # What the database tells

    def glimpsed(self, cases: Mapping[str, Case], login: str) -> None:
        """Show the queue to look at; whoever acts waits for the desk."""
        self.board.load(cases, login, self.now())
        self.go_on()

    def opened(self) -> None:
        """Show the queue of whoever signed in."""
        if self.app.problems:
            self._tell_problems(self.app.problems)
        elif self.app.join:
            self.tell(N_("Join from a second terminal: {command}"), command=self.app.join)
        self.board.reach = self.app.live.reach
        self.board.load(self.app.live.cases, self.app.desk.me.login, self.now())
        self.go_on()
        self.draw_roster()
        self.draw_notice()
        self.draw_status()
        self.draw_footer()
        self._rested()

    def _tell_problems(self, problems: Sequence[Message]) -> None:
        """Say in one sentence what is wrong with the files of settings and keys."""
        if len(problems) == 1:
            self.tell(problems[0])
        else:
            self.tell(
                N_("{count} wrong lines of settings and keys are passed over: dispatch-tui where"),
                count=len(problems),
            )

    def changed(self, changed: live.Changed) -> None:
        """Gather what was committed, and draw it some milliseconds later."""
        self._people_changed |= not changed.numbers
        self._changed |= changed.numbers
        for number in changed.numbers:
            self._over.pop(number, None)
        self._over.update(changed.over)
        if self._gathering is None:
            rest = self._drawn_at + DRAWN_EVERY - monotonic()
            wait = max(self.app.traffic.gather_seconds, rest)
            self._gathering = self.set_timer(wait, self._draw_changed)

    def rang(self, rang: live.Rang) -> None:
        """Ring once for what is new, and keep it in sight."""
        self._alarms = rang.alarms
        if rang.ring:
            self.app.bell()
        self.draw_notice()

    def troubled(self, trouble: Trouble) -> None:
        """Say that what is shown grows old or cannot be saved, or that it no longer is so."""
        self._trouble = trouble if trouble.error is not None else None
        if trouble.error is None:
            again = N_("One can save again.") if trouble.saving else N_("The database answers.")
            self.tell_also(again)
        self.draw_status()
        self.draw_notice()

    def _draw_changed(self) -> None:
        self._gathering = None
        self._drawn_at = monotonic()
        numbers, self._changed = self._changed, set()
        over, self._over = self._over, {}
        self.board.reach = self.app.live.reach
        self.board.change(numbers, self.app.live.cases, over, self.now())
        self.draw_roster()
        self.draw_status()
        people, self._people_changed = self._people_changed, False
        if people:
            self.draw_footer()
        selected = self.board.selected
        if selected is not None and (people or selected.number in numbers):
            self._read(selected)

    # The selected ticket

    @on(Board.Moved)
    def _select(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(READ_AFTER, self._rested)

    @on(Board.Gone)
    def _gone(self, gone: Board.Gone) -> None:
        if gone.number != self.last_act:
            self.tell(
                N_("Ticket {number} has left this list; the cursor is on the next one."),
                number=gone.number,
            )

    @on(KeyedTable.Selected, "#queue")
    def _chosen(self) -> None:
        self.action_menu()

    def _rested(self) -> None:
        if not self.app.live.signed_in:
            return
        selected = self.board.selected
        if selected is not None:
            self._read(selected)
        else:
            self._show(None)

    @work(exclusive=True, group="read")
    async def _read(self, case: Case) -> None:
        file = TicketFile(case=case, journal=(), customer=None, device=None, obstacles={})
        device = None
        try:
            file = await self.app.desk.ticket(case.number)
            if file.case.ticket.device:
                device = await self.app.desk.device(file.case.ticket.device)
        except DispatchError as error:
            if self._trouble is None:
                self.tell(error.message)
        if not self.standing:
            return
        other = self._device is None or device is None or self._device.device != device.device
        self._device = device
        self._show(file)
        self.draw_device(top=other)

    def _show(self, file: TicketFile | None) -> None:
        other = self._file is None or file is None or self._file.case.number != file.case.number
        self._file = file
        self.draw_ticket(top=other)
        if file is None:
            self._device = None
            self.draw_device(top=True)

    def action_open_pane(self) -> None:
        """Open what the focused pane is about: the file of the device, the menu of the ticket."""
        if self._pane == "device":
            self.action_device_file()
        elif self._pane == "ticket":
            self.action_menu()

    # Time

    def _tick(self) -> None:
        now = self.now()
        if not self.app.live.signed_in:
            if self._trouble is not None:
                self.draw_status()
            return
        self.app.whereabouts.look()
        self.app.live.strike(now, self.app.waiting)
        if not self._scanning:
            self._scanning = True
            self._scan(now)
        if now.minute != self._minute:
            self._minute = now.minute
            self.board.refresh_rows(now)
            self.draw_ticket()
            self.draw_roster()
            self.draw_status()
        elif self._trouble is not None and now.second % self.app.traffic.age_seconds == 0:
            self.draw_status()
        if self.app.live.presence.beside(self.shown_number) != self._beside:
            self.draw_ticket()

    @work(group="scan")
    async def _scan(self, now: datetime) -> None:
        before = self.app.live.scanned_at
        try:
            await self.app.live.scan(now)
        finally:
            self._scanning = False
        if self.standing and before is not None and now - before > SCAN_LATE:
            self.draw_status()

    # Where one looks

    def action_view(self, step: int) -> None:
        """Show the next view, or the one before."""
        place = (VIEWS.index(self.board.view) + step) % len(VIEWS)
        self.board.show_view(VIEWS[place], self.now())

    def action_show_view(self, name: str) -> None:
        """Show a view by its name."""
        self.board.show_view(View(name), self.now())

    def action_filter(self) -> None:
        """Filter the queue while typing."""
        self.go_to_pane("queue")
        self.board.open_filter()

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        if name in PANES:
            self.go_to_pane(name)

    def action_back(self) -> None:
        """Leave the filter, else the pane, else the view."""
        if self.board.filtered:
            self.board.drop_filter()
        elif not self.board.table.has_focus:
            self.go_to_pane("queue")
        elif self.board.view is not View.OPEN:
            self.board.show_view(View.OPEN, self.now())

    def action_alarm(self) -> None:
        """Go to the ticket that rang, and mark its flags as seen."""
        if not self._alarms:
            self.tell(N_("Nothing rang that you have not seen."))
            return
        number = self._alarms[-1].flag.ticket
        self.go_to_pane("queue")
        self.board.go_to(number, self.now())
        self.see(number)

    def action_help(self) -> None:
        """Explain what has the keys, and what they do."""
        from dispatch_tui.console.keys.general import FILTER
        from dispatch_tui.console.screens.explaining import Part, pane
        from dispatch_tui.console.screens.help import HelpScreen

        filtering = isinstance(self.focused, FilterInput)
        place = FILTER if filtering else MAIN
        label = FILTER.label if filtering else PANES[self._pane]
        said = say(FILTER.help) if filtering else pane(self._pane)

        def explained() -> tuple[Part]:
            return (Part(self.app.speaker.translate(label), (said,)),)

        self.app.push_screen(HelpScreen(place, explained))

    def action_quit(self) -> None:
        """Leave the console."""
        self.app.exit(0)

    @on(Board.OlderHidden)
    def _no_older(self) -> None:
        self.tell(N_("These are the newest closed tickets; older ones are found by searching."))

    @on(Board.OlderWanted)
    @work(exclusive=True, group="older")
    async def _older(self) -> None:
        if not self.app.live.signed_in:
            return
        try:
            cases = await self.app.desk.over_cases(self.board.oldest_over)
        except DispatchError as error:
            self.tell(error.message)
        else:
            self.board.add_over(cases, self.now())
