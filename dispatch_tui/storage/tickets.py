"""The folded rows of tickets, and the questions that the queue and the files ask of them."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.clocks import Policy, clocks, next_due_at
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage import bulk, texts
from dispatch_tui.storage.rows import TicketRow, ticket_row
from dispatch_tui.storage.schema import customers, day_numbers, devices, tickets

Connection = AsyncConnection
"""A connection in a transaction, for those who must not know the library behind it."""

Folded = tuple[Ticket, Sequence[Entry]]
"""A ticket with the whole journal that it was folded from: its words are found, too."""

AT_ONCE = 250
"""Tickets that are unpacked before others have their turn: some milliseconds."""

IS_OPEN: ColumnElement[bool] = literal_column("tickets.is_open")
IS_OVER = text("NOT tickets.is_open")
"""As the partial indexes say it: SQLite takes an index for no other spelling of the same."""


def row_of(ticket: Ticket, policy: Policy) -> dict[str, Any]:
    """Return the row that a folded ticket must have."""
    return {
        "number": ticket.number,
        "kind": ticket.kind.value,
        "priority": ticket.priority.value,
        "severity": ticket.severity.value,
        "status": ticket.status.value,
        "is_open": ticket.is_open,
        "customer": ticket.customer,
        "device": ticket.device,
        "reported_at": ticket.reported_at,
        "ended_at": _ended_at(ticket),
        "next_due_at": next_due_at(clocks(ticket, policy)),
        "version": ticket.version,
        "folded": msgspec.json.encode(ticket).decode(),
    }


def _ended_at(ticket: Ticket) -> datetime | None:
    """When nothing was left to do any more: a closed case may have been open for the authority."""
    ended_at = ticket.closed_at or ticket.cancelled_at or ticket.merged_at
    if ended_at is None or ticket.is_open:
        return None
    adverse = ticket.adverse
    if adverse is None or ticket.closed_at is None:
        return ended_at
    told = (ended_at, adverse.phoned_at, adverse.reported_at, adverse.cleared_at)
    return max(at for at in told if at is not None)


class Ready(msgspec.Struct, frozen=True, array_like=True):
    """A ticket as it is stored: its row, and what it is found by."""

    row: dict[str, Any]
    text: texts.Text


def ready(case: Folded, policy: Policy) -> Ready:
    """Return a ticket as it will be stored: this may be done before others have to wait."""
    return Ready(row_of(case[0], policy), texts.text_of_ticket(*case))


async def add(connection: AsyncConnection, found: Sequence[Ready]) -> None:
    """Store new tickets, and let them be found."""
    await bulk.add(connection, tickets, [one.row for one in found])
    await texts.keep(connection, [one.text for one in found])


async def put(connection: AsyncConnection, case: Folded, policy: Policy, was_version: int) -> bool:
    """Store a changed ticket with its journal if it still has the version; say whether it had."""
    row = row_of(case[0], policy)
    where = {"this_number": row.pop("number"), "was_version": was_version}
    result = await connection.execute(_PUT, row | where)
    if result.rowcount != 1:
        return False
    await texts.keep(connection, [texts.text_of_ticket(*case)])
    return True


async def put_anew(connection: AsyncConnection, cases: Sequence[Folded], policy: Policy) -> None:
    """Store tickets as this version folds them, in the place of what is there."""
    if cases:
        rows = [row_of(ticket, policy) for ticket, _ in cases]
        await connection.execute(_ANEW, [{"this_number": row.pop("number"), **row} for row in rows])
        await texts.keep(connection, [texts.text_of_ticket(*case) for case in cases])


async def lock(connection: AsyncConnection, number: str) -> int | None:
    """Return a ticket's version and keep others from changing it until the commit."""
    return (await connection.execute(_LOCK, {"number": number})).scalar()


async def next_number(connection: AsyncConnection, at: datetime, zone: tzinfo) -> str:
    """Take the next number of the day: dense, never reused, `YYMMDD-NNN` in the company's zone."""
    day = f"{at.astimezone(zone):%y%m%d}"
    taken = await connection.execute(_TAKE[connection.dialect.name], {"day": day, "last": 1})
    return f"{day}-{taken.scalar_one():03}"


async def last_numbers(connection: AsyncConnection, days: Iterable[str]) -> dict[str, int]:
    """Return the last number of those of the days (YYMMDD) on which any was given."""
    found = await connection.execute(select(day_numbers).where(day_numbers.c.day.in_(list(days))))
    return {row.day: row.last for row in found}


async def note_numbers(connection: AsyncConnection, numbers: Iterable[str]) -> None:
    """Let the days of imported numbers go on after them."""
    last: dict[str, int] = {}
    for number in numbers:
        day, _, ordinal = number.partition("-")
        last[day] = max(last.get(day, 0), int(ordinal))
    known = await last_numbers(connection, last)
    for day, count in last.items():
        if day not in known:
            await connection.execute(insert(day_numbers).values(day=day, last=count))
        elif count > known[day]:
            await connection.execute(
                update(day_numbers).where(day_numbers.c.day == day).values(last=count)
            )


async def open_rows(connection: AsyncConnection) -> list[TicketRow]:
    """Return every open ticket, the earliest limit first."""
    return await _rows(
        connection,
        _ROWS.where(IS_OPEN).order_by(tickets.c.next_due_at.nulls_last()),
    )


async def rows(connection: AsyncConnection, numbers: Iterable[str]) -> list[TicketRow]:
    """Return the tickets with these numbers, open or not."""
    wanted = sorted(numbers)
    found = []
    for start in range(0, len(wanted), AT_ONCE):
        chosen = tickets.c.number.in_(wanted[start : start + AT_ONCE])
        found += await _rows(connection, _ROWS.where(chosen))
    return found


async def over_rows(
    connection: AsyncConnection, before: str = "", limit: int = 200, at: datetime | None = None
) -> list[TicketRow]:
    """Return closed and cancelled tickets, the newest number first, a page at a time by key.

    With `at`, those that had ended for good by then.
    """
    question = _ROWS.where(IS_OVER)
    if at is not None:
        question = question.where(tickets.c.ended_at <= at)
    if before:
        question = question.where(tickets.c.number < before)
    return await _rows(connection, question.order_by(tickets.c.number.desc()).limit(limit))


async def device_rows(connection: AsyncConnection, device: str, limit: int = 50) -> list[TicketRow]:
    """Return the tickets of a device, the newest first."""
    return await _rows(
        connection,
        _ROWS.where(tickets.c.device == device).order_by(tickets.c.number.desc()).limit(limit),
    )


async def customer_rows(
    connection: AsyncConnection, customer: str, limit: int = 100
) -> list[TicketRow]:
    """Return the tickets of a customer, the newest first."""
    return await _rows(
        connection,
        _ROWS.where(tickets.c.customer == customer).order_by(tickets.c.number.desc()).limit(limit),
    )


async def open_rows_of(connection: AsyncConnection, customer: str) -> list[TicketRow]:
    """Return the open tickets of a customer."""
    mine = _ROWS.where(IS_OPEN, tickets.c.customer == customer)
    return await _rows(connection, mine.order_by(tickets.c.number))


async def assigned_since(connection: AsyncConnection, day: str, most: int = 3000) -> dict[str, int]:
    """Return how many tickets each person has, by login, of the newest since a day (YYMMDD)."""
    values = {"day": day, "most": most}
    found = await connection.execute(_ASSIGNED[connection.dialect.name], values)
    return {login: count for login, count in found}


async def rows_at(connection: AsyncConnection, at: datetime) -> list[TicketRow]:
    """Return the tickets that were reported by then and had not ended for good."""
    reported = _ROWS.where(tickets.c.reported_at <= at)
    found = await _rows(connection, reported.where(IS_OPEN))
    found += await _rows(connection, reported.where(tickets.c.ended_at > at))
    return found


_PUT = update(tickets).where(
    tickets.c.number == bindparam("this_number"), tickets.c.version == bindparam("was_version")
)
_ANEW = update(tickets).where(tickets.c.number == bindparam("this_number"))
_LOCK = (
    select(tickets.c.version)
    .where(tickets.c.number == bindparam("number"))
    .with_for_update(key_share=True)
)
_TAKE = {
    name: upsert(day_numbers)
    .on_conflict_do_update(index_elements=["day"], set_={"last": day_numbers.c.last + 1})
    .returning(day_numbers.c.last)
    for name, upsert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_NEWEST = "SELECT folded FROM tickets WHERE number >= :day ORDER BY number DESC LIMIT :most"
_ASSIGNED = {
    "sqlite": text(
        f"SELECT json_extract(one.value, '$.login'), count(*) "
        f"FROM ({_NEWEST}) AS newest, json_each(newest.folded, '$.engineers') AS one GROUP BY 1"
    ),
    "postgresql": text(
        f"SELECT one ->> 'login', count(*) FROM ({_NEWEST}) AS newest, "
        f"json_array_elements(CAST(newest.folded AS json) -> 'engineers') AS one GROUP BY 1"
    ),
}
_ROWS = (
    select(
        tickets.c.folded,
        customers.c.name,
        customers.c.short_name,
        customers.c.city,
        customers.c.initials,
        devices.c.name.label("device_name"),
        devices.c.model,
        devices.c.serial,
        devices.c.kind.label("device_kind"),
    )
    .select_from(tickets)
    .outerjoin(customers, customers.c.code == tickets.c.customer)
    .outerjoin(devices, devices.c.id == tickets.c.device)
)


async def _rows(connection: AsyncConnection, question: Select[Any]) -> list[TicketRow]:
    found: list[TicketRow] = []
    for part in (await connection.execute(question)).partitions(AT_ONCE):
        found += [ticket_row(*row) for row in part]
        await asyncio.sleep(0)
    return found
