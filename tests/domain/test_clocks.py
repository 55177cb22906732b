"""The promised clocks S1–S3: when they start, stop, fall away, are missed, which flag they fly."""

from datetime import datetime, timedelta

import pytest
from course import REPORTED, Course, hours

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import (
    Clock,
    ClockKind,
    Level,
    Outcome,
    Policy,
    clocks,
    next_due_at,
    worst_level,
)

RESPONSE, ON_SITE, REPAIR = ClockKind.RESPONSE, ClockKind.ON_SITE, ClockKind.REPAIR
RUNNING, MET, MISSED, VOID = Outcome.RUNNING, Outcome.MET, Outcome.MISSED, Outcome.VOID
ASSIGN = c.Assign(engineers=("li", "wang"))
A_MOMENT = timedelta(microseconds=1)

Told = tuple[c.Command, float]
Shown = tuple[float, float | None, Outcome]
"""Due, stopped (both in hours after the report) and the outcome."""

CURE = "changed the board"
CASES: dict[str, tuple[list[Told], dict[ClockKind, Shown]]] = {
    "logged": ([], {RESPONSE: (1, None, RUNNING), ON_SITE: (48, None, RUNNING)}),
    "answered at the limit": (
        [(c.Respond(), 1)],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, None, RUNNING)},
    ),
    "answered late": (
        [(c.Respond(), 1.0001)],
        {RESPONSE: (1, 1.0001, MISSED), ON_SITE: (48, None, RUNNING)},
    ),
    "arrival is a talk": (
        [(ASSIGN, 0.1), (c.Arrive(), 0.5)],
        {RESPONSE: (1, 0.5, MET), ON_SITE: (48, 0.5, MET), REPAIR: (36.5, None, RUNNING)},
    ),
    "a talk told after the arrival": (
        [(ASSIGN, 0.1), (c.Arrive(), 3), (c.Respond(), 0.5)],
        {RESPONSE: (1, 0.5, MET), ON_SITE: (48, 3, MET), REPAIR: (39, None, RUNNING)},
    ),
    "arrived at the limit": (
        [(ASSIGN, 1), (c.Arrive(), 48)],
        {RESPONSE: (1, 48, MISSED), ON_SITE: (48, 48, MET), REPAIR: (84, None, RUNNING)},
    ),
    "arrived late": (
        [(c.Respond(), 1), (ASSIGN, 1), (c.Arrive(), 48.5)],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 48.5, MISSED), REPAIR: (84.5, None, RUNNING)},
    ),
    "a setting out stops nothing": (
        [(ASSIGN, 1), (c.Depart(), 2)],
        {RESPONSE: (1, None, RUNNING), ON_SITE: (48, None, RUNNING)},
    ),
    "the first arrival counts, the later-told earlier one too": (
        [
            (ASSIGN, 1),
            (c.Arrive(engineers=("li",)), 10),
            (c.Arrive(engineers=("wang",)), 9),
        ],
        {RESPONSE: (1, 9, MISSED), ON_SITE: (48, 9, MET), REPAIR: (45, None, RUNNING)},
    ),
    "repaired at the limit": (
        [(ASSIGN, 0), (c.Arrive(), 1), (c.Restore(what_was_done=CURE), 37)],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 1, MET), REPAIR: (37, 37, MET)},
    ),
    "repaired late": (
        [(ASSIGN, 0), (c.Arrive(), 1), (c.Restore(what_was_done=CURE), 37.01)],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 1, MET), REPAIR: (37, 37.01, MISSED)},
    ),
    "solved by phone": (
        [(c.SolveByPhone(what_was_done=CURE), 0.75)],
        {RESPONSE: (1, 0.75, MET), ON_SITE: (48, 0.75, VOID)},
    ),
    "solved by phone at the limit of the visit": (
        [(c.Respond(), 1), (c.SolveByPhone(what_was_done=CURE), 48)],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 48, VOID)},
    ),
    "solved by phone when the visit was overdue": (
        [(c.SolveByPhone(what_was_done=CURE), 49)],
        {RESPONSE: (1, 49, MISSED), ON_SITE: (48, 49, MISSED)},
    ),
    "solved by phone after a visit": (
        [
            (ASSIGN, 0),
            (c.Arrive(), 1),
            (c.Unassign(), 2),
            (c.SolveByPhone(what_was_done=CURE), 3),
        ],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 1, MET), REPAIR: (37, 3, MET)},
    ),
    "taken off after the arrival: the repair is still owed": (
        [(ASSIGN, 0), (c.Arrive(), 1), (c.Unassign(), 2)],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 1, MET), REPAIR: (37, None, RUNNING)},
    ),
    "cancelled": (
        [(c.Cancel(reason="logged twice"), 0.5)],
        {RESPONSE: (1, 0.5, VOID), ON_SITE: (48, 0.5, VOID)},
    ),
    "cancelled on site": (
        [(ASSIGN, 0), (c.Arrive(), 2), (c.Cancel(reason="sold"), 3)],
        {RESPONSE: (1, 2, MISSED), ON_SITE: (48, 2, MET), REPAIR: (38, 3, VOID)},
    ),
    "reopened after a cancelling": (
        [(c.Cancel(reason="logged twice"), 0.5), (c.Reopen(reason="it was not"), 2)],
        {RESPONSE: (1, None, RUNNING), ON_SITE: (48, None, RUNNING)},
    ),
    "reopened after a repair: the clock runs on from the first arrival": (
        [
            (ASSIGN, 0),
            (c.Arrive(), 1),
            (c.Restore(what_was_done=CURE), 5),
            (c.Close(), 6),
            (c.Reopen(reason="fails again"), 7),
            (c.Arrive(), 9),
        ],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 1, MET), REPAIR: (37, None, RUNNING)},
    ),
    "reopened after a phone call: the visit is owed again, the talk was held": (
        [(c.SolveByPhone(what_was_done=CURE), 0.5), (c.Reopen(reason="fails again"), 3)],
        {RESPONSE: (1, 0.5, MET), ON_SITE: (48, None, RUNNING)},
    ),
}


def told(facts: list[Told]) -> Course:
    course = Course()
    for command, at in facts:
        course.give(command, at)
    return course


def as_hours(at: datetime) -> float:
    return round((at - REPORTED) / timedelta(hours=1), 6)


@pytest.mark.parametrize("name", CASES)
def test_clocks_follow_the_facts(name: str) -> None:
    facts, expected = CASES[name]
    shown = {
        one.kind: (
            as_hours(one.due_at),
            as_hours(one.stopped_at) if one.stopped_at else None,
            one.outcome,
        )
        for one in clocks(told(facts).ticket, Policy())
    }
    assert shown == expected


def test_clocks_come_in_the_order_of_a_case() -> None:
    course = told([(ASSIGN, 0), (c.Arrive(), 1)])
    assert [one.kind for one in clocks(course.ticket, Policy())] == [RESPONSE, ON_SITE, REPAIR]


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
    course = told([(ASSIGN, 0), (c.Arrive(), 0)] if kind is REPAIR else [])
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
    clock = told([(c.Respond(), 0.25)]).clock(RESPONSE)
    assert clock.level(hours(10)) is Level.NORMAL
    assert clock.next_rise_at(hours(0.3)) is None
    assert clock.used(hours(10)) == 0.25


def test_a_missed_clock_stays_breached() -> None:
    assert told([(c.Respond(), 2)]).clock(RESPONSE).level(hours(2)) is Level.BREACHED


def test_next_due_is_the_least_of_the_running_clocks() -> None:
    course = Course()
    assert next_due_at(clocks(course.ticket, Policy())) == hours(1)
    course.give(c.Respond(), 0.5)
    assert next_due_at(clocks(course.ticket, Policy())) == hours(48)
    course.give(c.SolveByPhone(what_was_done=CURE), 2)
    assert next_due_at(clocks(course.ticket, Policy())) is None


def test_worst_level_counts_running_clocks_only() -> None:
    answered_late = told([(c.Respond(), 2)])
    found = clocks(answered_late.ticket, Policy())
    assert worst_level(found, hours(3)) is Level.NORMAL
    assert worst_level(found, hours(44)) is Level.CRITICAL
    assert worst_level((), hours(44)) is Level.NORMAL


def test_worst_level_is_the_gravest_not_the_first() -> None:
    found = clocks(Course().ticket, Policy())
    assert worst_level(found, hours(0.6)) is Level.WATCH
    assert worst_level(tuple(reversed(found)), hours(2)) is Level.BREACHED


def test_a_policy_sets_the_limits() -> None:
    course = told([(ASSIGN, 0), (c.Arrive(), 1)])
    policy = Policy(
        response=timedelta(minutes=30), on_site=timedelta(hours=24), repair=timedelta(hours=12)
    )
    due: list[Clock] = list(clocks(course.ticket, policy))
    assert [as_hours(one.due_at) for one in due] == [0.5, 24, 13]


@pytest.mark.parametrize(
    ("what", "to", "kind", "due", "original"),
    [
        ("reported", -2.0, RESPONSE, -1.0, 1.0),
        ("reported", -2.0, ON_SITE, 46.0, 48.0),
        ("reported", -2.0, REPAIR, 40.0, 40.0),
        ("arrived", 6.0, REPAIR, 42.0, 40.0),
        ("arrived", 2.0, REPAIR, 38.0, 40.0),
    ],
)
def test_a_corrected_time_moves_the_limit_and_keeps_the_first_one(
    what: str, to: float, kind: ClockKind, due: float, original: float
) -> None:
    course = told([(ASSIGN, 1), (c.Arrive(), 4)])
    course.give(c.CorrectTime(what=what, to=hours(to)), 7)
    clock = course.clock(kind)
    assert (as_hours(clock.due_at), as_hours(clock.original_due_at)) == (due, original)


def test_the_first_limit_stays_after_several_corrections() -> None:
    course = told([(ASSIGN, 1), (c.Arrive(), 4)])
    for to in (5, 3, 6):
        course.give(c.CorrectTime(what="arrived", to=hours(to)), 7)
    assert course.clock(REPAIR).due_at == hours(42)
    assert course.clock(REPAIR).original_due_at == hours(40)


def test_an_earlier_arrival_told_later_keeps_the_first_limit() -> None:
    course = told(
        [(ASSIGN, 1), (c.Arrive(engineers=("li",)), 10), (c.Arrive(engineers=("wang",)), 9)]
    )
    assert course.clock(REPAIR).due_at == hours(45)
    assert course.clock(REPAIR).original_due_at == hours(46)


def test_a_withdrawn_arrival_leaves_no_repair_clock_and_no_first_limit() -> None:
    course = told([(ASSIGN, 1), (c.Arrive(), 4)])
    assert course.kinds == {RESPONSE, ON_SITE, REPAIR}
    course.give(c.Undo())
    assert course.kinds == {RESPONSE, ON_SITE}
    course.give(c.Arrive(), 6)
    assert course.clock(REPAIR).original_due_at == hours(42)


def test_a_correction_can_make_a_missed_promise_a_kept_one_and_back() -> None:
    course = told([(c.Respond(), 2)])
    assert course.clock(RESPONSE).outcome is MISSED
    course.give(c.CorrectTime(what="responded", to=hours(1)), 3)
    assert course.clock(RESPONSE).outcome is MET
    course.give(c.CorrectTime(what="responded", to=hours(1.5)), 3)
    assert course.clock(RESPONSE).outcome is MISSED
