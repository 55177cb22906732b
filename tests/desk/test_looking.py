"""What a person can look at: the queue, a ticket, a device and its past, another time."""

import asyncio
from datetime import timedelta

import pytest
from centre import ASSIGN, CALL, NOON, ZONE, FrozenClock, desk_of
from courses import WORKS
from engines import Databases
from msgspec.structs import replace

from dispatch_tui.bootstrap import NoStaff, desk_on
from dispatch_tui.desk.views import View, shown_in
from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Level
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Priority, Status
from dispatch_tui.storage import tickets
from dispatch_tui.storage.engine import Database

EMERGENCY = replace(CALL, priority=Priority.EMERGENCY)


async def test_the_queue_has_least_time_left_first(centre: Database, clock: FrozenClock) -> None:
    desk = desk_of("mia", centre, clock)
    late = (await desk.log_call(CALL, reported_at=NOON - timedelta(minutes=30))).number
    soon = (await desk.log_call(CALL, reported_at=NOON - timedelta(minutes=50))).number
    idle = (await desk.log_call(CALL, reported_at=NOON - timedelta(hours=9))).number
    await desk.act(idle, c.SolveByPhone(what_was_done="x"))
    await desk.act(idle, WORKS)
    answered = (await desk.log_call(CALL, reported_at=NOON - timedelta(hours=1))).number
    await desk.act(answered, c.Respond())
    solved = (await desk.log_call(CALL, reported_at=NOON - timedelta(hours=1))).number
    await desk.act(solved, c.SolveByPhone(what_was_done="x"))
    found = [case.number for case in await desk.open_cases()]
    assert found == [soon, late, solved, answered, idle]


async def test_views_choose_from_the_same_cases(centre: Database, clock: FrozenClock) -> None:
    mia = desk_of("mia", centre, clock)
    fresh = (await mia.log_call(CALL)).number
    near = (await mia.log_call(CALL, reported_at=NOON - timedelta(minutes=46))).number
    breached = (await mia.log_call(CALL, reported_at=NOON - timedelta(minutes=61))).number
    over = (await mia.log_call(CALL)).number
    await mia.act(over, c.Cancel(reason="x"))
    await mia.act(fresh, ASSIGN)
    cases = [*await mia.open_cases(), *await mia.over_cases()]

    def chosen(view: View, login: str) -> set[str]:
        return {case.number for case in cases if shown_in(view, case, clock(), login)}

    assert chosen(View.OPEN, "mia") == {fresh, near, breached}
    assert chosen(View.NEAR, "mia") == {near, breached}
    assert chosen(View.BREACHED, "mia") == {breached}
    assert chosen(View.MINE, "mia") == {fresh, near, breached}
    assert chosen(View.MINE, "ann") == {fresh}
    assert chosen(View.OVER, "mia") == {over}
    assert chosen(View.ALL, "mia") == {fresh, near, breached, over}


async def test_the_clocks_of_a_case_follow_the_facts(centre: Database, clock: FrozenClock) -> None:
    mia = desk_of("mia", centre, clock)
    number = (await mia.log_call(CALL)).number
    (case,) = await mia.cases([number])
    assert case.next_due_at == NOON + timedelta(hours=1)
    assert case.next_clock is not None
    assert case.level(NOON + timedelta(minutes=54)) is Level.CRITICAL
    await mia.act(number, c.Respond())
    (case,) = await mia.cases([number])
    assert case.next_due_at == NOON + timedelta(hours=48)


async def test_cases_are_found_by_number_open_or_not(centre: Database) -> None:
    mia = desk_of("mia", centre)
    numbers = [(await mia.log_call(CALL)).number for _ in range(3)]
    await mia.act(numbers[0], c.Cancel(reason="x"))
    found = await mia.cases([*numbers, "none"])
    assert sorted(case.number for case in found) == sorted(numbers)
    assert [case.is_open for case in sorted(found, key=lambda one: one.number)] == [0, 1, 1]
    assert await mia.cases([]) == []


async def test_any_number_of_cases_can_be_asked_for_at_once(
    centre: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = desk_of("mia", centre)
    numbers = [(await mia.log_call(CALL)).number for _ in range(7)]
    monkeypatch.setattr(tickets, "AT_ONCE", 3)
    assert sorted(one.number for one in await mia.cases(numbers)) == sorted(numbers)
    many = [f"none-{index}" for index in range(40_000)]
    monkeypatch.undo()
    assert [one.number for one in await mia.cases([*many, numbers[0]])] == numbers[:1]


async def test_what_is_over_comes_a_page_at_a_time(centre: Database) -> None:
    mia = desk_of("mia", centre)
    numbers = [(await mia.log_call(CALL)).number for _ in range(5)]
    for number in numbers[:4]:
        await mia.act(number, c.Cancel(reason="x"))
    first = [case.number for case in await mia.over_cases(limit=3)]
    rest = [case.number for case in await mia.over_cases(before=first[-1], limit=3)]
    assert first + rest == numbers[3::-1]


async def test_a_ticket_has_everything_about_it(centre: Database) -> None:
    number = (await desk_of("ola", centre).log_call(CALL)).number
    file = await desk_of("ola", centre).ticket(number)
    assert (file.customer and file.customer.code, file.device and file.device.id) == ("H1", "CT-1")
    assert set(file.obstacles) == set(COMMANDS)
    assert file.obstacles["respond"] is None
    not_for_me, not_yet = file.obstacles["assign"], file.obstacles["close"]
    assert not_for_me is not None
    assert Role.MANAGER in not_for_me.values["allowed"]
    assert not_yet is not None
    assert not_yet.values["status"] is Status.LOGGED


async def test_an_unknown_ticket_or_device_is_told(centre: Database) -> None:
    with pytest.raises(NotFound):
        await desk_of("ola", centre).ticket("260303-001")
    with pytest.raises(NotFound):
        await desk_of("ola", centre).device("CT-9")


async def test_a_device_shows_its_past_newest_first(centre: Database) -> None:
    mia = desk_of("mia", centre)
    numbers = [(await mia.log_call(CALL)).number for _ in range(3)]
    await mia.log_call(replace(CALL, device="MR-1"))
    await mia.act(numbers[1], c.Cancel(reason="x"))
    file = await mia.device("CT-1")
    assert [case.number for case in file.history] == numbers[::-1]
    assert (file.device.model, file.customer and file.customer.code) == ("X1", "H1")
    await mia.act(numbers[0], c.Correct(device="MR-1"))
    assert [case.number for case in (await mia.device("CT-1")).history] == numbers[:0:-1]


async def test_tickets_are_seen_as_they_were(centre: Database, clock: FrozenClock) -> None:
    mia = desk_of("mia", centre, clock)
    number = (await mia.log_call(CALL)).number
    clock.pass_(hours=1)
    await mia.act(number, ASSIGN)
    clock.pass_(hours=1)
    await mia.act(number, c.Cancel(reason="x"))
    clock.pass_(hours=1)
    await mia.act(number, c.Reopen(reason="x"))

    async def at(hours: float, *, over: bool = False) -> list[Status]:
        cases = await mia.cases_at(NOON + timedelta(hours=hours), over=over)
        return [case.ticket.status for case in cases]

    assert await at(-0.1) == []
    assert await at(0.5) == [Status.LOGGED]
    assert await at(1.5) == [Status.ASSIGNED]
    assert await at(2.5) == []
    assert await at(2.5, over=True) == [Status.CANCELLED]
    assert await at(3.5) == [Status.ASSIGNED]
    await mia.act(number, c.Cancel(reason="x"))
    assert await at(1.5) == [Status.ASSIGNED]
    assert [one.number for one in await mia.over_cases(at=clock())] == [number]
    assert await mia.over_cases(at=clock() - timedelta(seconds=1)) == []


async def test_a_ticket_is_seen_with_the_facts_that_were_told_later(
    centre: Database, clock: FrozenClock
) -> None:
    mia = desk_of("mia", centre, clock)
    number = (await mia.log_call(CALL)).number
    clock.pass_(hours=5)
    await mia.act(number, c.Respond(), occurred_at=NOON + timedelta(minutes=30))
    (case,) = await mia.cases_at(NOON + timedelta(hours=1))
    assert case.ticket.status is Status.RESPONDED


async def test_the_roster_has_the_group_on_duty_and_who_does_what(
    centre: Database, clock: FrozenClock
) -> None:
    mia = desk_of("mia", centre, clock)
    number = (await mia.log_call(CALL)).number
    await mia.act(number, ASSIGN)
    roster = await mia.roster()
    assert roster.duty is not None
    groups = {group.name: group for group in roster.groups}
    assert list(groups) == ["A", "B", ""]
    assert [one.person.login for one in groups["A"].members] == ["abe", "ann"]
    assert [name for name, group in groups.items() if group.on_duty] == [roster.duty.group]


async def test_a_flag_is_raised_once_whoever_watches(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    desks = [desk_of(one, databases.open(centre.place), clock) for one in ("ola", "mia", "max")]
    watches = [Watch(desk) for desk in desks]
    for watch in watches:
        await watch.start()
    for _ in range(6):
        await desks[0].log_call(EMERGENCY)
    clock.pass_(minutes=58)
    cases = await desks[0].open_cases()
    scans = [watch.scan(cases if i % 2 else cases[::-1]) for i, watch in enumerate(watches * 4)]
    await asyncio.gather(*scans)
    unseen = await watches[0].unseen()
    assert len(unseen) == len({alarm.flag for alarm in unseen}) == 12
    assert len({alarm.flag for alarm in await Watch(desks[1]).unseen()}) == 12


async def test_who_has_seen_a_flag_is_not_shown_it_again(
    centre: Database, clock: FrozenClock
) -> None:
    ola, mia = (desk_of(one, centre, clock) for one in ("ola", "mia"))
    number = (await ola.log_call(EMERGENCY)).number
    watch, hers = Watch(ola), Watch(mia)
    assert await watch.scan(await ola.open_cases())
    assert not await watch.scan(await ola.open_cases())
    (alarm,) = await watch.unseen()
    assert (alarm.flag.ticket, alarm.flag.level) == (number, "emergency")
    await watch.see([alarm.id])
    await watch.see([alarm.id])
    assert await watch.unseen() == []
    assert await hers.unseen() == [alarm]
    await mia.act(number, c.Cancel(reason="x"))
    assert await hers.unseen() == []


async def test_a_flag_is_raised_again_for_another_limit(
    centre: Database, clock: FrozenClock
) -> None:
    mia = desk_of("mia", centre, clock)
    number = (await mia.log_call(CALL)).number
    clock.pass_(minutes=58)
    watch = Watch(mia)
    await watch.scan(await mia.open_cases())
    corrected = c.CorrectTime(what="reported", to=NOON - timedelta(minutes=1))
    await mia.act(number, corrected)
    again = Watch(mia)
    await again.start()
    assert await again.scan(await mia.open_cases())
    assert len(await again.unseen()) == 2


async def test_signing_in_asks_the_staff_list(database: Database, databases: Databases) -> None:
    from centre import settle

    with pytest.raises(NoStaff, match="has no staff yet"):
        await desk_on(database, "ola")
    await settle(database)
    desk = await desk_on(database, "ola")
    assert (desk.me.name, desk.zone) == ("Ola Operator", ZONE)
    for nobody in ("gone", "nemo"):
        with pytest.raises(NotFound, match=f"Nobody is called {nobody}"):
            await desk_on(database, nobody)
