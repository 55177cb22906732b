"""The index of all that can be found: it follows every record, and is made anew by versions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.storage import terms, texts
from dispatch_tui.storage.schema import terms as terms_table
from dispatch_tui.storage.schema import texts as texts_table

AT_ONCE = 2000
"""Texts that are dropped by one statement: SQLite keeps in memory what it may have to undo."""


async def keep(connection: AsyncConnection, records: Sequence[Any]) -> None:
    """Let records be found as they are now; those that nobody looks for are passed over."""
    await terms.keep(connection, [one for one in records if isinstance(one, terms.Named)])
    written = [text for one in records if (text := texts.text_of_record(one)) is not None]
    await texts.keep(connection, written)


async def drop(connection: AsyncConnection, record: Any) -> None:
    """Let a record be found no more."""
    if isinstance(record, terms.Named):
        await terms.drop(connection, record)
    if (text := texts.text_of_record(record)) is not None:
        await texts.drop(connection, text)


async def clear(connection: AsyncConnection) -> None:
    """Let nothing be found: another version made the index."""
    await connection.execute(delete(terms_table))
    some = select(texts_table.c.id).order_by(texts_table.c.id).limit(AT_ONCE)
    while (
        await connection.execute(delete(texts_table).where(texts_table.c.id.in_(some)))
    ).rowcount:
        pass
