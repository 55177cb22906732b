"""Who has which ticket open in which console."""

from datetime import datetime

from msgspec.structs import asdict
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.presence import Present
from dispatch_tui.storage import files
from dispatch_tui.storage.schema import presence


async def keep(connection: AsyncConnection, one: Present) -> None:
    """Note what stands open in a console, in the place of what did before."""
    await files.put(connection, presence, [asdict(one)])


async def drop(connection: AsyncConnection, console: str) -> None:
    """Note that nothing stands open in a console any more."""
    await connection.execute(delete(presence).where(presence.c.console == console))


async def sweep(connection: AsyncConnection, before: datetime) -> None:
    """Forget consoles in which no key was pressed since a time."""
    await connection.execute(delete(presence).where(presence.c.pressed_at < before))


async def everybody(connection: AsyncConnection) -> tuple[Present, ...]:
    """Return all that is noted, faded or not."""
    found = await connection.execute(select(presence).order_by(presence.c.console))
    return tuple(Present(**row._mapping) for row in found)
