"""No two overrides, or lendings, of one person overlap, whoever writes them, on either engine."""

import time
from datetime import timedelta

import pytest
from centre import DAY, NOON, desk_of
from msgspec.structs import asdict
from processes import at_once
from sqlalchemy import func, select, update

from dispatch_tui.domain.duty import Override, OverrideKind
from dispatch_tui.domain.files import Station
from dispatch_tui.domain.overriding import override
from dispatch_tui.storage import files, records, schema
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.place import Place
from dispatch_tui.storage.tickets import Connection

ADD, REMOVE, REPLACE = OverrideKind
RACES = 200


def of(kind: OverrideKind, login: str, start: float, hours: float, by: str = "") -> Override:
    since = NOON + timedelta(hours=start)
    return override(kind, login, since, since + timedelta(hours=hours), by=by)


async def put(database: Database, *overrides: Override) -> None:
    """Write rows past the desk and its checks."""

    async def work(connection: Connection) -> None:
        await files.put(connection, schema.overrides, [asdict(one) for one in overrides])

    await database.write(work)


FIRST = of(REPLACE, "ann", 0, 4, by="bob")


@pytest.mark.parametrize(
    "second",
    [
        of(REMOVE, "ann", 1, 1),
        of(REMOVE, "ann", -2, 10),
        of(ADD, "bob", 3, 4),
        of(REPLACE, "abe", -1, 2, by="ann"),
        of(REPLACE, "bob", 3.99, 4, by="abe"),
    ],
    ids=["inside", "around", "over its end", "stands in elsewhere", "is stood in for"],
)
async def test_the_database_refuses_what_overlaps(centre: Database, second: Override) -> None:
    await put(centre, FIRST)
    with pytest.raises(Duplicate):
        await put(centre, second)


async def test_the_database_takes_what_touches_others_or_follows(centre: Database) -> None:
    await put(centre, FIRST)
    await put(centre, of(REMOVE, "ann", 4, 1), of(REMOVE, "bob", -1, 1), of(REMOVE, "abe", 0, 4))
    await put(centre, of(ADD, "bea", 0, 4))


async def test_the_database_refuses_what_is_moved_into_another(centre: Database) -> None:
    later = of(REMOVE, "ann", 8, 1)
    await put(centre, FIRST, later)
    moved = update(schema.overrides).where(schema.overrides.c.id == later.id)

    async def work(connection: Connection) -> None:
        await connection.execute(moved.values(since=NOON + timedelta(hours=2)))

    with pytest.raises(Duplicate):
        await centre.write(work)


async def test_of_two_at_the_same_moment_exactly_one_is_written(
    centre: Database, place: Place
) -> None:
    start = str(time.time() + 1.5)
    said = await at_once(place, [(one, "stand_in", start, str(RACES)) for one in ("mia", "max")])
    for race in range(RACES):
        results = sorted(line[0] for lines in said for line in lines if line[1] == str(race))
        assert results == ["lost", "won"], race
    found = await desk_of("mia", centre).rules()
    assert found is not None
    assert len(found.overrides) == RACES
    assert {one.until - one.since for one in found.overrides} == {DAY / 2}
    async with centre.read() as connection:
        about = select(func.count()).where(schema.journal.c.subject_kind == "override")
        assert await connection.scalar(about) == RACES


async def test_of_two_who_lend_the_same_person_exactly_one_does(
    centre: Database, place: Place
) -> None:
    async def stations(connection: Connection) -> None:
        new = [(Station(code=code, name=code), True) for code in ("S1", "S2")]
        await records.keep(connection, "station", new, "mia", NOON)

    await centre.write(stations)
    races = RACES // 4
    start = str(time.time() + 1.5)
    said = await at_once(place, [(one, "lend", start, str(races)) for one in ("mia", "max")])
    for race in range(races):
        results = sorted(line[0] for lines in said for line in lines if line[1] == str(race))
        assert results == ["lost", "won"], race
