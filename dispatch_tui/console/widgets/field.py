"""A field of a form: its label, what is typed, what is read from it, and what is wrong with it."""

from typing import ClassVar, Protocol, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dispatch_tui.console.widgets.cells import fit
from dispatch_tui.console.widgets.roles import glyphs_of
from dispatch_tui.console.widgets.sheet import MARGIN, Sheet
from dispatch_tui.console.widgets.wrapping import Span, line

MARK_CELLS = 2
"""For the sign before the label of the field that is typed into, seen without colour."""

ERROR_LINES = 8
"""What is wrong with a field may take so many lines."""


class Control(Protocol):
    """What can be typed into or chosen from."""

    @property
    def value(self) -> str:
        """What stands in it."""

    def put(self, value: str) -> None:
        """Replace what stands in it without saying so."""


class Still(Sheet, can_focus=False):
    """A sheet that is read and never focused."""


class FieldRow(Widget):
    """One field; it takes as many lines as what stands in it, and draws the words beside it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "field-row--label",
        "field-row--here",
        "field-row--doubt",
    }
    DEFAULT_CSS = """
    FieldRow {
        height: auto; width: 1fr; layout: vertical;
        & > .field-row--label { color: $muted; }
        & > .field-row--here { color: $accent; text-style: bold; }
        & > .field-row--doubt { color: $level-near; }
        &.-narrow > LineInput { max-width: 36; }
        & > .error { height: 1; background: transparent; }
    }
    """

    def __init__(self, name: str, label: str, control: Widget, *, narrow: bool = False) -> None:
        super().__init__(id=f"row-{name}", classes="-narrow" if narrow else None)
        self.field = name
        self.label = label
        self._widget = control
        self._label_width = 0
        self._marked = False
        self._read, self._doubtful = "", False
        self._error = ""
        self._below: Still | None = None

    def compose(self) -> ComposeResult:
        """Make the control; the rest is drawn about it."""
        yield self._widget

    def render_line(self, y: int) -> Strip:
        """Draw the label, and what is read, where the control leaves room."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        glyphs = glyphs_of(self)
        mark = (glyphs.cursor if self._marked else "").ljust(MARK_CELLS)
        label = mark + fit(self.label, self._label_width - MARK_CELLS, cut=glyphs.cut)
        role = "here" if self._marked else "label"
        beside = " " * (self._widget.size.width + self._widget.gutter.width + MARGIN)
        segments = [
            Segment(" " * MARGIN, self.rich_style),
            Segment(label, self.get_component_rich_style(f"field-row--{role}")),
            Segment(" " * MARGIN + beside, self.rich_style),
        ]
        if self._read:
            role = "doubt" if self._doubtful else "label"
            segments.append(
                Segment(self._read, self.get_component_rich_style(f"field-row--{role}"))
            )
        strip = Strip(segments, sum(cell_len(segment.text) for segment in segments))
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    @property
    def control(self) -> Control:
        """What is typed into."""
        return cast(Control, self._widget)

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.control.value

    def on_click(self, event: events.Click) -> None:
        """Let it be typed into after a click on its label."""
        event.stop()
        self.take_focus()

    def take_focus(self) -> None:
        """Let it be typed into."""
        self._widget.focus()

    def rename(self, label: str) -> None:
        """Give it another label."""
        if label != self.label:
            self.label = label
            self._draw_label()

    def mark(self, marked: bool) -> None:
        """Show that it is, or is no longer, the one that is typed into."""
        if marked != self._marked:
            self._marked = marked
            self._draw_label()

    def widen(self, cells: int) -> None:
        """Give the label so many cells, beside the blanks at its edges."""
        self._label_width = cells
        self._widget.styles.margin = (0, 0, 0, cells + 2 * MARGIN)
        self._draw_label()

    def read(self, text: str, *, doubtful: bool = False) -> None:
        """Say beside it how what stands in it is understood; "" says nothing."""
        if (text, doubtful) != (self._read, self._doubtful):
            self._read, self._doubtful = text, doubtful
            self.refresh(Region(0, 0, self.size.width, 1))

    def refuse(self, sentence: str) -> None:
        """Say below it what is wrong; "" says that nothing is."""
        if sentence == self._error:
            return
        self._error = sentence
        if self._below is None:
            self._below = Still(classes="error")
            self._below.fit(ERROR_LINES)
            self.mount(self._below)
        self._below.styles.margin = (0, 0, 0, self._label_width + 2 * MARGIN)
        self._below.display = bool(sentence)
        mark = glyphs_of(self).attention.ljust(MARK_CELLS)
        self._below.show([line(Span(mark + sentence, "critical"), indent=MARK_CELLS)])

    def _draw_label(self) -> None:
        self.refresh(Region(0, 0, self._label_width + 2 * MARGIN, 1))
