"""What stands over the panes: a title, a body, what is to be said, and the keys."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import Reactive
from textual.screen import ModalScreen

from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.gate import KeyGate, Through
from dispatch_tui.console.widgets.under import Calm
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.message import N_, Message

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp

Result = TypeVar("Result")

MESSAGE_LINES = 3
"""A sentence may take so many lines, on a low screen one."""

LOW = 20
"""Fewer lines than this make a low screen."""

EARLY_KEYS = frozenset({"enter", "backspace", "tab", "up", "down"})
"""Keys without a letter that are kept as well while there is nothing to type into."""

BACK = ("Esc", N_("back"))


class Dialog(Calm, ModalScreen[Result]):
    """A box over the panes; Esc and ctrl+c go back, F10 leaves the console."""

    app: "DispatchApp"
    focused = Reactive(None, repaint=False)
    """The base class would paint the whole screen anew at each change of focus."""
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("ctrl+c", "back", show=False, priority=True),
        Binding("f3", "search", show=False),
        Binding("f10", "leave", show=False),
    ]
    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: $background 60%;
        & Still { background: $surface; }
        & > #box {
            width: 100%; max-width: 108; height: auto; max-height: 100%;
            background: $surface;
        }
        & > #box > #title, & > #box > #keys { height: 1; background: $panel; }
        & > #box > #body { height: auto; }
        & > #box > #message { height: 1; }
        &.-whole > #box { height: 100%; }
        &.-whole > #box > #body { height: 1fr; }
        &.-roomy > #box > #body { margin: 1; }
        &:ansi { background: ansi_default; }
        &:ansi > #box { border: ascii $rule; }
        &.-whole:ansi > #box { border: none; }
    }
    """
    ROOMY = 30
    """From this height on there are blanks about things."""
    WHOLE = False
    """Whether it takes the whole of a screen that is lower than that."""

    def __init__(self) -> None:
        super().__init__()
        self._early: list[events.Key] | None = []
        self.gate = KeyGate(self)

    def on_through(self, through: Through) -> None:
        """Let the keys that wait go on, once the one before them has acted."""
        through.stop()
        self.gate.passed(through)

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed before there is a field to type into: quick hands do not wait."""
        if self._early is not None and (event.is_printable or event.key in EARLY_KEYS):
            event.stop()
            self._early.append(event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Hand on what was typed too early."""
        early, self._early = self._early, None
        for key in early or ():
            event.widget._forward_event(events.Key(key.key, key.character))

    def compose(self) -> ComposeResult:
        """Make the box."""
        with Vertical(id="box"):
            yield Still(id="title")
            with Vertical(id="body"):
                yield from self.compose_body()
            yield Still(id="message")
            yield Still(id="keys")

    def compose_body(self) -> ComposeResult:
        """Make what is between title and keys."""
        yield from ()

    def on_resize(self) -> None:
        """Leave blanks where there is room."""
        roomy = self.size.height >= self.ROOMY
        self.set_class(roomy, "-roomy")
        self.set_class(not roomy and self.WHOLE, "-whole")

    @property
    def standing(self) -> bool:
        """Whether there is still something to draw on: what was awaited may come too late."""
        return self.is_attached and self.display

    def say(self, sentence: Message | str, **values: Any) -> str:
        """Return a sentence in the reader's words, with times as seen from now."""
        return self.app.speaker.say(sentence, self.app.now(), **values)

    def head(self, title: str, aside: str = "", role: str = "accent") -> None:
        """Show the title, and something at the right of it."""
        end = Span(aside, role) if aside else None
        self.query_one("#title", Still).show([Paragraph((Span(title, "strong"),), end=end)])

    def tell(self, sentence: str, role: str = "critical") -> None:
        """Show a sentence above the keys; "" shows none."""
        if not self.standing:
            return
        message = self.query_one("#message", Still)
        message.show([line(Span(sentence, role))])
        most = MESSAGE_LINES if self.size.height >= LOW else 1
        lines = min(most, max(1, message.virtual_size.height))
        message.styles.height = lines

    def keys(self, keys: Iterable[tuple[str, str]]) -> None:
        """Show what the keys do."""
        spans: list[Span] = []
        for key, label in keys:
            spans += [Span(key, "heading"), Span(f" {self.app.speaker.translate(label)}   ")]
        self.query_one("#keys", Still).show([line(*spans, wrap=False)])

    def sheet(self, selector: str, paragraphs: Sequence[Paragraph]) -> None:
        """Show paragraphs in a part of the body."""
        self.query_one(selector, Still).show(paragraphs)

    def action_back(self) -> None:
        """Go back without doing anything."""
        self.dismiss(None)

    def action_search(self) -> None:
        """Find anything; what is open here stays as it is."""
        self.app.search()

    def action_leave(self) -> None:
        """Leave the console."""
        self.app.exit(0)
