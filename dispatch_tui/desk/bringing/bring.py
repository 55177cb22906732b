"""Brings files in: all of them in one transaction, or nothing."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatch_tui.desk.bringing import acts, past, references, rosters
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.past import Journals, Past
from dispatch_tui.desk.bringing.report import Brought, Count
from dispatch_tui.desk.bringing.sheets import Sheet, Source, read_sheet
from dispatch_tui.desk.bringing.taking import Shelf, Terms
from dispatch_tui.desk.permission import active, note_refusal, one_of
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.duty import HolidayRoster, MemberShifts, Override
from dispatch_tui.domain.errors import NotAllowed
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
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.rotation import RotationPlan
from dispatch_tui.storage import files, journal, records, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

KEY_PREFIX = "import:"
"""What the command keys of imported tickets and acts begin with."""

IMPORTERS = frozenset({Role.MANAGER, Role.GENERAL_MANAGER, Role.ADMINISTRATOR})
ADMINISTRATORS_TABLES = frozenset({"stations", "staff", "rotation", "skills", "travel"})
"""What an administrator may bring: nothing of customers and tickets."""

_RECORDS: dict[str, type] = {
    "stations": Station,
    "rotation": RotationPlan,
    "staff": Staff,
    "skills": Certificate,
    "groups": MemberShifts,
    "holidays": HolidayRoster,
    "overrides": Override,
    "travel": Travel,
    "customers": Customer,
    "contacts": Contact,
    "devices": Device,
    "contracts": Contract,
    "parts": Part,
    "stock": Stock,
}


class _NothingKept(Exception):
    """Takes the transaction back; the result is known all the same."""

    def __init__(self, result: Brought) -> None:
        super().__init__()
        self.result = result


async def bring(
    database: Database,
    sources: Sequence[Source],
    actor: str,
    *,
    zone: tzinfo,
    now: datetime,
    policy: Policy | None = None,
    dry_run: bool = False,
) -> Brought:
    """Bring files into the database, told by the person with the login `actor` at `now`.

    Nothing is kept when a row is refused, or in a dry run. Times without an offset are in `zone`.
    Raises `NotAllowed` for whoever may not import; on a database without staff anybody may.
    """
    terms = Terms(actor=actor, now=now, zone=zone, policy=policy or Policy())

    async def work(connection: Connection) -> Brought:
        await _check_role(connection, actor, {source.table for source in sources})
        sheets = [read_sheet(source, zone) for source in sources]
        shelves = await _shelves(connection, sheets)
        counts, found = await _take(connection, sheets, shelves, terms)
        result = _result(sheets, counts, kept=not dry_run)
        if dry_run or result.problems:
            raise _NothingKept(result)
        await _keep(connection, shelves, found, terms)
        return result

    try:
        return await database.write(work)
    except _NothingKept as nothing:
        return nothing.result
    except NotAllowed as refusal:
        await note_refusal(database, actor, refusal, now, command="import")
        raise


async def _check_role(connection: Connection, actor: str, tables: set[str]) -> None:
    staff = await files.all_staff(connection)
    if not staff:
        return
    me = one_of(active(staff.get(actor), actor), IMPORTERS, "import")
    foreign = tuple(sorted(tables - ADMINISTRATORS_TABLES))
    if me.role is Role.ADMINISTRATOR and foreign:
        raise NotAllowed(
            N_("An administrator may not import {tables}; ask a manager."), tables=foreign
        )


async def _shelves(connection: Connection, sheets: Sequence[Sheet]) -> references.Shelves:
    return {
        table: Shelf.of(await records.everything(connection, record), _of(table, sheets))
        for table, record in _RECORDS.items()
    }


def _of(table: str, sheets: Sequence[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.format.table == table]


async def _take(
    connection: Connection, sheets: Sequence[Sheet], shelves: references.Shelves, terms: Terms
) -> tuple[list[Count], list[Past]]:
    counts = [
        (rosters if table in rosters.TABLES else references).take(table, rows, shelves)
        for table in FORMATS
        if table in _RECORDS and (rows := _of(table, sheets))
    ]
    found: list[Past] = []
    rows, told = _of("tickets", sheets), _of("acts", sheets)
    stored = await _stored(connection, [*rows, *told])
    if rows:
        count, found = past.take(rows, shelves, stored, terms)
        counts.append(count)
    if told:
        cases = acts.Cases(
            added={one.ticket.number: one for one in found},
            stored=stored,
            spoken_of={number for sheet in rows for number in sheet.spoken_of},
        )
        counts.append(acts.take(told, cases, shelves, terms))
        found = list(cases.added.values())
    return counts, found


async def _stored(connection: Connection, sheets: Sequence[Sheet]) -> Journals:
    """The journals of the tickets that rows name and that are there already."""
    rows = [row.values for sheet in sheets for row in sheet.rows]
    numbers = {row.get(column, "") for row in rows for column in ("number", "about")} - {""}
    lines = await journal.ticket_journals(connection, sorted(numbers))
    return {number: journal.entries_of(found) for number, found in lines.items() if found}


def _result(sheets: Sequence[Sheet], counts: Sequence[Count], *, kept: bool) -> Brought:
    by_table = {count.table: count for count in counts}
    for sheet in sheets:
        count = by_table.setdefault(sheet.format.table, Count(table=sheet.format.table))
        count.refuses += len({problem.line for problem in sheet.problems})
    problems = tuple(
        problem for sheet in sheets for problem in sorted(sheet.problems, key=lambda one: one.line)
    )
    return Brought(counts=tuple(by_table.values()), problems=problems, kept=kept and not problems)


async def _keep(
    connection: Connection, shelves: references.Shelves, found: Sequence[Past], terms: Terms
) -> None:
    kinds = {book.record: book.kind for book in records.BOOKS}
    for table, record in _RECORDS.items():
        changed = list(shelves[table].changed.values())
        await records.keep(connection, kinds[record], changed, terms.actor, terms.now)
    await journal.append(connection, [line for one in found for line in _lines(one)])
    cases = [(one.ticket, one.journal) for one in found]
    await tickets.add(connection, cases, terms.policy)
    await tickets.note_numbers(connection, [one.ticket.number for one in found])


def _lines(past: Past) -> list[journal.Line]:
    """The lines of a ticket, with a key for its row and for each of its acts."""
    number = past.ticket.number
    lines = journal.ticket_lines(number, past.entries, key=KEY_PREFIX + number)
    for act in past.acts:
        key = f"{KEY_PREFIX}{number}/{act[0].seq}"
        lines += journal.ticket_lines(number, act, lines[-1].hash, key)
    return lines
