"""The rows of every table that an import takes, in its columns, in the order of natural keys."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.desk.exporting.cases import Told, told
from dispatch_tui.desk.exporting.cells import written
from dispatch_tui.desk.exporting.flat import Known, Values
from dispatch_tui.domain.duty import HolidayRoster, MemberShifts, Override
from dispatch_tui.domain.files import Customer
from dispatch_tui.domain.people import FIELD_ROLES, Certificate, Staff
from dispatch_tui.domain.rotation import RotationPlan
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage import files, pages, records, tickets
from dispatch_tui.storage.journal import Line, entries_of
from dispatch_tui.storage.tickets import Connection

Seen = Callable[[Any, Ticket | None], Any]
"""What whoever exports sees of a record, or of what is told of a ticket."""

TICKETS, ACTS = "tickets", "acts"
CASES = frozenset({TICKETS, ACTS})
"""The tables that are told from the journals of tickets."""


_CALLED = {"rotation": "rotation_plans", "skills": "certificates", "groups": "shifts"}
"""Where the file of a table has another name than what is stored."""

_STORED = {book.table.name: book.record for book in records.BOOKS}
_RECORDS = {one: _STORED[_CALLED.get(one, one)] for one in FORMATS if one not in CASES}


class Piece(msgspec.Struct, frozen=True):
    """A row of a table with its values by column, or what was left out of it."""

    table: str
    values: Values = {}
    left_out: int = 0


async def pieces(
    connection: Connection, tables: Sequence[str], terms: Terms, seen: Seen
) -> AsyncIterator[Piece]:
    """Yield the rows of these tables, in the types of JSON; those of one table in their order."""
    staff = await files.all_staff(connection)
    for table in tables:
        if table not in CASES:
            async for piece in _of_records(connection, table, staff, seen):
                yield piece
    if CASES & set(tables):
        async for piece in _of_cases(connection, terms, staff, seen):
            if piece.table in tables:
                yield piece


async def _of_records(
    connection: Connection, table: str, staff: Mapping[str, Staff], seen: Seen
) -> AsyncIterator[Piece]:
    if table in _SORTED:
        found = (await records.everything(connection, _RECORDS[table])).values()
        for record in sorted(found, key=_SORTED[table]):
            rows = list(_ROWS[table](seen(record, None), staff))
            for values in rows:
                yield _piece(table, values)
            if not rows:
                yield Piece(table, left_out=1)
        return
    rows_of = _ROWS.get(table, _as_it_is)
    async for page in records.in_pages(connection, _RECORDS[table]):
        for record in page:
            for values in rows_of(seen(record, None), staff):
                yield _piece(table, values)


def _piece(table: str, values: Values) -> Piece:
    return Piece(
        table, {one.name: written(values[one.name], one) for one in FORMATS[table].columns}
    )


def _as_it_is(record: Any, _: Mapping[str, Staff]) -> Iterator[Values]:
    yield msgspec.structs.asdict(record)


def _plan(plan: RotationPlan, _: Mapping[str, Staff]) -> Iterator[Values]:
    yield {**msgspec.structs.asdict(plan), "plan": plan.name}


def _certificate(one: Certificate, _: Mapping[str, Staff]) -> Iterator[Values]:
    yield {**msgspec.structs.asdict(one), "certificate": one.number}


def _member(member: MemberShifts, staff: Mapping[str, Staff]) -> Iterator[Values]:
    """The shifts of somebody in a group; who is in none any more takes part in nothing."""
    person = staff.get(member.login)
    if person is None or not person.group:
        return
    who = {"group": person.group, "login": member.login}
    for shift in member.shifts:
        yield {**who, "days": shift.days, "from": shift.start, "to": shift.end}
    if not member.shifts:
        yield {**who, "days": None, "from": None, "to": None}


def _holiday(roster: HolidayRoster, _: Mapping[str, Staff]) -> Iterator[Values]:
    for turn in roster.turns:
        yield {"roster": roster.name, "from": turn.since, "to": turn.until, "staff": turn.staff}


def _override(one: Override, staff: Mapping[str, Staff]) -> Iterator[Values]:
    """An override, unless it is of somebody who is sent to nobody any more."""
    people = [staff.get(login) for login in one.touches]
    if all(person and person.active and person.role in FIELD_ROLES for person in people):
        yield {**msgspec.structs.asdict(one), "from": one.since, "to": one.until}


_ROWS: dict[str, Callable[[Any, Mapping[str, Staff]], Iterable[Values]]] = {
    "rotation": _plan,
    "skills": _certificate,
    "groups": _member,
    "holidays": _holiday,
    "overrides": _override,
}
_SORTED: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "groups": lambda one: (one.login,),
    "holidays": lambda one: (one.name,),
    "overrides": lambda one: (one.since, one.login),
}
"""What is not in the order of its key, or makes no row for each record."""


async def _of_cases(
    connection: Connection, terms: Terms, staff: Mapping[str, Staff], seen: Seen
) -> AsyncIterator[Piece]:
    async for page in pages.all_journals(connection):
        rows = await _tickets(connection, page)
        known = await _known(connection, rows.values(), terms, staff)
        for number, lines in page:
            found = told(number, entries_of(lines), known)
            for piece in _pieces_of(found):
                yield msgspec.structs.replace(piece, values=seen(piece.values, rows[number]))


def _pieces_of(found: Told) -> Iterator[Piece]:
    yield _piece(TICKETS, found.row)
    yield Piece(ACTS, left_out=found.left_out)
    for act in found.acts:
        yield _piece(ACTS, act)


async def _tickets(
    connection: Connection, page: Sequence[tuple[str, Sequence[Line]]]
) -> dict[str, Ticket]:
    rows = await tickets.rows(connection, [number for number, _ in page])
    return {row.ticket.number: row.ticket for row in rows}


async def _known(
    connection: Connection, cases: Iterable[Ticket], terms: Terms, staff: Mapping[str, Staff]
) -> Known:
    cases = list(cases)
    ids = sorted({one.device for one in cases} - {""})
    devices = await files.devices_known_as(connection, ids) if ids else []
    codes = [(one,) for one in sorted({one.customer for one in cases} - {""})]
    customers = await records.with_keys(connection, "customer", codes)
    places = [(one.customer, one.serial) for one in devices]
    return Known(
        terms=terms,
        staff=staff,
        customers={one.code: one for one in customers.values() if isinstance(one, Customer)},
        devices={one.id: one for one in devices},
        twins=frozenset(
            one.id
            for one in devices
            if one.id == one.serial and places.count((one.customer, one.serial)) > 1
        ),
    )
