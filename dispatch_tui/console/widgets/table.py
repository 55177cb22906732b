"""A list of rows that are known by key, with a cursor that stays on its row."""

from collections.abc import Sequence
from time import monotonic
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.lists import MOVES
from dispatch_tui.console.widgets.cells import KeyedRows, Row
from dispatch_tui.console.widgets.view import RowView


class KeyedTable(RowView, inherit_bindings=False):
    """A table with a cursor: keys and clicks move it, enter and double clicks select."""

    last_moved_at: float = float("-inf")
    """When a person last moved the cursor, on the monotonic clock."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(MOVES),
        Binding("enter", "select", show=False),
    ]

    class Highlighted(Message):
        """The cursor is on another row; ``forced`` when its own row has gone from under it."""

        def __init__(self, table: "KeyedTable", key: str | None, *, forced: bool = False) -> None:
            super().__init__()
            self.table = table
            self.key = key
            self.forced = forced

        @property
        def control(self) -> "KeyedTable":
            """The table, for ``@on`` with a selector."""
            return self.table

        def can_replace(self, message: Message) -> bool:
            """Let the last of many moves stand for all of them."""
            return isinstance(message, KeyedTable.Highlighted) and message.table is self.table

    class Selected(Message):
        """Enter was pressed or a row was clicked twice."""

        def __init__(self, table: "KeyedTable", key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> "KeyedTable":
            """The table, for ``@on`` with a selector."""
            return self.table

    @property
    def cursor_key(self) -> str | None:
        """The key under the cursor; None only without rows."""
        return self._cursor_key

    def show(self, rows: Sequence[Row], *, empty: str | None = None) -> None:
        """Show these rows in this order, drawing what differs; ValueError if two share a key."""
        old, new, before = self._rows, KeyedRows(rows), self._cursor_key
        anchor, line = self._anchor(new)
        self._rows = new
        self._empty = self._empty if empty is None else empty
        if before is None or before not in new:
            near = None if before is None else old.nearest(before, new)
            self._cursor_key = near or (new[0].key if len(new) else None)
        self._fit_virtual_size()
        self._scroll(self.rows_above if anchor is None else new.place(anchor) - line)
        self._draw_changes()
        if self._cursor_key != before:
            forced = before is not None
            self.post_message(self.Highlighted(self, self._cursor_key, forced=forced))

    def move_to(self, key: str) -> bool:
        """Put the cursor on a row and scroll to it; False if there is no such row."""
        if key not in self._rows:
            return False
        self._go(self._rows.place(key), self.rows_above)
        return True

    def action_move(self, rows: int) -> None:
        """Move the cursor down by so many rows."""
        self._go(self._cursor_place + rows, self.rows_above)

    def action_page(self, pages: int) -> None:
        """Move cursor and view down by so many screens."""
        step = pages * max(1, self._body_height)
        self._go(self._cursor_place + step, self.rows_above + step)

    def action_first(self) -> None:
        """Move to the first row."""
        self._go(0, self.rows_above)

    def action_last(self) -> None:
        """Move to the last row."""
        self._go(len(self._rows) - 1, self.rows_above)

    def action_select(self) -> None:
        """Say that the row under the cursor was chosen."""
        if self._cursor_key is not None:
            self.post_message(self.Selected(self, self._cursor_key))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked; a second click selects it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._header_height:
            return
        place = self.rows_above + offset.y - self._header_height
        if place < len(self._rows):
            event.stop()
            self._go(place, self.rows_above)
            if event.chain == 2:
                self.clicked_twice()
            else:
                self.clicked(self._painter.cell_at(offset.x, self.size.width))

    def clicked(self, cell: int | None) -> None:
        """Do what one click on a cell of the cursor's row does; None is beside the cells."""

    def clicked_twice(self) -> None:
        """Do what a second click on the same row does."""
        self.action_select()

    @property
    def _cursor_place(self) -> int:
        return 0 if self._cursor_key is None else self._rows.place(self._cursor_key)

    def _go(self, place: int, top: int) -> None:
        """Put the cursor on a row, with the view at this top if the row is in sight then."""
        if not len(self._rows):
            return
        place = max(0, min(place, len(self._rows) - 1))
        key = self._rows[place].key
        moved = key != self._cursor_key
        self._cursor_key = key
        self.last_moved_at = monotonic()
        self._reveal(place, max(0, min(top, self.max_scroll_y)))
        self._draw_changes()
        if moved:
            self.post_message(self.Highlighted(self, key))

    def _anchor(self, new: KeyedRows) -> tuple[str | None, int]:
        """Return the row that shall stay on its line of the body: the cursor's, if in sight."""
        in_sight = range(self.rows_above, min(self.rows_above + self._body_height, len(self._rows)))
        key = self._cursor_key
        if key is not None and self._rows.place(key) in in_sight:
            return self._rows.nearest(key, new), self._rows.place(key) - self.rows_above
        for place in in_sight:
            if self._rows[place].key in new:
                return self._rows[place].key, place - self.rows_above
        return None, 0
