"""The queue pane: views, filter and the table, which never jumps under the cursor."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from dispatch_tui.console.model import Queue, words_of
from dispatch_tui.console.panes import status
from dispatch_tui.console.panes.queue import LazyRow, Said, columns
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.desk.views import Case, View
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import search_key
from dispatch_tui.words.speaker import Speaker

STILL_SECONDS = 5.0
"""The order stays as it is while the cursor moved within this time."""

VIEWS = (View.OPEN, View.NEAR, View.BREACHED, View.MINE, View.OVER)

EMPTY = {
    View.OPEN: N_("No ticket is open."),
    View.NEAR: N_("No ticket is near its limit."),
    View.BREACHED: N_("No ticket is past its limit."),
    View.MINE: N_("No ticket is yours."),
    View.OVER: N_("No ticket has been closed yet."),
}


class FilterInput(Input):
    """The line in which the queue is filtered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", show=False),
        Binding("escape", "drop", show=False),
    ]

    class Dropped(Message):
        """The filter is not wanted any more."""

    class Left(Message):
        """On to the rows that were found."""

    def action_leave(self) -> None:
        """Go to the rows that were found."""
        self.post_message(self.Left())

    def action_drop(self) -> None:
        """Forget the filter."""
        self.value = ""
        self.post_message(self.Dropped())


class Board(Vertical):
    """Shows the cases of one view; says by message when older closed ones are wanted."""

    DEFAULT_CSS = """
    Board { height: 5fr; }
    Board > #views { height: 1; background: $panel; }
    Board > #filter { height: 1; border: none; padding: 0 1; display: none; background: $surface; }
    Board > #filter.-open { display: block; }
    """

    class OlderWanted(Message):
        """The cursor is at the end of the closed cases that are loaded."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(id="board")
        self._speaker = speaker
        self._queue = Queue(speaker)
        self._over: dict[str, Case] = {}
        self._found: dict[str, Case] = {}
        self._order: list[str] = []
        self._waiting = 0
        self._wanted = ""
        self._login = ""
        self._now: datetime | None = None
        self.view = View.OPEN

    def compose(self) -> ComposeResult:
        """Make the line of views, the filter and the table."""
        views = Sheet(id="views")
        views.can_focus = False
        yield views
        field = FilterInput(
            placeholder=self._speaker.translate(N_("number, customer, initials, engineer")),
            id="filter",
            select_on_focus=False,
        )
        field.cursor_blink = False
        yield field
        yield KeyedTable(columns(self._speaker), id="queue")

    @property
    def table(self) -> KeyedTable:
        """The rows."""
        return self.query_one(KeyedTable)

    @property
    def selected(self) -> Case | None:
        """The case under the cursor."""
        key = self.table.cursor_key
        return self._found.get(key) if key else None

    @property
    def counts(self) -> Mapping[View, int]:
        """How many cases the views of open cases have."""
        return self._queue.counts(self._login, self._now) if self._now else {}

    def load(self, cases: Mapping[str, Case], login: str, now: datetime) -> None:
        """Show every open case."""
        self._login = login
        self._queue.load(cases)
        self.refresh_rows(now)

    def change(self, numbers: Iterable[str], cases: Mapping[str, Case], now: datetime) -> None:
        """Show cases as they are now; those that are no longer open leave."""
        self._queue.change(numbers, cases)
        self.refresh_rows(now)

    def add_over(self, cases: Iterable[Case], now: datetime) -> None:
        """Show closed cases, older ones below."""
        self._over.update((case.number, case) for case in cases)
        self.refresh_rows(now)

    def forget_over(self) -> None:
        """Forget the closed cases, since some changed."""
        self._over.clear()

    def refresh_rows(self, now: datetime, *, still: bool = True) -> None:
        """Draw what differs; with `still` the order waits while the cursor is being moved."""
        self._now = now
        cases = self._shown(now)
        self._found = {case.number: case for case in cases}
        order = [case.number for case in cases]
        holding = still and monotonic() - self.table.last_moved_at < STILL_SECONDS
        if holding and self._wanted not in self._found:
            before = [number for number in self._order if number in self._found]
            self._waiting = len(order) - len(before)
            if before != order:
                self.set_timer(STILL_SECONDS, self._settle)
            order = before
        else:
            self._waiting = 0
        self._order = order
        said = Said(self._speaker, now)
        rows = [LazyRow(self._found[number], said) for number in order]
        self.table.show(rows, empty=self._speaker.translate(EMPTY[self.view]))
        if self._wanted in self._found and self.table.move_to(self._wanted):
            self._wanted = ""
        paragraph = status.views(self.view, self.counts, self._waiting, self._speaker)
        self.query_one("#views", Sheet).show([paragraph])

    def show_view(self, view: View, now: datetime) -> None:
        """Show another view."""
        self.view = view
        self.refresh_rows(now, still=False)
        if view is View.OVER and not self._over:
            self.post_message(self.OlderWanted())

    def go_to(self, number: str, now: datetime) -> None:
        """Put the cursor on a ticket, now or as soon as it comes."""
        self._wanted = number
        if number not in self._found and self.view is not View.OPEN:
            self.show_view(View.OPEN, now)
        else:
            self.refresh_rows(now, still=False)

    def open_filter(self) -> None:
        """Let the filter be typed."""
        field = self.query_one(FilterInput)
        field.add_class("-open")
        field.focus()

    @property
    def oldest_over(self) -> str:
        """The number of the oldest closed case that is loaded, "" without any."""
        return min(self._over, default="")

    @on(Input.Changed, "#filter")
    def _filter(self) -> None:
        if self._now is not None:
            self.refresh_rows(self._now, still=False)

    @on(Input.Submitted, "#filter")
    @on(FilterInput.Left)
    def _to_rows(self) -> None:
        if not self.query_one(FilterInput).value.strip():
            self._drop_filter()
        self.table.focus()

    @on(FilterInput.Dropped)
    def _drop_filter(self) -> None:
        self.query_one(FilterInput).remove_class("-open")
        self.table.focus()

    @on(KeyedTable.Highlighted, "#queue")
    def _near_the_end(self, moved: KeyedTable.Highlighted) -> None:
        if self.view is View.OVER and self._order and moved.key in self._order[-5:]:
            self.post_message(self.OlderWanted())

    def _settle(self) -> None:
        if self._now is not None and self.is_mounted:
            self.refresh_rows(self._now)

    def _shown(self, now: datetime) -> list[Case]:
        said = self.query_one(FilterInput).value
        if self.view is not View.OVER:
            return self._queue.shown(self.view, said, self._login, now)
        newest_first = sorted(self._over.values(), key=lambda case: case.number, reverse=True)
        words = [search_key(word) for word in said.split()]
        return [
            case
            for case in newest_first
            if all(word in words_of(case, self._speaker) for word in words)
        ]
