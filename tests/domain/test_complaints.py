"""A complaint is a ticket of its own, followed until the customer is satisfied (S17)."""

import pytest
from course import OTHER, SATISFIED, Course, complaint, hours, in_state, told

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.facts import Answer, Complaint, How
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.standing import holder
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Kind, Status

COMPLAINT = Kind.COMPLAINT
UNSATISFIED = c.RecordSatisfaction(satisfied=Answer.NO, name="Dr. Chen", words="too late")


def followed(course: Course) -> Complaint:
    assert course.ticket.complaint is not None
    return course.ticket.complaint


@pytest.mark.parametrize("channel", How)
def test_it_comes_by_any_channel_about_a_ticket_or_about_none(channel: How) -> None:
    course = Course(complaint(channel=channel))
    assert followed(course) == Complaint(about=OTHER, channel=channel)
    assert followed(Course(complaint(about=""))).about == ""
    assert course.ticket.status is Status.LOGGED


def test_its_whole_course_is_kept() -> None:
    course = told(
        (c.Acknowledge(note="by phone"), 1),
        (c.Investigate(findings="the hotline forgot"), 2),
        (c.TakeMeasures(measures="a second seat"), 3),
        (c.AnswerComplaint(answer="we are sorry", how=How.LETTER), 4),
        (SATISFIED, 5),
        (c.CloseComplaint(note="thanks"), 6),
        course=Course(complaint()),
    )
    assert followed(course) == Complaint(
        about=OTHER,
        acknowledged_at=hours(1),
        investigated_at=hours(2),
        findings="the hotline forgot",
        measures="a second seat",
        answered_at=hours(4),
        answer="we are sorry",
        satisfied_at=hours(5),
        satisfied_by="Dr. Chen",
    )
    assert course.ticket.status is Status.CLOSED
    assert course.ticket.closed_at == hours(6)


@pytest.mark.parametrize(
    "status", [Status.LOGGED, Status.ACKNOWLEDGED, Status.INVESTIGATED, Status.ANSWERED]
)
def test_it_cannot_be_closed_without_the_customer_s_satisfied(status: Status) -> None:
    with pytest.raises(NotPossible, match="closed when the customer said “satisfied”"):
        in_state(status, COMPLAINT).decided(c.CloseComplaint(), by="general_manager")


@pytest.mark.parametrize("command", ["close", "cancel", "merge"])
def test_no_other_way_ends_it(command: str) -> None:
    assert COMPLAINT not in COMMANDS[command].kinds


def test_it_is_the_general_manager_s() -> None:
    assert holder(in_state(Status.INVESTIGATED, COMPLAINT).ticket) is Role.GENERAL_MANAGER
    assert holder(in_state(Status.CLOSED, COMPLAINT).ticket) is None
    assert COMMANDS["close-complaint"].roles == {Role.GENERAL_MANAGER}


def test_who_is_not_satisfied_is_answered_again() -> None:
    course = in_state(Status.ANSWERED, COMPLAINT).give(UNSATISFIED, 4)
    assert course.ticket.status is Status.INVESTIGATED
    assert (followed(course).answered_at, followed(course).refusals) == (None, 1)
    assert followed(course).answer == "we are sorry"
    with pytest.raises(NotPossible, match="answer it first"):
        course.decided(SATISFIED)
    course.give(c.AnswerComplaint(answer="very sorry"), 5).give(UNSATISFIED, 6)
    assert followed(course).refusals == 2
    course.give(c.AnswerComplaint(answer="so sorry"), 7).give(SATISFIED, 8)
    assert course.ticket.status is Status.SATISFIED


def test_who_said_satisfied_must_be_known() -> None:
    with pytest.raises(InvalidInput, match="Who said so is missing"):
        in_state(Status.ANSWERED, COMPLAINT).decided(
            c.RecordSatisfaction(satisfied=Answer.YES, name=" ")
        )


def test_either_it_is_looked_into_or_there_is_a_reason_why_not() -> None:
    course = in_state(Status.ACKNOWLEDGED, COMPLAINT)
    for both in (c.Investigate(), c.Investigate(findings="x", why_not="y")):
        with pytest.raises(InvalidInput, match="Write either what was found, or why") as no:
            course.decided(both)
        assert no.value.field == "findings"
    course.give(c.Investigate(why_not="a joke"), 2)
    assert course.ticket.status is Status.INVESTIGATED
    assert followed(course).findings == "a joke"


def test_it_may_be_looked_into_before_it_was_acknowledged_and_again() -> None:
    course = Course(complaint()).give(c.Investigate(findings="one"), 1)
    assert course.ticket.status is Status.INVESTIGATED
    course.give(c.AnswerComplaint(answer="sorry"), 2).give(c.Investigate(findings="two"), 3)
    assert course.ticket.status is Status.INVESTIGATED
    assert followed(course).findings == "two"


def test_measures_change_nothing_about_how_far_it_is() -> None:
    course = in_state(Status.ANSWERED, COMPLAINT).give(c.TakeMeasures(measures="a seat"), 4)
    assert course.ticket.status is Status.ANSWERED


@pytest.mark.parametrize("status", [Status.SATISFIED, Status.CLOSED])
def test_a_reopened_complaint_is_answered_and_asked_about_again(status: Status) -> None:
    course = in_state(status, COMPLAINT).give(c.Reopen(reason="again"), 10)
    assert course.ticket.status is Status.INVESTIGATED
    assert (followed(course).satisfied_at, followed(course).satisfied_by) == (None, "")
    assert course.ticket.life == 1
    course.give(c.AnswerComplaint(answer="sorry"), 11).give(SATISFIED, 12)
    assert course.give(c.CloseComplaint(), 13).ticket.status is Status.CLOSED


@pytest.mark.parametrize("status", [Status.LOGGED, Status.RESTORED, Status.CLOSED, Status.MERGED])
def test_a_complaint_about_a_case_is_linked_whatever_its_state(status: Status) -> None:
    course = in_state(status)
    assert course.events(c.Complain(text="too slow", channel=How.MESSAGE)) == (
        e.ComplaintOpened(number="260302-002", text="too slow", channel=How.MESSAGE),
    )
    course.give(c.Complain(text="too slow"))
    assert course.ticket.complaints == ("260302-002",)
    assert course.ticket.status is status
