"""Asks before what cannot be undone: the record is named, and only a key of its own does it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.forms import ASKING, SURE
from dispatch_tui.console.screens.dialog import Dialog
from dispatch_tui.console.widgets.field import MARK_CELLS, Still
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.message import N_, Message

MOST_LINES = 8


class SureScreen(Dialog[bool]):
    """A question whose answer is no, to Enter and to Esc, unless a key of its own is pressed.

    That key opens no form and no question, nor does it save: what hands do by habit is never a yes.
    The words are marked templates, said when they are drawn; `what` names the record as it is.
    """

    AUTO_FOCUS = "#no"
    ASKS = True
    PLACE = SURE
    BINDINGS: ClassVar[list[BindingType]] = bindings(ASKING)
    DEFAULT_CSS = """
    SureScreen {
        & #what { height: 1; margin: 1 2; }
        & #no { height: 1; margin: 0 1; background: $surface; }
    }
    """

    def __init__(self, title: str, what: Sequence[str], label: str, warning: Message) -> None:
        super().__init__()
        self._title = title
        self._what = [one for one in what if one]
        self._label = label
        self._warning = warning

    def compose_body(self) -> ComposeResult:
        """Make what is named, and the answer that stands."""
        what = Still(id="what")
        what.fit(MOST_LINES)
        yield what
        yield Sheet(id="no")

    def on_mount(self) -> None:
        """Name what it is about."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self.say(self._title), self.say(N_("Sure?")), "critical")
        first, *others = self._what
        named: list[Paragraph] = [line(Span(first, "strong"))]
        named += [line(Span(one)) for one in others]
        self.sheet("#what", [*named, line(Span(self.say(self._warning), "near"))])
        mark = self.app.glyphs.cursor.ljust(MARK_CELLS)
        no = self.say(N_("No, back"))
        self.query_one("#no", Sheet).show([line(Span(f"{mark}{no} ", "cursor"))])
        self.keys([("Enter, Esc", N_("no, back")), self.hint("sure-yes", self._label, most=2)])

    def action_yes(self) -> None:
        """Let it be done; of two keys in one packet the first one counts."""
        if self.is_current:
            self.dismiss(True)

    def action_back(self) -> None:
        """Leave everything as it is."""
        if self.is_current:
            self.dismiss(False)
