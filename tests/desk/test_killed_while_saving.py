"""Killed while saving: what was acknowledged is there, and a retry makes nothing twice."""

import asyncio
import random

import pytest
from centre import CALL, desk_of, settle
from engines import Databases
from processes import worker

from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.fold import fold
from dispatch_tui.storage import journal, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import Place

KILLS = 100
AT_ONCE = 2


async def _killed_at_a_random_moment(place: Place, chance: random.Random) -> list[list[str]]:
    """Return what a process said that was killed during one of its first saves."""
    async with worker(place, "ola", "log", "1000") as logging:
        await logging.ready()
        logging.go()
        said = [await logging.line() for _ in range(chance.randrange(1, 12))]
        await asyncio.sleep(chance.uniform(0, 0.004))  # the moment is the test's input: in a save
        return said + await logging.kill()


async def _everything_is_whole(database: Database) -> int:
    """Check every chain and every row; return how many tickets there are."""
    async with database.read() as connection:
        rows = await tickets.all_tickets(connection)
        subjects = await journal.all_subjects(connection)
    for (_kind, number), lines in subjects:
        before = ["", *(line.hash for line in lines)]
        for line, prev_hash in zip(lines, before, strict=False):
            assert (line.prev_hash, line.hash) == (prev_hash, line.computed_hash())
        ticket = fold(number, journal.entries_of(lines))
        assert ticket is not None
        assert rows[number] == tickets.row_of(ticket, Policy())
    assert {number for (_, number), _ in subjects} == set(rows)
    return len(rows)


@pytest.mark.slow
async def test_a_hundred_kills_lose_nothing_and_a_retry_makes_nothing_twice(
    file_place: Place, databases: Databases
) -> None:
    database = databases.open(file_place)
    await settle(database)
    chance = random.Random(20260303)
    said: list[list[list[str]]] = []
    for _ in range(KILLS // AT_ONCE):
        said += await asyncio.gather(
            *(_killed_at_a_random_moment(file_place, chance) for _ in range(AT_ONCE))
        )
    assert len(said) == KILLS
    acknowledged = {line[2]: line[1] for lines in said for line in lines if line[0] == "done"}
    tried = {line[1] for lines in said for line in lines if line[0] == "try"}
    assert set(acknowledged) < tried
    before = await _everything_is_whole(database)

    ola = desk_of("ola", database)
    unheard_of = 0
    for key in sorted(tried):
        done = await ola.log_call(CALL, key=key)
        assert done.repeated or key not in acknowledged
        assert acknowledged.get(key, done.number) == done.number
        unheard_of += done.repeated and key not in acknowledged
    assert before == len(acknowledged) + unheard_of
    assert await _everything_is_whole(database) == len(tried)
