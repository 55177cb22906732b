"""What can be done with a ticket now, and why the rest cannot."""

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.text import fold_width
from dispatch_tui.domain.ticket import ACTIVE, Status, Ticket

LETTERS = {
    "respond": "r",
    "assign": "a",
    "unassign": "n",
    "depart": "d",
    "arrive": "i",
    "restore": "w",
    "solve-by-phone": "s",
    "close": "c",
    "note": "t",
    "add-call": "l",
    "set-priority": "p",
    "correct": "o",
    "correct-time": "m",
    "reopen": "e",
    "cancel": "x",
    "undo": "u",
}
"""One letter per command, the same in every state; j and k move the cursor."""

_NEXT = {
    Status.LOGGED: "respond",
    Status.RESPONDED: "assign",
    Status.ASSIGNED: "depart",
    Status.UNDER_WAY: "arrive",
    Status.ON_SITE: "restore",
    Status.RESTORED: "close",
    Status.SOLVED: "close",
}


def suggested(ticket: Ticket) -> str:
    """Return the command that brings the case on, "" when nothing is left to do."""
    if ticket.status in ACTIVE and not ticket.talked_at:
        return "respond"
    return _NEXT.get(ticket.status, "")


class MenuScreen(Dialog[str | None]):
    """The commands of the table for one ticket; its result is the name of the chosen one."""

    WHOLE = True
    AUTO_FOCUS = "#commands"
    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    MenuScreen {
        & #about { height: 2; margin: 0 0 1 2; }
        & #commands { height: 18; margin: 0 1; background: $surface; }
        &.-whole #commands { height: 1fr; }
    }
    """

    def __init__(self, file: TicketFile) -> None:
        super().__init__()
        self._file = file
        self._first = suggested(file.case.ticket)

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
        case = self._file.case
        self.head(self.say(N_("What to do with {number}"), number=case.number))
        about = "  ".join(one for one in (case.short_name, case.device_name) if one)
        step = self.say(next_step(case.ticket))
        self.sheet(
            "#about",
            [
                line(
                    Span(about or case.ticket.caller, "strong"),
                    Span(f"  {case.ticket.fault}"),
                    wrap=False,
                ),
                line(Span(self.say(N_("Next: {step}"), step=step), "accent"), wrap=False),
            ],
        )
        self.query_one(KeyedTable).show(list(self._rows()))
        self.keys([("Enter", N_("do it")), ("Up/Down", N_("choose")), BACK])

    def _rows(self) -> Iterator[Row]:
        """What is possible first, the suggested step at the top; the rest with its reason."""
        possible = [name for name, why in self._file.obstacles.items() if why is None]
        possible.sort(key=lambda name: name != self._first)
        speak = self.app.speaker.translate
        for name in possible:
            role = "strong" if name == self._first else ""
            spec = COMMANDS[name]
            yield Row(
                name,
                (
                    Cell(LETTERS.get(name, ""), "strong"),
                    Cell(speak(spec.label), role),
                    Cell(speak(spec.help), "muted"),
                ),
            )
        for name, why in self._file.obstacles.items():
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
            why = self._file.obstacles[event.key]
            self.tell(self.say(why or COMMANDS[event.key].help), "near" if why else "muted")

    def on_key(self, event: events.Key) -> None:
        """Choose by letter, full-width letters of an input method included."""
        letter = fold_width(event.character or "").casefold()
        name = next((name for name, one in LETTERS.items() if one == letter), None)
        if event.is_printable and name in self._file.obstacles:
            event.prevent_default().stop()
            self._choose(name)

    def _choose(self, name: str) -> None:
        why = self._file.obstacles[name]
        if why is None:
            self.dismiss(name)
        else:
            self.query_one(KeyedTable).move_to(name)
            self.tell(self.say(why), "near")
