"""Facts that cannot have happened in this order are refused, naming the two."""

import pytest
from course import AGREE, ASSIGN, CANNOT, WORKS, Course, hours, in_state, take_away, told
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Step
from dispatch_tui.domain.clocks import ClockKind
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.facts import CallBackResult
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.ticket import Status

TUBE = "new tube"
BROKEN = c.CallBack(result=CallBackResult.BROKEN, words="no image again")


def moved(what: str, to: float) -> c.CorrectTime:
    return c.CorrectTime(what=what, to=hours(to))


def reopened_after_a_visit() -> Course:
    """Arrived at 3, restored at 5, called back at 5.5, closed at 6, reopened at 8."""
    return in_state(Status.CLOSED).give(c.Reopen(reason="fails"), 8)


CONTRADICTIONS: dict[str, tuple[Course, c.Command, float, str, str]] = {
    "answered before the report": (Course(), c.Respond(), -1, "answered", "reported"),
    "solved before the report": (
        Course(),
        c.SolveByPhone(what_was_done="x"),
        -1,
        "solved by phone",
        "reported",
    ),
    "cancelled before the report": (Course(), c.Cancel(reason="x"), -1, "cancelled", "reported"),
    "set out before the report": (
        in_state(Status.ASSIGNED),
        c.Depart(),
        -1,
        "set out",
        "reported",
    ),
    "arrived before the report": (in_state(Status.ASSIGNED), c.Arrive(), -1, "arrived", "reported"),
    "arrived before setting out": (
        in_state(Status.UNDER_WAY),
        c.Arrive(),
        1.5,
        "arrived",
        "set out",
    ),
    "restored before the arrival": (
        in_state(Status.ON_SITE),
        c.Restore(what_was_done=TUBE),
        2.5,
        "worked again",
        "arrived",
    ),
    "solved before an arrival": (
        in_state(Status.ON_SITE).give(c.Unassign(), 4),
        c.SolveByPhone(what_was_done="x"),
        2,
        "solved by phone",
        "arrived",
    ),
    "closed before the repair": (
        in_state(Status.CONFIRMED),
        c.Close(),
        4,
        "case was closed",
        "worked again",
    ),
    "closed before the solution": (
        in_state(Status.SOLVED).give(WORKS, 2),
        c.Close(),
        1,
        "case was closed",
        "solved",
    ),
    "cancelled before the arrival": (
        in_state(Status.ON_SITE),
        c.Cancel(reason="x"),
        2,
        "cancelled",
        "arrived",
    ),
    "arrival of one who was taken off corrected past the cancelling": (
        in_state(Status.ON_SITE).give(c.Unassign(), 4).give(c.Cancel(reason="x"), 5),
        moved("arrived", 6),
        9,
        "cancelled",
        "arrived",
    ),
    "cancelled before the setting out": (
        in_state(Status.UNDER_WAY),
        c.Cancel(reason="x"),
        1.5,
        "cancelled",
        "set out",
    ),
    "cancelled before the answer": (
        in_state(Status.RESPONDED),
        c.Cancel(reason="x"),
        0.25,
        "cancelled",
        "answered",
    ),
    "report corrected past the answer": (
        in_state(Status.RESPONDED),
        moved("reported", 0.6),
        9,
        "answered",
        "reported",
    ),
    "answer corrected past the closing": (
        told(
            (c.Respond(), 0.5), (c.SolveByPhone(what_was_done="x"), 2), (WORKS, 3), (c.Close(), 3)
        ),
        moved("responded", 3.5),
        9,
        "closed",
        "answered",
    ),
    "arrival corrected past the repair": (
        in_state(Status.RESTORED),
        moved("arrived", 5.5),
        9,
        "worked again",
        "arrived",
    ),
    "setting out corrected past the arrival": (
        in_state(Status.UNDER_WAY).give(c.Arrive(), 3),
        moved("departed", 3.5),
        9,
        "arrived",
        "set out",
    ),
    "set out before the reopening": (
        reopened_after_a_visit(),
        c.Depart(),
        7,
        "set out",
        "reopened",
    ),
    "arrived before the reopening": (
        reopened_after_a_visit(),
        c.Arrive(),
        7,
        "arrived",
        "reopened",
    ),
    "solved before the reopening": (
        reopened_after_a_visit(),
        c.SolveByPhone(what_was_done="x"),
        7,
        "solved",
        "reopened",
    ),
    "cancelled before the reopening": (
        reopened_after_a_visit(),
        c.Cancel(reason="x"),
        7,
        "cancelled",
        "reopened",
    ),
    "restored before the second visit": (
        reopened_after_a_visit().give(c.Arrive(), 10),
        c.Restore(what_was_done=TUBE),
        9,
        "worked again",
        "arrived",
    ),
    "first repair corrected past the reopening": (
        reopened_after_a_visit(),
        moved("restored", 9),
        10,
        "called back",
        "worked again",
    ),
    "first closing corrected past the reopening": (
        reopened_after_a_visit(),
        moved("closed", 9),
        10,
        "reopened",
        "closed",
    ),
    "first arrival corrected past the first repair": (
        reopened_after_a_visit(),
        moved("arrived", 5.5),
        10,
        "worked again",
        "arrived",
    ),
    "report corrected past a solution that did not last": (
        in_state(Status.SOLVED).give(c.Reopen(reason="fails"), 4),
        moved("reported", 3),
        10,
        "solved",
        "reported",
    ),
}
"""Course, command, hour of the fact, and words of what came then and of what came first."""


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradiction_names_both_facts(name: str) -> None:
    course, command, at, then, first = CONTRADICTIONS[name]
    with pytest.raises(InvalidInput, match=r"It cannot be that .* before .*check the times") as no:
        course.decided(command, at)
    values = no.value.message.values
    assert isinstance(values["then"], Message)
    assert then in str(values["then"])
    assert first in str(values["first"])
    assert values["then_at"] < values["first_at"]


def test_facts_may_be_told_in_any_order_if_they_happened_in_a_possible_one() -> None:
    course = in_state(Status.ON_SITE)  # arrived at 3
    course.give(c.Respond(), 0.5).give(c.AddCall(text="where are you"), 2)
    course.give(c.Restore(what_was_done=TUBE), 4)
    assert course.ticket.status is Status.RESTORED


def test_facts_may_happen_in_the_same_moment() -> None:
    course = Course().give(c.Respond(), 0).give(c.Assign(engineers=("li",)), 0)
    course.give(c.Depart(), 0).give(c.Arrive(), 0).give(c.Restore(what_was_done=TUBE), 0)
    course.give(WORKS, 0).give(c.Close(), 0).give(c.Reopen(reason="fails"), 0)
    assert course.ticket.status is Status.ASSIGNED


def test_a_second_engineer_may_arrive_when_the_first_has_already_repaired_it() -> None:
    course = in_state(Status.ON_SITE).give(c.Arrive(engineers=("wang",)), 5)
    course.give(c.Restore(what_was_done=TUBE), 4)
    assert course.ticket.status is Status.RESTORED


def test_a_late_answer_may_be_told_after_a_reopening() -> None:
    course = reopened_after_a_visit().give(c.Respond(), 0.5)
    assert course.ticket.responded_at == hours(0.5)


def test_an_undo_is_never_a_contradiction() -> None:
    course = in_state(Status.RESTORED).give(moved("arrived", 4), 9)
    assert course.give(c.Undo()).ticket.arrived_at == hours(3)


def test_what_happened_in_the_same_moment_is_possible() -> None:
    course = told(
        (ASSIGN, 0),
        (c.Arrive(engineers=("li",)), 0),
        (take_away(), 0),
        (c.Leave(), 0),
        (c.ReportWorkshop(step=Step.READY), 0),
        (c.BringBack(), 0),
        (c.Arrive(engineers=("li",)), 0),
        (CANNOT, 0),
        (AGREE, 0),
        (WORKS, 0),
        (c.Close(), 0),
        (c.Reopen(reason="x"), 0),
    )
    assert course.ticket.status is Status.ASSIGNED


def test_facts_of_a_course_may_be_told_late() -> None:
    """All of a night, entered in the morning in no particular order."""
    course = in_state(Status.ON_SITE).give(c.Note(text="morning"), 12)
    course.give(take_away(), 4).give(c.Respond(), 0.5).give(c.Leave(), 5)
    course.give(c.ReportWorkshop(step=Step.READY), 10).give(c.BringBack(), 11)
    course.give(c.Arrive(engineers=("wang",)), 11).give(c.Restore(what_was_done=TUBE), 11.5)
    assert course.ticket.restored_at == hours(11.5)
    assert course.clock(ClockKind.RESPONSE).stopped_at == hours(0.5)


def test_facts_before_a_reopening_stay_where_they_were() -> None:
    course = reopened_after_a_visit().give(c.Arrive(engineers=("li",)), 9)
    course.give(take_away(), 10).give(c.Leave(), 11)
    assert course.ticket.status is Status.IN_WORKSHOP
    assert course.ticket.arrived_at == hours(3)


def test_a_loan_and_a_part_of_the_first_life_do_not_stand_in_the_way_of_the_second() -> None:
    course = in_state(Status.ON_SITE).give(SAMPLES["lend"], 4).give(take_away(), 4)
    course.give(c.Restore(what_was_done=TUBE), 5).give(c.Leave(), 5).give(BROKEN, 8)
    course.give(c.TakeLoanBack(), 9).give(c.BringBack(), 9)
    assert course.ticket.out == ()
