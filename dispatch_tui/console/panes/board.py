"""The queue pane: views, filter and the table, which never jumps under the cursor."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from time import monotonic
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from dispatch_tui.console.model import Past, Queue
from dispatch_tui.console.panes import status
from dispatch_tui.console.panes.queue import LazyRow, Said, columns
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.filter import FilterInput
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.desk.views import WAITING, Case, View
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.reach import Reach
from dispatch_tui.words.speaker import Speaker

STILL_SECONDS = 5.0
"""The order stays as it is while the cursor moved within this time."""

VIEWS = (View.OPEN, View.NEAR, View.BREACHED, View.MINE, *WAITING, View.OVER)

EMPTY = {
    View.OPEN: N_("No ticket is open."),
    View.NEAR: N_("No ticket is near its limit."),
    View.BREACHED: N_("No ticket is past its limit."),
    View.MINE: N_("No ticket is yours."),
    View.CALL_BACKS: N_("Nobody waits for a call after a repair."),
    View.AWAY: N_("Nothing is in the workshop or with a manufacturer."),
    View.COMPLAINTS: N_("No complaint is open."),
    View.CONSENT: N_("Nobody was asked for more time."),
    View.OVER: N_("No ticket has been closed yet."),
}
NOTHING_FOUND = N_("No ticket of this view has these words.")
NOT_AMONG_THE_NEWEST = N_(
    "None of the newest closed tickets has these words; older ones are found by searching."
)
LOOKING = N_("Looking for closed tickets ...")

ENOUGH = 100
"""Closed tickets that a filter finds before older ones are looked through."""


class Board(Vertical):
    """Shows the cases of one view; says by message when older closed ones are wanted."""

    DEFAULT_CSS = """
    Board { height: 5fr; }
    Board > #views { height: 1; background: $panel; }
    """

    class OlderWanted(Message):
        """Closed cases are wanted that are older than those that are loaded."""

    class OlderHidden(Message):
        """Closed cases are wanted for which there is no room."""

    class Moved(Message):
        """The cursor is on another ticket, or on none.

        Said by the board: what the table says while the board changes it stops at the board.
        """

        def can_replace(self, message: Message) -> bool:
            """Let the last of many moves stand for all of them."""
            return isinstance(message, Board.Moved)

    class Gone(Message):
        """The selected ticket left the list: the cursor is on its neighbour."""

        def __init__(self, number: str) -> None:
            super().__init__()
            self.number = number

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(id="board")
        self._speaker = speaker
        self._queue = Queue(speaker)
        self._past = Past(speaker)
        self._found: dict[str, Case] = {}
        self._order: list[str] = []
        self._waiting = 0
        self._settling: Timer | None = None
        self._wanted = ""
        self._wanted_since = 0.0
        self._login = ""
        self._now: datetime | None = None
        self.view = View.OPEN
        self.reach: Reach | None = None

    def compose(self) -> ComposeResult:
        """Make the line of views, the filter and the table."""
        views = Sheet(id="views")
        views.can_focus = False
        yield views
        yield FilterInput(self._hint)
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
    def in_sight(self) -> list[Case]:
        """The cases of the list from top to bottom."""
        return [self._found[number] for number in self._order if number in self._found]

    @property
    def counts(self) -> Mapping[View, int]:
        """How many cases the views of open cases have."""
        return self._queue.counts(self._login, self._now) if self._now else {}

    def load(self, cases: Mapping[str, Case], login: str, now: datetime) -> None:
        """Show every open case."""
        self._login = login
        self._queue.load(cases)
        self.refresh_rows(now)

    def change(
        self,
        numbers: Iterable[str],
        cases: Mapping[str, Case],
        over: Mapping[str, Case],
        now: datetime,
    ) -> None:
        """Show cases as they are now; those that are no longer open leave."""
        self._queue.change(numbers, cases)
        self._past.change(numbers, over)
        self.refresh_rows(now)

    def add_over(self, cases: Iterable[Case], now: datetime) -> None:
        """Show closed cases, older ones below."""
        self._past.add(cases)
        self.refresh_rows(now, still=False)
        if self.said and len(self._found) < ENOUGH:
            self._want_older()

    def refresh_rows(self, now: datetime, *, still: bool = True) -> None:
        """Draw what differs; with `still` the order waits while the cursor is being moved."""
        self._now = now
        if self.table.last_moved_at > self._wanted_since:
            self._wanted = ""
        before = self.table.cursor_key
        self._found = {case.number: case for case in self._shown(now)}
        self._order = self._held() if still else list(self._found)
        self._waiting = len(self._found) - len(self._order)
        if self._order != list(self._found) and self._settling is None:
            self._settling = self.set_timer(STILL_SECONDS, self._settle)
        said = Said(self._speaker, now, self.view, self.reach)
        rows = [LazyRow(self._found[number], said) for number in self._order]
        self.table.show(cast("list[Row]", rows), empty=self._speaker.translate(self._why_empty()))
        if self._wanted in self._found and self.table.move_to(self._wanted):
            self._wanted = ""
        elif still and before is not None and before not in self._found:
            self.post_message(self.Gone(before))
        self._draw_views()

    def on_resize(self) -> None:
        """Name as many views as there is room for now."""
        self._draw_views()

    def _draw_views(self) -> None:
        paragraph = status.views(
            self.view, self.counts, self._waiting, self._speaker, self.size.width
        )
        self.query_one("#views", Sheet).show([paragraph])

    def _held(self) -> list[str]:
        """Return the order of the rows: as it was while the cursor is being moved."""
        kept = [number for number in self._order if number in self._found]
        moving = monotonic() - self.table.last_moved_at < STILL_SECONDS
        if moving and kept and self._wanted not in self._found:
            return kept
        return list(self._found)

    def show_view(self, view: View, now: datetime) -> None:
        """Show another view."""
        self._turn_to(view)
        self.refresh_rows(now, still=False)
        if view is View.OVER and not self._past.asked:
            self._want_older()

    def go_to(self, number: str, now: datetime) -> None:
        """Put the cursor on a ticket, now or as soon as it comes: out of view and filter."""
        self._wanted, self._wanted_since = number, monotonic()
        if number not in self._found:
            self._turn_to(View.OPEN)
            self.drop_filter()
        self.refresh_rows(now, still=False)

    def say_anew(self, now: datetime) -> None:
        """Say everything in the language that is spoken now."""
        self.query_one(FilterInput).placeholder = self._hint
        self.table.show_columns(columns(self._speaker, self.view))
        self.refresh_rows(now)

    @property
    def _hint(self) -> str:
        return self._speaker.translate(N_("number, customer, initials, engineer"))

    def begin_at(self, view: View, said: str, number: str, now: datetime) -> None:
        """Show a view with a filter, the cursor on a ticket if it is in sight then."""
        self._turn_to(view)
        if said:
            field = self.query_one(FilterInput)
            with field.prevent(Input.Changed):
                field.value = said
            field.add_class("-open")
        self._wanted, self._wanted_since = number, monotonic()
        self.show_view(view, now)

    def _turn_to(self, view: View) -> None:
        if view is not self.view:
            self.table.show_columns(columns(self._speaker, view))
        self.view = view

    def open_filter(self) -> None:
        """Let the filter be typed."""
        field = self.query_one(FilterInput)
        field.add_class("-open")
        field.focus()

    @property
    def filtered(self) -> bool:
        """Whether the line of the filter is there."""
        return self.query_one(FilterInput).has_class("-open")

    def drop_filter(self) -> None:
        """Show every ticket of the view again."""
        field = self.query_one(FilterInput)
        field.value = ""
        field.remove_class("-open")
        if field.has_focus:
            self.table.focus()

    @property
    def oldest_over(self) -> str:
        """The number of the oldest closed case that is loaded, "" without any."""
        return self._past.oldest

    @property
    def said(self) -> str:
        """What the rows are filtered by."""
        return self.query_one(FilterInput).value.strip()

    @on(Input.Changed, "#filter")
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        if self._now is not None:
            self.refresh_rows(self._now, still=False)
            if self.view is View.OVER and self.said and len(self._found) < ENOUGH:
                self._want_older()

    @on(Input.Submitted, "#filter")
    @on(FilterInput.Left)
    def _to_rows(self) -> None:
        if not self.said:
            self.drop_filter()
        self.table.focus()

    @on(FilterInput.Dropped)
    def _dropped(self) -> None:
        self.drop_filter()

    @on(KeyedTable.Highlighted, "#queue")
    def _moved(self, moved: KeyedTable.Highlighted) -> None:
        moved.stop()
        self.post_message(self.Moved())
        if self.view is View.OVER and moved.key in self._order[-5:]:
            self._want_older()

    def _want_older(self) -> None:
        self._past.asked = True
        if not self._past.complete:
            self.post_message(self.OlderHidden() if self._past.full else self.OlderWanted())

    def _settle(self) -> None:
        self._settling = None
        if self._now is not None:
            self.refresh_rows(self._now)

    def _shown(self, now: datetime) -> list[Case]:
        if self.view is View.OVER:
            return self._past.shown(self.said)
        return self._queue.shown(self.view, self.said, self._login, now)

    def _why_empty(self) -> str:
        if self.view is View.OVER and not self._past.complete:
            return NOT_AMONG_THE_NEWEST if self._past.full else LOOKING
        return NOTHING_FOUND if self.said else EMPTY[self.view]
