"""Paragraphs of plain text, wrapped to the width; only lines that differ are written."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.lists import MOVES
from dispatch_tui.console.widgets.roles import glyphs_of, style_of
from dispatch_tui.console.widgets.wrapping import (
    Drawn,
    Paragraph,
    Span,
    common_cells,
    width_of,
    wrapped,
)

MARGIN = 1
"""Cells that stay free at both sides; as part of the text they cost no change of style."""


class Sheet(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane to read: paragraphs that are scrolled by line.

    One that is `pointed` has a sign in its margin while it has the focus.
    """

    DEFAULT_CSS = """
    Sheet {
        width: 1fr; height: 1fr; overflow: hidden hidden;
        color: $foreground; background: $background;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(MOVES)
    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        pointed: bool = False,
    ) -> None:
        self._pointed = pointed
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._lines: list[Drawn] = []
        self._drawn: dict[int, Drawn] = {}
        self._styles_by_role: dict[str, Style] = {}
        self._most = 0
        super().__init__(id=id, classes=classes)

    @property
    def shown(self) -> Sequence[Paragraph]:
        """What is shown."""
        return self._paragraphs

    def show(self, paragraphs: Sequence[Paragraph], *, top: bool = False) -> None:
        """Show these paragraphs, from the top if they are about something else."""
        self._paragraphs = tuple(paragraphs)
        self._wrap()
        if top:
            self.scroll_to(y=0, animate=False, force=True)
        self._draw_changes()

    def fit(self, most: int) -> None:
        """Take as many lines as what is shown does, at most so many, whatever the width becomes."""
        self._most = most
        self._take_lines()

    def action_move(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def action_page(self, pages: int) -> None:
        """Scroll by so many screens, of which one line stays in sight."""
        self.action_move(pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Scroll to the first line."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_last(self) -> None:
        """Scroll to the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw one screen line."""
        drawn = self._drawn[y] = self._line(y)
        segments: list[Segment] = []
        margin = " " * MARGIN
        if y == 0 and self._pointed and self.has_focus:
            segments.append(
                Segment(glyphs_of(self).cursor.ljust(MARGIN), self._style_of("heading"))
            )
            margin = ""
        segments += self._segments(_by_role(drawn), margin)
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _segments(self, drawn: Drawn, margin: str) -> Iterator[Segment]:
        """Yield styled texts; blanks take the style beside them: a change of it costs 20 bytes."""
        for place, span in enumerate(drawn):
            after = drawn[place + 1] if place + 1 < len(drawn) else None
            if span.text.isspace() and after is not None and not self._on_ground(after.role):
                yield Segment(margin + span.text, self._style_of(""))
            elif span.text.isspace() and after is not None:
                margin += span.text
                continue
            else:
                ground = self._on_ground(span.role)
                if margin and not ground:
                    yield Segment(margin, self._style_of(""))
                    margin = ""
                yield Segment(margin + span.text, self._style_of(span.role))
            margin = ""

    def _on_ground(self, role: str) -> bool:
        """Whether a role is drawn on the background of the sheet."""
        return self._style_of(role).bgcolor == self._style_of("").bgcolor

    async def on_click(self, event: events.Click) -> None:
        """Do what stands where it was clicked; a second click on a pane opens it, as Enter does."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if action := self._click_at(offset.x - MARGIN, offset.y):
            event.stop()
            await self.app.run_action(action, self.screen)
        elif self._pointed and event.chain == 2:
            self.app.simulate_key("enter")

    def _click_at(self, x: int, y: int) -> str:
        for span in self._line(y):
            cells = cell_len(span.text)
            if 0 <= x < cells:
                return span.click
            x -= cells
        return ""

    def notify_style_update(self) -> None:
        """Take over the colours of another theme."""
        self._styles_by_role.clear()
        super().notify_style_update()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw what is elsewhere now."""
        if round(old_value) != round(new_value):
            self._draw_changes()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrap()
        self._draw_changes()

    def on_focus(self, event: events.Focus) -> None:
        """Tell it to the parent, and point at it; the base class would repaint every line."""
        event.prevent_default()
        self.has_focus = True
        self._draw_pointer()
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """Tell it to the parent, and point at it no more."""
        event.prevent_default()
        self.has_focus = False
        self._draw_pointer()
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether the wheel scrolls; the base class would want a scrollbar of its own for it."""
        return not self.disabled

    def _wrap(self) -> None:
        width = self.size.width - 2 * MARGIN
        self._lines = (
            [one for p in self._paragraphs for one in wrapped(p, width, glyphs_of(self).cut)]
            if width > 0
            else []
        )
        self.virtual_size = Size(self.size.width, len(self._lines))
        self._take_lines()
        last_top = max(0, len(self._lines) - self.size.height)
        if self.scroll_offset.y > last_top:
            self.scroll_to(y=last_top, animate=False, force=True)

    def _take_lines(self) -> None:
        if self._most and self.size.width:
            self.styles.height = max(1, min(self._most, len(self._lines)))

    def _line(self, y: int) -> Drawn:
        place = self.scroll_offset.y + y
        return self._lines[place] if place < len(self._lines) else ()

    def _draw_changes(self) -> None:
        regions = []
        for y in range(self.size.height):
            old, new = self._drawn.get(y), self._line(y)
            if old != new:
                same = 0 if old is None else common_cells(old, new)
                width = self.size.width if old is None else max(width_of(old), width_of(new))
                regions.append(Region(same, y, max(0, width + MARGIN - same), 1))
        if regions:
            self.refresh(*regions)

    def _draw_pointer(self) -> None:
        if self._pointed:
            self.refresh(Region(0, 0, MARGIN, 1))

    def _style_of(self, role: str) -> Style:
        if role not in self._styles_by_role:
            self._styles_by_role[role] = style_of(self, role)
        return self._styles_by_role[role]


def _by_role(drawn: Drawn) -> Drawn:
    """Join neighbours that look the same, whatever a click on them does."""
    groups = groupby(drawn, key=lambda span: span.role)
    return tuple(Span("".join(one.text for one in spans), role) for role, spans in groups)
