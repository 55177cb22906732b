"""Everything that can be done, found by its name."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dispatch_tui.console.actions import ACTIONS, sign
from dispatch_tui.console.screens.acting import SELECT_FIRST
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.inputs import Edited, Entered, LineInput, Steered
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.text import search_key
from dispatch_tui.domain.ticket import Kind


class Offer(NamedTuple):
    """One thing to do; `why_not` is empty where it can be done now."""

    action: str
    keys: str
    label: str
    help: str
    why_not: str


class Offers(KeyedTable, can_focus=False):
    """What was found, while the keys go to the field above."""

    BLURRED = "cursor"
    DEFAULT_CSS = """
    Offers { background: transparent; }
    """


class PaletteScreen(Dialog[str | None]):
    """Finds an action while typing; its result is what `run_action` takes."""

    WHOLE = True
    AUTO_FOCUS = "LineInput"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+p", "back", show=False)]
    DEFAULT_CSS = """
    PaletteScreen {
        & Offers { height: 18; margin: 0 1; }
        &.-whole Offers { height: 1fr; }
    }
    """

    def __init__(self, file: TicketFile | None) -> None:
        super().__init__()
        self._file = file
        self._offers: dict[str, Offer] = {}

    def compose_body(self) -> ComposeResult:
        """Make the field and the list."""
        yield LineInput(placeholder=self.app.speaker.translate(N_("what is to be done")))
        yield Offers(
            (
                Column("keys", "", 9, priority=6),
                Column("label", "", 22, min_width=14, priority=9),
                Column("help", "", 30, min_width=10, grow=1, priority=7),
            ),
            header=False,
        )

    def on_mount(self) -> None:
        """Offer everything."""
        self.head(self.say(N_("Everything that can be done")))
        self.keys([("Enter", N_("do it")), ("Up/Down", N_("choose")), BACK])
        self._offers = {one.action: one for one in self._all()}
        self._find()

    def _all(self) -> Iterator[Offer]:
        speak = self.app.speaker.translate
        for one in ACTIONS:
            if one.id != "palette":
                keys = ", ".join(key for key in (sign(one.letter), one.key) if key)
                why_not = self._why_not(one.command)
                yield Offer(one.id, keys, speak(one.label), speak(one.help), why_not)
        shown = {one.command for one in ACTIONS}
        kind = self._file.case.ticket.kind if self._file else Kind.FAULT
        for name, spec in COMMANDS.items():
            if name not in shown and kind in spec.kinds:
                action = f"command({name!r})"
                words = speak(spec.label), speak(spec.help)
                yield Offer(action, "", *words, self._why_not(name))

    def _why_not(self, command: str) -> str:
        if command not in COMMANDS or command == "undo":
            return ""
        if self._file is None:
            return self.say(SELECT_FIRST)
        obstacle = self._file.obstacles[command]
        return "" if obstacle is None else self.say(obstacle)

    @on(Edited)
    def _find(self) -> None:
        words = [search_key(word) for word in self.query_one(LineInput).value.split()]
        found = [
            one
            for one in self._offers.values()
            if all(word in search_key(f"{one.label} {one.help} {one.action}") for word in words)
        ]
        found.sort(key=lambda one: not all(word in search_key(one.label) for word in words))
        table = self.query_one(Offers)
        table.show([_row(one) for one in found], empty=self.say(N_("Nothing is called that.")))
        table.action_first()
        self.tell("")

    @on(Steered)
    def _steer(self, event: Steered) -> None:
        self.query_one(Offers).action_move(event.rows)

    @on(Entered)
    @on(KeyedTable.Selected)
    def _take(self) -> None:
        offer = self._offers.get(self.query_one(Offers).cursor_key or "")
        if offer is None:
            return
        if offer.why_not:
            self.tell(offer.why_not)
        else:
            self.dismiss(offer.action)


def _row(offer: Offer) -> Row:
    role = "muted" if offer.why_not else ""
    help_words = f"- {offer.why_not}" if offer.why_not else offer.help
    cells = (Cell(offer.keys, role or "strong"), Cell(offer.label, role), Cell(help_words, "muted"))
    return Row(offer.action, cells)
