"""Checks tickets, each with its acts, some at a time."""

from collections.abc import Callable, Iterable

import msgspec

from dispatch_tui.desk.bringing import foreigners, past
from dispatch_tui.desk.bringing.acts import Acts, Case
from dispatch_tui.desk.bringing.past import Journals, Past
from dispatch_tui.desk.bringing.references import Shelves
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import ENCODER, Sheet
from dispatch_tui.desk.bringing.shelves import DeviceShelf
from dispatch_tui.desk.bringing.taking import Rows, Terms
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_
from dispatch_tui.storage import journal, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.spool import Made, Spool

AT_ONCE = 500
MAX_ACTS = 1000
"""Acts of one ticket: each is decided on all that came before it."""


class Ready(msgspec.Struct, frozen=True, array_like=True):
    """A ticket as it is to be stored, with the lines of its journal."""

    lines: list[journal.Line]
    ticket: tickets.Ready


class Histories:
    """The tickets and acts of one import."""

    def __init__(
        self,
        database: Database,
        spool: Spool,
        sheets: list[Sheet],
        shelves: Shelves,
        devices: DeviceShelf,
        terms: Terms,
        done: Callable[[int], None],
    ) -> None:
        self.database = database
        self.spool = spool
        self.sheets = sheets
        self.shelves = shelves
        self.devices = devices
        self.terms = terms
        self.done = done
        self.tickets = Count(table="tickets")
        self.told = Count(table="acts")
        self.acts = Acts(shelves, terms, self.told)

    async def check(self) -> None:
        """Take every ticket with its acts, then the acts of tickets that no row is about."""
        if any(sheet.mapping and sheet.mapping.system for sheet in self.sheets):
            await foreigners.number(self.database, self.spool, self.sheets, self.terms)
        for batch in self.spool.rows("tickets", AT_ONCE):
            rows = Rows(self.spool, self.sheets, batch, self.terms)
            await self._tickets(rows, [row.name for row in batch])
            self.done(len(batch))
        for names in self.spool.row_names("acts", AT_ONCE):
            await self._on_stored(
                [one for one in names if not self.spool.is_spoken_of("tickets", one)]
            )

    async def _tickets(self, rows: Rows, names: list[str]) -> None:
        given = [past.here(sheet, row, self.spool).values for sheet, row in rows]
        numbers = {values.get(name, "") for values in given for name in ("number", "about")} - {""}
        stored = await self._stored(numbers)
        await self._fetch(
            (values["customer"] for values in given),
            (values.get("device_serial", "") for values in given),
        )
        added = {
            one.ticket.number: one
            for one in past.take(rows, self.shelves, stored, self.terms, self.spool, self.tickets)
        }
        for number in dict.fromkeys(names):
            case = Case(number, added.get(number), stored.get(number, ()))
            if (with_acts := self._acts_of(case)) is not None:
                added[number] = with_acts
        self.spool.make("ticket", map(self._ready, added.values()))

    async def _on_stored(self, numbers: list[str]) -> None:
        """Take acts on tickets that are stored, or on none."""
        stored = await self._stored(numbers)
        folded = [fold(number, tuple(entries)) for number, entries in stored.items()]
        await self._fetch(
            (ticket.customer for ticket in folded if ticket),
            (ticket.device for ticket in folded if ticket),
        )
        for number in numbers:
            self._acts_of(Case(number, None, stored.get(number, ())))

    def _acts_of(self, case: Case) -> Past | None:
        """Take the acts of a ticket, once; return the ticket with them where it is a new one."""
        batch = self.spool.rows_named("acts", case.number, MAX_ACTS + 1)
        if not batch or self.spool.first("acts", case.number, batch[0].place) is not None:
            return None
        rows = Rows(self.spool, self.sheets, batch, self.terms)
        self.done(len(batch))
        found = list(rows)
        whole = len(found) == len(batch)
        if len(batch) > MAX_ACTS:
            whole = False
            reason = N_("A ticket can have at most {most} acts.")
            rows.refuse(*found[-1], InvalidInput(reason, field="number", most=MAX_ACTS))
        elif case.past is not None or case.stored:
            return self.acts.take(rows, case, whole=whole)
        elif not self.spool.is_spoken_of("tickets", case.number):
            for sheet, row in found:
                reason = N_("There is no ticket {number}: check the number.")
                rows.refuse(sheet, row, InvalidInput(reason, field="number", number=case.number))
        return None

    async def _stored(self, numbers: Iterable[str]) -> Journals:
        """The journals of those of the tickets that are there already."""
        async with self.database.read() as connection:
            lines = await journal.ticket_journals(connection, sorted(numbers))
        return {number: journal.entries_of(found) for number, found in lines.items() if found}

    async def _fetch(self, customers: Iterable[str], devices: Iterable[str]) -> None:
        async with self.database.read() as connection:
            await self.shelves["customers"].fetch(
                connection, ((code,) for code in customers if code)
            )
            await self.devices.fetch_known_as(connection, filter(None, devices))

    def _ready(self, one: Past) -> Made:
        number = one.ticket.number
        lines = journal.ticket_lines(number, one.entries, key=one.key)
        for act in one.acts:
            key = f"{journal.IMPORTED}{number}/{act[0].seq}"
            lines += journal.ticket_lines(number, act, lines[-1].hash, key)
        ready = tickets.ready((one.ticket, one.journal), self.terms.policy)
        return Made(number, "", ENCODER.encode(Ready(lines, ready)))
