"""What stands over the panes: a title, a body, what is to be said, and the keys."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message as Told
from textual.reactive import Reactive
from textual.screen import ModalScreen

from dispatch_tui.console.keys.action import Place
from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.general import DIALOG, OPEN
from dispatch_tui.console.keys.names import key_of
from dispatch_tui.console.keys.registry import named
from dispatch_tui.console.screens.explaining import Part
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.gate import KeyGate, Through
from dispatch_tui.console.widgets.standing import Standing
from dispatch_tui.console.widgets.under import Calm
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.message import N_, Message, say

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp

Result = TypeVar("Result")

MESSAGE_LINES = 3
"""A sentence may take so many lines, on a low screen one."""

LOW = 20
"""Fewer lines than this make a low screen."""

BACK = ("Esc", N_("back"))

BETWEEN_KEYS = re.compile(r"(, |(?<=.)/(?=.))")
"""What stands between keys that are named together."""


def _press(sign: str) -> str:
    """Return what a click on a key does; what stands between two does nothing."""
    key = key_of(sign)
    return f"press({key!r})" if key else ""


class Dialog(Calm, ModalScreen[Result]):
    """A box over the panes; Esc and ctrl+c go back, F10 leaves the console."""

    app: "DispatchApp"
    focused = Reactive(None, repaint=False)
    """The base class would paint the whole screen anew at each change of focus."""
    ESCAPE_TO_MINIMIZE = False
    PLACE: ClassVar[Place] = DIALOG
    """Which keys hold here, and what it is called in the help."""
    BINDINGS: ClassVar[list[BindingType]] = bindings(OPEN)
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
        &.-spare { background: transparent; }
        &:ansi { background: ansi_default; }
        &:ansi > #box { border: ascii $rule; }
        &.-whole:ansi > #box { border: none; }
    }
    """
    ROOMY = 30
    """From this height on there are blanks about things."""
    WHOLE = False
    """Whether it takes the whole of a screen that is lower than that."""
    LETTERS_ACT = False
    """Whether nothing is typed here: every letter does something."""
    ASKS = False
    """Whether it asks if somebody is sure: what was pressed before it is seen is no answer."""

    def __init__(self) -> None:
        super().__init__(classes="-spare" if self.app.traffic.low else None)
        self.gate = KeyGate(self, letters_act=self.LETTERS_ACT, asks=self.ASKS)
        self.gate.keep()
        self._ready = self._leaves = self._left = False
        self._result: Result | None = None

    async def _dispatch_message(self, message: Told) -> None:
        """Hear of nothing inside that was pressed before it was left: the fields are gone."""
        if message.bubble and self.is_mounted and not self.standing:
            return
        await super()._dispatch_message(message)

    def on_through(self, through: Through) -> None:
        """Let the keys that wait go on, once the one before them has acted."""
        through.stop()
        self.gate.passed(through)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with the first result; what was typed behind the key goes to what is under it.

        One that is not made yet leaves once it is, one under something else after that.
        """
        if not self._leaves:
            self._leaves, self._result = True, result
        if self._left or not self._ready or self.app.screen is not self:
            return AwaitComplete()
        self._left = True
        leaving = super().dismiss(self._result)
        self.gate.leave()
        return leaving

    def on_screen_resume(self) -> None:
        """Take what was typed before there was a field to type into: quick hands do not wait."""
        if not self._ready:
            self._ready = True
            if self.ASKS:
                self.gate.drop()
            self.gate.release(self)
        if self._leaves:
            self.dismiss()

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

    def draw_words(self) -> None:
        """Draw all that is said beside what `compose` makes; what was read stays as it is."""

    async def say_anew(self) -> None:
        """Say everything in the language that is spoken now; what was typed and chosen stays."""
        kept, told = Standing(self), self.query_one("#message", Still).shown
        await self.recompose()
        if not self.standing:
            return
        self.on_resize()
        kept.put_fields()
        self._show_message(told)
        self.draw_words()
        kept.put_places()

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
        if self.standing:
            self._show_message([line(Span(sentence, role))])

    def _show_message(self, paragraphs: Sequence[Paragraph]) -> None:
        message = self.query_one("#message", Still)
        message.show(paragraphs)
        message.fit(MESSAGE_LINES if self.size.height >= LOW else 1)

    def sign(self, name: str) -> str:
        """Return what is printed on the quickest key of an action."""
        return self.app.keymap.signs(named()[name])[0]

    def hint(self, name: str, label: str = "", *, most: int = 1) -> tuple[str, str]:
        """Return the keys of an action, at most so many, and what they do.

        What is the name of no action is a key that is always the same.
        """
        action = named().get(name)
        if action is None:
            return name, label
        return ", ".join(self.app.keymap.signs(action)[:most]), label or action.label

    def keys(self, keys: Iterable[tuple[str, str]]) -> None:
        """Show what the keys do."""
        spans: list[Span] = []
        for key, label in keys:
            parts = [part for part in BETWEEN_KEYS.split(key) if part]
            spans += [Span(one, "heading", _press(one)) for one in parts]
            spans += [Span(f" {self.app.speaker.translate(label)}", click=_press(parts[0]))]
            spans += [Span("   ")]
        self.query_one("#keys", Still).show([line(*spans, wrap=False)])

    def sheet(self, selector: str, paragraphs: Sequence[Paragraph]) -> None:
        """Show paragraphs in a part of the body."""
        self.query_one(selector, Still).show(paragraphs)

    def action_back(self) -> None:
        """Go back without doing anything."""
        self.dismiss(None)

    def action_press(self, key: str) -> None:
        """Do what a key does, which was clicked."""
        self.app.simulate_key(key)

    def action_search(self) -> None:
        """Find anything; what is open here stays as it is."""
        self.app.search()

    def explained(self) -> Iterator[Part]:
        """Yield what there is to say of what has the keys, for the help."""
        yield Part(self.app.speaker.translate(self.PLACE.label), (say(self.PLACE.help),))

    def action_help(self) -> None:
        """Explain what has the keys, and what they do."""
        from dispatch_tui.console.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.PLACE, self.explained))

    def action_leave(self) -> None:
        """Leave the console."""
        self.app.exit(0)
