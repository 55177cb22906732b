"""Telling which ticket stands open in a console, on both engines."""

import pytest
from centre import NOON, FrozenClock, desk_of, disable

from dispatch_tui.desk.standing_by import StandingBy
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.presence import FADES_AFTER, Present
from dispatch_tui.storage import presence
from dispatch_tui.storage.engine import Database

TICKET = "260303-001"


async def _there(database: Database) -> list[tuple[str, str, str]]:
    async with database.read() as connection:
        found = await presence.everybody(connection)
    return [(one.login, one.ticket, one.doing) for one in found]


async def test_what_stands_open_replaces_what_did_and_goes_when_it_is_left(
    centre: Database, clock: FrozenClock
) -> None:
    there = StandingBy(desk_of("mia", centre, clock), "console")
    await there.stand(TICKET, "", NOON)
    await there.stand(TICKET, "assign", NOON)
    assert await _there(centre) == [("mia", TICKET, "assign")]
    await there.leave()
    assert await _there(centre) == []


async def test_whoever_has_faded_is_swept_by_the_next_one(
    centre: Database, clock: FrozenClock
) -> None:
    killed = StandingBy(desk_of("max", centre, clock), "killed")
    await killed.stand(TICKET, "note", NOON)
    clock.pass_(seconds=FADES_AFTER.total_seconds() + 1)
    await StandingBy(desk_of("mia", centre, clock), "console").stand(TICKET, "", clock())
    assert await _there(centre) == [("mia", TICKET, "")]


async def test_whoever_is_disabled_is_nowhere(centre: Database, clock: FrozenClock) -> None:
    there = StandingBy(desk_of("bob", centre, clock), "console")
    await disable("bob", centre)
    with pytest.raises(NotAllowed):
        await there.stand(TICKET, "", NOON)
    assert await _there(centre) == []


async def test_trying_out_leaves_no_trace(centre: Database, clock: FrozenClock) -> None:
    there = StandingBy(desk_of("mia", centre, clock), "console")
    await there.stand(TICKET, "note", NOON)
    await there.try_out()
    async with centre.read() as connection:
        (one,) = await presence.everybody(connection)
    assert one == Present(
        console="console", login="mia", ticket=TICKET, doing="note", pressed_at=NOON
    )
