"""Flags that were raised, each once per (ticket, clock, level, limit), and who has seen them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.storage import files
from dispatch_tui.storage.schema import alarms, alarms_seen, tickets


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """A raised flag; `clock` is a clock's kind, or "call" for a new emergency."""

    id: int
    ticket: str
    clock: str
    level: str
    due_at: datetime
    raised_at: datetime


async def raise_once(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Raise flags; those that were raised before stay as they were."""
    if not rows:
        return
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = upsert(alarms).on_conflict_do_nothing(
        index_elements=["ticket", "clock", "level", "due_at"]
    )
    await connection.execute(statement, list(rows))


async def raised(connection: AsyncConnection) -> list[Alarm]:
    """Return every flag that was raised on a ticket that is still open."""
    found = await connection.execute(
        select(alarms).join(tickets, tickets.c.number == alarms.c.ticket).where(tickets.c.is_open)
    )
    return [Alarm(**row._mapping) for row in found]


async def unseen(connection: AsyncConnection, login: str) -> list[Alarm]:
    """Return the flags on open tickets that a person has not seen, the oldest first."""
    found = await connection.execute(
        select(alarms)
        .join(tickets, tickets.c.number == alarms.c.ticket)
        .outerjoin(
            alarms_seen, and_(alarms_seen.c.alarm == alarms.c.id, alarms_seen.c.login == login)
        )
        .where(tickets.c.is_open, alarms_seen.c.login.is_(None))
        .order_by(alarms.c.id)
    )
    return [Alarm(**row._mapping) for row in found]


async def see(connection: AsyncConnection, login: str, alarm_ids: Sequence[int]) -> None:
    """Remember that a person has seen flags."""
    rows = [{"login": login, "alarm": one} for one in alarm_ids]
    await files.put(connection, alarms_seen, rows)
