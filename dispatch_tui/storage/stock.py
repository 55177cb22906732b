"""How many of a part a station has: changed in one statement, never below zero."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.files import Consignment, Stock
from dispatch_tui.storage.schema import consignments, stock

_HERE = (stock.c.part == bindparam("this_part"), stock.c.station == bindparam("this_station"))
_MOVE = (
    update(stock)
    .where(*_HERE, stock.c.count + bindparam("by") >= 0)
    .values(count=stock.c.count + bindparam("by"))
)
_GET = select(stock).where(*_HERE)


async def move(connection: AsyncConnection, part: str, station: str, by: int) -> Stock | None:
    """Add to (or take from) a shelf; returns how it stands then, None where too few are there.

    The row is locked until the transaction ends, so that what is journaled next is in order.
    """
    await _shelf(connection, part, station)
    here = {"this_part": part, "this_station": station}
    done = await connection.execute(_MOVE, {**here, "by": by})
    if done.rowcount != 1:
        return None
    return await held(connection, part, station)


async def held(connection: AsyncConnection, part: str, station: str) -> Stock:
    """Return how a part stands at a station; nothing of it is there where it has no row."""
    here = {"this_part": part, "this_station": station}
    row = (await connection.execute(_GET, here)).first()
    return Stock(**row._mapping) if row else Stock(part=part, station=station)


async def lock(connection: AsyncConnection, part: str, station: str) -> Stock:
    """Return how a part stands at a station, and keep others from changing it."""
    await _shelf(connection, part, station)
    row = (
        await connection.execute(
            _GET.with_for_update(), {"this_part": part, "this_station": station}
        )
    ).one()
    return Stock(**row._mapping)


async def under_way(connection: AsyncConnection) -> list[Consignment]:
    """Return the consignments that have not arrived."""
    found = await connection.execute(
        select(consignments)
        .where(consignments.c.received_at.is_(None))
        .order_by(consignments.c.sent_at, consignments.c.id)
    )
    return [Consignment(**row._mapping) for row in found]


async def receive(connection: AsyncConnection, arrived: Consignment) -> bool:
    """Note that a consignment has arrived; says whether it had not before."""
    done = await connection.execute(
        update(consignments)
        .where(consignments.c.id == arrived.id, consignments.c.received_at.is_(None))
        .values(received_at=arrived.received_at)
    )
    return bool(done.rowcount == 1)


async def _shelf(connection: AsyncConnection, part: str, station: str) -> None:
    """Make an empty shelf where there is none."""
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"part": part, "station": station, "count": 0, "minimum": 0}
    await connection.execute(upsert(stock).on_conflict_do_nothing(), row)
