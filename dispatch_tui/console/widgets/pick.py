"""A list to pick from while the keys go to a field above or below it."""

from collections.abc import Sequence

from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.table import KeyedTable

COLUMNS = (
    Column("what", "", 24, min_width=14, grow=3, priority=9),
    Column("which", "", 18, min_width=10, grow=2, priority=8),
    Column("where", "", 12, min_width=6, grow=1, priority=6),
    Column("mark", "", 16, min_width=11, grow=1, priority=7),
)

LISTED = (
    Column("what", "", 34, min_width=20, grow=3, priority=9),
    Column("aside", "", 28, min_width=10, grow=2, priority=8),
)
"""For the values of a list: a word, and what is said beside it."""


class PickList(KeyedTable, can_focus=False):
    """Rows of some cells, four unless said otherwise; the form above moves its cursor."""

    BLURRED = "cursor"
    DEFAULT_CSS = """
    PickList { background: transparent; margin: 0 1; }
    """

    def __init__(
        self,
        columns: Sequence[Column] | None = None,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(columns or COLUMNS, header=False, id=id)

    def offer(self, rows: Sequence[Row], *, first: bool, empty: str = "") -> None:
        """Offer these rows, with the cursor on the first of them if it shall be picked by Enter."""
        self._cursor_key = None
        self.show(rows, empty=empty)
        if first:
            self.action_first()
        else:
            self._cursor_key = None
            self.scroll_to(y=0, animate=False, force=True)
            self._draw_changes()

    def steer(self, rows: int) -> None:
        """Move the cursor, from the last row to the first and back."""
        count = len(self._rows)
        if not count:
            return
        if self._cursor_key is None:
            self.action_first() if rows > 0 else self.action_last()
            return
        place = self._rows.place(self._cursor_key)
        if rows == 1 and place == count - 1:
            self.action_first()
        elif rows == -1 and place == 0:
            self.action_last()
        else:
            self.action_move(rows)


def row(key: str, *cells: str, role: str = "") -> Row:
    """Return a row to offer: its first cell in a role, the others plain."""
    return Row(key, tuple(Cell(text, role if not at else "") for at, text in enumerate(cells)))
