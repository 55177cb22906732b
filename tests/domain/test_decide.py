"""What `decide` answers: the events of each command."""

from datetime import datetime, timedelta, timezone

import pytest
from course import FRESH, NUMBER, OTHER, REPORTED, STAFF, Course, complaint, hours, in_state

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.facts import Answer, CallBackResult, Cause, EscalationReason, Harm, How
from dispatch_tui.domain.ticket import Kind, Priority, Severity, Status

CORE_DOWN = EscalationReason.CORE_DOWN
EAST = timezone(timedelta(hours=8))


def event_of(course: Course, command: c.Command, at: float | None = None) -> e.TicketEvent:
    (entry,), _ = course.decided(command, at)
    return entry.event


def first_call(command: c.Command, at: datetime = REPORTED, now: datetime = REPORTED) -> e.Entry:
    (entry,), _ = decide(NUMBER, command, Facts(now=now, at=at, actor=STAFF["operator"]))
    return entry


def test_a_call_becomes_the_first_entry() -> None:
    call = c.LogCall(
        fault=" no image \x1b[2J",
        customer="H01",
        device="D7",
        department="Radiology",
        contact="Dr. Chen",
        phone="0571 1234",
        priority=Priority.EMERGENCY,
    )
    entry = first_call(call, at=hours(-1))
    assert entry == e.Entry(
        seq=1,
        event=e.CallLogged(
            fault="no image [2J",
            customer="H01",
            device="D7",
            department="Radiology",
            contact="Dr. Chen",
            phone="0571 1234",
            priority=Priority.EMERGENCY,
        ),
        actor="operator",
        occurred_at=hours(-1),
        recorded_at=REPORTED,
    )


def test_times_are_kept_in_utc_whatever_zone_they_were_told_in() -> None:
    entry = first_call(
        c.LogCall(fault="x", customer="H01"), REPORTED.astimezone(EAST), hours(1).astimezone(EAST)
    )
    assert (entry.occurred_at.utcoffset(), entry.recorded_at.utcoffset()) == (timedelta(),) * 2
    course = Course().give(c.Assign(engineers=("li",)), 1)
    departed = event_of(course, c.Depart(expected_at=hours(3).astimezone(EAST)), 2)
    assert isinstance(departed, e.Departed)
    assert departed.expected_at is not None
    assert departed.expected_at.utcoffset() == timedelta()
    moved = event_of(course, c.CorrectTime(what="reported", to=hours(-1).astimezone(EAST)), 2)
    assert isinstance(moved, e.TimeCorrected)
    assert moved.to.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (c.Respond(note="n"), e.Responded(note="n")),
        (c.Note(text="t"), e.Noted(text="t")),
        (
            c.AddCall(text="t", contact="c", phone="p"),
            e.CallAdded(text="t", contact="c", phone="p"),
        ),
        (c.Assign(engineers=("li",)), e.Assigned(engineers=("li",), lead="li")),
        (
            c.Assign(engineers=("li", "wang", "li"), lead="wang"),
            e.Assigned(engineers=("li", "wang"), lead="wang"),
        ),
        (c.NeedVisit(why="w"), e.VisitNeeded(why="w")),
        (c.Lend(item="i", serial="s", signed_by="b"), e.Lent(item="i", serial="s", signed_by="b")),
        (
            c.Escalate(reason=CORE_DOWN, specialist="zhao", note="n"),
            e.Escalated(specialist="zhao", reason=CORE_DOWN, note="n"),
        ),
        (
            c.Diagnose(severity=Severity.MAJOR, cause=Cause.TUBE, found="f", tried="t"),
            e.Diagnosed(severity=Severity.MAJOR, cause=Cause.TUBE, found="f", tried="t"),
        ),
        (
            c.SuspectAdverse(harm=Harm.DEATH, what="w", several=Answer.YES),
            e.AdverseSuspected(harm=Harm.DEATH, what="w", several=Answer.YES),
        ),
        (
            c.Complain(text="t", channel=How.LETTER),
            e.ComplaintOpened(number=FRESH, text="t", channel=How.LETTER),
        ),
        (
            c.TakeInCall(text="t", merged_from="1", contact="c", phone="p"),
            e.CallAdded(text="t", merged_from="1", contact="c", phone="p"),
        ),
        (c.SolveByPhone(what_was_done="w"), e.SolvedByPhone(what_was_done="w")),
        (c.Cancel(reason="r"), e.Cancelled(reason="r")),
        (
            c.SetPriority(priority=Priority.EMERGENCY, reason="r"),
            e.PrioritySet(priority=Priority.EMERGENCY, reason="r"),
        ),
        (c.Correct(phone="1"), e.Corrected(phone="1")),
        (c.Correct(customer="H02", reason="r"), e.Corrected(customer="H02", reason="r")),
    ],
    ids=lambda one: type(one).__name__,
)
def test_command_becomes_its_event(command: c.Command, event: e.TicketEvent) -> None:
    assert event_of(Course(), command, 0.5) == event


def test_entries_are_numbered_on_and_name_who_entered_them() -> None:
    course = Course().give(c.Note(text="one"), 1, by="supervisor")
    (entry,), after = course.decided(c.Note(text="two"), 2, by="operator")
    assert (entry.seq, entry.actor, after.version) == (3, "operator", 3)


def test_an_engineer_added_later_does_not_take_the_lead() -> None:
    course = in_state(Status.ASSIGNED)
    assert event_of(course, c.Assign(engineers=("zhao",))) == e.Assigned(
        engineers=("zhao",), lead="li"
    )


def test_the_lead_can_be_handed_over_without_adding_anybody() -> None:
    course = in_state(Status.ASSIGNED)
    assert event_of(course, c.Assign(engineers=("wang",), lead="wang")) == e.Assigned(
        engineers=(), lead="wang"
    )
    assert course.give(c.Assign(engineers=("wang",), lead="wang")).ticket.lead == "wang"


def test_taking_the_lead_off_makes_the_next_one_lead() -> None:
    course = in_state(Status.ASSIGNED).give(c.Unassign(engineers=("li",)))
    assert course.ticket.lead == "wang"
    assert [one.login for one in course.ticket.engineers] == ["wang"]


def test_taking_off_nobody_named_takes_off_all() -> None:
    course = in_state(Status.ASSIGNED).give(c.Unassign())
    assert course.ticket.engineers == ()
    assert course.ticket.lead == ""


def test_all_who_wait_set_out_and_those_on_the_way_arrive_when_nobody_is_named() -> None:
    course = in_state(Status.ASSIGNED)
    assert event_of(course, c.Depart()) == e.Departed(engineers=("li", "wang"))
    assert event_of(course, c.Arrive()) == e.Arrived(engineers=("li", "wang"))
    course = in_state(Status.UNDER_WAY)
    assert event_of(course, c.Depart()) == e.Departed(engineers=("wang",))
    assert event_of(course, c.Arrive()) == e.Arrived(engineers=("li",))


def test_who_is_already_on_the_ticket_is_not_assigned_anew() -> None:
    course = in_state(Status.UNDER_WAY).give(c.Assign(engineers=("li", "zhao")))
    li, wang, zhao = course.ticket.engineers
    trip = course.ticket.trip("li")
    assert trip is not None
    assert trip.departed_at == hours(2)
    assert li.assigned_at == wang.assigned_at == hours(1)
    assert zhao.assigned_at == hours(2)


def test_a_visit_after_a_reopening_is_a_new_visit() -> None:
    course = in_state(Status.CLOSED).give(c.Reopen(reason="fails again"), 8)
    assert course.ticket.status is Status.ASSIGNED
    assert event_of(course, c.Arrive(), 9) == e.Arrived(engineers=("li", "wang"))


def test_a_call_about_another_ticket_is_a_complaint() -> None:
    entry = first_call(complaint(about=OTHER, channel=How.IN_PERSON, contact="Dr. Chen"))
    assert isinstance(entry.event, e.CallLogged)
    assert (entry.event.kind, entry.event.about) == (Kind.COMPLAINT, OTHER)


def test_entries_of_one_command_follow_each_other() -> None:
    broken = c.CallBack(result=CallBackResult.BROKEN, attitude=1, words="still no image")
    entries, _ = in_state(Status.RESTORED).decided(broken)
    assert [one.follows for one in entries] == [False, True, True]
    assert {(one.occurred_at, one.recorded_at, one.actor) for one in entries} == {
        (hours(5), hours(5), "manager")
    }
