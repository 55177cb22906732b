"""What an import in two steps needs: to be alone, and to know what changed between them."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.storage.journal import newest_id
from dispatch_tui.storage.schema import journal

_LOCK = 0x6469_7370
"""The number of the lock that imports take on a server; a file has one for all writes."""

_WINDOW = 10_000
"""Ids before the newest that a transaction already under way on a server may still fill in."""

_PAGE = 5_000


class Mark(NamedTuple):
    """A state of the journal: `seen` are the ids after `after` that it has."""

    after: int
    seen: frozenset[int]


async def alone(connection: AsyncConnection) -> None:
    """Wait until no other import writes; holds to the end of the transaction."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def mark(connection: AsyncConnection) -> Mark:
    """Return how the journal is now."""
    after = max(await newest_id(connection) - _WINDOW, 0)
    seen = await connection.execute(select(journal.c.id).where(journal.c.id > after))
    return Mark(after, frozenset(seen.scalars()))


async def changes_since(connection: AsyncConnection, mark: Mark) -> AsyncIterator[tuple[str, str]]:
    """Yield kind and subject of every line that came since."""
    after = mark.after
    question = select(journal.c.id, journal.c.subject_kind, journal.c.subject)
    while True:
        page = question.where(journal.c.id > after).order_by(journal.c.id).limit(_PAGE)
        rows = (await connection.execute(page)).all()
        if not rows:
            return
        for row in rows:
            if row.id not in mark.seen:
                yield row.subject_kind, row.subject
        after = rows[-1].id
