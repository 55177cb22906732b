"""Transactions: who waits for whom, what is kept after a failure, what a cancelled task leaves."""

import asyncio
import random

import pytest
from centre import CALL, NOTE, desk_of
from engines import Databases
from processes import at_once
from sqlalchemy import func, insert, select, update

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage import driver, engine
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.place import Place
from dispatch_tui.storage.revision import SETTING
from dispatch_tui.storage.schema import settings
from dispatch_tui.storage.tickets import Connection


async def _count(connection: Connection) -> int:
    question = select(func.count()).select_from(settings).where(settings.c.name != SETTING)
    return int((await connection.execute(question)).scalar_one())


async def _add(database: Database, name: str) -> None:
    async def work(connection: Connection) -> None:
        await connection.execute(insert(settings), {"name": name, "value": ""})

    await database.write(work)


async def test_readers_that_become_writers_never_meet_an_old_snapshot(
    database: Database, databases: Databases
) -> None:
    other = databases.open(database.place)
    tries = []

    async def add_one(to: Database, name: str) -> None:
        async def work(connection: Connection) -> None:
            tries.append(name)
            before = await _count(connection)
            await connection.execute(insert(settings), {"name": name, "value": str(before)})

        await to.write(work)

    await asyncio.gather(
        *(
            add_one(one, f"{name}-{i}")
            for name, one in enumerate((database, other))
            for i in range(25)
        )
    )
    async with database.read() as connection:
        assert await _count(connection) == 50
    assert len(tries) == 50


async def test_what_raises_in_a_transaction_leaves_nothing(database: Database) -> None:
    async def work(connection: Connection) -> None:
        await connection.execute(insert(settings), {"name": "half", "value": ""})
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(work)
    async with database.read() as connection:
        assert await _count(connection) == 0


async def test_a_value_that_is_there_already_is_told_apart(database: Database) -> None:
    await _add(database, "once")
    with pytest.raises(Duplicate):
        await _add(database, "once")
    await _add(database, "twice")


async def test_a_reader_sees_one_snapshot(database: Database, databases: Databases) -> None:
    other = databases.open(database.place)
    async with database.read() as connection:
        assert await _count(connection) == 0
        await _add(other, "meanwhile")
        assert await _count(connection) == 0
    async with database.read() as connection:
        assert await _count(connection) == 1


async def test_many_readers_at_once_all_get_an_answer(database: Database) -> None:
    async def read() -> int:
        async with database.read() as connection:
            return await _count(connection)

    assert await asyncio.gather(*(read() for _ in range(100))) == [0] * 100


async def test_a_write_waits_for_the_one_before_it(file_place: Place, databases: Databases) -> None:
    first, second = databases.open(file_place), databases.open(file_place)
    inside, let_go = asyncio.Event(), asyncio.Event()

    async def work(connection: Connection) -> None:
        inside.set()
        await let_go.wait()

    holding = asyncio.create_task(first.write(work))
    await inside.wait()
    waiting = asyncio.create_task(_add(second, "late"))
    await asyncio.wait([waiting], timeout=0.1)
    assert not waiting.done()
    let_go.set()
    await asyncio.gather(holding, waiting)


async def test_a_write_gives_up_when_the_lock_is_not_let_go(
    file_place: Place, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT_FOR_LOCK", 0.2)
    assert file_place.path is not None
    database = databases.open(file_place)
    holder = driver.connect(file_place.path)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnusable, match=r"is busy: others have been at work in it"):
        await _add(database, "never")
    holder.execute("ROLLBACK")
    holder.close()
    await _add(database, "then")


async def test_two_that_block_each_other_on_a_server_both_come_through(
    place_of_server: Place, databases: Databases
) -> None:
    first, second = databases.open(place_of_server), databases.open(place_of_server)
    await _add(first, "a")
    await _add(first, "b")
    tries = 0
    both = asyncio.Event()

    async def write(database: Database, *names: str) -> None:
        async def work(connection: Connection) -> None:
            nonlocal tries
            tries += 1
            for name in names:
                await connection.execute(
                    update(settings).where(settings.c.name == name).values(value=names[0])
                )
                if tries >= 2:
                    both.set()
                await both.wait()

        await database.write(work)

    await asyncio.gather(write(first, "a", "b"), write(second, "b", "a"))
    assert tries == 3


async def test_nobody_waits_long_while_several_processes_write(place: Place) -> None:
    from centre import settle

    database = Database(place)
    await settle(database)
    await database.close()
    said = await at_once(place, [("ola", "log", "60")] * 4)
    longest = [float(lines[-1][1]) for lines in said]
    assert max(longest) < 10.0  # who is passed over again and again waits up to 60 s
    numbers = [line[1] for lines in said for line in lines if line[0] == "done"]
    assert sorted(numbers) == sorted(set(numbers))
    assert len(numbers) == 240


@pytest.mark.parametrize("seed", range(4))
async def test_a_cancelled_write_happens_whole_or_not_at_all(centre: Database, seed: int) -> None:
    chance = random.Random(seed)
    desk = desk_of("ola", centre)
    number = (await desk.log_call(CALL)).number
    acknowledged = 0
    for attempt in range(25):
        saving = asyncio.create_task(desk.act(number, NOTE, key=f"{seed}-{attempt}"))
        for _ in range(chance.randrange(40)):
            await asyncio.sleep(0)
        saving.cancel()
        try:
            await saving
            acknowledged += 1
        except asyncio.CancelledError:
            pass
    file = await desk.ticket(number)
    assert file.case.ticket.version == len(file.journal) >= acknowledged + 1
    for attempt in range(25):
        await desk.act(number, NOTE, key=f"{seed}-{attempt}")
    file = await desk.ticket(number)
    assert file.case.ticket.version == len(file.journal) == 26


async def test_a_write_that_is_cancelled_while_it_waits_leaves_the_queue(
    file_place: Place, databases: Databases
) -> None:
    first, second = databases.open(file_place), databases.open(file_place)
    inside, let_go = asyncio.Event(), asyncio.Event()

    async def work(connection: Connection) -> None:
        inside.set()
        await let_go.wait()

    holding = asyncio.create_task(first.write(work))
    await inside.wait()
    waiting = [asyncio.create_task(_add(one, "x")) for one in (first, second)]
    await asyncio.wait(waiting, timeout=0.05)
    for one in waiting:
        one.cancel()
    assert all(
        isinstance(one, asyncio.CancelledError)
        for one in await asyncio.gather(*waiting, return_exceptions=True)
    )
    let_go.set()
    await holding
    await _add(first, "after")
    await _add(second, "after that")
    async with first.read() as connection:
        assert await _count(connection) == 2


async def test_closing_gives_every_connection_back(file_place: Place) -> None:
    assert file_place.path is not None
    database = Database(file_place)
    await _add(database, "one")
    async with database.read() as connection:
        await _count(connection)
    await database.close()
    assert [one.name for one in file_place.path.parent.iterdir()] == [file_place.path.name]
