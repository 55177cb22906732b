"""The floor of a console: a bare Textual app, or one with a bare table: `bare.py [ROWS]`."""

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

PAINTED = "painted"
UNDER_CURSOR = Style(reverse=True)


class Bare(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        """Show it."""
        yield Static(PAINTED)


class Rows(ScrollView, can_focus=True):
    """Lines of text with a cursor; a move draws two lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)"),
        Binding("up", "move(-1)"),
    ]
    cursor: var[int] = var(0)

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self.styles.overflow_y = "hidden"

    def on_mount(self) -> None:
        """Be as high as the rows are many."""
        self.virtual_size = Size(self.app.size.width, self._count)

    def render_line(self, y: int) -> Strip:
        """Draw a row."""
        place = self.scroll_offset.y + y
        text = (
            f"{place:6} {PAINTED} 0:{place % 60:02} answer 261123-{place:03} First Hospital logged"
        )
        style = UNDER_CURSOR if place == self.cursor else Style.null()
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(self._count - 1, self.cursor + rows))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw where it was and where it is."""
        top = self.scroll_offset.y
        lines = (Region(0, place - top, self.size.width, 1) for place in (before, after))
        self.refresh(*lines)


class BareTable(App[None]):
    """One table."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        """Show it."""
        yield Rows(self._count)


if __name__ == "__main__":
    (BareTable(int(sys.argv[1])) if len(sys.argv) > 1 else Bare()).run()
