"""Everything that can be done or opened, found by its name."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.asking import Asker
from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.general import LOOKING, PALETTE
from dispatch_tui.console.screens.acting import SELECT_FIRST
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.screens.search import cells
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.inputs import Edited, Entered, LineInput, Steered
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.desk.views import Case, Found, Hit, TicketFile
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.text import search_key
from dispatch_tui.domain.ticket import Kind
from dispatch_tui.words.spelling import spells

MOST_FOUND = 8
"""So many tickets, files and people stand between actions; more are found by the search."""


class Offer(NamedTuple):
    """One thing to do; `why_not` is empty where it can be done now."""

    action: str
    keys: str
    label: str
    help: str
    why_not: str

    def is_named(self, words: list[str]) -> bool:
        """Whether its label holds every word, or is spelled by it."""
        label = search_key(self.label)
        return all(word in label or spells(word, self.label) for word in words)

    def is_about(self, words: list[str]) -> bool:
        """Whether every word is anywhere in it."""
        about = search_key(f"{self.label} {self.help} {self.action}")
        return all(word in about for word in words)


class Offers(KeyedTable, can_focus=False):
    """What was found, while the keys go to the field above."""

    BLURRED = "cursor"
    DEFAULT_CSS = """
    Offers { background: transparent; }
    """


class PaletteScreen(Dialog[str | Hit | Case | Staff | None]):
    """Finds while one types; its result is what `run_action` takes, or what was found."""

    WHOLE = True
    AUTO_FOCUS = "LineInput"
    PLACE = PALETTE
    BINDINGS: ClassVar[list[BindingType]] = bindings(LOOKING)
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
        self._found: dict[str, Hit | Case | Staff] = {}
        self._found_for = ""
        self._asker = Asker[str, Found](self, self._look_up, self._answered)
        self._taking = False

    def compose_body(self) -> ComposeResult:
        """Make the field and the list."""
        hint = N_("what is to be done, or a ticket, a customer, a device, a person")
        yield LineInput(placeholder=self.app.speaker.translate(hint))
        yield Offers(
            (
                Column("keys", "", 9, priority=6),
                Column("label", "", 22, min_width=14, priority=9),
                Column("help", "", 30, min_width=10, grow=1, priority=7),
            ),
            header=False,
        )

    def on_mount(self) -> None:
        """Offer everything that can be done."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self.say(N_("Everything that can be done")))
        self.keys([("Enter", N_("do it")), ("Up/Down", N_("choose")), BACK])
        self._offers = {one.action: one for one in self._all()}
        self._show(first=True)

    def _all(self) -> Iterator[Offer]:
        speak = self.app.speaker.translate
        for one in ACTIONS:
            if one.name != "palette":
                keys = ", ".join(self.app.keymap.signs(one)[:2])
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

    # What is found

    @property
    def _said(self) -> str:
        return self.query_one(LineInput).value.strip()

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        self._taking = False
        if self._said:
            self._asker.ask(self._said)
        else:
            self._asker.leave()
        self._show(first=True)
        self.tell("")

    async def _look_up(self, said: str) -> Found:
        """Look in the files; what is no question there is only the name of an action."""
        try:
            found: Found = await self.app.desk.find(said, limit=MOST_FOUND, growing=True)
        except InvalidInput:
            return Found()
        except DispatchError as error:
            self.tell(self.say(error.message))
            return Found()
        return found

    def _answered(self, said: str, answer: Found) -> None:
        if not self.standing:
            return
        hits = answer.hits[:MOST_FOUND]
        self._found = {f"found:{place}": one for place, one in enumerate(hits)}
        self._found_for = said
        self._show(first=self.query_one(Offers).cursor_key is None)
        if self._taking:
            self._take()

    def _rows(self) -> Iterator[Row]:
        """What is called so, then what is found in the files, then what is about it."""
        words = [search_key(word) for word in self._said.split()]
        named = [one for one in self._offers.values() if one.is_named(words)]
        yield from map(_row, named)
        if self._said and self._found_for == self._said:
            for key, found in self._found.items():
                thing, name, about, aside = cells(found, self.app.speaker)
                yield Row(key, (thing, name, Cell(f"{about.text}  {aside.text}", "muted")))
        rest = (one for one in self._offers.values() if one not in named and one.is_about(words))
        yield from map(_row, rest)

    def _show(self, *, first: bool) -> None:
        rows, known = list(self._rows()), self._asker.knows(self._said)
        empty = N_("Nothing is called that.") if known or not self._said else N_("Looking ...")
        table = self.query_one(Offers)
        table.show(rows, empty=self.say(empty))
        if first:
            table.action_first()

    @on(Steered)
    def _steer(self, event: Steered) -> None:
        self.query_one(Offers).action_move(event.rows)

    @on(Entered)
    @on(KeyedTable.Selected)
    def _take(self) -> None:
        """Take the row under the cursor; where there is none yet, wait for what is looked up."""
        key = self.query_one(Offers).cursor_key or ""
        offer = self._offers.get(key)
        self._taking = not key and bool(self._said) and not self._asker.knows(self._said)
        if key in self._found:
            self.dismiss(self._found[key])
        elif offer is not None and offer.why_not:
            self.tell(offer.why_not)
        elif offer is not None:
            self.dismiss(offer.action)


def _row(offer: Offer) -> Row:
    role = "muted" if offer.why_not else ""
    help_words = f"- {offer.why_not}" if offer.why_not else offer.help
    label = Cell(offer.label, role)
    return Row(offer.action, (Cell(offer.keys, role or "strong"), label, Cell(help_words, "muted")))
