"""The flags of a clock: which part of its limit is used up, and what needs a person."""

from datetime import timedelta

import pytest
from course import ASSIGN, REPORTED, Course, hours, in_state, told

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.alarms import ADVERSE, CALL, EMERGENCY, LOUD, Flag, flags
from dispatch_tui.domain.clocks import ClockKind, Level, Policy, clocks, worst_level
from dispatch_tui.domain.facts import AdverseReport, Harm
from dispatch_tui.domain.ticket import Priority, Status

RESPONSE, ON_SITE, REPAIR = ClockKind.RESPONSE, ClockKind.ON_SITE, ClockKind.REPAIR
A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("kind", "limit"), [(RESPONSE, 1.0), (ON_SITE, 48.0), (REPAIR, 36.0)], ids=str
)
@pytest.mark.parametrize(
    ("part", "below", "reached"),
    [
        (0.50, Level.NORMAL, Level.WATCH),
        (0.75, Level.WATCH, Level.NEAR),
        (0.90, Level.NEAR, Level.CRITICAL),
        (1.00, Level.CRITICAL, Level.BREACHED),
    ],
)
def test_flag_rises_at_exactly_its_part_of_the_limit(
    kind: ClockKind, limit: float, part: float, below: Level, reached: Level
) -> None:
    course = told(*([(ASSIGN, 0), (c.Arrive(), 0)] if kind is REPAIR else []))
    clock = course.clock(kind)
    at = REPORTED + timedelta(seconds=round(limit * 3600 * part))
    assert clock.crosses(reached) == at
    assert clock.level(at - A_MOMENT) is below
    assert clock.level(at) is reached
    assert clock.next_rise_at(at - A_MOMENT) == at
    assert clock.used(at) == pytest.approx(part)


def test_on_site_clock_is_near_its_limit_from_36_hours_on() -> None:
    clock = Course().clock(ON_SITE)
    assert clock.level(hours(35.99)) is Level.WATCH
    assert clock.level(hours(36)) is Level.NEAR


def test_no_flag_rises_above_breached() -> None:
    clock = Course().clock(RESPONSE)
    assert clock.next_rise_at(hours(1)) is None
    assert clock.level(hours(1000)) is Level.BREACHED


def test_flag_seen_from_before_the_start_is_normal() -> None:
    clock = Course().clock(RESPONSE)
    assert clock.level(hours(-1)) is Level.NORMAL
    assert clock.next_rise_at(hours(-1)) == hours(0.5)


def test_a_met_clock_needs_no_attention_and_stands_still() -> None:
    clock = told((c.Respond(), 0.25)).clock(RESPONSE)
    assert clock.level(hours(10)) is Level.NORMAL
    assert clock.next_rise_at(hours(0.3)) is None
    assert clock.used(hours(10)) == 0.25


def test_a_missed_clock_stays_breached() -> None:
    assert told((c.Respond(), 2)).clock(RESPONSE).level(hours(2)) is Level.BREACHED


def test_worst_level_counts_running_clocks_only() -> None:
    answered_late = told((c.Respond(), 2))
    found = clocks(answered_late.ticket, Policy())
    assert worst_level(found, hours(3)) is Level.NORMAL
    assert worst_level(found, hours(44)) is Level.CRITICAL
    assert worst_level((), hours(44)) is Level.NORMAL


def test_worst_level_is_the_gravest_not_the_first() -> None:
    found = clocks(Course().ticket, Policy())
    assert worst_level(found, hours(0.6)) is Level.WATCH
    assert worst_level(tuple(reversed(found)), hours(2)) is Level.BREACHED


def standing(course: Course, at: float) -> set[tuple[str, str]]:
    return {(one.clock, one.level) for one in flags(course.ticket, course.clocks, hours(at))}


def test_flags_stand_from_near_the_limit_on() -> None:
    course = Course()
    assert standing(course, 0.74) == set()
    assert standing(course, 0.75) == {("response", "near")}
    assert standing(course, 36) == {("response", "breached"), ("on_site", "near")}
    (flag,) = flags(course.ticket, course.clocks, hours(0.9))
    assert flag == Flag(ticket="260302-001", clock="response", level="critical", due_at=hours(1))


def test_an_emergency_calls_for_somebody_until_the_customer_was_talked_to() -> None:
    course = Course().give(c.SetPriority(priority=Priority.EMERGENCY), 0.1)
    assert standing(course, 0.2) == {(CALL, EMERGENCY)}
    assert standing(course.give(c.Respond(), 0.3), 0.3) == set()
    assert EMERGENCY in LOUD


def test_an_adverse_event_calls_for_somebody_until_the_authority_was_told() -> None:
    course = in_state(Status.CLOSED).give(c.SuspectAdverse(harm=Harm.DEATH, what="no alarm"), 10)
    assert standing(course, 11) == {(CALL, ADVERSE)}
    course.give(c.ReportAdverse(how=AdverseReport.WRITTEN, to="the authority"), 12)
    assert standing(course, 12) == set()
    assert ADVERSE in LOUD
