"""What the console follows: the queue, who there is, trouble and its end, and its own writes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from centre import CALL, FrozenClock, desk_of, settle
from engines import Databases
from followed import Followed
from msgspec.structs import replace
from shift import MANAGER, OPEN, OPERATOR, Shift
from textual.message import Message

from dispatch_tui.console import live
from dispatch_tui.console.live import Changed, Live, Opened, Rang, Refused
from dispatch_tui.console.writes import Writes
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import DatabaseUnusable, NotFound
from dispatch_tui.settings import Settings
from dispatch_tui.storage import records
from dispatch_tui.storage.place import Place
from dispatch_tui.storage.tickets import Connection

pytest_plugins = ("main_fixtures",)

BROKEN = DatabaseUnusable("The database is {state}.", state="gone")


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "RETRY_SECONDS", 0.02)


async def test_it_says_that_it_is_open_once_everything_is_there(shift: Shift) -> None:
    followed = Followed(shift.settings(OPERATOR), shift.clock)
    assert not followed.live.signed_in
    with pytest.raises(RuntimeError, match="nobody is signed in"):
        followed.live.desk  # noqa: B018
    async with followed:
        assert followed.live.signed_in
        assert len(followed.live.cases) == OPEN
        assert followed.live.rules is not None
        await followed.until(lambda: bool(followed.of(Rang)))
        assert [type(one) for one in followed.told[:2]] == [Opened, Rang]


async def test_nobody_by_that_name_is_refused_and_no_more(shift: Shift) -> None:
    async with Followed(shift.settings("nobody"), shift.clock) as followed:
        assert [type(one) for one in followed.told] == [Refused]
        assert isinstance(followed.told[0].error, NotFound)  # type: ignore[attr-defined]
        assert not followed.live.signed_in


async def test_the_desk_goes_by_the_clock_of_the_console(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        assert followed.live.desk.clock() == shift.clock.now


async def test_what_ends_is_told_with_how_it_ended(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        await shift.cancel("260311-003")
        await followed.until(lambda: "260311-003" not in followed.live.cases)
        changed = followed.of(Changed)[-1]
        assert changed.numbers == {"260311-003"}
        assert changed.over["260311-003"].ticket.status == "cancelled"


async def test_a_change_of_staff_is_told(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        desk = await shift.desk()
        person = replace((await desk.staff())[OPERATOR], name="Somebody Else")

        async def work(connection: Connection) -> None:
            await records.keep(connection, "staff", [(person, False)], MANAGER, shift.clock.now)

        await desk.database.write(work)
        await followed.until(lambda: bool(followed.of(Changed)))
        assert followed.of(Changed)[-1].numbers == frozenset()
        assert followed.live.staff[OPERATOR].name == "Somebody Else"
        assert followed.live.desk.me.name == "Somebody Else"


async def test_a_rise_of_a_flag_is_told_at_its_second(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        await followed.until(lambda: bool(followed.of(Rang)))
        due_at = followed.live.cases["260311-005"].next_due_at
        assert due_at is not None
        shift.clock.now = due_at
        await followed.live.scan(due_at)
        assert "260311-005" in followed.of(Changed)[-1].numbers
        assert ("260311-005", "breached") in {
            (one.flag.ticket, one.flag.level) for one in followed.of(Rang)[-1].alarms
        }


async def test_what_is_expected_does_not_pile_up(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        for number in range(20):
            await shift.act("260311-006", c.Note(text=f"Note {number}"))
        await followed.until(lambda: followed.live.cases["260311-006"].ticket.version == 21)
        shift.clock.pass_(days=40)
        await followed.live.scan(shift.clock.now)
        assert len(followed.live._bell._rises) == 0


async def test_reads_that_are_given_up_leave_no_connection_behind(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        desk = followed.live.desk
        numbers = list(followed.live.cases)
        for turn in range(60):
            reading = asyncio.create_task(desk.ticket(numbers[turn % len(numbers)]))
            for _ in range(turn % 12):
                await asyncio.sleep(0)
            reading.cancel()
            await asyncio.wait([reading])
        pool: Any = desk.database._readers.sync_engine.pool
        await followed.until(lambda: pool.checkedout() == 0)
        assert (await desk.ticket(numbers[0])).case.number == numbers[0]


async def test_on_either_engine_what_others_commit_is_heard_of_within_a_second(
    place: Place, databases: Databases, clock: FrozenClock
) -> None:
    database = databases.open(place)
    await settle(database)
    told: list[Message] = []
    settings = Settings(database=str(place.path or place.url), login="ola")
    followed = Live(settings, told.append, clock)
    task = asyncio.create_task(followed.run())
    async with asyncio.timeout(20):
        while not followed.signed_in:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    desk = desk_of("mia", database, clock)
    number = (await desk.log_call(CALL)).number
    async with asyncio.timeout(1):
        while number not in followed.cases:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    await desk.act(number, c.Cancel(reason="a slip"))
    async with asyncio.timeout(1):
        while not any(isinstance(one, Changed) and number in one.over for one in told):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    assert number not in followed.cases
    task.cancel()
    await asyncio.wait([task])


# Writes


async def test_writes_are_done_in_their_order_one_at_a_time() -> None:
    writes, done = Writes(), []
    writes.start()

    def job(name: str, seconds: float) -> Callable[[], Awaitable[str]]:
        async def work() -> str:
            done.append(f"begin {name}")
            await asyncio.sleep(seconds)
            done.append(f"end {name}")
            return name

        return work

    found = await asyncio.gather(writes.do(job("a", 0.02)), writes.do(job("b", 0)))
    assert list(found) == ["a", "b"]
    assert done == ["begin a", "end a", "begin b", "end b"]
    await writes.stop()


async def test_a_write_goes_on_when_whoever_waits_goes_away() -> None:
    writes, done = Writes(), []
    writes.start()
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.sleep(0.02)
        done.append("written")

    waiting = asyncio.create_task(writes.do(work))
    await begun.wait()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert done == []
    await writes.stop()
    assert done == ["written"]


async def test_a_write_that_fails_is_told_and_the_next_one_is_done() -> None:
    writes = Writes()
    writes.start()

    async def fail() -> None:
        raise BROKEN

    async def work() -> str:
        return "done"

    with pytest.raises(DatabaseUnusable):
        await writes.do(fail)
    unheard = asyncio.create_task(writes.do(fail))
    await asyncio.sleep(0)
    unheard.cancel()
    assert await writes.do(work) == "done"
    await writes.stop()


async def test_nothing_is_written_before_the_start_or_after_the_end() -> None:
    writes = Writes()

    async def work() -> None:
        pytest.fail("written")

    with pytest.raises(DatabaseUnusable):
        await writes.do(work)
    writes.start()
    await writes.stop()
    await writes.stop()
    with pytest.raises(DatabaseUnusable):
        await writes.do(work)


async def test_what_cannot_be_written_by_the_end_is_given_up_and_told() -> None:
    writes = Writes()
    writes.start()
    begun, given_up = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            given_up.set()

    waiting = [asyncio.create_task(writes.do(work)) for _ in range(3)]
    await begun.wait()
    writes.end_within(0.02)
    writes.end_within(60)
    await writes.stop()
    assert given_up.is_set()
    for one in waiting:
        with pytest.raises(DatabaseUnusable, match="this was not saved"):
            await one
    with pytest.raises(DatabaseUnusable, match="this was not saved"):
        await writes.do(work)


async def test_what_can_be_written_by_the_end_is_written() -> None:
    writes, done = Writes(), []
    writes.start()

    async def work() -> None:
        await asyncio.sleep(0.01)
        done.append("written")

    waiting = [asyncio.create_task(writes.do(work)) for _ in range(3)]
    await asyncio.sleep(0)
    writes.end_within(10)
    await writes.stop()
    await asyncio.gather(*waiting)
    assert done == ["written"] * 3
