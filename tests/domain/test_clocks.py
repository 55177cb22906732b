"""The promised clocks S1–S3 and of calling back: when they start, stop, fall away, are missed."""

from datetime import datetime, timedelta

import pytest
from course import (
    ASSIGN,
    OTHER,
    REPORTED,
    WORKS,
    Course,
    Told,
    complaint,
    hours,
    other_ticket,
    told,
)
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import (
    Clock,
    ClockKind,
    Outcome,
    Policy,
    clocks,
    next_due_at,
)
from dispatch_tui.domain.facts import Answer, Harm

RESPONSE, ON_SITE, REPAIR = ClockKind.RESPONSE, ClockKind.ON_SITE, ClockKind.REPAIR
CALL_BACK = ClockKind.CALL_BACK
RUNNING, MET, MISSED, VOID = Outcome.RUNNING, Outcome.MET, Outcome.MISSED, Outcome.VOID
SUSPECT = c.SuspectAdverse(harm=Harm.DEATH, what="no alarm", several=Answer.YES)
A_MOMENT = timedelta(microseconds=1)

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
        {
            RESPONSE: (1, 1, MET),
            ON_SITE: (48, 1, MET),
            REPAIR: (37, 37, MET),
            CALL_BACK: (61, None, RUNNING),
        },
    ),
    "repaired late": (
        [(ASSIGN, 0), (c.Arrive(), 1), (c.Restore(what_was_done=CURE), 37.01)],
        {
            RESPONSE: (1, 1, MET),
            ON_SITE: (48, 1, MET),
            REPAIR: (37, 37.01, MISSED),
            CALL_BACK: (61.01, None, RUNNING),
        },
    ),
    "solved by phone": (
        [(c.SolveByPhone(what_was_done=CURE), 0.75)],
        {
            RESPONSE: (1, 0.75, MET),
            ON_SITE: (48, 0.75, VOID),
            CALL_BACK: (24.75, None, RUNNING),
        },
    ),
    "solved by phone at the limit of the visit": (
        [(c.Respond(), 1), (c.SolveByPhone(what_was_done=CURE), 48)],
        {
            RESPONSE: (1, 1, MET),
            ON_SITE: (48, 48, VOID),
            CALL_BACK: (72, None, RUNNING),
        },
    ),
    "solved by phone when the visit was overdue": (
        [(c.SolveByPhone(what_was_done=CURE), 49)],
        {
            RESPONSE: (1, 49, MISSED),
            ON_SITE: (48, 49, MISSED),
            CALL_BACK: (73, None, RUNNING),
        },
    ),
    "solved by phone after a visit": (
        [
            (ASSIGN, 0),
            (c.Arrive(), 1),
            (c.Unassign(), 2),
            (c.SolveByPhone(what_was_done=CURE), 3),
        ],
        {
            RESPONSE: (1, 1, MET),
            ON_SITE: (48, 1, MET),
            REPAIR: (37, 3, MET),
            CALL_BACK: (27, None, RUNNING),
        },
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
            (WORKS, 6),
            (c.Close(), 6),
            (c.Reopen(reason="fails again"), 7),
            (c.Arrive(), 9),
        ],
        {RESPONSE: (1, 1, MET), ON_SITE: (48, 1, MET), REPAIR: (37, None, RUNNING)},
    ),
    "found to need a visit: that was a talk": (
        [(c.NeedVisit(why="burnt"), 0.5)],
        {RESPONSE: (1, 0.5, MET), ON_SITE: (48, None, RUNNING)},
    ),
    "called back at the limit": (
        [(c.SolveByPhone(what_was_done=CURE), 0.75), (WORKS, 24.75)],
        {
            RESPONSE: (1, 0.75, MET),
            ON_SITE: (48, 0.75, VOID),
            CALL_BACK: (24.75, 24.75, MET),
        },
    ),
    "called back late": (
        [(c.SolveByPhone(what_was_done=CURE), 0.75), (WORKS, 25), (c.Close(), 26)],
        {
            RESPONSE: (1, 0.75, MET),
            ON_SITE: (48, 0.75, VOID),
            CALL_BACK: (24.75, 25, MISSED),
        },
    ),
    "merged: its clocks end": (
        [(c.Respond(), 0.5), (c.Merge(into=OTHER), 2)],
        {RESPONSE: (1, 0.5, MET), ON_SITE: (48, 2, VOID)},
    ),
    "reopened after a merging": (
        [(c.Merge(into=OTHER), 0.5), (c.Reopen(reason="it was another"), 2)],
        {RESPONSE: (1, None, RUNNING), ON_SITE: (48, None, RUNNING)},
    ),
    "reopened after a phone call: the visit is owed again, the talk was held": (
        [(c.SolveByPhone(what_was_done=CURE), 0.5), (c.Reopen(reason="fails again"), 3)],
        {RESPONSE: (1, 0.5, MET), ON_SITE: (48, None, RUNNING)},
    ),
}


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
        for one in clocks(told(*facts, course=Course(other=other_ticket())).ticket, Policy())
    }
    assert shown == expected


def test_clocks_come_in_the_order_of_a_case() -> None:
    course = told((SUSPECT, 0), (ASSIGN, 0), (c.Arrive(), 1), (c.Restore(what_was_done=CURE), 2))
    assert [one.kind for one in clocks(course.ticket, Policy())] == list(ClockKind)


def test_a_complaint_has_no_promised_clocks() -> None:
    assert Course(complaint()).clocks == ()
    assert told((SUSPECT, 1), course=Course(complaint())).kinds == {
        ClockKind.ADVERSE_PHONE,
        ClockKind.ADVERSE_REPORT,
    }


def test_next_due_is_the_least_of_the_running_clocks() -> None:
    course = Course()
    assert next_due_at(clocks(course.ticket, Policy())) == hours(1)
    course.give(c.Respond(), 0.5)
    assert next_due_at(clocks(course.ticket, Policy())) == hours(48)
    course.give(c.SolveByPhone(what_was_done=CURE), 2)
    assert next_due_at(clocks(course.ticket, Policy())) == hours(26)
    course.give(WORKS, 3)
    assert next_due_at(clocks(course.ticket, Policy())) is None


def test_a_policy_sets_the_limits() -> None:
    course = told((ASSIGN, 0), (c.Arrive(), 1))
    policy = Policy(
        response=timedelta(minutes=30),
        on_site=timedelta(hours=24),
        repair=timedelta(hours=12),
        call_back=timedelta(hours=6),
    )
    due: list[Clock] = list(clocks(course.ticket, policy))
    assert [as_hours(one.due_at) for one in due] == [0.5, 24, 13]
    course.give(c.Restore(what_was_done=CURE), 2)
    assert as_hours(clocks(course.ticket, policy)[-1].due_at) == 8


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
    course = told((ASSIGN, 1), (c.Arrive(), 4))
    course.give(c.CorrectTime(what=what, to=hours(to)), 7)
    clock = course.clock(kind)
    assert (as_hours(clock.due_at), as_hours(clock.original_due_at)) == (due, original)


def test_a_corrected_repair_moves_the_limit_of_calling_back_and_keeps_the_first_one() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), 4), (c.Restore(what_was_done=CURE), 8))
    course.give(c.CorrectTime(what="restored", to=hours(6)), 9)
    assert course.clock(REPAIR).stopped_at == hours(6)
    assert course.clock(CALL_BACK).due_at == hours(30)
    assert course.clock(CALL_BACK).original_due_at == hours(32)


def test_a_reopened_case_is_called_back_anew() -> None:
    course = told((c.SolveByPhone(what_was_done=CURE), 1), (WORKS, 2))
    assert course.give(c.Reopen(reason="fails"), 3).kinds == {RESPONSE, ON_SITE}
    course.give(c.SolveByPhone(what_was_done=CURE), 5)
    clock = course.clock(CALL_BACK)
    assert (clock.outcome, clock.due_at, clock.original_due_at) == (RUNNING, hours(29), hours(29))


def test_a_case_that_was_closed_without_a_call_back_owes_none() -> None:
    """One that was brought in from where call-backs were not kept."""
    ticket = replace(told((c.SolveByPhone(what_was_done=CURE), 1)).ticket, closed_at=hours(3))
    clock = clocks(ticket, Policy())[-1]
    assert (clock.kind, clock.outcome, clock.stopped_at) == (CALL_BACK, VOID, hours(3))


def test_the_first_limit_stays_after_several_corrections() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), 4))
    for to in (5, 3, 6):
        course.give(c.CorrectTime(what="arrived", to=hours(to)), 7)
    assert course.clock(REPAIR).due_at == hours(42)
    assert course.clock(REPAIR).original_due_at == hours(40)


def test_an_earlier_arrival_told_later_keeps_the_first_limit() -> None:
    course = told(
        (ASSIGN, 1), (c.Arrive(engineers=("li",)), 10), (c.Arrive(engineers=("wang",)), 9)
    )
    assert course.clock(REPAIR).due_at == hours(45)
    assert course.clock(REPAIR).original_due_at == hours(46)


def test_a_withdrawn_arrival_leaves_no_repair_clock_and_no_first_limit() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), 4))
    assert course.kinds == {RESPONSE, ON_SITE, REPAIR}
    course.give(c.Undo())
    assert course.kinds == {RESPONSE, ON_SITE}
    course.give(c.Arrive(), 6)
    assert course.clock(REPAIR).original_due_at == hours(42)


def test_a_correction_can_make_a_missed_promise_a_kept_one_and_back() -> None:
    course = told((c.Respond(), 2))
    assert course.clock(RESPONSE).outcome is MISSED
    course.give(c.CorrectTime(what="responded", to=hours(1)), 3)
    assert course.clock(RESPONSE).outcome is MET
    course.give(c.CorrectTime(what="responded", to=hours(1.5)), 3)
    assert course.clock(RESPONSE).outcome is MISSED
