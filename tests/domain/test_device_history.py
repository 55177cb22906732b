"""The past of a device in one timeline, and how reliable it is."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from course import CT, Course, complaint, fault, hours, take_away
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.device_history import Filing, Topic, state_of, timeline
from dispatch_tui.domain.facts import Cause, DeviceState
from dispatch_tui.domain.filing import changes_of, fresh_code, next_call
from dispatch_tui.domain.reliability import reliability
from dispatch_tui.domain.satisfaction import satisfaction
from dispatch_tui.domain.ticket import Severity, Ticket

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
DEVICE = replace(CT, accepted_on=date(2025, 1, 1), warranty_months=12)


def repaired(
    after: timedelta, down: timedelta, cause: Cause | None = Cause.TUBE, **part: str
) -> Ticket:
    """A fault so long after New Year 2026 that was repaired after a time."""
    start = JANUARY + after
    course = Course(fault(device="D7"), at=start, device=DEVICE, number=f"2601{after.days:02}-001")
    course.give(c.Assign(engineers=("li",)), start).give(c.Arrive(), start)
    if cause is not None:
        course.give(c.Diagnose(cause=cause, severity=Severity.ORDINARY), start)
    if part:
        course.give(c.FitPart(name="tube", **part), start)  # type: ignore[arg-type]
    return course.give(c.Restore(what_was_done="new tube"), start + down).ticket


def test_everything_that_happened_stands_in_one_line_of_time() -> None:
    course = Course(device=CT).give(c.Assign(engineers=("li",)), 1).give(c.Arrive(), 2)
    course.give(take_away(), 3).give(c.FitPart(name="tube", serial="T-1"), 4)
    course.give(c.Restore(what_was_done="new tube"), 5)
    filed = [
        Filing(at=hours(-9), by="ola", kind="added"),
        Filing(at=hours(6), by="ola", kind="changed", changes={"customer": ("H1", "H2")}),
        Filing(at=hours(7), by="ola", kind="changed", changes={"software": ("", "2.1")}),
    ]
    found = timeline([course.ticket], filed)
    assert [one.topic for one in found] == [
        *(Topic.FILE, Topic.MOVED, Topic.FAULT, Topic.PART, Topic.AWAY, Topic.VISIT),
        *(Topic.FAULT, Topic.FILE),
    ]
    assert str(found[0].text.values["changes"][0]) == "software from - to 2.1"
    assert [one.number for one in found if one.topic is Topic.VISIT] == [course.number]


def test_a_complaint_is_no_fault_in_the_timeline() -> None:
    assert [one.topic for one in timeline([Course(complaint()).ticket])] == [Topic.COMPLAINT]


@pytest.mark.parametrize(
    ("filed", "ticket", "state"),
    [
        (DeviceState.IN_USE, Course().ticket, DeviceState.IN_USE),
        (DeviceState.STOPPED, Course().ticket, DeviceState.STOPPED),
    ],
)
def test_the_file_says_how_it_stands(
    filed: DeviceState, ticket: Ticket, state: DeviceState
) -> None:
    assert state_of(filed, [ticket]) is state


def test_an_open_fault_says_where_it_is_now() -> None:
    course = Course(device=CT).give(c.Assign(engineers=("li",)), 1).give(c.Arrive(), 2)
    course.give(take_away(), 3).give(c.Leave(), 4)
    assert state_of(DeviceState.IN_USE, [course.ticket]) is DeviceState.WORKSHOP
    assert state_of(DeviceState.RETIRED, [course.ticket]) is DeviceState.RETIRED


def test_the_figures_of_a_year() -> None:
    past = [repaired(10 * DAY, 36 * HOUR), repaired(30 * DAY, 12 * HOUR)]
    found = reliability(DEVICE, past, JANUARY + 100 * DAY, UTC)
    assert (found.failures, found.repeats, found.down) == (2, 1, 2 * DAY)
    assert found.availability == pytest.approx(0.98)
    assert found.mtbf == (465 * DAY - 2 * DAY) / 2
    assert found.cost == 0


def test_faults_at_the_same_time_are_down_once() -> None:
    past = [repaired(10 * DAY, 36 * HOUR), repaired(11 * DAY, 24 * HOUR)]
    assert reliability(DEVICE, past, JANUARY + 100 * DAY, UTC).down == 2 * DAY


def test_a_fault_over_new_year_counts_from_new_year_and_an_open_one_until_now() -> None:
    began = repaired(-1 * DAY, 30 * HOUR)
    still = Course(fault(device="D7"), at=JANUARY + 90 * DAY, device=DEVICE).ticket
    found = reliability(DEVICE, [began, still], JANUARY + 91 * DAY, UTC)
    assert found.down == 6 * HOUR + DAY


def test_a_mistake_in_operation_is_no_failure() -> None:
    found = reliability(
        DEVICE, [repaired(10 * DAY, 36 * HOUR, Cause.OPERATION)], JANUARY + 100 * DAY, UTC
    )
    assert (found.failures, found.mtbf, found.availability) == (0, None, 1.0)


def test_parts_cost_only_outside_the_warranty() -> None:
    past = [repaired(10 * DAY, HOUR, price="1280.50"), repaired(20 * DAY, HOUR, price="19.50")]
    assert reliability(DEVICE, past, JANUARY + 100 * DAY, UTC).cost == Decimal("1300.00")
    covered = replace(DEVICE, warranty_months=36)
    assert reliability(covered, past, JANUARY + 100 * DAY, UTC).cost == 0


def test_a_device_that_was_never_accepted_counts_from_its_first_fault() -> None:
    unknown = replace(DEVICE, accepted_on=None)
    assert reliability(unknown, [], JANUARY, UTC).availability is None
    found = reliability(unknown, [repaired(10 * DAY, DAY)], JANUARY + 20 * DAY, UTC)
    assert (found.mtbf, found.availability) == (9 * DAY, pytest.approx(0.9))


def test_satisfaction_is_told_by_quarters() -> None:
    works = c.CallBack(result="works", attitude=5, skill=4, speed=3)  # type: ignore[arg-type]
    early = Course().give(c.SolveByPhone(what_was_done="reset"), 1).give(works, 2).ticket
    (quarter,) = satisfaction([early, Course(complaint()).ticket], UTC)
    assert (quarter.year, quarter.quarter, quarter.mean, quarter.calls, quarter.complaints) == (
        *(2026, 1, 4.0),
        *(1, 1),
    )


def test_changes_name_what_was_and_what_is() -> None:
    before = {"city": "Wuhan", "initials": "a", "level": ""}
    assert changes_of(before, before | {"city": "Jinan", "initials": "b"}) == {
        "city": ("Wuhan", "Jinan")
    }


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([], "C001"),
        (["C001", "C007"], "C008"),
        (["H1", "H2", "X-0009"], "H3"),
        (["C999"], "C1000"),
        (["甲"], "C001"),
    ],
)
def test_the_next_code_is_the_commonest_counted_up(codes: list[str], code: str) -> None:
    assert fresh_code(codes) == code


def test_the_next_regular_call_is_so_many_days_on() -> None:
    assert next_call(30, date(2026, 2, 1)) == date(2026, 3, 3)
    assert next_call(0, date(2026, 2, 1)) is None
