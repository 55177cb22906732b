"""A fault that cannot be removed: reduced, reported, and a way forward fixed in writing."""

import pytest
from course import AGREE, CANNOT, WORKS, hours, in_state

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import ClockKind, Level, Outcome
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.facts import Agreement, CallBackResult, Unrepairable
from dispatch_tui.domain.standing import standing
from dispatch_tui.domain.ticket import Status

REPAIR = ClockKind.REPAIR


def test_what_was_reduced_what_stays_and_where_it_is_written_is_kept() -> None:
    course = in_state(Status.ON_SITE).give(CANNOT, 4)
    assert course.ticket.unrepairable == Unrepairable(
        reduced="slow scans work", remains="no fast scans", report="MR-7", at=hours(4)
    )
    assert course.ticket.status is Status.ON_SITE
    course.give(c.Leave(), 5)
    assert course.ticket.status is Status.UNREPAIRABLE
    assert str(standing(course.ticket)) == "What does not work: no fast scans"


def test_the_repair_clock_runs_on_until_the_way_forward_is_agreed() -> None:
    course = in_state(Status.UNREPAIRABLE)
    assert course.clock(REPAIR).running
    assert course.clock(REPAIR).level(hours(39)) is Level.BREACHED
    course.give(AGREE, 30)
    clock = course.clock(REPAIR)
    assert (clock.outcome, clock.stopped_at) == (Outcome.SETTLED, hours(30))
    assert clock.level(hours(99)) is Level.NORMAL


def test_a_way_that_is_agreed_after_the_limit_does_not_undo_the_breach() -> None:
    course = in_state(Status.UNREPAIRABLE).give(AGREE, 39.1)
    assert course.clock(REPAIR).outcome is Outcome.MISSED


def test_what_was_agreed_and_what_is_open_then_is_kept() -> None:
    course = in_state(Status.UNREPAIRABLE).give(
        c.AgreeWay(way="a new one", name="Dr. Chen", document="letter 12", left_open="price"), 30
    )
    assert course.ticket.agreement == Agreement(
        way="a new one", name="Dr. Chen", document="letter 12", left_open="price", at=hours(30)
    )
    assert course.ticket.status is Status.AGREED
    assert course.ticket.dealt_with_at == hours(30)
    assert str(standing(course.ticket)) == "Way forward: a new one"
    assert course.clock(ClockKind.CALL_BACK).due_at == hours(54)


def test_no_way_is_agreed_before_it_is_written_down_that_it_cannot_be_repaired() -> None:
    with pytest.raises(NotPossible, match="First record for ticket 260302-001 that it cannot"):
        in_state(Status.ON_SITE).decided(AGREE)


def test_an_agreed_case_is_called_back_and_closed() -> None:
    course = in_state(Status.AGREED).give(WORKS, 10).give(c.Close(), 11)
    assert course.ticket.status is Status.CLOSED
    assert course.clock(REPAIR).outcome is Outcome.SETTLED


def test_what_did_not_go_as_agreed_is_open_again_with_its_clock() -> None:
    course = in_state(Status.AGREED)
    course.give(c.CallBack(result=CallBackResult.BROKEN, words="nothing came"), 20)
    assert course.ticket.agreement is None
    assert course.ticket.unrepairable is None
    assert course.ticket.status is Status.ASSIGNED
    assert course.clock(REPAIR).running
    assert course.clock(REPAIR).due_at == hours(39)


def test_what_was_given_up_may_be_repaired_after_all() -> None:
    course = in_state(Status.UNREPAIRABLE).give(c.Arrive(engineers=("li",)), 20)
    course.give(c.Restore(what_was_done="a part was found"), 22)
    assert course.ticket.status is Status.RESTORED
    assert course.clock(REPAIR).outcome is Outcome.MET
