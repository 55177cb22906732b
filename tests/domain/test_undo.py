"""One's own last act is taken back while it is fresh: whole, and only where it can be."""

from datetime import timedelta

import pytest
from course import (
    AGREE,
    CANNOT,
    MAJOR,
    OTHER,
    WORKS,
    Course,
    complaint,
    hours,
    in_state,
    other_ticket,
    take_away,
)
from msgspec.structs import replace
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import UNDO_WITHIN
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.facts import Answer, CallBackResult
from dispatch_tui.domain.ticket import Kind, Priority, Status

BROKEN = c.CallBack(result=CallBackResult.BROKEN, words="no image again")


@pytest.mark.parametrize(
    ("status", "command"),
    [
        (Status.LOGGED, c.Respond()),
        (Status.LOGGED, c.AddCall(text="again")),
        (Status.LOGGED, c.Assign(engineers=("li",))),
        (Status.LOGGED, c.SetPriority(priority=Priority.EMERGENCY)),
        (Status.LOGGED, c.Correct(fault="smoke", phone="1")),
        (Status.LOGGED, c.CorrectTime(what="reported", to=hours(-1))),
        (Status.LOGGED, c.Cancel(reason="twice")),
        (Status.ASSIGNED, c.Unassign()),
        (Status.ASSIGNED, c.Depart(expected_at=hours(5))),
        (Status.ASSIGNED, c.Arrive()),
        (Status.ON_SITE, c.Restore(what_was_done="tube")),
        (Status.ON_SITE, c.Unassign(engineers=("li",))),
        (Status.ASSIGNED, c.NeedVisit(why="burnt")),
        (Status.ASSIGNED, c.PlanVisit(planned_at=hours(9))),
        (Status.UNDER_WAY, c.Expect(expected_at=hours(9))),
        (Status.ON_SITE, c.Leave()),
        (Status.ON_SITE, MAJOR),
        (Status.ON_SITE, SAMPLES["escalate"]),
        (Status.ON_SITE, SAMPLES["fit-part"]),
        (Status.ON_SITE, CANNOT),
        (Status.ON_SITE, take_away()),
        (Status.ON_SITE, SAMPLES["lend"]),
        (Status.IN_WORKSHOP, SAMPLES["report-workshop"]),
        (Status.IN_WORKSHOP, c.BringBack()),
        (Status.UNREPAIRABLE, AGREE),
        (Status.RESTORED, SAMPLES["record-test"]),
        (Status.RESTORED, SAMPLES["describe-service"]),
        (Status.RESTORED, WORKS),
        (Status.RESTORED, SAMPLES["suspect-adverse"]),
        (Status.CONFIRMED, c.Close()),
        (Status.CLOSED, c.Reopen(reason="fails")),
    ],
    ids=lambda one: type(one).__name__,
)
def test_undo_brings_back_the_ticket_as_it_was(status: Status, command: c.Command) -> None:
    course = in_state(status)
    before = course.ticket
    course.give(command, course.entered)
    assert replace(course.ticket, version=0) != replace(before, version=0)
    course.give(c.Undo())
    assert replace(course.ticket, version=0) == replace(before, version=0)
    assert course.ticket.version == before.version + 2
    assert course.journal[-1].event == e.Withdrawn(seqs=(before.version + 1,))


def test_undo_is_possible_for_ten_seconds_to_the_last_one() -> None:
    course = Course().give(c.Note(text="x"), 1)
    limit = course.entered + UNDO_WITHIN
    assert course.decided(c.Undo(), limit)[1].version == 3
    with pytest.raises(NotPossible, match="More than 10 seconds have passed"):
        course.decided(c.Undo(), limit + timedelta(microseconds=1))


def test_undo_counts_from_the_entry_not_from_the_fact() -> None:
    course = Course().give(c.Respond(), 0.5, entered=hours(4))
    course.give(c.Undo(), hours(4))
    assert course.ticket.responded_at is None


def test_undo_takes_back_only_ones_own_act() -> None:
    course = Course().give(c.Note(text="mine"), by="operator")
    course.give(c.Note(text="in between"), by="supervisor")
    with pytest.raises(NotPossible, match="not yours"):
        course.decided(c.Undo(), by="operator")


def test_undo_takes_back_neither_an_undo_nor_the_call() -> None:
    course = Course()
    with pytest.raises(NotPossible, match="cannot be taken back; correct or cancel"):
        course.decided(c.Undo(), by="operator")
    course.give(c.Note(text="x")).give(c.Undo())
    with pytest.raises(NotPossible, match="cannot be taken back"):
        course.decided(c.Undo())


def test_undo_of_a_correction_brings_back_the_correction_before() -> None:
    course = Course().give(c.Respond(), 0.5)
    course.give(c.CorrectTime(what="responded", to=hours(0.25)), 2)
    course.give(c.CorrectTime(what="responded", to=hours(0.75)), 3)
    assert course.ticket.responded_at == hours(0.75)
    course.give(c.Undo())
    assert course.ticket.responded_at == hours(0.25)


@pytest.mark.parametrize(
    ("status", "command"),
    [
        (Status.LOGGED, c.Acknowledge()),
        (Status.ACKNOWLEDGED, c.Investigate(findings="x")),
        (Status.INVESTIGATED, c.TakeMeasures(measures="x")),
        (Status.INVESTIGATED, c.AnswerComplaint(answer="x")),
        (Status.ANSWERED, SAMPLES["record-satisfaction"]),
        (Status.ANSWERED, c.RecordSatisfaction(satisfied=Answer.NO, name="x")),
        (Status.SATISFIED, c.CloseComplaint()),
        (Status.CLOSED, c.Reopen(reason="x")),
    ],
    ids=lambda one: type(one).__name__,
)
def test_undo_brings_back_a_complaint_as_it_was(status: Status, command: c.Command) -> None:
    course = in_state(status, Kind.COMPLAINT)
    before = course.ticket
    course.give(command).give(c.Undo())
    assert replace(course.ticket, version=0) == replace(before, version=0)


def test_undo_takes_all_entries_of_the_act_back() -> None:
    course = in_state(Status.RESTORED)
    before = course.ticket
    course.give(BROKEN, 6)
    assert course.ticket.version == before.version + 2
    course.give(c.Undo())
    assert course.journal[-1].event == e.Withdrawn(seqs=(before.version + 1, before.version + 2))
    assert replace(course.ticket, version=0) == replace(before, version=0)
    assert course.ticket.status is Status.RESTORED


def test_undo_takes_nothing_back_of_the_act_before() -> None:
    course = in_state(Status.RESTORED).give(BROKEN, 6).give(c.Note(text="x"))
    course.give(c.Undo())
    assert course.journal[-1].event == e.Withdrawn(seqs=(len(course.journal) - 1,))
    assert course.ticket.life == 1


def test_an_act_that_changed_another_ticket_is_not_taken_back() -> None:
    """It would be half of it: the complaint, or the call on the other ticket, would stay."""
    merged = Course(other=other_ticket()).give(c.Merge(into=OTHER))
    complained = in_state(Status.RESTORED).give(c.Complain(text="too slow"))
    angry = in_state(Status.RESTORED).give(
        c.CallBack(result=CallBackResult.WORKS, attitude=1, skill=1, speed=1, words="rude")
    )
    taken_in = Course().give(c.TakeInCall(text="x", merged_from=OTHER))
    for course in (merged, complained, angry, taken_in):
        with pytest.raises(NotPossible, match="changed another ticket too"):
            course.decided(c.Undo())


def test_a_further_call_of_the_customer_is_taken_back() -> None:
    course = Course().give(c.AddCall(text="when?")).give(c.Undo())
    assert course.ticket.calls == 1


def test_a_complaint_that_was_just_logged_is_not_taken_back() -> None:
    with pytest.raises(NotPossible, match="cannot be taken back"):
        Course(complaint()).decided(c.Undo(), by="operator")
