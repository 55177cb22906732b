"""A view of keyed rows that writes to the terminal only what differs from what is drawn."""

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from dispatch_tui.console.widgets.cells import KeyedRows
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.lines import Line, Painter
from dispatch_tui.console.widgets.roles import glyphs_of, style_of

MIN_HEIGHT_WITH_HEADER = 3


class RowView(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows under a fixed header; it needs a height, since it does not grow with its rows."""

    BLURRED = "cursor-blurred"
    """The role of the cursor without the focus."""
    DEFAULT_CSS = """
    RowView {
        width: 1fr; height: 1fr; overflow: hidden hidden;
        color: $foreground; background: $background;
    }
    """
    virtual_size = Reactive(Size(0, 0), repaint=False)
    """Changed without the layout of the whole screen that the base class would ask for."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        header: bool = True,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        self._rows = KeyedRows()
        self._cursor_key: str | None = None
        self._empty = empty
        self._header = header
        self._drawn: dict[int, Line] = {}
        self._styles_by_role: dict[str, Style] = {}
        self._painter = Painter(columns, self._style_of, lambda: glyphs_of(self))
        super().__init__(id=id, classes=classes)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def rows_above(self) -> int:
        """How many rows are scrolled out of sight at the top."""
        return self.scroll_offset.y

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether the wheel scrolls; the base class would want a scrollbar of its own for it."""
        return not self.disabled

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show the rows in other columns from now on."""
        self._painter.show_columns(columns)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one screen line."""
        width, height = self.size
        line = self._drawn[y] = self._line(y, height)
        return self._painter.strip(line, width)

    def notify_style_update(self) -> None:
        """Take over the colours of another theme, or other signs."""
        self._styles_by_role.clear()
        self._painter.forget()
        super().notify_style_update()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw what is elsewhere now."""
        if round(old_value) != round(new_value):
            self._draw_changes()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._fit_virtual_size()
        if self._cursor_key is not None:
            self._reveal(self._rows.place(self._cursor_key), self.rows_above)

    def on_focus(self, event: events.Focus) -> None:
        """Draw the cursor as the one that keys move; the base class would repaint every line."""
        event.prevent_default()
        self._focus_changed(events.DescendantFocus(self), focused=True)

    def on_blur(self, event: events.Blur) -> None:
        """Dim the cursor; the base class would repaint every line."""
        event.prevent_default()
        self._focus_changed(events.DescendantBlur(self), focused=False)

    def _focus_changed(
        self, told: events.DescendantFocus | events.DescendantBlur, *, focused: bool
    ) -> None:
        self.has_focus = focused
        self._draw_changes()
        if self.parent is not None:
            self.parent.post_message(told)

    @property
    def _header_height(self) -> int:
        return self._header_of(self.size.height)

    def _header_of(self, height: int) -> int:
        return int(self._header and height >= MIN_HEIGHT_WITH_HEADER)

    @property
    def _body_height(self) -> int:
        return max(0, self.size.height - self._header_height)

    def _fit_virtual_size(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._rows) + self._header_height)

    def _scroll(self, top: int) -> None:
        if self.is_attached:
            self.scroll_to(y=top, animate=False, force=True)

    def _reveal(self, place: int, top: int) -> None:
        """Scroll so that a row is in sight, by half a screen at once: a scroll redraws them all."""
        if not top <= place < top + self._body_height:
            top = place - self._body_height // 2
        self._scroll(top)

    def _draw_changes(self) -> None:
        """Refresh the parts of lines that differ from what is on the screen."""
        width, height = self.size
        regions = []
        for y in range(height):
            old, new = self._drawn.get(y), self._line(y, height)
            if old != new:
                regions.append(Region(0, y, self._painter.changed_width(old, new, width), 1))
        if regions:
            self.refresh(*regions)

    def _line(self, y: int, height: int) -> Line:
        """Return what belongs on a screen line now; asking for the height costs more than this."""
        header = self._header_of(height)
        y, height = y - header, height - header
        if y < 0:
            return Line(role="header")
        if not len(self._rows):
            middle = y == (height - 1) // 2
            return Line(role="empty", text=self._empty) if middle else Line()
        place = self.rows_above + y
        if place >= len(self._rows):
            return Line()
        row = self._rows[place]
        role = ""
        if row.key == self._cursor_key:
            role = "cursor" if self.has_focus else self.BLURRED
        return Line(row, role, thumb=self._has_thumb(y, height))

    def _has_thumb(self, y: int, height: int) -> bool:
        """Whether a line of the body is beside the part of the rows that is in sight."""
        count = len(self._rows)
        if count <= height:
            return False
        size = max(1, height * height // count)
        start = round(self.rows_above * (height - size) / (count - height))
        return start <= y < start + size

    def _style_of(self, role: str) -> Style:
        if role not in self._styles_by_role:
            self._styles_by_role[role] = style_of(self, role)
        return self._styles_by_role[role]
