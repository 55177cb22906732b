"""Flags that were raised, each once per (ticket, clock, level, limit), and who has seen them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.alarms import Alarm, Flag
from dispatch_tui.storage import files
from dispatch_tui.storage.schema import alarms, alarms_seen, tickets
from dispatch_tui.storage.tickets import IS_OPEN


async def raise_once(
    connection: AsyncConnection, flags: Sequence[Flag], raised_at: datetime
) -> None:
    """Raise flags; those that were raised before stay as they were.

    All watchers raise in the same order, or PostgreSQL would have them wait for one another.
    """
    if not flags:
        return
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = upsert(alarms).on_conflict_do_nothing(
        index_elements=["ticket", "clock", "level", "due_at"]
    )
    ordered = sorted(flags, key=msgspec.structs.astuple)
    rows = [{**msgspec.structs.asdict(flag), "raised_at": raised_at} for flag in ordered]
    await connection.execute(statement, rows)


async def raised(connection: AsyncConnection) -> set[Flag]:
    """Return every flag that was raised on a ticket that is still open."""
    found = await connection.execute(select(alarms).where(_ON_OPEN))
    return {_alarm(row._mapping).flag for row in found}


async def unseen(connection: AsyncConnection, login: str) -> list[Alarm]:
    """Return the flags on open tickets that a person has not seen, the oldest first."""
    mine = and_(alarms_seen.c.alarm == alarms.c.id, alarms_seen.c.login == login)
    found = await connection.execute(
        select(alarms).outerjoin(alarms_seen, mine).where(_ON_OPEN, alarms_seen.c.login.is_(None))
    )
    return sorted((_alarm(row._mapping) for row in found), key=lambda one: one.id)


async def see(connection: AsyncConnection, login: str, alarm_ids: Sequence[int]) -> None:
    """Remember that a person has seen flags."""
    rows: list[dict[str, Any]] = [{"login": login, "alarm": one} for one in alarm_ids]
    await files.put(connection, alarms_seen, rows)


_ON_OPEN = alarms.c.ticket.in_(select(tickets.c.number).where(IS_OPEN))


def _alarm(row: RowMapping) -> Alarm:
    flag = Flag(ticket=row["ticket"], clock=row["clock"], level=row["level"], due_at=row["due_at"])
    return Alarm(id=row["id"], flag=flag, raised_at=row["raised_at"])
