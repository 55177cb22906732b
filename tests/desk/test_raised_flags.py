"""Flags that the new clocks raise: call-backs, adverse events, extensions."""

import asyncio
from datetime import timedelta

import pytest
from centre import FrozenClock, desk_of
from courses import (
    CLOSED,
    COMPLAINT,
    CONSENT,
    MAJOR,
    REPORTED,
    RESTORED,
    SOLVED,
    SUSPECT,
    WORKS,
    Acts,
    begun,
)
from engines import Databases
from msgspec.structs import replace

from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.alarms import ADVERSE, LOUD, Flag
from dispatch_tui.domain.facts import AdverseReport, Answer, CallBackResult, Harm
from dispatch_tui.storage.engine import Database


async def _raised(watch: Watch, database: Database, clock: FrozenClock) -> set[tuple[str, str]]:
    """Scan the open queue, and return clock and level of every flag not seen yet."""
    await watch.scan(await desk_of("gina", database, clock).open_cases())
    return {(alarm.flag.clock, alarm.flag.level) for alarm in await watch.unseen()}


async def _seen(watch: Watch) -> list[Flag]:
    alarms = await watch.unseen()
    await watch.see([alarm.id for alarm in alarms])
    return [alarm.flag for alarm in alarms]


@pytest.mark.parametrize("acts", [RESTORED, SOLVED], ids=["restored", "solved"])
async def test_a_call_back_is_flagged_until_the_customer_was_reached(
    centre: Database, clock: FrozenClock, acts: Acts
) -> None:
    number = await begun(centre, clock, acts)
    ola, watch = desk_of("ola", centre, clock), Watch(desk_of("gina", centre, clock))
    clock.pass_(hours=17)
    assert await _raised(watch, centre, clock) == set()
    clock.pass_(hours=1)
    assert await _raised(watch, centre, clock) == {("call_back", "near")}
    await ola.act(number, c.CallBack(result=CallBackResult.UNREACHED))
    clock.pass_(hours=6)
    await _seen(watch)
    assert await _raised(watch, centre, clock) == {("call_back", "breached")}
    (flag,) = await _seen(watch)
    assert (flag.ticket, flag.due_at < clock()) == (number, True)
    await ola.act(number, WORKS)
    clock.pass_(hours=48)
    assert await _raised(watch, centre, clock) == set()


async def test_a_reopened_case_is_called_back_about_anew(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, SOLVED)
    ola, watch = desk_of("ola", centre, clock), Watch(desk_of("gina", centre, clock))
    clock.pass_(hours=24)
    await _raised(watch, centre, clock)
    (first,) = await _seen(watch)
    await ola.act(number, c.CallBack(result=CallBackResult.BROKEN, words="Dark again"))
    assert ("call_back", "breached") not in await _raised(watch, centre, clock)
    await ola.act(number, c.SolveByPhone(what_was_done="Reset"))
    await _seen(watch)
    clock.pass_(hours=24)
    assert await _raised(watch, centre, clock) == {("call_back", "breached")}
    (second,) = await _seen(watch)
    assert second.due_at > first.due_at


async def test_an_adverse_event_on_a_closed_case_is_told_loudly_and_keeps_its_dates(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, CLOSED)
    gina = desk_of("gina", centre, clock)
    watch = Watch(gina)
    assert await _raised(watch, centre, clock) == set()
    await desk_of("ola", centre, clock).act(number, SUSPECT)
    assert await _raised(watch, centre, clock) == {("call", ADVERSE)}
    assert ADVERSE in LOUD
    (flag,) = await _seen(watch)
    assert (flag.ticket, flag.due_at) == (number, clock())
    (case,) = await gina.open_cases()
    assert case.next_due_at == clock() + timedelta(days=7)
    clock.pass_(days=6)
    assert await _raised(watch, centre, clock) == {("adverse_report", "near")}
    clock.pass_(days=1)
    assert ("adverse_report", "breached") in await _raised(watch, centre, clock)
    await gina.act(number, REPORTED)
    assert await watch.unseen() == []


async def test_several_patients_are_told_of_by_phone_within_half_a_day(
    centre: Database, clock: FrozenClock
) -> None:
    several = replace(SUSPECT, harm=Harm.SERIOUS_INJURY, several=Answer.YES)
    number = await begun(centre, clock, (*CLOSED, ("ola", several)))
    gina = desk_of("gina", centre, clock)
    watch = Watch(gina)
    clock.pass_(hours=9)
    assert await _raised(watch, centre, clock) == {("call", ADVERSE), ("adverse_phone", "near")}
    await _seen(watch)
    await gina.act(number, replace(REPORTED, how=AdverseReport.PHONE))
    clock.pass_(hours=9)
    assert await _raised(watch, centre, clock) == set()
    (case,) = await gina.open_cases()
    assert case.next_due_at is not None
    assert case.next_due_at > clock() + timedelta(days=18)


async def test_an_adverse_event_is_told_of_on_a_complaint_too(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, (("ola", SUSPECT),), call=COMPLAINT)
    watch = Watch(desk_of("gina", centre, clock))
    assert await _raised(watch, centre, clock) == {("call", ADVERSE)}
    await desk_of("gina", centre, clock).act(number, c.ClearAdverse(reason="Nobody was there"))
    clock.pass_(days=8)
    await _seen(watch)
    assert await _raised(watch, centre, clock) == set()


async def test_an_adverse_event_is_raised_once_whoever_watches(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    await begun(centre, clock, (*CLOSED, ("ola", SUSPECT)))
    desks = [desk_of(one, databases.open(centre.place), clock) for one in ("gina", "mia", "ola")]
    watches = [Watch(desk) for desk in desks]
    cases = await desks[0].open_cases()
    await asyncio.gather(*(watch.scan(cases) for watch in watches))
    for watch in watches:
        (alarm,) = await watch.unseen()
        assert alarm.flag.level == ADVERSE


async def test_an_extension_moves_the_flags_of_the_repair(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, MAJOR)
    mia = desk_of("mia", centre, clock)
    watch = Watch(mia)
    clock.pass_(hours=33)
    assert ("repair", "critical") in await _raised(watch, centre, clock)
    await _seen(watch)
    await mia.act(number, CONSENT)
    assert await _raised(watch, centre, clock) == set()
    clock.pass_(hours=3)
    assert await _raised(watch, centre, clock) == {("repair", "near")}
    clock.pass_(hours=11)
    assert ("repair", "breached") in await _raised(watch, centre, clock)


async def test_of_two_who_watch_one_writes_and_the_other_reads_that_it_is_done(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    await begun(centre, clock)
    clock.pass_(minutes=58)
    first, second = (desk_of(one, databases.open(centre.place), clock) for one in ("ola", "mia"))
    watches = [Watch(first), Watch(second)]
    for watch in watches:
        await watch.start()
    assert await watches[0].scan(await first.open_cases())

    async def refused(work: object) -> None:
        raise AssertionError("it was written twice")

    second.database.write = refused  # type: ignore[assignment, method-assign]
    assert await watches[1].scan(await second.open_cases())
    assert await watches[1].unseen() == await watches[0].unseen() != []
