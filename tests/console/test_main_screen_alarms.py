"""What rings on the main screen: once, in sight until seen, for each person on their own."""

import asyncio

from shift import MANAGER, OPERATOR, RINGING, Console, Shift

from dispatch_tui.console.bell import NOT_RAISED
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.alarms import LOUD
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.ticket import Priority

pytest_plugins = ("main_fixtures",)


def waiting(console: Console) -> set[tuple[str, str]]:
    """The loud flags that this person has not seen: ticket and level."""
    return {(one.flag.ticket, one.flag.level) for one in console.main._alarms}


async def all_seen(console: Console) -> None:
    """See whatever rang."""
    await console.until(lambda: bool(waiting(console)))
    while waiting(console):
        before = waiting(console)
        await console.press("x")
        await console.until(lambda before=before: waiting(console) != before)  # type: ignore[misc]


async def test_what_rang_before_rings_once_when_one_comes_and_can_be_seen_one_by_one(
    shift: Shift,
) -> None:
    console = await shift.console()
    await console.until(lambda: len(waiting(console)) == RINGING)
    assert console.app.bells == 1
    assert "260311-007 渝岚区医院: new emergency" in console.notice
    assert f"and {RINGING - 1} more" in console.notice
    await console.press("x")
    await console.until(lambda: console.cursor == "260311-007")
    await console.until(lambda: len(waiting(console)) == RINGING - 1)
    await console.press("f8")
    await console.until(lambda: len(waiting(console)) <= RINGING - 2)
    await all_seen(console)
    await console.until(lambda: console.notice == "")
    await console.press("x")
    await console.shows("Nothing rang that you have not seen.")
    assert console.app.bells == 1


async def test_a_new_emergency_rings_once_and_stays_in_sight_until_it_is_seen(
    shift: Shift,
) -> None:
    console = await shift.console()
    await all_seen(console)
    before = console.app.bells
    number = await shift.log("Ventilator stopped", priority=Priority.EMERGENCY)
    await console.until(lambda: waiting(console) == {(number, "emergency")})
    assert f"{number} 锦浣医院: new emergency" in console.notice
    await shift.act(number, c.Note(text="The ward was told"))
    await shift.act(number, c.Note(text="A spare is on the ward"))
    await console.press("home")
    await console.until(lambda: console.board.selected is not None)
    assert console.app.bells == before + 1
    assert waiting(console) == {(number, "emergency")}
    await console.press("x")
    await console.until(lambda: waiting(console) == set() and console.cursor == number)


async def test_what_rang_leaves_with_its_ticket_and_rings_again_if_it_comes_back(
    shift: Shift,
) -> None:
    console = await shift.console()
    await all_seen(console)
    before = console.app.bells
    number = await shift.log("Ventilator stopped", priority=Priority.EMERGENCY)
    await console.until(lambda: waiting(console) == {(number, "emergency")})
    await console.until(lambda: all(one.id != NOT_RAISED for one in console.main._alarms))
    await console.until(lambda: not console.app.live._feed.committed())
    await shift.act(number, c.Cancel(reason="The plug was out"))
    await console.until(lambda: waiting(console) == set() and console.notice == "")
    await shift.act(number, c.Reopen(reason="It was not the plug"))
    await console.until(lambda: waiting(console) == {(number, "emergency")})
    assert console.app.bells == before + 2


async def test_a_clock_that_comes_to_its_limit_rings_at_its_second(shift: Shift) -> None:
    console = await shift.console()
    await all_seen(console)
    before = console.app.bells
    case = console.app.live.cases["260311-005"]
    clock = case.next_clock
    assert clock is not None
    shift.clock.now = clock.due_at
    await console.until(lambda: ("260311-005", "breached") in waiting(console))
    await console.until(lambda: console.app.bells == before + 1)
    await console.until(lambda: any("0:00 X  answer 260311-005" in one for one in console.lines))


async def test_a_ticket_that_is_watched_or_near_does_not_ring(shift: Shift) -> None:
    console = await shift.console()
    await all_seen(console)
    assert all(one.flag.level in LOUD for one in console.main._alarms)
    before = console.app.bells
    shift.clock.pass_(minutes=5)  # 260311-006 comes to half of its hour
    await console.until(lambda: console.app.live.scanned_at == shift.clock.now)
    await console.until(lambda: any(".  answer 260311-006" in one for one in console.lines))
    assert console.app.bells == before
    assert waiting(console) == set()


async def test_what_one_has_seen_stays_seen_and_what_not_survives_a_restart(shift: Shift) -> None:
    console = await shift.console()
    await console.until(lambda: len(waiting(console)) == RINGING)
    await console.press("x")
    await console.until(lambda: len(waiting(console)) == RINGING - 1)
    left = waiting(console)
    await console.close()
    again = await shift.console()
    await again.until(lambda: waiting(again) == left)
    assert again.app.bells == 1


async def test_each_person_sees_for_themselves(shift: Shift) -> None:
    mine, theirs = await shift.console(OPERATOR), await shift.console(MANAGER)
    await mine.until(lambda: len(waiting(mine)) == RINGING)
    await theirs.until(lambda: len(waiting(theirs)) == RINGING)
    await all_seen(mine)
    assert len(waiting(theirs)) == RINGING


async def test_two_consoles_of_one_person_see_together(shift: Shift) -> None:
    one, other = await shift.console(), await shift.console()
    await other.until(lambda: len(waiting(other)) == RINGING)
    await all_seen(one)
    await other.until(lambda: waiting(other) == set())


async def test_several_consoles_raise_each_flag_once_and_each_rings_once(shift: Shift) -> None:
    consoles = [await shift.console(login) for login in (OPERATOR, MANAGER, OPERATOR)]
    for one in consoles:
        await one.until(lambda one=one: len(waiting(one)) == RINGING)  # type: ignore[misc]
    shift.clock.pass_(minutes=15)
    for one in consoles:
        await one.until(lambda one=one: ("260311-005", "breached") in waiting(one))  # type: ignore[misc]
        await one.until(lambda one=one: one.app.bells == 2)  # type: ignore[misc]
    desk = await shift.desk()
    async with desk.database.read() as connection:
        found = await connection.exec_driver_sql("SELECT ticket, clock, level, due_at FROM alarms")
        rows = [tuple(row) for row in found]
    assert len(rows) == len(set(rows))
    assert [row[:3] for row in rows].count(("260311-005", "response", "breached")) == 1


async def test_acting_on_a_ticket_sees_its_flags(shift: Shift) -> None:
    console = await shift.console()
    await console.until(lambda: ("260311-003", "breached") in waiting(console))
    console.main.see("260311-003")
    await console.until(lambda: ("260311-003", "breached") not in waiting(console))


async def test_a_flag_whose_raising_failed_rings_at_once_and_is_raised_the_next_time(
    shift: Shift,
) -> None:
    console = await shift.console()
    await all_seen(console)
    before, flag = console.app.bells, ("260311-005", "response", "breached")

    async def raised() -> set[tuple[str, str, str]]:
        async with (await shift.desk()).database.read() as connection:
            found = await connection.exec_driver_sql("SELECT ticket, clock, level FROM alarms")
            return {tuple(row) for row in found}

    watch = console.app.live._bell.watch
    shift.clock.pass_(minutes=15)
    failed = asyncio.Event()
    raise_ = watch.raise_

    async def broken(fresh: object) -> None:
        failed.set()
        raise DatabaseUnusable("The database is {state}.", state="busy")

    watch.raise_ = broken  # type: ignore[method-assign]
    await asyncio.wait_for(failed.wait(), 10)
    assert ("260311-005", "breached") in waiting(console)
    assert console.app.bells == before + 1
    await console.until(lambda: console.app.live._troubles.now is not None)
    assert flag not in await raised()
    watch.raise_ = raise_  # type: ignore[method-assign]
    await console.until(lambda: console.app.live._troubles.now is None)
    assert flag in await raised()
    assert console.app.bells == before + 1
