"""Six keys for somebody who has never been here; each of them works from here, too."""

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.keys.action import Action
from dispatch_tui.console.screens.dialog import LOW, Dialog
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role

SHOWN = ("call", "menu", "command('assign')", "search", "alarm", "undo", "view(1)", "files", "help")
"""What is worth a key in the head from the first day, the most used first."""

SIX = 6
EDGES = 6
"""Lines of the box about the words."""

INDENT = 14


def six(role: Role) -> list[Action]:
    """Return the six actions that somebody in a role needs first; how to find more is the last."""
    found = [one for name in SHOWN for one in ACTIONS if one.id == name and one.open_to(role)]
    return [*found[: SIX - 1], found[-1]]


class TourScreen(Dialog[str | None]):
    """One screen, left by any key; its result is the action of that key, as `run_action` takes."""

    DEFAULT_CSS = """
    TourScreen #tour { height: 1; margin: 0 2; }
    """

    def compose_body(self) -> ComposeResult:
        """Make the words."""
        yield Still(id="tour")

    def on_mount(self) -> None:
        """Show the keys."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        me = self.app.desk.me
        self.head(self.say(N_("Welcome, {name}"), name=me.name))
        self.sheet("#tour", list(self._paragraphs(me.role)))
        self.query_one("#tour", Still).fit(max(SIX, self.size.height - EDGES))
        self.keys([("Esc", N_("to the queue")), ("F1", N_("all keys"))])

    def on_resize(self) -> None:
        """Give the words the lines that they take."""
        super().on_resize()
        self.call_after_refresh(self.draw_words)

    def _paragraphs(self, role: Role) -> Iterator[Paragraph]:
        say, low = self.app.speaker.translate, self.size.height < LOW
        yield line(Span(say(N_("The queue shows what is due next at the top. Six keys to begin:"))))
        if not low:
            yield line()
        for one in six(role):
            keys = ", ".join(self.app.keymap.signs(one)[:2])
            blanks = " " * max(1, INDENT - len(keys))
            words = Span(blanks + say(one.help))
            yield line(Span(keys, "strong"), words, indent=INDENT, wrap=not low)
        if not low:
            yield line()
        more = N_("Esc goes back from everywhere, F10 leaves. This is shown once; ctrl+p finds it.")
        yield line(Span(say(more), "muted"))

    def on_key(self, event: events.Key) -> None:
        """Do what a key does in the queue, at once: a customer may be calling."""
        every = self.app.keymap.every
        action = next((one.id for one in ACTIONS if event.key in every(one)), "")
        if action and action not in ("back", "quit", "tour"):
            event.prevent_default().stop()
            self._leave(action)
        elif event.is_printable or event.key in ("enter", "space"):
            event.prevent_default().stop()
            self._leave("quit" if action == "quit" else None)

    def _leave(self, action: str | None) -> None:
        if self.is_current:
            self.dismiss(action)
