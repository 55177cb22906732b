"""What the keys do."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dispatch_tui.console.actions import ACTIONS, Action
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.screens.menu import LETTERS
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.words.speaker import Speaker

KEY_WORDS = {
    "slash": "/",
    "question_mark": "?",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
"""Keys that Textual spells otherwise than they stand on the keyboard."""

LISTS = (
    ("Up/Down, k/j", N_("one row up or down")),
    ("PgUp/PgDn", N_("one screen up or down")),
    ("Home/End", N_("to the first or the last row")),
    ("Enter", N_("everything that can be done with the row")),
    ("Tab", N_("the next pane")),
)
FORMS = (
    ("Enter", N_("on to what is missing; saves when nothing is")),
    ("Tab, Up/Down", N_("another field, or another row of a list that is offered")),
    ("ctrl+g", N_("save, from any field")),
    ("ctrl+n", N_("set the draft aside and start afresh; again brings it back")),
    ("alt+Enter", N_("a new line within a text")),
    ("Space", N_("the next choice; marks engineers")),
    ("F4", N_("call: add it to the open ticket; assign: who leads")),
    ("F5", N_("call: a complaint; form: take what somebody else wrote meanwhile")),
    ("F8", N_("call: emergency or normal")),
    ("Esc, ctrl+c", N_("back; what was typed is kept as a draft")),
)
SEARCH = (
    ("F3", N_("find anything; within a form as well, which keeps what was typed")),
    ("F7", N_("only tickets, only customers, and so on")),
    ('"a b", -a', N_("words that stand together; a word that must not be there")),
    ("name:value", N_("kind, status, client, device, engineer, since, until")),
)
INDENT = 18


def key_word(key: str) -> str:
    """Return a key as it stands on the keyboard."""
    return KEY_WORDS.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)


def paragraphs(speaker: Speaker, here: str = "") -> Iterator[Paragraph]:
    """Yield the help; `here` is the pane that has the keys."""
    if here:
        yield _heading(speaker.say(N_("Here: {place}"), place=here))
    else:
        yield _heading(speaker.translate(N_("In lists")))
    for keys, words in LISTS:
        yield _entry(keys, speaker.translate(words))
    yield line()
    yield _heading(speaker.translate(N_("Everywhere on the main screen")))
    for action in ACTIONS:
        yield _entry(_keys_of(action), speaker.translate(action.help))
    yield line()
    yield _heading(speaker.translate(N_("When something is looked for")))
    for keys, words in SEARCH:
        yield _entry(keys, speaker.translate(words))
    yield line()
    yield _heading(speaker.translate(N_("In forms")))
    for keys, words in FORMS:
        yield _entry(keys, speaker.translate(words))
    yield line()
    yield _heading(speaker.translate(N_("What can be done with a ticket: m or F6, then")))
    for name, spec in COMMANDS.items():
        label, about = speaker.translate(spec.label), speaker.translate(spec.help)
        words = speaker.say(N_("{label}: {about}"), label=label, about=about)
        yield _entry(LETTERS.get(name, ""), words)


def _keys_of(action: Action) -> str:
    keys = (action.letter, action.key)
    return ", ".join(key_word(one) for one in keys if one)


def _heading(text: str) -> Paragraph:
    return line(Span(text, "heading"))


def _entry(keys: str, words: str) -> Paragraph:
    blanks = " " * max(1, INDENT - 2 - cell_len(keys))
    return line(Span("  "), Span(keys, "strong"), Span(blanks + words), indent=INDENT)


class HelpScreen(Dialog[None]):
    """The keys of the console, to be read and closed."""

    WHOLE = True
    AUTO_FOCUS = "#help"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1,question_mark,q", "back", show=False)]
    DEFAULT_CSS = """
    HelpScreen {
        & > #box { height: 90%; }
        & > #box > #body { height: 1fr; }
        & #help { background: $surface; }
    }
    """

    def __init__(self, here: str = "") -> None:
        super().__init__()
        self._here = here

    def compose_body(self) -> ComposeResult:
        """Make the sheet."""
        yield Sheet(id="help")

    def on_mount(self) -> None:
        """Show the keys."""
        speaker = self.app.speaker
        self.head(speaker.translate(N_("Keys")))
        self.query_one("#help", Sheet).show(list(paragraphs(speaker, self._here)))
        self.keys([("Up/Down", N_("scroll")), BACK])
