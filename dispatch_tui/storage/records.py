"""The reference data as records: read whole, stored in bulk, each change of them journaled."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations, pairwise
from typing import Any

import msgspec
from sqlalchemy import Table, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.duty import HolidayRoster, MemberShifts, Override
from dispatch_tui.domain.files import (
    Consignment,
    Contact,
    Contract,
    Customer,
    Device,
    Part,
    Station,
    Stock,
    Travel,
)
from dispatch_tui.domain.lending import Lending
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.rotation import RotationPlan
from dispatch_tui.domain.ssh_keys import StaffKey
from dispatch_tui.storage import files, index, journal, schema

Record = (
    Customer
    | Contact
    | Device
    | Contract
    | Part
    | Stock
    | Consignment
    | Station
    | Staff
    | RotationPlan
    | Certificate
    | MemberShifts
    | HolidayRoster
    | Override
    | Travel
    | Lending
    | StaffKey
)
Key = tuple[str, ...]

WITHDRAWN = "withdrawn"
"""The kind of the journal's line that ends a record."""


class Book(msgspec.Struct, frozen=True):
    """Where records of a type are kept, and under which subject kind they are journaled."""

    kind: str
    table: Table
    record: type[Any]
    fields: tuple[str, ...]
    """The fields of the record that are its identity, in the order of the primary key."""
    row: Callable[[Any], dict[str, Any]] = msgspec.structs.asdict
    unrow: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict


def _plan_row(plan: RotationPlan) -> dict[str, Any]:
    row = msgspec.structs.asdict(plan)
    starts_at = plan.starts_at.isoformat(timespec="minutes")
    return {**row, "groups": "|".join(plan.groups), "starts_at": starts_at, "unit": plan.unit.value}


def _plan_values(row: Mapping[str, Any]) -> Mapping[str, Any]:
    starts_at = datetime.fromisoformat(row["starts_at"])
    return {**row, "groups": row["groups"].split("|"), "starts_at": starts_at}


def _staff_values(row: Mapping[str, Any]) -> Mapping[str, Any]:
    skills = [one for one in row["skills"].split("|") if one]
    return {**row, "role": Role(row["role"]), "skills": skills}


def _packed(name: str) -> Callable[[Any], dict[str, Any]]:
    """Rows whose column of this name holds a list as JSON."""
    return lambda record: {
        **msgspec.structs.asdict(record),
        name: msgspec.json.encode(getattr(record, name)).decode(),
    }


def _unpacked(name: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    return lambda row: {**row, name: msgspec.json.decode(row[name])}


BOOKS: tuple[Book, ...] = (
    Book("station", schema.stations, Station, ("code",)),
    Book("staff", schema.staff, Staff, ("login",), files.staff_row, _staff_values),
    Book("staff_key", schema.staff_keys, StaffKey, ("fingerprint",)),
    Book("rotation", schema.rotation_plans, RotationPlan, ("name",), _plan_row, _plan_values),
    Book("certificate", schema.certificates, Certificate, ("login", "kind")),
    Book(
        "shifts",
        schema.shifts,
        MemberShifts,
        ("login",),
        _packed("shifts"),
        _unpacked("shifts"),
    ),
    Book(
        "holiday", schema.holidays, HolidayRoster, ("name",), _packed("turns"), _unpacked("turns")
    ),
    Book("override", schema.overrides, Override, ("id",)),
    Book("lending", schema.lendings, Lending, ("id",)),
    Book("travel", schema.travel, Travel, ("origin", "destination")),
    Book("customer", schema.customers, Customer, ("code",)),
    Book("contact", schema.contacts, Contact, ("customer", "name", "phone")),
    Book("device", schema.devices, Device, ("id",)),
    Book("contract", schema.contracts, Contract, ("customer", "number")),
    Book("part", schema.parts, Part, ("code",)),
    Book("stock", schema.stock, Stock, ("part", "station")),
    Book("consignment", schema.consignments, Consignment, ("id",)),
)
"""In the order in which they can be stored: what is referred to comes first."""

BY_TYPE = {book.record: book for book in BOOKS}
BY_KIND = {book.kind: book for book in BOOKS}


def key_of(record: Record) -> Key:
    """Return what a record is known by."""
    return tuple(getattr(record, name) for name in BY_TYPE[type(record)].fields)


def subject_of(key: Key) -> str:
    """Return the journal's subject for a key."""
    return "/".join(key)


def keys_of(kind: str, subject: str) -> Iterator[Key]:
    """Yield every key that a subject may stand for: a name in it may have a / of its own."""
    parts = subject.split("/")
    count = len(BY_KIND[kind].fields)
    for cuts in combinations(range(1, len(parts)), count - 1):
        ends = (0, *cuts, len(parts))
        yield tuple("/".join(parts[start:end]) for start, end in pairwise(ends))


def data_of(record: Record) -> dict[str, Any]:
    """Return a record as its journal keeps it."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return data


async def everything(connection: AsyncConnection, record: type[Any]) -> dict[Key, Any]:
    """Return all records of a type by key."""
    book = BY_TYPE[record]
    found = await connection.execute(select(book.table))
    return _by_key(book, (row._asdict() for row in found))


async def in_pages(
    connection: AsyncConnection, record: type[Any], size: int = 500
) -> AsyncIterator[list[Any]]:
    """Yield all records of a type, so many at a time, in the order of the bytes of their keys.

    That is the same on both engines.
    """
    book = BY_TYPE[record]
    binary = "C" if connection.dialect.name == "postgresql" else "BINARY"
    columns = [book.table.c[name].collate(binary) for name in book.fields]
    page = select(book.table).order_by(*columns).limit(size)
    question = page
    while found := _by_key(book, (row._asdict() for row in await connection.execute(question))):
        yield list(found.values())
        question = page.where(tuple_(*columns) > tuple_(*list(found)[-1]))


async def with_keys(
    connection: AsyncConnection, kind: str, keys: Sequence[Key]
) -> dict[Key, Record]:
    """Return the records of a kind that have these keys."""
    book = BY_KIND[kind]
    columns = tuple_(*(book.table.c[name] for name in book.fields))
    found = await connection.execute(select(book.table).where(columns.in_(list(keys))))
    return _by_key(book, (row._asdict() for row in found))


async def store(connection: AsyncConnection, kind: str, records: Sequence[Record]) -> None:
    """Store records of one kind and let them be found; their journal is written elsewhere."""
    book = BY_KIND[kind]
    await files.put(connection, book.table, [book.row(record) for record in records])
    await index.keep(connection, records)


async def keep(
    connection: AsyncConnection,
    kind: str,
    records: Sequence[tuple[Record, bool]],
    actor: str,
    at: datetime,
) -> None:
    """Store records of one kind, each with whether it is new; journal them, let them be found."""
    await store(connection, kind, [record for record, _ in records])
    await journal.append_all(
        connection,
        kind,
        [
            (subject_of(key_of(record)), "added" if new else "changed", data_of(record))
            for record, new in records
        ],
        actor,
        at,
    )


async def change(
    connection: AsyncConnection,
    record: Record,
    what: str,
    actor: str,
    at: datetime,
    *,
    occurred_at: datetime | None = None,
    told: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> None:
    """Store one record, let it be found, and journal `what` became of it.

    `told` stands in the journal beside its values.
    """
    book = BY_TYPE[type(record)]
    await store(connection, book.kind, [record])
    data = data_of(record) | dict(told or {})
    subject = subject_of(key_of(record))
    await journal.append_to(
        connection, book.kind, subject, what, data, actor, at, occurred_at=occurred_at, key=key
    )


async def withdraw(
    connection: AsyncConnection, kind: str, record: Record, actor: str, at: datetime
) -> None:
    """Take a record away; its journal keeps what it was."""
    book, key = BY_KIND[kind], key_of(record)
    where = [book.table.c[name] == one for name, one in zip(book.fields, key, strict=True)]
    await connection.execute(delete(book.table).where(*where))
    await index.drop(connection, record)
    line = (subject_of(key), WITHDRAWN, data_of(record))
    await journal.append_all(connection, kind, [line], actor, at)


def _by_key(book: Book, rows: Iterable[Mapping[Any, Any]]) -> dict[Key, Any]:
    found = {}
    for row in rows:
        record = msgspec.convert(
            {str(name): one for name, one in book.unrow(row).items()}, book.record
        )
        found[key_of(record)] = record
    return found
