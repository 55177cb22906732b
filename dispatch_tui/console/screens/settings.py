"""What somebody can have otherwise in the console: each switch holds at once, and from now on."""

import os
from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.copying import SETTING, SETTINGS
from dispatch_tui.console.looks import theme_for
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.tastes import AT_ONCE, switch
from dispatch_tui.console.widgets.choice import Choice, Option
from dispatch_tui.console.widgets.field import MARK_CELLS, FieldRow
from dispatch_tui.console.widgets.inputs import Edited, Entered, Steered
from dispatch_tui.domain.message import N_
from dispatch_tui.preferences import CHOICES, SWITCHED

LABELS = {
    "language": N_("Language"),
    "theme": N_("Colours"),
    "glyphs": N_("Signs"),
    "mouse": N_("Mouse"),
    "traffic": N_("Traffic"),
}
WORDS = {
    "en": "English",
    "zh_CN": "中文",
    "dispatch-dark": N_("dark"),
    "dispatch-light": N_("light"),
    "high-contrast": N_("high contrast"),
    "ansi-dark": N_("the terminal's own, dark"),
    "ansi-light": N_("the terminal's own, light"),
    "ascii": "ASCII",
    "unicode": "Unicode",
    "on": N_("yes"),
    "off": N_("no"),
    "low": N_("low"),
    "full": N_("full"),
}
HELP = {
    "language": N_("The language of all words; what people typed stays as it is."),
    "theme": N_("The colours; a state can be told without them, too."),
    "glyphs": N_("The signs of flags and bars; Unicode only where they are one cell wide."),
    "mouse": N_("Clicks and the wheel; the terminal then marks no text by itself."),
    "traffic": N_("On a slow line, low draws nothing that nobody needs."),
}


class SettingsScreen(Dialog[None]):
    """A row of choices for each preference; nothing has to be saved."""

    AUTO_FOCUS = "Choice"
    PLACE = SETTINGS
    BINDINGS: ClassVar[list[BindingType]] = bindings(SETTING)
    DEFAULT_CSS = """
    SettingsScreen {
        & #fields { height: auto; }
        &.-roomy FieldRow { margin-bottom: 1; }
    }
    """

    def compose_body(self) -> ComposeResult:
        """Make the choices."""
        say, preferences = self.app.speaker.translate, self.app.tastes.preferences
        with Vertical(id="fields"):
            for name in SWITCHED:
                choice = Choice(list(self._options(name)), getattr(preferences, name), field=name)
                yield FieldRow(name, say(LABELS[name]), choice)

    def _options(self, name: str) -> Iterator[Option]:
        say = self.app.speaker.translate
        for value in CHOICES[name]:
            if value in ("", "auto"):
                usual = say(WORDS[self._usual(name)])
                yield Option(value, self.say(N_("auto ({value})"), value=usual))
            else:
                yield Option(value, say(WORDS[value]))

    def _usual(self, name: str) -> str:
        """What holds here where nothing is said."""
        remote = self.app.settings.remote
        match name:
            case "language":
                return self.app.tastes.usual_language
            case "theme":
                return theme_for(self.app.shown_colors, environment=os.environ)
            case "mouse":
                return "off" if remote else "on"
            case _:
                return "low" if remote else "full"

    def on_mount(self) -> None:
        """Show what holds now."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self.say(N_("Settings")), self.app.desk.me.name)
        rows = list(self.query(FieldRow))
        width = max(cell_len(row.label) for row in rows) + MARK_CELLS
        for row in rows:
            row.widen(width)
            row.control.put(getattr(self.app.tastes.preferences, row.field))
        self.keys([("Up/Down", N_("which")), ("Left/Right, Space", N_("choose")), BACK])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the setting is about."""
        for row in self.query(FieldRow):
            row.mark(row.field == event.widget.id)
        if event.widget.id in HELP:
            self.tell(self.say(HELP[event.widget.id]), "muted")

    @on(Edited)
    def _switched(self, event: Edited) -> None:
        event.stop()
        name = event.widget.id
        if name in SWITCHED:
            switch(self.app, name, self.query_one(f"#row-{name}", FieldRow).value)
            if name not in AT_ONCE:
                said = N_("Kept: it holds when you open the console the next time.")
                self.tell(self.say(said), "accent")
            elif name == "theme" and not self._theme_shown:
                self.tell(self.say(N_("Kept: this terminal has too few colours for it.")), "near")

    @property
    def _theme_shown(self) -> bool:
        return self.app.settings.preferences.theme in ("auto", self.app.theme)

    @on(Entered)
    @on(Steered)
    def _on(self, event: Entered | Steered) -> None:
        """Go to the next setting, or the one before."""
        event.stop()
        rows = event.rows if isinstance(event, Steered) else 1
        place = SWITCHED.index(event.widget.id or SWITCHED[0]) + rows
        self.query_one(f"#row-{SWITCHED[place % len(SWITCHED)]}", FieldRow).take_focus()
