"""What has the keys, and what all of them do."""

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.action import MAIN, Action, Place
from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import SEARCH
from dispatch_tui.console.keys.forms import CALL, FORM, MERGING
from dispatch_tui.console.keys.general import DIALOG, EVERYWHERE, FIELD, HELP, HELPING
from dispatch_tui.console.keys.keymap import Keymap
from dispatch_tui.console.keys.menu import MENU
from dispatch_tui.console.keys.registry import named, of
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.screens.explaining import Part
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.words.speaker import Speaker

GENERAL = (MAIN, *MAIN.over, EVERYWHERE, DIALOG, SEARCH, FIELD, FORM, MERGING, CALL)
"""What is explained wherever somebody asks, below what has the keys."""

WORDS = (
    ('"a b", -a', N_("words that stand together; a word that must not be there")),
    ("name:value", N_("kind, status, client, device, engineer, since, until")),
)
"""What can be typed where something is looked for."""

INDENT = 18


class Teller:
    """Says places and their actions to one reader: with the keys that they have now, what the
    reader's role never does dim."""

    def __init__(self, speaker: Speaker, keymap: Keymap, role: Role | None) -> None:
        self._speaker = speaker
        self._keymap = keymap
        self._role = role

    def help(self, place: Place, parts: Iterable[Part]) -> Iterator[Paragraph]:
        """Yield what has the keys, then its keys, then those that hold elsewhere."""
        for part in parts:
            yield _heading(self._speaker.say(N_("Here: {place}"), place=part.title))
            yield from (
                line(Span(f"  {self._speaker.say(one)}"), indent=2) for one in part.sentences
            )
            yield line()
        for one in dict.fromkeys((place, *place.over, *GENERAL)):
            yield from self._place(one)
        yield from self._commands()

    def _place(self, place: Place) -> Iterator[Paragraph]:
        actions = of(place)
        if not actions or place is MENU:
            return
        yield _heading(self._speaker.translate(place.label))
        for action in actions:
            yield self._entry(action, self._speaker.translate(action.help))
        if place is SEARCH:
            yield from (_entry(typed, self._speaker.translate(words)) for typed, words in WORDS)
        yield line()

    def _commands(self) -> Iterator[Paragraph]:
        keys = self._speaker.either(self._keymap.signs(named()["menu"])[:2])
        title = N_("What can be done with a ticket: {keys}, then")
        yield _heading(self._speaker.say(title, keys=keys))
        for action in of(MENU):
            label, about = map(self._speaker.translate, (action.label, action.help))
            words = self._speaker.say(N_("{label}: {about}"), label=label, about=about)
            yield self._entry(action, words)

    def _entry(self, action: Action, words: str) -> Paragraph:
        keys = ", ".join(self._keymap.signs(action))
        never = self._role is not None and not action.open_to(self._role)
        return _entry(keys, words, "muted" if never else "")


def _heading(text: str) -> Paragraph:
    return line(Span(text, "heading"))


def _entry(keys: str, words: str, role: str = "") -> Paragraph:
    blanks = " " * max(1, INDENT - 2 - cell_len(keys))
    return line(Span("  "), Span(keys, role or "strong"), Span(blanks + words, role), indent=INDENT)


class HelpScreen(Dialog[None]):
    """What has the keys and what they do, to be read and closed by the key that opened it."""

    WHOLE = True
    AUTO_FOCUS = "#help"
    PLACE = HELP
    BINDINGS: ClassVar[list[BindingType]] = bindings(HELPING)
    DEFAULT_CSS = """
    HelpScreen {
        & > #box { height: 90%; }
        & > #box > #body { height: 1fr; }
        & #help { background: $surface; }
    }
    """

    def __init__(
        self, place: Place = MAIN, explained: Callable[[], Iterable[Part]] = tuple[Part]
    ) -> None:
        super().__init__()
        self._place = place
        self._explained = explained

    def compose_body(self) -> ComposeResult:
        """Make the sheet."""
        yield Sheet(id="help")

    def on_mount(self) -> None:
        """Show the keys."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        speaker = self.app.speaker
        self.head(speaker.translate(N_("Keys")))
        role = self.app.desk.me.role if self.app.live.signed_in else None
        told = Teller(speaker, self.app.keymap, role).help(self._place, self._explained())
        self.query_one("#help", Sheet).show(list(told))
        self.keys([("Up/Down", N_("scroll")), self.hint("help-settings"), BACK])

    def action_settings(self) -> None:
        """Have it otherwise; what is open beneath stays as it is."""
        self.app.open_settings()

    def action_help(self) -> None:
        """Close it: the key that opened it is pressed again."""
        self.dismiss(None)
