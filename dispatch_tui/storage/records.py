"""The reference data as records: read whole, stored in bulk, each change of them journaled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Table, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.files import Contact, Customer, Device, Station
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.rotation import RotationPlan
from dispatch_tui.storage import files, journal, schema

Record = Customer | Contact | Device | Station | Staff | RotationPlan
Key = tuple[str, ...]


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


BOOKS: tuple[Book, ...] = (
    Book("station", schema.stations, Station, ("code",)),
    Book("staff", schema.staff, Staff, ("login",), files.staff_row, _staff_values),
    Book("rotation", schema.rotation_plans, RotationPlan, ("name",), _plan_row, _plan_values),
    Book("customer", schema.customers, Customer, ("code",)),
    Book("contact", schema.contacts, Contact, ("customer", "name", "phone")),
    Book("device", schema.devices, Device, ("id",)),
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


def data_of(record: Record) -> dict[str, Any]:
    """Return a record as its journal keeps it."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return data


async def everything(connection: AsyncConnection, record: type[Any]) -> dict[Key, Any]:
    """Return all records of a type by key."""
    book = BY_TYPE[record]
    found = await connection.execute(select(book.table))
    return _by_key(book, (row._asdict() for row in found))


async def with_keys(
    connection: AsyncConnection, kind: str, keys: Sequence[Key]
) -> dict[Key, Record]:
    """Return the records of a kind that have these keys."""
    book = BY_KIND[kind]
    columns = tuple_(*(book.table.c[name] for name in book.fields))
    found = await connection.execute(select(book.table).where(columns.in_(list(keys))))
    return _by_key(book, (row._asdict() for row in found))


async def keep(
    connection: AsyncConnection,
    kind: str,
    records: Sequence[tuple[Record, bool]],
    actor: str,
    at: datetime,
) -> None:
    """Store records of one kind, each with whether it is new, and journal them."""
    book = BY_KIND[kind]
    await files.put(connection, book.table, [book.row(record) for record, _ in records])
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


def _by_key(book: Book, rows: Iterable[Mapping[Any, Any]]) -> dict[Key, Any]:
    found = {}
    for row in rows:
        record = msgspec.convert(
            {str(name): one for name, one in book.unrow(row).items()}, book.record
        )
        found[key_of(record)] = record
    return found
