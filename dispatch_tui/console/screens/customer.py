"""The file of a customer: who it is, whom to call, what stands there, what happened."""

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import CUSTOMER, OF_A_CUSTOMER
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.file import FileScreen, Line
from dispatch_tui.console.widgets.cells import Cell
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Case, CustomerFile
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.files import Contact, Contract, Device
from dispatch_tui.domain.message import N_, say
from dispatch_tui.words import files as words

Key = tuple[str, ...]

TABLES_NAMED = N_("{table}:")
STAYS = N_("Its past stays in the journal; it can be put on file again.")

QUARTERS = 4
"""So many quarters tell how satisfied a customer is of late."""


class CustomerScreen(FileScreen):
    """One customer, and in rows its contacts, contracts, devices, tickets and changes."""

    COLUMNS = (
        Column("what", "", 15, min_width=9, priority=8),
        Column("name", "", 26, min_width=14, grow=2, priority=9),
        Column("more", "", 22, min_width=12, grow=2, priority=7),
        Column("aside", "", 24, min_width=23, grow=1, priority=6),
    )
    EMPTY = N_("Nothing belongs to this customer yet.")
    PLACE = CUSTOMER
    BINDINGS: ClassVar[list[BindingType]] = bindings(OF_A_CUSTOMER)

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._file: CustomerFile | None = None
        self._kept: dict[str, tuple[str, Key]] = {}

    async def read(self) -> None:
        """Read the customer and what belongs to it."""
        self._file = await self.app.desk.customer_file(self._code)

    def draw(self) -> None:
        """Show the customer and what belongs to it."""
        if (file := self._file) is None:
            return
        self.head(file.customer.name, file.customer.code)
        self.show(self._facts(file), self._lines(file))
        keys = [("Enter", N_("open"))]
        if file.may_edit:
            keys += [self.hint(f"customer-{one}") for one in ("edit", "contact", "device")]
            if self.app.desk.may_file("contracts"):
                keys.append(self.hint("customer-contract"))
            keys += [self.hint("customer-called"), self.hint("customer-remove")]
        self.keys([*keys, BACK])

    def action_edit(self) -> None:
        """Change the file."""
        if (file := self._file) is not None and file.may_edit:
            self._form("customers", (self._code,), file.customer, file.version)

    def action_add(self, table: str) -> None:
        """Put a contact, a device or a contract of this customer on file."""
        if self.app.desk.may_file(table):
            self._form(table, prefilled={"customer": self._code})

    def action_called(self) -> None:
        """Note a regular call to this customer."""
        from dispatch_tui.console.screens.regular_call import RegularCall

        if self._file is not None and self._file.may_edit:
            self.app.push_screen(RegularCall(self._file.customer))

    @work
    async def action_remove(self) -> None:
        """Take the contact or contract under the cursor off the files, once it was asked."""
        from dispatch_tui.console.screens.sure import SureScreen

        here = self.query_one("#rows", KeyedTable).cursor_key or ""
        table, key = self._kept.get(here, ("", ()))
        if not table or not self.app.desk.may_file(table):
            return
        try:
            _, version = await self.app.desk.on_file(table, key)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        what = self.say(TABLES_NAMED, table=self.app.speaker.translate(words.TABLES[table]))
        named = [f"{what} {'  '.join(key[1:])}", self._file.customer.name if self._file else ""]
        question = SureScreen(N_("Take off the files?"), named, N_("take off"), say(STAYS))

        def answered(sure: bool | None) -> None:
            if sure:
                self._take_off(table, key, version)

        self.app.push_screen(question, answered)

    @work
    async def _take_off(self, table: str, key: Key, seen: int) -> None:
        """Take it off; its journal stays."""
        try:
            await self.app.write(lambda: self.app.desk.take_off_file(table, key, seen=seen))
        except DispatchError as error:
            self.tell(self.say(error.message))
        else:
            self.load()

    def _form(
        self,
        table: str,
        key: Key = (),
        record: Any = None,
        version: int = 0,
        prefilled: dict[str, str] | None = None,
    ) -> None:
        from dispatch_tui.console.screens.file_form import FileForm

        self.app.push_screen(FileForm(table, key, record, version, prefilled))

    @work
    async def _change(self, table: str, key: Key) -> None:
        """Change a contact or a contract, if one may."""
        if not self.app.desk.may_file(table):
            return
        try:
            record, version = await self.app.desk.on_file(table, key)
        except DispatchError as error:
            self.tell(self.say(error.message))
        else:
            self._form(table, key, record, version)

    def _facts(self, file: CustomerFile) -> Iterator[Paragraph]:
        customer, speaker = file.customer, self.app.speaker
        names = [customer.short_name, customer.former_name, customer.alias.replace("|", " ")]
        kinds = [customer.kind, customer.level, customer.city]
        yield line(
            Span("  ".join(one for one in kinds if one) or "-", "strong"),
            Span("  " + "  ".join(one for one in names if one), "muted"),
        )
        yield line(Span(f"{customer.address}  "), Span(customer.phone, "strong"))
        told = []
        if customer.responsible:
            name = speaker.name(customer.responsible)
            told.append(self.say(N_("{name} answers for it"), name=name))
        if customer.next_call_on is not None:
            due = customer.next_call_on
            today = self.app.now().astimezone(speaker.zone).date()
            sentence = N_("regular call due {day}") if due <= today else N_("next call {day}")
            told.append(self.say(sentence, day=due.isoformat()))
        if customer.departments:
            told.append(customer.departments.replace("|", " "))
        if told:
            yield line(Span(speaker.listed(told)))
        if file.satisfaction:
            yield line(Span(speaker.listed(self._satisfaction(file)), "muted"))
        if customer.notes:
            yield line(Span(customer.notes, "accent"))

    def _satisfaction(self, file: CustomerFile) -> Iterator[str]:
        for one in file.satisfaction[:QUARTERS]:
            told = []
            if one.calls:
                scores = N_("{mean} of 5 by {count} call-backs")
                told.append(self.say(scores, mean=f"{one.mean:.1f}", count=one.calls))
            if one.complaints:
                told.append(self.say(N_("complaints: {count}"), count=one.complaints))
            quarter = N_("Q{quarter} {year}: {told}")
            words = self.app.speaker.listed(told)
            yield self.say(quarter, quarter=one.quarter, year=one.year, told=words)

    def _lines(self, file: CustomerFile) -> Iterator[Line]:
        yield from (self._case(one) for one in file.cases if one.is_open)
        yield from (self._contact(one) for one in file.contacts)
        yield from (self._contract(one) for one in file.contracts)
        yield from (self._device(one) for one in file.devices)
        yield from (self._case(one) for one in file.cases if not one.is_open)
        for place, filing in reversed(list(enumerate(file.filings))):
            day = filing.at.astimezone(self.app.speaker.zone).date().isoformat()
            who, what = words.filed(filing, self.app.speaker)
            yield Line(f"filing:{place}", Cell(day, "muted"), Cell(who, "muted"), what, "")

    def _case(self, case: Case) -> Line:
        ticket, speaker = case.ticket, self.app.speaker
        role = "accent" if case.is_open else "muted"
        return Line(
            f"ticket:{case.number}",
            Cell(speaker.label(ticket.status), role),
            ticket.fault,
            Cell(case.device_name, "muted"),
            case.number,
            enter=partial(self.app.open_ticket, case.number),
        )

    def _contact(self, contact: Contact) -> Line:
        key = (contact.customer, contact.name, contact.phone)
        return Line(
            self._row_of("contacts", key),
            Cell(self.say(N_("contact")), "muted"),
            Cell(contact.name, "strong"),
            f"{contact.department} {contact.position}".strip(),
            contact.phone,
            enter=lambda: self._change("contacts", key),
        )

    def _contract(self, contract: Contract) -> Line:
        key = (contract.customer, contract.number)
        today = self.app.now().astimezone(self.app.speaker.zone).date()
        return Line(
            self._row_of("contracts", key),
            Cell(self.say(N_("contract")), "muted"),
            f"{contract.number}  {contract.device}".strip(),
            words.limits(contract, self.app.speaker),
            words.in_force(contract, today, self.app.speaker),
            enter=lambda: self._change("contracts", key),
        )

    def _row_of(self, table: str, key: Key) -> str:
        """The key of the row of what can be changed here."""
        row = f"{table}:{'/'.join(key)}"
        self._kept[row] = (table, key)
        return row

    def _device(self, device: Device) -> Line:
        return Line(
            f"devices:{device.id}",
            Cell(self.app.speaker.device_kind(device.kind), "muted"),
            f"{device.name}  {device.model}",
            device.department,
            device.serial,
            enter=partial(self.app.open_device, device.id),
        )
