"""What was written down wrong is put right by further entries: correct, correct-time."""

import pytest
from course import Course, hours, in_state
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.facts import CallBackResult
from dispatch_tui.domain.ticket import Status
from dispatch_tui.domain.timeline import describe


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


def test_the_time_of_one_engineer_s_fact_is_corrected_by_the_name() -> None:
    course = in_state(Status.ON_SITE).give(c.Arrive(engineers=("wang",)), 4)
    course.give(c.CorrectTime(what="arrived", to=hours(2.5), engineer="li"), 6)
    (visit,) = course.ticket.visits
    assert [one.arrived_at for one in visit.trips] == [hours(2.5), hours(4)]
    with pytest.raises(NotPossible, match="Nothing of that kind was recorded"):
        course.decided(c.CorrectTime(what="arrived", to=hours(2), engineer="zhao"))


def test_of_two_visits_the_last_one_s_time_is_corrected() -> None:
    course = in_state(Status.ON_SITE).give(c.Leave(), 4).give(c.Arrive(engineers=("li",)), 9)
    course.give(c.CorrectTime(what="arrived", to=hours(8)), 10)
    assert [one.trips[0].arrived_at for one in course.ticket.visits] == [hours(3), hours(8)]
    assert course.ticket.arrived_at == hours(3)


def test_a_corrected_taking_away_moves_the_receipt_not_the_word() -> None:
    course = in_state(Status.IN_WORKSHOP)
    course.give(c.CorrectTime(what="taken_away", to=hours(3.5)), 5)
    (thing,) = course.ticket.removals
    assert (thing.taken_at, thing.word_due_at) == (hours(3.5), hours(30))


def test_a_corrected_finding_that_a_visit_is_needed_moves_the_first_talk() -> None:
    course = Course().give(c.NeedVisit(why="burnt"), 0.9)
    course.give(c.CorrectTime(what="needs_visit", to=hours(0.5)), 1)
    assert course.ticket.talked_at == hours(0.5)


def test_what_came_of_a_call_back_is_corrected_with_it() -> None:
    course = in_state(Status.RESTORED)
    course.give(c.CallBack(result=CallBackResult.BROKEN, words="dark"), 10)
    course.give(c.CorrectTime(what="called_back", to=hours(7)), 11)
    assert course.ticket.reopened_at == hours(7)
    assert "Time corrected: Reopened: dark at" in str(describe(course.journal[-1], course.journal))
    course.give(c.Depart(engineers=("li",)), 8)
    assert course.ticket.status is Status.UNDER_WAY


def test_a_correction_is_taken_back_as_a_whole() -> None:
    course = in_state(Status.RESTORED)
    course.give(c.CallBack(result=CallBackResult.BROKEN, words="dark"), 10)
    before = course.ticket
    course.give(c.CorrectTime(what="called_back", to=hours(7)), 11).give(c.Undo())
    assert replace(course.ticket, version=before.version) == before
