"""What was wrong is put right by further entries: undo, correct, correct-time."""

from datetime import timedelta

import pytest
from course import Course, hours, in_state
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import UNDO_WITHIN
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.ticket import Priority, Status


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


def test_a_corrected_time_of_an_act_taken_back_moves_nothing() -> None:
    course = Course().give(c.Respond(), 0.5).give(c.Undo()).give(c.Respond(), 0.75)
    course.give(c.CorrectTime(what="responded", to=hours(0.6)), 1)
    assert course.journal[-1].event == e.TimeCorrected(seq=4, to=hours(0.6))
    assert course.ticket.responded_at == hours(0.6)
    only_withdrawn = Course().give(c.Respond(), 0.5).give(c.Undo())
    with pytest.raises(NotPossible, match="Nothing of that kind"):
        only_withdrawn.decided(c.CorrectTime(what="responded", to=hours(0.4)), 1)


def test_the_latest_fact_of_a_kind_is_the_one_whose_time_is_corrected() -> None:
    course = in_state(Status.ON_SITE).give(c.Arrive(engineers=("wang",)), 4)
    course.give(c.CorrectTime(what="arrived", to=hours(5)), 6)
    (visit,) = course.ticket.visits
    assert [one.arrived_at for one in visit.trips] == [hours(3), hours(5)]


def test_corrected_facts_of_the_intake_replace_only_what_was_named() -> None:
    course = Course().give(c.Correct(device="D9", reason="wrong plate"))
    assert course.ticket.device == "D9"
    assert course.ticket.fault == "no image"
    assert course.ticket.customer == "H01"


def test_only_what_differs_is_written_down() -> None:
    course = Course()
    (entry,), _ = course.decided(c.Correct(customer="H01", phone="1", reason="r"))
    assert entry.event == e.Corrected(phone="1", reason="r")


def test_a_closed_case_can_be_corrected_and_stays_closed() -> None:
    course = in_state(Status.CLOSED).give(c.Correct(fault="smoke"))
    course.give(c.CorrectTime(what="restored", to=hours(4)))
    course.give(c.CorrectTime(what="called_back", to=hours(5)))
    assert course.ticket.confirmed_at == hours(5)
    assert course.ticket.status is Status.CLOSED
    assert course.ticket.fault == "smoke"
    assert course.ticket.restored_at == hours(4)


def test_a_correction_that_contradicts_another_fact_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"the device worked again .* before .* arrived"):
        in_state(Status.RESTORED).decided(c.CorrectTime(what="restored", to=hours(2.5)))
