"""Killed while saving: what was acknowledged is there, and a retry makes nothing twice."""

import asyncio
import random

import pytest
from centre import CALL, desk_of, settle
from engines import Databases
from processes import worker
from sound import sound

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
    before = len((await sound(database)).tickets)

    ola = desk_of("ola", database)
    unheard_of = 0
    for key in sorted(tried):
        done = await ola.log_call(CALL, key=key)
        assert done.repeated or key not in acknowledged
        assert acknowledged.get(key, done.number) == done.number
        unheard_of += done.repeated and key not in acknowledged
    assert before == len(acknowledged) + unheard_of
    assert len((await sound(database)).tickets) == len(tried)
