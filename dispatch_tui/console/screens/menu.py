"""What can be done with a ticket now, and why the rest cannot."""

from collections.abc import Iterator

from textual import events, on
from textual.app import ComposeResult

from dispatch_tui.console.keys.menu import CHOICES, MENU
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.on_ticket import OnTicket
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.table import COMMANDS, of_kind


class MenuScreen(OnTicket[str | None]):
    """The commands of the table for one ticket; its result is the name of the chosen one."""

    WHOLE = True
    AUTO_FOCUS = "#commands"
    LETTERS_ACT = True
    PLACE = MENU
    DEFAULT_CSS = """
    MenuScreen {
        & #about { height: 2; margin: 0 0 1 2; }
        & > #box { height: 90%; }
        &.-whole > #box { height: 100%; }
        & > #box > #body { height: 1fr; }
        & #commands { height: 1fr; margin: 0 1; background: $surface; }
    }
    """

    def __init__(self, file: TicketFile) -> None:
        super().__init__()
        self._file = file
        self._first = ""
        self._letters: dict[str, str] = {}
        self._commands: dict[str, str] = {}
        kind = file.case.ticket.kind
        self._obstacles = {spec.name: file.obstacles[spec.name] for spec in of_kind(kind)}

    @property
    def number(self) -> str:
        """The ticket that something is to be done with."""
        return self._file.case.number

    def compose_body(self) -> ComposeResult:
        """Make the list."""
        yield Still(id="about")
        yield KeyedTable(
            (
                Column("letter", "", 1, priority=9),
                Column("label", "", 22, min_width=14, priority=8),
                Column("why", "", 30, min_width=10, grow=1, priority=7),
            ),
            header=False,
            id="commands",
        )

    def on_mount(self) -> None:
        """Show what can be done."""
        keymap = self.app.keymap
        self._letters = {one.command: keymap.signs(one)[0] for one in CHOICES}
        self._commands = {key: one.command for one in CHOICES for key in keymap.every(one)}
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        case = self._file.case
        self.head(self.say(N_("What to do with {number}"), number=case.number))
        about = "  ".join(one for one in (case.short_name, case.device_name) if one)
        step = next_step(case.ticket, self.app.now())
        self._first = step.command
        self.sheet(
            "#about",
            [
                line(
                    Span(about or case.ticket.caller, "strong"),
                    Span(f"  {case.ticket.fault}"),
                    wrap=False,
                ),
                line(Span(self.say(N_("Next: {step}"), step=step.sentence), "accent"), wrap=False),
            ],
        )
        self.query_one(KeyedTable).show(list(self._rows()))
        self.keys([("Enter", N_("do it")), ("Up/Down", N_("choose")), BACK])

    def _rows(self) -> Iterator[Row]:
        """What is possible first, the suggested step at the top; the rest with its reason."""
        possible = [name for name, why in self._obstacles.items() if why is None]
        possible.sort(key=lambda name: name != self._first)
        speak = self.app.speaker.translate
        for name in possible:
            role = "strong" if name == self._first else ""
            spec = COMMANDS[name]
            yield Row(
                name,
                (
                    Cell(self._letters.get(name, ""), "strong"),
                    Cell(speak(spec.label), role),
                    Cell(speak(spec.help), "muted"),
                ),
            )
        for name, why in self._obstacles.items():
            if why is not None:
                words = (Cell("", "muted"), Cell(speak(COMMANDS[name].label), "muted"))
                yield Row(name, (*words, Cell("- " + self.say(why), "muted")))

    @on(KeyedTable.Selected)
    def _selected(self, event: KeyedTable.Selected) -> None:
        event.stop()
        self._choose(event.key)

    @on(KeyedTable.Highlighted)
    def _highlighted(self, event: KeyedTable.Highlighted) -> None:
        """Say in full what the row has no room for."""
        event.stop()
        if event.key is not None:
            why = self._obstacles[event.key]
            self.tell(self.say(why or COMMANDS[event.key].help), "near" if why else "muted")

    def on_key(self, event: events.Key) -> None:
        """Choose by letter, full-width letters of an input method included."""
        name = self._commands.get(event.key, "")
        if name in self._obstacles:
            event.prevent_default().stop()
            self._choose(name)

    def _choose(self, name: str) -> None:
        why = self._obstacles[name]
        if why is None and self.is_current:  # of two letters in one packet the first one counts
            self.dismiss(name)
        elif why is not None:
            self.query_one(KeyedTable).move_to(name)
            self.tell(self.say(why), "near")
