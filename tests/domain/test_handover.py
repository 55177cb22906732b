"""The hand-over sheet: what is on it, and in which order."""

from datetime import timedelta

from course import Course, complaint, hours, in_state, take_away
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Policy, clocks
from dispatch_tui.domain.facts import Harm
from dispatch_tui.domain.handover import Item, Topic, sheet
from dispatch_tui.domain.ticket import Status


def items(course: Course, at: float) -> tuple[Item, ...]:
    """The sheet of one ticket so many hours after the call."""
    return sheet([(course.ticket, clocks(course.ticket, Policy()))], (), hours(at))


def test_a_sheet_of_nothing_is_empty() -> None:
    assert sheet((), (), hours(1)) == ()
    assert items(in_state(Status.CANCELLED), 1) == ()


def test_the_nearest_limit_comes_first() -> None:
    logged, restored = in_state(Status.LOGGED).ticket, in_state(Status.ON_SITE).ticket
    pairs = [(one, clocks(one, Policy())) for one in (restored, logged)]
    found = [one for one in sheet(pairs, (), hours(1)) if one.topic is Topic.PROMISE]
    limits = [one.at for one in found if one.at is not None]
    assert len(limits) == 2
    assert limits == sorted(limits)
    assert limits[1] - limits[0] > timedelta(hours=1)


def test_a_case_that_is_restored_is_to_be_called_back_by_its_limit() -> None:
    found = items(in_state(Status.RESTORED), 9)
    [call] = [one for one in found if one.topic is Topic.CALL_BACK]
    assert call.at is not None
    assert Topic.PROMISE not in {one.topic for one in found}


def test_what_has_to_be_looked_after_stands_before_the_promises() -> None:
    course = in_state(Status.ASSIGNED).give(c.Depart(engineers=("wang",), expected_at=hours(4)), 2)
    course.give(c.Arrive(engineers=("li",)), 3).give(take_away(due=5), 4)
    course.give(c.SuspectAdverse(harm=Harm.DEATH, what="no alarm"), 5)
    found = items(course, 6)
    words = " | ".join(str(one.sentence) for one in found if one.topic is Topic.CONCERN)
    assert "wang is silent" in words
    assert "No word on" in words
    assert "Suspected adverse event" in words
    assert [one.topic for one in found][:3] == [Topic.CONCERN] * 3


def test_a_loan_is_on_the_sheet_until_it_is_back() -> None:
    course = in_state(Status.ON_SITE).give(SAMPLES["lend"], 8)
    assert Topic.LOAN in {one.topic for one in items(course, 9)}
    course.give(SAMPLES["take-loan-back"], 10)
    assert Topic.LOAN not in {one.topic for one in items(course, 11)}


def test_a_complaint_stands_with_its_next_step_until_it_is_over() -> None:
    course = Course(complaint()).give(c.Acknowledge(note="told"), 1)
    [one] = items(course, 30)
    assert (one.topic, one.number) == (Topic.PROMISE, course.ticket.number)
    assert one.sentence.template == "Investigate the complaint, or say why not."
