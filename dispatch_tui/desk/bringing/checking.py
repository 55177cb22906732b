"""Checks the rows of an import, and decides what is to be stored; nothing is stored yet."""

from collections.abc import Callable, Iterator
from typing import Any

from dispatch_tui.desk.bringing import references, rosters
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.histories import Histories
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import Sheet
from dispatch_tui.desk.bringing.shelves import DeviceShelf, Shelf
from dispatch_tui.desk.bringing.taking import Rows, Terms
from dispatch_tui.domain.duty import HolidayRoster, MemberShifts, Override
from dispatch_tui.domain.files import (
    Contact,
    Contract,
    Customer,
    Device,
    Part,
    Station,
    Stock,
    Travel,
)
from dispatch_tui.domain.people import Certificate, Staff
from dispatch_tui.domain.rotation import RotationPlan
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.spool import Spool

AT_ONCE = 1000

SMALL: dict[str, type] = {
    "stations": Station,
    "rotation": RotationPlan,
    "staff": Staff,
    "skills": Certificate,
    "groups": MemberShifts,
    "holidays": HolidayRoster,
    "overrides": Override,
    "travel": Travel,
}
"""By table: what of a company is always few enough to have all of it."""

LARGE: dict[str, type] = {
    "customers": Customer,
    "contacts": Contact,
    "contracts": Contract,
    "parts": Part,
    "stock": Stock,
}


class Checking:
    """The check of one import; `done` hears how many rows more were looked at."""

    def __init__(
        self,
        database: Database,
        spool: Spool,
        sheets: list[Sheet],
        terms: Terms,
        done: Callable[[int], None],
    ) -> None:
        self.database = database
        self.spool = spool
        self.sheets = sheets
        self.terms = terms
        self.done = done
        self.counts: list[Count] = []
        self._devices = DeviceShelf("devices", Device, spool)
        self._shelves = {
            table: Shelf(table, record, spool) for table, record in (SMALL | LARGE).items()
        }
        self._shelves["devices"] = self._devices

    async def check(self) -> None:
        """Look at every row; what is wrong is noted in its sheet, and what is good counted."""
        async with self.database.read() as connection:
            for table in SMALL:
                await self._shelves[table].fetch_all(connection)
        tables = {sheet.format.table for sheet in self.sheets}
        for table in FORMATS:
            if table in tables and table in self._shelves:
                await self._records(table)
        histories = Histories(
            *(self.database, self.spool, self.sheets, self._shelves, self._devices),
            self.terms,
            self.done,
        )
        self.counts += [one for one in (histories.tickets, histories.told) if one.table in tables]
        await histories.check()
        for table in SMALL:
            self._shelves[table].flush()

    async def _records(self, table: str) -> None:
        count = Count(table=table)
        self.counts.append(count)
        if table in rosters.TABLES:
            rosters.take(table, self._batches(table), self._shelves, count)
            return
        for rows in self._batches(table):
            if table not in SMALL:
                await self._fetch(table, rows)
            references.take(table, rows, self._shelves, count)
            self._shelves[table].flush()

    def _batches(self, table: str) -> Iterator[Rows]:
        for batch in self.spool.rows(table, AT_ONCE):
            yield Rows(self.spool, self.sheets, batch, self.terms)
            self.done(len(batch))

    async def _fetch(self, table: str, rows: Rows) -> None:
        """Have the records that rows of a table refer to."""
        keys: dict[str, list[Any]] = {table: []}
        for _, row in rows:
            for other, key in references.needs(table, row.values):
                keys.setdefault(other, []).append(key)
        async with self.database.read() as connection:
            for other, wanted in keys.items():
                await self._shelves[other].fetch(connection, wanted)
            if table == "devices":
                natural = ((row.values["maker"], row.values["serial"]) for _, row in rows)
                await self._devices.fetch_of_makers(connection, natural)
