"""Repeat faults: the same device, the same cause, within 60 days of the repair before."""

import random
from datetime import timedelta

from course import REPORTED, WORKS, Course, complaint, fault, hours
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import Cause
from dispatch_tui.domain.repeats import WITHIN, recent_faults, repeat_of, repeats_in
from dispatch_tui.domain.ticket import Ticket

MOMENT = timedelta(microseconds=1)


def past(number: str = "1", *, days: float = 30, cause: Cause | None = Cause.TUBE) -> Ticket:
    """A fault of the device that was solved so many days before the new one was reported."""
    course = Course(fault(device="D7"), at=REPORTED - timedelta(days=days, hours=2), number=number)
    if cause:
        course.give(c.Diagnose(cause=cause))
    solved_at = REPORTED - timedelta(days=days)
    return course.give(c.SolveByPhone(what_was_done="reset"), solved_at).ticket


def fresh(cause: Cause | None = Cause.TUBE) -> Ticket:
    """The new fault of the device."""
    course = Course(fault(device="D7"))
    return course.give(c.Diagnose(cause=cause)).ticket if cause else course.ticket


def test_the_same_cause_on_the_same_device_is_a_repeat() -> None:
    one = past()
    assert repeat_of(fresh(), [one]) == one
    assert recent_faults(fresh(None), [one]) == [one]


def test_another_cause_or_an_unknown_one_is_none() -> None:
    assert repeat_of(fresh(Cause.BOARD), [past()]) is None
    assert repeat_of(fresh(None), [past()]) is None
    assert repeat_of(fresh(), [past(cause=None)]) is None
    assert recent_faults(fresh(), [past(cause=None)]) == [past(cause=None)]


def test_sixty_days_after_the_repair_are_the_end_of_it() -> None:
    assert WITHIN.days == 60
    edge = past(days=60)
    assert repeat_of(fresh(), [edge]) == edge
    assert edge.solved_at is not None
    over = replace(edge, solved_at=edge.solved_at - MOMENT)
    assert repeat_of(fresh(), [over]) is None


def test_days_count_from_the_repair_not_from_the_call() -> None:
    long_repair = replace(past(days=59), reported_at=REPORTED - timedelta(days=90))
    assert repeat_of(fresh(), [long_repair]) == long_repair


def test_what_was_repaired_later_is_no_past() -> None:
    later = past(days=-1)
    assert recent_faults(fresh(), [later]) == []
    at_once = past(days=0)
    assert recent_faults(fresh(), [at_once]) == [at_once]


def test_the_newest_of_several_is_the_one_that_is_repeated() -> None:
    older, newer = past("1", days=40), past("2", days=10)
    assert recent_faults(fresh(), [older, newer]) == [newer, older]
    assert repeat_of(fresh(), [older, newer]) == newer
    other_cause = past("3", days=5, cause=Cause.BOARD)
    assert repeat_of(fresh(), [other_cause, older]) == older


def test_nothing_is_a_repeat_of_what_is_not_repaired_none_or_elsewhere() -> None:
    one = past()
    others = [
        replace(one, device="D8"),
        replace(one, solved_at=None),
        replace(one, cancelled_at=REPORTED),
        replace(one, merged_at=REPORTED),
        replace(one, number=fresh().number),
    ]
    assert recent_faults(fresh(), others) == []
    assert recent_faults(replace(fresh(), device=""), [replace(one, device="")]) == []


def test_a_complaint_is_no_fault_and_repeats_none() -> None:
    followed = Course(complaint(device="D7"), number="1").ticket
    assert recent_faults(fresh(), [followed]) == []
    assert recent_faults(followed, [past()]) == []


def test_a_closed_case_is_a_past_too() -> None:
    course = Course(fault(device="D7"), at=hours(-48), number="1")
    course.give(c.Diagnose(cause=Cause.TUBE)).give(c.SolveByPhone(what_was_done="x"), -40)
    course.give(WORKS, -39).give(c.Close(), -38)
    assert repeat_of(fresh(), [course.ticket]) == course.ticket


def test_the_repeats_of_a_whole_history_are_those_of_each_of_its_faults() -> None:
    chance = random.Random(5)
    days = [0.0, 59.9, 60.0, 60.1, *(chance.uniform(0, 700) for _ in range(60))]
    causes = (Cause.TUBE, Cause.BOARD, None)
    history = [
        past(f"{place:03}", days=ago, cause=chance.choice(causes)) for place, ago in enumerate(days)
    ]
    history += [fresh(), fresh(Cause.BOARD), replace(fresh(None), number="open")]
    each = {one.number: again for one in history if (again := repeat_of(one, history))}
    assert len(each) > 20
    assert repeats_in(history) == each
