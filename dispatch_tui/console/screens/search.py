"""Finding anything: one field, and what is found while one types."""

from collections.abc import Iterator
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import FINDING, SEARCH
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.explaining import Part
from dispatch_tui.console.screens.offering import OfferScreen
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.field import MARK_CELLS, FieldRow, Still
from dispatch_tui.console.widgets.inputs import Edited, LineInput
from dispatch_tui.console.widgets.pick import PickList
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Case, Found, Hit
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.query import Filter, literally
from dispatch_tui.words.speaker import Speaker

COLUMNS = (
    Column("thing", "", 8, priority=6),
    Column("name", "", 20, min_width=10, grow=2, priority=9),
    Column("about", "", 26, min_width=12, grow=4, priority=8),
    Column("aside", "", 14, min_width=8, grow=1, priority=7),
)

SCOPES: tuple[frozenset[Thing], ...] = (
    frozenset(Thing),
    frozenset({Thing.TICKET}),
    frozenset({Thing.CUSTOMER, Thing.CONTACT}),
    frozenset({Thing.DEVICE}),
    frozenset({Thing.PERSON}),
)
SCOPE_WORDS = (
    N_("everything"),
    N_("only tickets"),
    N_("only customers"),
    N_("only devices"),
    N_("only people"),
)

FILTERS = "status:open  kind:complaint  client:  device:  engineer:  since:2026-01  until:2026-03"
"""As they are typed, in every language."""

HINTS = (
    N_("Type what you know: number, name, former name, initials, pinyin, phone or its tail,"),
    N_("serial or its tail, asset number, model, words of the fault, of a note, of a report."),
    N_('Words that stand together: "high voltage"   Without a word: -tube'),
    N_("Narrowed down: {filters}"),
)

AHEAD = 10
"""So many rows before the last one the next page is asked for."""


class SearchScreen(OfferScreen[None]):
    """Opens what was chosen over itself; of a colleague it finds the tickets."""

    AUTO_FOCUS = "#find"
    WHOLE = True
    PLACE = SEARCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(FINDING)
    DEFAULT_CSS = """
    SearchScreen {
        & #area { height: 20; min-height: 3; }
        & #hint { height: 1fr; margin-left: 2; }
        & #area PickList { height: 1fr; }
        &.-whole #area { height: 1fr; }
    }
    """

    def __init__(self, said: str = "") -> None:
        super().__init__()
        self._first = said
        self._scope = 0
        self._found = Found()
        self._refusal = ""
        self._hits: dict[str, Hit | Case | Staff] = {}
        self._reading = False

    def compose_body(self) -> ComposeResult:
        """Make the field, and below it the list or what can be typed."""
        label = self.app.speaker.translate(N_("Find"))
        yield FieldRow("find", label, LineInput(self._first, field="find"))
        with Vertical(id="area"):
            yield Still(id="hint")
            yield PickList(COLUMNS)

    def on_mount(self) -> None:
        """Say what can be typed."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        row = self.query_one(FieldRow)
        row.widen(cell_len(row.label) + MARK_CELLS)
        row.mark(True)
        self.sheet("#hint", list(hint(self.app.speaker)))
        choose = ("Up/Down", N_("choose"))
        self.keys([("Enter", N_("open")), choose, self.hint("search-scope"), BACK])
        self._draw_scope()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Look for what stands in the field already, beside what every dialog does."""
        if self._first:
            self._first = ""
            self.offer()

    @property
    def said(self) -> str:
        """What stands in the field, with the blank after a whole word."""
        return self.query_one(LineInput).value.lstrip()

    def explained(self) -> Iterator[Part]:
        """Say what can be typed."""
        hints = tuple(say(one, filters=FILTERS) for one in HINTS)
        yield Part(self.app.speaker.translate(N_("Find")), hints)
        yield from super().explained()

    def action_search(self) -> None:
        """It is being done already."""

    def action_scope(self, step: int) -> None:
        """Look for other things."""
        self._scope = (self._scope + step) % len(SCOPES)
        self._draw_scope()
        self.offer()

    def _draw_scope(self) -> None:
        scope = self.app.speaker.translate(SCOPE_WORDS[self._scope])
        self.head(self.app.speaker.translate(N_("Find anything")), scope)

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        self.offer()

    # What is found

    def question(self, field: str) -> str:
        """Return what is said, and among which things."""
        return f"{self._scope} {self.said}" if self.said.strip() else ""

    async def answer(self, field: str, question: str) -> Found | Message:
        """Look for it; what cannot be asked so is said in its place."""
        scope, _, said = question.partition(" ")
        try:
            found: Found = await self.app.desk.find(said, SCOPES[int(scope)], growing=True)
        except InvalidInput as refusal:
            return refusal.message
        return found

    def answered(self, answer: Any) -> None:
        """Know what was found."""
        self._found = answer if isinstance(answer, Found) else Found()
        refused = isinstance(answer, Message)
        self._refusal = self.say(answer) if refused else ""
        self._hits = {str(place): one for place, one in enumerate(self._found.hits)}
        if refused or isinstance(answer, Found):
            self.tell("")

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Return what was found, or why nothing was."""
        return (self._rows(), True) if self.said.strip() else None

    def _rows(self) -> list[Row]:
        return [Row(key, cells(hit, self.app.speaker)) for key, hit in self._hits.items()]

    def offering(self, shown: bool) -> None:
        """Say what can be typed while nothing is."""
        self.query_one("#hint").display = not shown

    @property
    def nothing(self) -> str:
        """Why nothing was found."""
        return self._refusal or self.say(N_("Nothing is found by that."))

    @on(KeyedTable.Highlighted)
    def _moved(self, event: KeyedTable.Highlighted) -> None:
        event.stop()
        place = int(event.key or 0)
        if self._found.further is not None and place >= len(self._hits) - AHEAD:
            self._read_further()

    @work(group="further")
    async def _read_further(self) -> None:
        """Add the next page to what is shown, unless something else is looked for by then."""
        found, scope, said = self._found, SCOPES[self._scope], self.said
        if self._reading or found.further is None:
            return
        self._reading = True
        try:
            page = await self.app.desk.find(said, scope, further=found.further, growing=True)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        finally:
            self._reading = False
        if self.standing and self._found is found:
            hits = (*self._hits.values(), *page.hits)
            self._found = page
            self._hits = {str(place): one for place, one in enumerate(hits)}
            self.query_one(PickList).show(self._rows())

    def pick(self, field: str, key: str) -> None:
        """Open what was chosen; of a colleague find the tickets."""
        match self._hits.get(key):
            case Staff(login=login):
                self.query_one(LineInput).put(f"{Filter.ENGINEER}:{literally(login)}")
                self._scope = 0
                self._draw_scope()
                self.offer()
            case Case(number=number, is_open=is_open):
                here = self.app.screen_stack[-2:] == [self.app.main, self]
                (self.app.go_to_ticket if here and is_open else self.app.open_ticket)(number)
            case Hit(device=Device(id=device_id)):
                self.app.open_device(device_id)
            case Hit(customer=customer):
                self.app.open_customer(customer.code)


def hint(speaker: Speaker) -> Iterator[Paragraph]:
    """Yield what can be typed."""
    for sentence in HINTS:
        yield line(Span(speaker.say(sentence, filters=FILTERS), "muted"), wrap=True)


def cells(found: Hit | Case | Staff, speaker: Speaker) -> tuple[Cell, ...]:
    """Return the cells of what was found: what it is, its name, more about it, what it is at."""
    match found:
        case Case():
            ticket = found.ticket
            texts = (ticket.number, ticket.fault, found.short_name)
            return _cells(Thing.TICKET, texts, speaker, over=not found.is_open)
        case Staff():
            over = not found.active
            texts = (found.name, found.title or speaker.label(found.role), found.phone)
            return _cells(Thing.PERSON, texts, speaker, over=over)
    customer, device, contact = found.customer, found.device, found.contact
    name = customer.short_name or customer.name
    if device is not None:
        texts = (f"{device.name} {device.model}", f"{name} {device.department}", device.serial)
        return _cells(Thing.DEVICE, texts, speaker)
    if contact is not None:
        texts = (contact.name, f"{name} {contact.department} {contact.position}", contact.phone)
        return _cells(Thing.CONTACT, texts, speaker)
    about = " ".join(one for one in (customer.city, customer.alias.replace("|", " ")) if one)
    return _cells(Thing.CUSTOMER, (customer.name, about, customer.phone), speaker)


def _cells(
    thing: Thing, texts: tuple[str, str, str], speaker: Speaker, *, over: bool = False
) -> tuple[Cell, ...]:
    name, about, aside = texts
    role = "muted" if over else ""
    return (
        Cell(speaker.label(thing), "muted"),
        Cell(name, role or "strong"),
        Cell(about, role),
        Cell(aside, "muted"),
    )
