"""Views of what waits for somebody, and the queue as it was at another time."""

from datetime import timedelta

import pytest
from centre import CALL, NOON, NOTE, FrozenClock, desk_of
from courses import (
    ANSWERED,
    ASK_CONSENT,
    AWAY,
    CLOSED,
    COMPLAIN,
    COMPLAINT,
    CONFIRMED,
    CONSENT,
    ON_SITE,
    REPORTED,
    RESTORED,
    SATISFIED,
    SOLVED,
    SUSPECT,
    Acts,
    begun,
)
from msgspec.structs import replace

from dispatch_tui.desk.views import View, shown_in
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Step
from dispatch_tui.domain.facts import AdverseReport, Answer, CallBackResult, Cause
from dispatch_tui.domain.ticket import Severity, Status
from dispatch_tui.storage.engine import Database

UNREACHED = c.CallBack(result=CallBackResult.UNREACHED)
CANNOT = c.CannotRepair(reduced="One bed", remains="Bed 2", report="M-7")
AGREE = c.AgreeWay(way="A new one in May", name="Dr Li", document="Letter")
ASKED: Acts = (
    *ON_SITE,
    ("ann", c.Diagnose(severity=Severity.MAJOR, cause=Cause.TUBE)),
    ("mia", ASK_CONSENT),
)
AT_MANUFACTURER: Acts = (
    *AWAY,
    ("ann", c.ReportExchange(step=Step.SENT, word_due_at=NOON + timedelta(days=3))),
)
SETTLED: Acts = (*ANSWERED, ("ola", SATISFIED))
REFUSED: Acts = (*ANSWERED, ("ola", replace(SATISFIED, satisfied=Answer.NO)))


async def _views(database: Database, clock: FrozenClock, number: str) -> set[View]:
    """Return the views that show a ticket, to somebody whose ticket it is not."""
    (case,) = await desk_of("sue", database, clock).cases([number])
    return {view for view in View if shown_in(view, case, clock(), "sue")}


@pytest.mark.parametrize(
    ("acts", "views"),
    [
        (ON_SITE, set()),
        (RESTORED, {View.CALL_BACKS}),
        (SOLVED, {View.CALL_BACKS}),
        ((*ON_SITE, ("ann", CANNOT), ("ola", AGREE)), {View.CALL_BACKS}),
        ((*RESTORED, ("ola", UNREACHED)), {View.CALL_BACKS}),
        (CONFIRMED, set()),
        (AWAY, {View.AWAY}),
        (AT_MANUFACTURER, {View.AWAY}),
        ((*AWAY, ("ann", c.Restore(what_was_done="x"))), {View.AWAY, View.CALL_BACKS}),
        ((*AWAY, ("ann", c.BringBack())), set()),
        (ASKED, {View.CONSENT}),
        ((*ASKED, ("mia", CONSENT)), set()),
        ((*ASKED, ("mia", c.RefuseConsent(name="Dr Li"))), set()),
        ((*ASKED, ("ann", c.Restore(what_was_done="x"))), {View.CALL_BACKS}),
        ((*ON_SITE, ("ola", COMPLAIN)), set()),
    ],
)
async def test_a_fault_is_shown_where_it_waits(
    file_centre: Database, clock: FrozenClock, acts: Acts, views: set[View]
) -> None:
    number = await begun(file_centre, clock, acts)
    assert await _views(file_centre, clock, number) == {View.ALL, View.OPEN} | views


@pytest.mark.parametrize("acts", [(), ANSWERED, SETTLED, REFUSED], ids=len)
async def test_a_complaint_is_shown_until_it_is_closed(
    file_centre: Database, clock: FrozenClock, acts: Acts
) -> None:
    number = await begun(file_centre, clock, acts, call=COMPLAINT)
    assert await _views(file_centre, clock, number) == {View.ALL, View.OPEN, View.COMPLAINTS}


@pytest.mark.parametrize(
    ("call", "acts"),
    [
        (CALL, CLOSED),
        (CALL, (("mia", c.Cancel(reason="x")),)),
        (COMPLAINT, (*SETTLED, ("gina", c.CloseComplaint()))),
    ],
    ids=["closed", "cancelled", "complaint"],
)
async def test_what_is_over_waits_for_nothing(
    file_centre: Database, clock: FrozenClock, call: c.LogCall, acts: Acts
) -> None:
    number = await begun(file_centre, clock, acts, call=call)
    assert await _views(file_centre, clock, number) == {View.ALL, View.OVER}


async def test_tickets_are_seen_as_they_were_in_every_state(
    centre: Database, clock: FrozenClock
) -> None:
    mia = desk_of("mia", centre, clock)
    number = await begun(centre, clock)
    seen: list[Status] = []
    course: Acts = (
        *AT_MANUFACTURER,
        ("ann", c.Leave()),
        ("ola", c.Respond()),
        ("ann", CANNOT),
        ("ann", c.BringBack()),
        ("ola", AGREE),
        ("ola", replace(UNREACHED, result=CallBackResult.WORKS, words="as agreed")),
        ("ola", c.Close()),
    )
    moments = [clock()]
    for login, command in course:
        clock.pass_(minutes=10)
        await desk_of(login, centre, clock).act(number, command)
        moments.append(clock())
        seen.append((await mia.ticket(number)).case.ticket.status)
    assert {Status.AT_MANUFACTURER, Status.UNREPAIRABLE, Status.AGREED, Status.CONFIRMED} < {*seen}
    then = [await mia.cases_at(at, over=True) + await mia.over_cases(at=at) for at in moments[1:]]
    assert [case.ticket.status for (case,) in then] == seen
    open_then = [await mia.cases_at(at) for at in moments[1:]]
    assert [len(cases) for cases in open_then] == [1] * (len(course) - 1) + [0]


async def test_a_merged_ticket_was_open_until_it_was_merged(
    centre: Database, clock: FrozenClock
) -> None:
    mia = desk_of("mia", centre, clock)
    first, second = await begun(centre, clock), await begun(centre, clock)
    before = clock()
    clock.pass_(hours=1)
    await mia.act(second, c.Merge(into=first))
    assert {one.number for one in await mia.cases_at(before)} == {first, second}
    assert [one.number for one in await mia.cases_at(clock())] == [first]
    (merged,) = [one for one in await mia.over_cases() if one.number == second]
    assert merged.ticket.status is Status.MERGED
    assert merged.next_due_at is None


async def test_a_closed_case_is_open_as_long_as_the_authority_is_to_be_told(
    centre: Database, clock: FrozenClock
) -> None:
    gina = desk_of("gina", centre, clock)
    number = await begun(centre, clock, CLOSED)
    moments = {"closed": clock()}
    for name, command in (
        ("suspected", replace(SUSPECT, several=Answer.YES)),
        ("phoned", replace(REPORTED, how=AdverseReport.PHONE)),
        ("reported", REPORTED),
    ):
        clock.pass_(hours=1)
        await gina.act(number, command)
        moments[name] = clock()
        still_open = [] if name == "reported" else [number]
        assert [case.number for case in await gina.open_cases()] == still_open
        assert [case.number for case in await gina.over_cases()] != still_open
    assert (await gina.ticket(number)).case.ticket.status is Status.CLOSED

    async def was_open(at_name: str) -> bool:
        return bool(await gina.cases_at(moments[at_name]))

    assert [name for name in moments if await was_open(name)] == ["suspected", "phoned"]


async def test_a_closed_case_with_an_adverse_event_can_be_looked_at_while_it_is_open(
    centre: Database, clock: FrozenClock
) -> None:
    gina = desk_of("gina", centre, clock)
    number = await begun(centre, clock, (*CLOSED, ("ola", SUSPECT)))
    assert View.OPEN in await _views(centre, clock, number)
    assert View.OVER not in await _views(centre, clock, number)
    assert [one.number for one in await gina.cases_at(clock())] == [number]
    await gina.act(number, NOTE)
    await gina.act(number, c.ClearAdverse(reason="Nobody was there"))
    assert await _views(centre, clock, number) == {View.ALL, View.OVER}
