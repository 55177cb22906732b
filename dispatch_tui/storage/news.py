"""What was written to the journal since somebody looked, and whether it is still the same one."""

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.storage.journal import TICKET
from dispatch_tui.storage.schema import journal

MANY = 5000
"""Lines of which it is not worth while to tell which tickets they changed."""


class Mark(msgspec.Struct, frozen=True):
    """The newest line that somebody knows of: as long as it is there, it is the same journal."""

    id: int = 0
    hash: str = ""


class News(msgspec.Struct, frozen=True):
    """What was written after a mark; `tickets` is None for very many lines.

    `others` says whether there is anything about people or files, `mark` is the newest line of all.
    """

    tickets: frozenset[str] | None
    others: bool
    mark: Mark


async def news_since(connection: AsyncConnection, mark: Mark) -> News | None:
    """Return what was written after a mark, None where it is no longer the same journal."""
    found = await connection.execute(
        select(journal.c.id, journal.c.hash, journal.c.subject_kind, journal.c.subject)
        .where(journal.c.id >= mark.id)
        .order_by(journal.c.id)
        .limit(MANY)
    )
    rows = found.all()
    if mark.id and (not rows or (rows[0].id, rows[0].hash) != (mark.id, mark.hash)):
        return None
    if len(rows) == MANY:
        return News(None, others=True, mark=await newest(connection))
    fresh = [row for row in rows if row.id > mark.id]
    return News(
        frozenset(row.subject for row in fresh if row.subject_kind == TICKET),
        others=any(row.subject_kind != TICKET for row in fresh),
        mark=Mark(fresh[-1].id, fresh[-1].hash) if fresh else mark,
    )


async def newest(connection: AsyncConnection) -> Mark:
    """Return the newest line of all."""
    line = select(journal.c.id, journal.c.hash).where(journal.c.id == _LAST)
    row = (await connection.execute(line)).first()
    return Mark(row.id, row.hash) if row else Mark()


async def is_same(connection: AsyncConnection, mark: Mark) -> bool:
    """Whether the line of a mark is still there."""
    line = select(journal.c.hash).where(journal.c.id == mark.id)
    return mark == Mark() or (await connection.execute(line)).scalar() == mark.hash


_LAST = select(func.max(journal.c.id)).scalar_subquery()
