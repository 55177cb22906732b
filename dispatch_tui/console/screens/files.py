"""All customers, devices and parts: looked through by key, or searched."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import FILES, LISTING
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.inputs import Edited, Entered, LineInput, Steered
from dispatch_tui.console.widgets.pick import PickList
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.desk.views import Hit
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.stocking import Shelf
from dispatch_tui.domain.text import search_key

PAGE = 100
NEAR_END = 20
"""So many rows before the last one the next page is read."""

LISTS = {"customers": N_("Customers"), "devices": N_("Devices"), "stock": N_("Parts")}
"""The lists by the name of their table."""

THINGS = {
    "customers": frozenset({Thing.CUSTOMER, Thing.CONTACT}),
    "devices": frozenset({Thing.DEVICE}),
}
"""What is looked for in a list."""

COLUMNS = (
    Column("key", "", 15, min_width=14, priority=8),
    Column("name", "", 30, min_width=16, grow=3, priority=9),
    Column("where", "", 20, min_width=8, grow=2, priority=6),
    Column("aside", "", 18, min_width=10, grow=1, priority=7),
)


class FilesScreen(Dialog[None]):
    """One list at a time; what is typed searches it, Enter opens the file."""

    WHOLE = True
    AUTO_FOCUS = "LineInput"
    PLACE = FILES
    BINDINGS: ClassVar[list[BindingType]] = bindings(LISTING)
    DEFAULT_CSS = """
    FilesScreen {
        & > #box { height: 100%; }
        & > #box > #body { height: 1fr; }
        & #lists { height: 1; }
        & LineInput { margin: 0 1; }
        & PickList { height: 1fr; background: $surface; }
    }
    """

    def __init__(self, start: str = "customers") -> None:
        super().__init__()
        self._list = start
        self._rows: dict[str, Row] = {}
        self._rows_of = ("", "")
        """The list and the words that the rows are of, which may still be on their way."""
        self._shelves: dict[str, Shelf] = {}
        self._complete = False
        self._reading = False
        self._opening = False

    def compose_body(self) -> ComposeResult:
        """Make the names of the lists, the field and the rows."""
        yield Still(id="lists")
        yield LineInput(field="said", placeholder=self.say(N_("name, initials, serial, phone")))
        yield PickList(COLUMNS)

    def on_mount(self) -> None:
        """Show the first list."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self.say(N_("Files")))
        self.query_one(PickList).show(list(self._rows.values()))
        self._begin(afresh=not self._rows)

    def on_screen_resume(self) -> None:
        """Read anew: what was opened from here may have changed something."""
        self._begin(afresh=False)

    def action_turn(self, step: int) -> None:
        """Show the next list."""
        names = list(LISTS)
        self._list = names[(names.index(self._list) + step) % len(names)]
        self._begin()

    def action_new(self) -> None:
        """Put a customer or a device on file."""
        from dispatch_tui.console.screens.file_form import FileForm

        if self._list != "stock" and self.app.desk.may_file(self._list):
            self.app.push_screen(FileForm(self._list))

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        self._begin()

    @on(Steered)
    def _steered(self, event: Steered) -> None:
        event.stop()
        picks = self.query_one(PickList)
        picks.steer(event.rows)
        keys = list(self._rows)
        place = keys.index(picks.cursor_key) if picks.cursor_key in self._rows else 0
        if place >= len(keys) - NEAR_END:
            self._further()

    @on(Entered)
    def _entered(self, event: Entered) -> None:
        """Open the row under the cursor, once the rows of what is typed are there."""
        event.stop()
        self._opening = self._rows_of != self._wanted
        if not self._opening:
            self._open(self.query_one(PickList).cursor_key or "")

    @on(PickList.Selected)
    def _selected(self, event: PickList.Selected) -> None:
        event.stop()
        self._open(event.key)

    def _open(self, key: str) -> None:
        """Open the file of a row."""
        table, _ = self._rows_of
        if not key or self.app.screen is not self:
            return
        if table == "customers":
            self.app.open_customer(key)
        elif table == "devices":
            self.app.open_device(key)
        elif (shelf := self._shelves.get(key)) and self.app.desk.may_move_parts:
            from dispatch_tui.console.screens.stock import StockForm

            self.app.push_screen(StockForm(shelf))

    # What is shown

    @property
    def _said(self) -> str:
        return self.query_one(LineInput).value.strip()

    @property
    def _wanted(self) -> tuple[str, str]:
        return self._list, self._said

    def _begin(self, *, afresh: bool = True) -> None:
        """Show what there is for what is typed: from its beginning, or where the cursor stands."""
        spans = []
        for name, label in LISTS.items():
            here = name == self._list
            text = self.app.speaker.translate(label)
            spans += [Span(f"[{text}]" if here else f" {text} ", "strong" if here else "muted")]
            spans.append(Span("  "))
        self.sheet("#lists", [line(*spans, wrap=False)])
        keys = [("Up/Down", N_("choose")), ("Enter", N_("open")), ("Tab", N_("next list"))]
        if self._list != "stock" and self.app.desk.may_file(self._list):
            keys.insert(2, self.hint("files-new"))
        self.keys([*keys, BACK])
        self._opening = False
        self._load(self._wanted, afresh=afresh)

    @work(exclusive=True, group="files")
    async def _load(self, wanted: tuple[str, str], *, afresh: bool) -> None:
        """Read the first page of what is wanted; what was there already stays as far as it goes."""
        count = PAGE if afresh else max(PAGE, len(self._rows))
        rows = await self._read(wanted, "", count)
        if rows is None or not self.standing or wanted != self._wanted:
            return
        self.tell("")
        self._rows, self._rows_of = {row.key: row for row in rows}, wanted
        self._complete = len(rows) < count or wanted[1] != "" or wanted[0] == "stock"
        self._show(first=afresh)
        if self._opening:
            self._opening = False
            self._open(self.query_one(PickList).cursor_key or "")

    def _further(self) -> None:
        known = self._rows_of == self._wanted and self._rows
        if known and not self._complete and not self._reading:
            self._read_on(self._wanted, next(reversed(self._rows)))

    @work(group="further")
    async def _read_on(self, wanted: tuple[str, str], after: str) -> None:
        self._reading = True
        try:
            rows = await self._read(wanted, after, PAGE)
        finally:
            self._reading = False
        if rows is None or not self.standing or wanted != self._rows_of:
            return
        self._complete = len(rows) < PAGE
        self._rows |= {row.key: row for row in rows}
        self._show(first=False)

    async def _read(self, wanted: tuple[str, str], after: str, count: int) -> list[Row] | None:
        """Read a page of a list, of what is found in it, or all parts; None where it cannot be."""
        table, said = wanted
        desk, devices = self.app.desk, table == "devices"
        try:
            if table == "stock":
                return self._parts(await desk.shelves(), said)
            if said:
                hits = await desk.named(said, THINGS[table], count)
            else:
                hits = await (desk.devices_after if devices else desk.customers_after)(after, count)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return None
        rows = [self._device(one) if devices else self._customer(one) for one in hits]
        return list({row.key: row for row in rows}.values())

    def _show(self, *, first: bool) -> None:
        empty = N_("Nothing is called like this.") if self._said else N_("Nothing is on file yet.")
        picks = self.query_one(PickList)
        rows = list(self._rows.values())
        if first:
            picks.offer(rows, first=True, empty=self.say(empty))
        else:
            picks.show(rows)

    def _customer(self, hit: Hit) -> Row:
        customer, contact = hit.customer, hit.contact
        aside = Cell(f"{contact.name} {contact.phone}" if contact else customer.phone)
        today = self.app.now().astimezone(self.app.speaker.zone).date()
        if contact is None and customer.next_call_on and customer.next_call_on <= today:
            aside = Cell(self.say(N_("regular call due")), "near")
        cells = _cells(customer.code, customer.name, f"{customer.city} {customer.level}")
        return Row(customer.code, (*cells, aside))

    def _device(self, hit: Hit) -> Row:
        device = hit.device
        if device is None:
            raise AssertionError("a hit of the devices without one")
        owner = hit.customer.short_name or hit.customer.name
        where = f"{owner} {device.department}"
        return Row(device.id, _cells(device.serial, f"{device.name}  {device.model}", where, ""))

    def _parts(self, shelves: Sequence[Shelf], said: str) -> list[Row]:
        """The parts whose code, name, model or station holds what is typed."""
        wanted = search_key(said)
        self._shelves = {f"{one.part.code}/{one.station.code}": one for one in shelves}
        return [
            self._shelf(key, one)
            for key, one in self._shelves.items()
            if wanted
            in search_key(f"{one.part.code} {one.part.name} {one.part.model} {one.station.name}")
        ]

    def _shelf(self, key: str, shelf: Shelf) -> Row:
        told = self.say(N_("{count} there"), count=shelf.count)
        if shelf.coming:
            told += self.say(N_(", {count} coming"), count=shelf.coming)
        if shelf.short:
            told += self.say(N_(", {count} short"), count=shelf.short)
        part = shelf.part
        cells = _cells(part.code, f"{part.name}  {part.model}", shelf.station.name)
        return Row(key, (*cells, Cell(told, "near" if shelf.short else "")))


def _cells(key: str, *others: str) -> tuple[Cell, ...]:
    return (Cell(key, "muted"), *(Cell(one) for one in others))
