"""A field of a form: its label, what is typed, what is read from it, and what is wrong with it."""

from typing import Protocol, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from dispatch_tui.console.widgets.sheet import MARGIN, Sheet
from dispatch_tui.console.widgets.wrapping import Span, line

MARK = "> "
"""Stands before the label of the field that is typed into, so that it is seen without colour."""


class Control(Protocol):
    """What can be typed into or chosen from."""

    @property
    def value(self) -> str:
        """What stands in it."""

    def put(self, value: str) -> None:
        """Replace what stands in it without saying so."""


class Still(Sheet, can_focus=False):
    """A sheet that is read and never focused."""


class FieldRow(Vertical):
    """One field; it takes as many lines as what stands in it."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto; width: 1fr;
        & > Horizontal { height: auto; }
        & > Horizontal > Still { height: 1; padding: 0; background: transparent; }
        & > Horizontal > .label { width: 14; }
        & > Horizontal > .aside { width: auto; min-width: 0; padding: 0; display: none; }
        &.-narrow > Horizontal > LineInput { max-width: 36; }
        & > .error { height: 1; padding: 0; display: none; background: transparent; }
    }
    """

    def __init__(self, name: str, label: str, control: Widget, *, narrow: bool = False) -> None:
        super().__init__(id=f"row-{name}", classes="-narrow" if narrow else None)
        self.field = name
        self.label = label
        self._widget = control
        self._marked = False
        self._error = ""
        self._drawn = False

    def compose(self) -> ComposeResult:
        """Make the label, the control, what is read from it, and the line for what is wrong."""
        with Horizontal():
            yield Still(classes="label")
            yield self._widget
            yield Still(classes="aside")
        yield Still(classes="error")

    def on_mount(self) -> None:
        """Draw the label."""
        self._drawn = True
        self._draw_label()

    @property
    def control(self) -> Control:
        """What is typed into."""
        return cast(Control, self._widget)

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.control.value

    def take_focus(self) -> None:
        """Let it be typed into."""
        self._widget.focus()

    def rename(self, label: str) -> None:
        """Give it another label."""
        self.label = label
        self._draw_label()

    def mark(self, marked: bool) -> None:
        """Show that it is, or is no longer, the one that is typed into."""
        if marked != self._marked:
            self._marked = marked
            self._draw_label()

    def widen(self, cells: int) -> None:
        """Give the label so many cells, beside the blanks at its edges."""
        self.query_one(".label", Still).styles.width = cells + 2 * MARGIN
        self.query_one(".error", Still).styles.margin = (0, 0, 0, cells + 2 * MARGIN)

    def read(self, text: str, role: str = "muted") -> None:
        """Say beside it how what stands in it is understood; "" says nothing."""
        aside = self.query_one(".aside", Still)
        aside.styles.width = cell_len(text) + 2 * MARGIN
        aside.display = bool(text)
        aside.show([line(Span(text, role), wrap=False)])

    def refuse(self, sentence: str) -> None:
        """Say below it what is wrong; "" says that nothing is."""
        if sentence == self._error:
            return
        self._error = sentence
        below = self.query_one(".error", Still)
        below.display = bool(sentence)
        below.show([line(Span(sentence, "critical"))])
        self.call_after_refresh(self._fit_error)

    def on_resize(self) -> None:
        """Wrap what is wrong anew."""
        if self._error:
            self._fit_error()

    def _fit_error(self) -> None:
        below = self.query_one(".error", Still)
        below.styles.height = max(1, below.virtual_size.height)

    def _draw_label(self) -> None:
        if self._drawn:
            text = (MARK if self._marked else " " * len(MARK)) + self.label
            role = "heading" if self._marked else "muted"
            self.query_one(".label", Still).show([line(Span(text, role), wrap=False)])
