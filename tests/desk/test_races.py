"""Two people decide about the same ticket at once: exactly one wins, every time."""

import asyncio
from datetime import timedelta

from centre import CALL, FrozenClock, desk_of
from courses import CONSENT, MAJOR, begun
from engines import Databases
from msgspec.structs import replace
from processes import at_once
from sound import sound

from dispatch_tui.desk.views import Done
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import Conflict
from dispatch_tui.storage.engine import Database

RACES = 200
EXTENSIONS = 20


async def test_of_two_desks_at_once_exactly_one_wins_every_time(
    centre: Database, databases: Databases
) -> None:
    ola = desk_of("ola", centre)
    mia, max_ = (desk_of(one, databases.open(centre.place)) for one in ("mia", "max"))
    for _ in range(RACES):
        number = (await ola.log_call(CALL)).number
        said = await asyncio.gather(
            mia.act(number, c.Assign(engineers=("ann",)), version=1),
            max_.act(number, c.Assign(engineers=("bob",)), version=1),
            return_exceptions=True,
        )
        (loser,) = [one for one in said if isinstance(one, Conflict)]
        (winner,) = [index for index, one in enumerate(said) if isinstance(one, Done)]
        assert loser.message.values["person"] == ("mia", "max")[winner]
        (case,) = await ola.cases([number])
        assert [one.login for one in case.ticket.engineers] == [("ann", "bob")[winner]]
        assert case.ticket.version == 2


async def test_of_two_processes_exactly_one_wins_every_ticket(centre: Database) -> None:
    ola = desk_of("ola", centre)
    numbers = [(await ola.log_call(CALL)).number for _ in range(RACES)]
    logins = ("mia", "max")
    said = await at_once(centre.place, [(login, "assign", *numbers) for login in logins])
    won = [{number for verb, number, *_ in lines if verb == "won"} for lines in said]
    assert won[0] | won[1] == set(numbers)
    assert not won[0] & won[1]
    for lines, other in zip(said, reversed(logins), strict=True):
        assert {who for verb, _, *names in lines if verb == "lost" for who in names} <= {other}


async def test_of_two_who_extend_at_once_exactly_one_wins(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    mia, max_ = (desk_of(one, databases.open(centre.place), clock) for one in ("mia", "max"))
    shorter = replace(CONSENT, until=CONSENT.until - timedelta(hours=3))
    for _ in range(EXTENSIONS):
        course = FrozenClock()
        number = await begun(centre, course, MAJOR)
        clock.now = course.now
        version = len(MAJOR) + 1
        said = await asyncio.gather(
            mia.act(number, CONSENT, version=version),
            max_.act(number, shorter, version=version),
            return_exceptions=True,
        )
        (loser,) = [one for one in said if isinstance(one, Conflict)]
        (winner,) = [index for index, one in enumerate(said) if isinstance(one, Done)]
        assert loser.message.values["person"] == ("mia", "max")[winner]
        (case,) = await mia.cases([number])
        (consent,) = case.ticket.consents
        assert consent.until == case.next_due_at == (CONSENT, shorter)[winner].until
    await sound(centre)
