"""Times keep their instant on both engines, whatever zone they were told in."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.schema import drafts
from dispatch_tui.storage.tickets import Connection

TIMES = [
    datetime(2026, 3, 3, 4, 5, 6, 789_012, tzinfo=UTC),
    datetime(2026, 3, 3, 12, 5, 6, tzinfo=ZoneInfo("Asia/Shanghai")),
    datetime(2026, 4, 5, 1, 59, 59, 999_999, tzinfo=ZoneInfo("Australia/Lord_Howe"), fold=1),
    datetime(2011, 12, 31, 0, 0, tzinfo=ZoneInfo("Pacific/Apia")),
    datetime(1999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
]


async def _stored(database: Database, at: datetime) -> datetime:
    async def work(connection: Connection) -> None:
        row = {"login": "ola", "form": "call", "body": "{}", "saved_at": at}
        await connection.execute(insert(drafts), row)

    await database.write(work)
    async with database.read() as connection:
        found: datetime = (await connection.execute(select(drafts.c.saved_at))).scalar_one()
        return found


@pytest.mark.parametrize("at", TIMES, ids=str)
async def test_a_time_comes_back_as_the_same_instant_in_utc(
    database: Database, at: datetime
) -> None:
    found = await _stored(database, at)
    assert found == at.astimezone(UTC)
    assert found.tzinfo is UTC


async def test_a_time_without_its_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without its zone"):
        await _stored(database, datetime(2026, 3, 3, 4, 5))  # noqa: DTZ001 - the mistake


async def test_times_are_ordered_by_their_instant(database: Database) -> None:
    early = datetime(2026, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    late = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)

    async def work(connection: Connection) -> None:
        for form, at in (("late", late), ("early", early)):
            row = {"login": "ola", "form": form, "body": "{}", "saved_at": at}
            await connection.execute(insert(drafts), row)

    await database.write(work)
    async with database.read() as connection:
        found = await connection.execute(select(drafts.c.form).order_by(drafts.c.saved_at))
        assert found.scalars().all() == ["early", "late"]
        until = await connection.execute(select(drafts.c.form).where(drafts.c.saved_at < late))
        assert until.scalars().all() == ["early"]
