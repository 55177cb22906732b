"""Of several who take over at the same moment exactly one does."""

import asyncio

from centre import FrozenClock, desk_of

from dispatch_tui.domain.errors import Conflict
from dispatch_tui.storage.engine import Database


async def test_of_two_who_take_over_at_once_exactly_one_does(
    centre: Database, clock: FrozenClock
) -> None:
    desks = [desk_of(login, centre, clock) for login in ("mia", "max", "gina")]
    for _ in range(20):
        clock.pass_(minutes=1)
        made = await desk_of("ola", centre, clock).hand_over()
        found = await asyncio.gather(
            *(desk.accept_handover(made.id) for desk in desks), return_exceptions=True
        )
        assert [one for one in found if one is not None and not isinstance(one, Conflict)] == []
        assert found.count(None) == 1
