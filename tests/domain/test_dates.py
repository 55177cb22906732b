"""The dates of an engineer and of a device: which there are, and that they stay the same ones."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from course import ASSIGN, CT, Course, hours, told
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.dates import AHEAD, Date, DateKind, Job, of_device, of_engineer
from dispatch_tui.domain.duty import HolidayRoster, HolidayTurn, Override, OverrideKind, Rules
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import Contract
from dispatch_tui.domain.rotation import RotationPlan

NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
"""A Wednesday noon in Shanghai, in a week of group A."""
TODAY = NOW.date()
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
TURN = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
PLAN = RotationPlan(
    name="weekly",
    groups=("A", "B"),
    starts_at=datetime(2026, 3, 2, 8, 0),  # noqa: DTZ001 - wall-clock time of the plan's zone
)
RULES = Rules(plan=PLAN, members={"A": ("li", "chen"), "B": ("wang",)})


def duty(login: str, rules: Rules = RULES, now: datetime = NOW) -> list[Date]:
    return [one for one in of_engineer(login, rules, (), now) if one.kind is DateKind.DUTY]


def spans_of(dates: list[Date]) -> list[tuple[Any, Any]]:
    return [(one.starts, one.ends) for one in dates]


def job(course: Course, customer: str = "First") -> Job:
    return Job(ticket=course.ticket, clocks=course.clocks, customer=customer)


def test_turns_of_duty_are_whole_from_the_one_of_now_for_90_days() -> None:
    found = spans_of(duty("li"))
    assert found[0] == (TURN, TURN + WEEK)
    assert found[1] == (TURN + 2 * WEEK, TURN + 3 * WEEK)
    assert found[-1][1] + WEEK >= NOW + AHEAD, "the other group has the last one"
    assert len(found) == 7


def test_a_turn_keeps_its_uid_while_it_lasts_and_whoever_else_is_on_duty() -> None:
    leave = Override(
        id="1", kind=OverrideKind.REMOVE, login="chen", since=NOW, until=NOW + DAY, reason=""
    )
    first = duty("li")[0]
    later = duty("li", replace(RULES, overrides=(leave,)), NOW + 2 * DAY)[0]
    assert (later.uid, later.starts, later.ends) == (first.uid, first.starts, first.ends)
    assert len({one.uid for one in duty("li")}) == 7


def test_leave_cuts_a_turn_and_standing_in_adds_one() -> None:
    swap = Override(
        id="1",
        kind=OverrideKind.REPLACE,
        login="li",
        by="wang",
        since=TURN + 3 * DAY,
        until=TURN + 4 * DAY,
    )
    rules = replace(RULES, overrides=(swap,))
    assert spans_of(duty("li", rules))[:2] == [
        (TURN, TURN + 3 * DAY),
        (TURN + 4 * DAY, TURN + WEEK),
    ]
    assert (TURN + 3 * DAY, TURN + 4 * DAY) in spans_of(duty("wang", rules))


def test_a_holiday_roster_is_told_as_one() -> None:
    turn = HolidayTurn(since=NOW + DAY, until=NOW + 2 * DAY, staff=("wang",))
    rules = replace(RULES, holidays=(HolidayRoster(name="spring", turns=(turn,)),))
    found = duty("wang", rules)[0]
    assert (found.starts, found.ends) == (NOW + DAY, NOW + 2 * DAY)
    assert "holiday" in found.sentence.template


def test_without_a_plan_nobody_has_turns() -> None:
    assert of_engineer("li", None, (), NOW) == []


def test_departures_arrivals_and_limits_are_those_of_ones_own_tickets() -> None:
    planned = told((ASSIGN, 1), (c.PlanVisit(planned_at=hours(30), engineers=("li",)), 2))
    going = told((ASSIGN, 1), (c.Depart(engineers=("li",), expected_at=hours(6)), 2))
    other = told((c.Assign(engineers=("zhao",)), 1))
    jobs = [job(planned), job(going), job(other)]
    found = of_engineer("li", None, jobs, hours(3))
    kinds = [(one.kind, one.starts) for one in found]
    assert (DateKind.DEPARTURE, hours(30)) in kinds
    assert (DateKind.ARRIVAL, hours(6)) in kinds
    assert kinds.count((DateKind.LIMIT, hours(48))) == 2
    assert {one.place for one in found} == {"First"}
    assert [one.starts for one in found] == sorted(one.starts for one in found)
    wang = of_engineer("wang", None, jobs, hours(3))
    assert {one.kind for one in wang} == {DateKind.LIMIT}
    assert of_engineer("nobody", None, jobs, hours(3)) == []


def test_a_limit_that_is_met_is_no_date_any_more() -> None:
    course = told((ASSIGN, 1), (c.Arrive(engineers=("li",)), 2))
    found = {one.uid: one.starts for one in of_engineer("li", None, [job(course)], hours(3))}
    assert found == {f"limit-{course.number}-repair": hours(38)}


COVERED = replace(CT, accepted_on=date(2025, 1, 31), warranty_months=36)
CONTRACT = Contract(customer="H01", number="C-1", since=date(2026, 1, 15), until=date(2026, 12, 31))


def ends(device: Any, *contracts: Contract, today: date = TODAY) -> dict[DateKind, Any]:
    return {one.kind: one.starts for one in of_device(device, contracts, (), today)}


def test_a_device_has_its_warranty_its_contract_and_the_next_inspection() -> None:
    assert ends(COVERED, CONTRACT) == {
        DateKind.WARRANTY: date(2028, 1, 31),
        DateKind.CONTRACT: date(2026, 12, 31),
        DateKind.INSPECTION: date(2026, 4, 30),
    }


def test_what_is_over_is_no_date() -> None:
    over = replace(COVERED, accepted_on=date(2020, 1, 31))
    only_the_next_round = {DateKind.INSPECTION: date(2026, 4, 30)}
    assert ends(over) == only_the_next_round
    assert ends(over, replace(CONTRACT, until=date(2026, 3, 3))) == only_the_next_round
    assert ends(over, today=date(2023, 1, 31)) == {
        DateKind.WARRANTY: date(2023, 1, 31),
        DateKind.INSPECTION: date(2023, 1, 31),
    }


def test_contracts_of_others_do_not_count() -> None:
    others = replace(CONTRACT, customer="H02"), replace(CONTRACT, device="other")
    assert DateKind.CONTRACT not in ends(COVERED, *others)
    assert ends(COVERED, replace(CONTRACT, device="D7"))[DateKind.CONTRACT] == CONTRACT.until


def test_a_contract_for_the_device_says_how_often_it_is_inspected() -> None:
    often = replace(CONTRACT, inspection_months=1)
    assert ends(COVERED, often)[DateKind.INSPECTION] == date(2026, 3, 31)
    other = replace(often, device="other")
    assert ends(COVERED, other)[DateKind.INSPECTION] == date(2026, 4, 30)


def test_what_was_never_accepted_or_is_retired_is_not_inspected() -> None:
    assert DateKind.INSPECTION not in ends(replace(COVERED, accepted_on=None))
    assert DateKind.INSPECTION not in ends(replace(COVERED, state=DeviceState.RETIRED))


def test_a_contract_after_the_warranty_on_the_device_itself_counts() -> None:
    old = replace(
        COVERED,
        accepted_on=date(2020, 1, 31),
        contract_from=date(2026, 1, 1),
        contract_until=date(2026, 6, 30),
    )
    assert ends(old) == {
        DateKind.CONTRACT: date(2026, 6, 30),
        DateKind.INSPECTION: date(2026, 4, 30),
    }


def test_limits_of_its_open_ticket_are_dates_of_a_device() -> None:
    course = Course(c.LogCall(fault="no image", customer="H01", device="D7"))
    other = Course(c.LogCall(fault="no image", customer="H01", device="D8"))
    found = of_device(COVERED, (), [job(course), job(other)], TODAY)
    limits = [one.starts for one in found if one.kind is DateKind.LIMIT]
    assert sorted(limits) == [hours(1), hours(48)]
    assert len({one.uid for one in found}) == len(found)
