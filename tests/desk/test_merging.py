"""Merging: the other ticket takes the call in, in the same transaction, whoever merges at once."""

import asyncio
import random
from datetime import timedelta

import pytest
from centre import CALL, NOON, NOTE, FrozenClock, desk_of
from courses import ASSIGNED, begun
from engines import Databases
from faulty import LosesAcknowledgements
from msgspec.structs import replace
from sound import sound
from sqlalchemy import text

from dispatch_tui.desk.views import Done
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import Outcome
from dispatch_tui.domain.errors import (
    Conflict,
    DatabaseUnusable,
    DispatchError,
    InvalidInput,
    NotFound,
    NotPossible,
)
from dispatch_tui.domain.ticket import Status
from dispatch_tui.storage.engine import Database

RACES = 20
SECOND_CALL = replace(CALL, fault="Still no image", contact="Dr Wu", phone="027-2")


async def _two(database: Database, clock: FrozenClock) -> tuple[str, str]:
    """Log two calls that came at the same time."""
    ola = desk_of("ola", database, clock)
    first = await ola.log_call(CALL)
    return first.number, (await ola.log_call(SECOND_CALL)).number


async def _deadlocks(database: Database) -> int:
    """Return how often PostgreSQL had to break a circle of waiting; SQLite has one writer."""
    if database.place.path is not None:
        return 0
    async with database.read() as connection:
        await connection.execute(text("SELECT pg_stat_clear_snapshot()"))
        question = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        return int((await connection.execute(text(question))).scalar_one())


async def test_the_other_ticket_takes_the_call_in_and_the_clocks_of_this_one_end(
    centre: Database, clock: FrozenClock
) -> None:
    into, number = await _two(centre, clock)
    clock.pass_(minutes=5)
    mia = desk_of("mia", centre, clock)
    done = await mia.act(number, c.Merge(into=into, reason="Same fault"), version=1)
    assert done == Done(number=number, version=2, other=into)
    merged, other = [await mia.ticket(one) for one in (number, into)]
    assert (merged.case.ticket.status, merged.case.ticket.merged_into) == (Status.MERGED, into)
    assert {one.outcome for one in merged.case.clocks} == {Outcome.VOID}
    taken_in = other.journal[-1]
    assert taken_in.event == e.CallAdded(
        text="Still no image", contact="Dr Wu", phone="027-2", merged_from=number
    )
    assert (taken_in.actor, taken_in.occurred_at, taken_in.recorded_at) == ("mia", NOON, clock())
    assert (other.case.ticket.calls, other.case.ticket.version) == (2, 2)
    assert [one.number for one in await mia.open_cases()] == [into]
    assert (await sound(centre)).merged == {number: into}


async def test_who_saw_the_other_ticket_before_is_told_of_the_merge(
    centre: Database, clock: FrozenClock
) -> None:
    into, number = await _two(centre, clock)
    await desk_of("mia", centre, clock).act(number, c.Merge(into=into), version=1)
    max_ = desk_of("max", centre, clock)
    for one in (into, number):
        with pytest.raises(Conflict) as conflict:
            await max_.act(one, c.Assign(engineers=("ann",)), version=1)
        assert conflict.value.message.values["person"] == "mia"
    await max_.act(into, c.Assign(engineers=("ann",)), version=2)


async def test_who_merges_what_somebody_else_changed_is_told_and_nothing_is_taken_in(
    centre: Database, clock: FrozenClock
) -> None:
    into, number = await _two(centre, clock)
    await desk_of("max", centre, clock).act(number, c.Respond())
    with pytest.raises(Conflict) as conflict:
        await desk_of("mia", centre, clock).act(number, c.Merge(into=into), version=1)
    assert conflict.value.message.values["person"] == "max"
    found = await sound(centre)
    assert found.merged == {}
    assert found.tickets[into].version == 1


@pytest.mark.parametrize(
    "into", ["260303-009", "260303-002", "", "x" * 300, "\x00"], ids=lambda one: repr(one[:9])
)
async def test_a_merge_into_no_other_ticket_changes_nothing(
    centre: Database, clock: FrozenClock, into: str
) -> None:
    _, number = await _two(centre, clock)
    with pytest.raises((InvalidInput, NotFound)):
        await desk_of("mia", centre, clock).act(number, c.Merge(into=into))
    assert [one.version for one in (await sound(centre)).tickets.values()] == [1, 1]


async def test_a_merge_that_was_never_acknowledged_is_found_by_its_key(
    centre: Database, clock: FrozenClock
) -> None:
    into, number = await _two(centre, clock)
    cut = LosesAcknowledgements(centre.place)
    merge = c.Merge(into=into)
    with pytest.raises(DatabaseUnusable):
        await desk_of("mia", cut, clock).act(number, merge, key="k1", version=1)
    await cut.close()
    await desk_of("max", centre, clock).act(into, NOTE)
    await desk_of("max", centre, clock).act(number, NOTE)
    again = await desk_of("mia", centre, clock).act(number, merge, key="k1", version=1)
    assert again == Done(number=number, version=2, other=into, repeated=True)
    found = await sound(centre)
    assert (found.merged, found.tickets[into].calls) == ({number: into}, 2)


@pytest.mark.parametrize("seen", [True, False], ids=["versions seen", "as it is"])
async def test_of_two_who_merge_crosswise_exactly_one_wins(
    centre: Database, databases: Databases, clock: FrozenClock, seen: bool
) -> None:
    desks = [desk_of(one, databases.open(centre.place), clock) for one in ("mia", "max")]
    before, version = await _deadlocks(centre), 1 if seen else None
    for _ in range(RACES):
        first, second = await _two(centre, clock)
        said = await asyncio.gather(
            desks[0].act(first, c.Merge(into=second), version=version),
            desks[1].act(second, c.Merge(into=first), version=version),
            return_exceptions=True,
        )
        (winner,) = [one for one in said if isinstance(one, Done)]
        (refusal,) = [one for one in said if isinstance(one, DispatchError)]
        assert (winner.number, winner.other) in ((first, second), (second, first))
        faster = ("max", "mia")[said.index(refusal)]
        if isinstance(refusal, Conflict):
            assert refusal.message.values["person"] == faster
        else:
            assert isinstance(refusal, NotPossible)
            assert refusal.message.values["number"] == winner.number
            assert refusal.message.values["status"] is Status.MERGED
    assert await _deadlocks(centre) == before
    assert len((await sound(centre)).merged) == RACES


async def test_whoever_merges_at_once_each_call_is_taken_in_once(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    chance = random.Random(20260303)
    desks = [desk_of(one, databases.open(centre.place), clock) for one in ("mia", "max", "gina")]
    ola = desk_of("ola", centre, clock)
    numbers = [(await ola.log_call(CALL)).number for _ in range(12)]
    before = await _deadlocks(centre)

    async def merge(index: int) -> Done | DispatchError:
        one, other = chance.sample(numbers, 2)
        try:
            return await desks[index % 3].act(one, c.Merge(into=other))
        except (Conflict, NotPossible) as refusal:
            return refusal

    said = await asyncio.gather(*(merge(index) for index in range(40)))
    done = [one for one in said if isinstance(one, Done)]
    assert 0 < len(done) < len(numbers)
    assert (await sound(centre)).merged == {one.number: one.other for one in done}
    assert await _deadlocks(centre) == before


async def test_a_ticket_that_is_acted_on_while_it_is_merged_into_keeps_both(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    mia, max_ = (desk_of(one, databases.open(centre.place), clock) for one in ("mia", "max"))
    for _ in range(RACES):
        into, number = await _two(centre, clock)
        await asyncio.gather(
            mia.act(number, c.Merge(into=into)), max_.act(into, c.Assign(engineers=("ann",)))
        )
        (case,) = await mia.cases([into])
        assert (case.ticket.calls, case.ticket.lead, case.ticket.version) == (2, "ann", 3)
    await sound(centre)


async def test_only_an_open_fault_of_the_same_customer_reported_before_takes_a_call_in(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, ASSIGNED)
    mia = desk_of("mia", centre, clock)
    later = (await mia.log_call(CALL)).number
    stranger = (
        await mia.log_call(
            replace(CALL, customer="H2", device="CT-2"), reported_at=NOON - timedelta(hours=1)
        )
    ).number
    over = (await mia.log_call(CALL, reported_at=NOON - timedelta(hours=1))).number
    await mia.act(over, c.Cancel(reason="x"))
    for other in (later, stranger, over):
        with pytest.raises((NotPossible, InvalidInput)):
            await mia.act(number, c.Merge(into=other))
    assert (await sound(centre)).merged == {}
