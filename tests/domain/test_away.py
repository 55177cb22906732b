"""What leaves the customer by receipt, where it is, and what stands in for it."""

import pytest
from course import CURE, WORKS, Course, hours, in_state, take_away
from msgspec.structs import replace
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import Loan, Place, Removal, Step
from dispatch_tui.domain.clocks import ClockKind
from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.facts import CallBackResult
from dispatch_tui.domain.standing import concerns, holder, next_word_at, overdue, standing
from dispatch_tui.domain.ticket import Status

LEND = SAMPLES["lend"]


def taken(serial: str = "S1", to: Place = Place.WORKSHOP, due: float = 30) -> Course:
    """A course of which one thing left at 4 with the engineer, who left at 4.5."""
    return in_state(Status.ON_SITE).give(take_away(serial, to, due), 4).give(c.Leave(), 4.5)


def test_the_receipt_says_what_left_who_signed_and_who_answers_for_it() -> None:
    course = in_state(Status.ON_SITE).give(
        replace(take_away(), model="T9", owner="wang"), 4, by="operator"
    )
    assert course.ticket.removals == (
        Removal(
            no=1,
            item="tube",
            model="T9",
            serial="S1",
            signed_by="Nurse Wu",
            taken_at=hours(4),
            place=Place.WORKSHOP,
            step=Step.TAKEN,
            step_at=hours(4),
            owner="wang",
            word_due_at=hours(30),
        ),
    )


def test_who_enters_it_answers_for_it_unless_somebody_is_named() -> None:
    course = in_state(Status.ON_SITE).give(take_away(), 4, by="li")
    assert course.ticket.removals[0].owner == "li"
    with pytest.raises(NotFound, match="Nobody is called who") as no:
        in_state(Status.ON_SITE).decided(replace(take_away(), owner="who"))
    assert no.value.field == "owner"
    with pytest.raises(NotFound, match="Nobody is called gone"):
        in_state(Status.ON_SITE).decided(replace(take_away(), owner="gone"))


@pytest.mark.parametrize(
    ("to", "status"),
    [(Place.WORKSHOP, Status.IN_WORKSHOP), (Place.MANUFACTURER, Status.AT_MANUFACTURER)],
)
def test_the_case_is_where_its_thing_is_once_the_engineer_has_left(
    to: Place, status: Status
) -> None:
    course = in_state(Status.ON_SITE).give(take_away(to=to), 4)
    assert course.ticket.status is Status.ON_SITE
    course.give(c.Leave(), 5)
    assert course.ticket.status is status
    assert holder(course.ticket) == "manager"
    course.give(c.PlanVisit(planned_at=hours(40)), 6)
    assert course.ticket.status is status
    assert course.give(c.BringBack(), 7).ticket.status is Status.ASSIGNED


def test_the_repair_clock_runs_throughout() -> None:
    course = taken()
    clock = course.clock(ClockKind.REPAIR)
    course.give(c.ReportWorkshop(step=Step.READY), 20).give(c.BringBack(), 30)
    assert course.clock(ClockKind.REPAIR) == clock
    assert clock.running
    assert clock.used(hours(21)) == 0.5


def test_a_word_from_the_workshop_says_how_far_it_is_and_when_the_next_one_comes() -> None:
    course = taken().give(
        c.ReportWorkshop(step=Step.IN_WORK, word_due_at=hours(40), owner="wang", note="arcs"), 10
    )
    (thing,) = course.ticket.removals
    assert (thing.step, thing.step_at, thing.owner) == (Step.IN_WORK, hours(10), "wang")
    assert thing.word_due_at == hours(40)
    assert course.give(c.ReportWorkshop(step=Step.READY), 20).ticket.removals[0].ready
    assert course.ticket.removals[0].word_due_at is None
    assert course.ticket.removals[0].owner == "wang"


def test_exchange_with_the_manufacturer_goes_by_its_steps() -> None:
    course = taken(to=Place.MANUFACTURER)
    for step, due in ((Step.ASKED, 40), (Step.SENT, 60), (Step.PROMISED, 90)):
        course.give(c.ReportExchange(step=step, word_due_at=hours(due)), due - 20)
        assert course.ticket.removals[0].step is step
        assert not course.ticket.removals[0].ready
    course.give(c.ReportExchange(step=Step.EXCHANGED), 80)
    assert course.ticket.removals[0].ready
    course.give(c.BringBack(new_serial="S2", received_by="Nurse Wu"), 90)
    (thing,) = course.ticket.removals
    assert (thing.returned_at, thing.returned_serial, thing.out) == (hours(90), "S2", False)


def test_what_the_workshop_cannot_mend_goes_on_to_the_manufacturer() -> None:
    course = taken().give(c.ReportExchange(step=Step.ASKED, word_due_at=hours(50)), 20)
    assert course.ticket.removals[0].place is Place.MANUFACTURER
    assert course.ticket.status is Status.AT_MANUFACTURER


def test_a_step_of_the_other_place_is_refused() -> None:
    with pytest.raises(InvalidInput, match="exchanged is not possible for How far"):
        taken().decided(c.ReportWorkshop(step=Step.EXCHANGED))
    with pytest.raises(InvalidInput, match="ready is not possible for How far"):
        taken().decided(c.ReportExchange(step=Step.READY))


def test_the_next_word_is_needed_until_the_thing_is_ready() -> None:
    with pytest.raises(InvalidInput, match="By when will the next word come") as no:
        taken().decided(c.ReportWorkshop(step=Step.IN_WORK))
    assert no.value.field == "word_due_at"
    with pytest.raises(InvalidInput, match="has passed already"):
        taken().decided(c.ReportWorkshop(step=Step.IN_WORK, word_due_at=hours(9)), 10)
    with pytest.raises(InvalidInput, match="has passed already"):
        in_state(Status.ON_SITE).decided(take_away(due=3), 4)


def test_a_leg_is_shown_when_its_word_is_overdue() -> None:
    course = taken()
    assert overdue(course.ticket, hours(29.99)) == []
    assert list(concerns(course.ticket, hours(29.99))) == []
    assert overdue(course.ticket, hours(30)) == list(course.ticket.removals)
    (concern,) = concerns(course.ticket, hours(30))
    assert str(concern) == "No word on tube from manager: it was due 2026-03-03 14:00:00+00:00"
    course.give(c.ReportWorkshop(step=Step.RECEIVED, word_due_at=hours(50)), 31)
    assert overdue(course.ticket, hours(31)) == []
    course.give(c.BringBack(), 32)
    assert overdue(course.ticket, hours(99)) == []


def test_the_next_word_of_a_case_is_the_earliest_of_what_is_out() -> None:
    course = in_state(Status.ON_SITE).give(take_away("S1", due=40), 4)
    course.give(take_away("S2", due=20), 4).give(c.Leave(), 5)
    assert next_word_at(course.ticket) == hours(20)
    course.give(c.BringBack(serial="S2"), 10)
    assert next_word_at(course.ticket) == hours(40)
    course.give(c.ReportWorkshop(step=Step.READY), 11)
    assert next_word_at(course.ticket) is None


def test_a_leg_says_where_the_thing_is() -> None:
    course = taken()
    assert str(standing(course.ticket)) == (
        "tube S1: workshop, taken since 2026-03-02 12:00:00+00:00; "
        "next word by 2026-03-03 14:00:00+00:00"
    )
    course.give(c.ReportWorkshop(step=Step.READY), 20)
    assert str(standing(course.ticket)) == (
        "tube S1: workshop, ready since 2026-03-03 04:00:00+00:00"
    )


def test_of_several_things_the_one_that_is_meant_must_be_named() -> None:
    course = in_state(Status.ON_SITE).give(take_away("S1"), 4).give(take_away("S2"), 4)
    for command in (c.BringBack(), c.BringBack(serial="S3"), c.ReportWorkshop(step=Step.READY)):
        with pytest.raises(InvalidInput, match=r"Which thing is meant.*'S1', 'S2'") as no:
            course.decided(command)
        assert no.value.field == "serial"
    course.give(c.BringBack(serial="s 2"), 5)
    assert [one.out for one in course.ticket.removals] == [True, False]
    assert course.events(c.BringBack(), 6) == (e.BroughtBack(no=1),)


def test_what_is_out_is_not_taken_away_twice_but_again_once_it_is_back() -> None:
    course = taken()
    with pytest.raises(NotPossible, match="s1 of ticket 260302-001 is out already"):
        course.decided(take_away("s1"))
    course.give(c.BringBack(), 20).give(take_away(due=60), 30)
    assert [(one.no, one.out) for one in course.ticket.removals] == [(1, False), (2, True)]


def test_a_case_with_something_out_is_neither_closed_nor_cancelled() -> None:
    course = taken()
    with pytest.raises(NotPossible, match="till away or on loan"):
        course.decided(c.Cancel(reason="sold"))
    course.give(c.Arrive(), 20).give(c.Restore(what_was_done=CURE), 21).give(WORKS, 22)
    with pytest.raises(NotPossible, match=r"till away or on loan.*tube S1"):
        course.decided(c.Close())
    assert str(standing(course.ticket)) == "Still out: ('tube S1',)"
    course.give(c.BringBack(), 23).give(c.Close(), 24)
    assert course.ticket.status is Status.CLOSED


def test_a_loan_stands_in_until_it_is_back() -> None:
    course = in_state(Status.ASSIGNED).give(LEND, 2)
    assert course.ticket.loans == (
        Loan(no=1, item="monitor", serial="S9", signed_by="Nurse Wu", lent_at=hours(2)),
    )
    with pytest.raises(NotPossible, match="S9 of ticket 260302-001 is out already"):
        course.decided(LEND)
    course.give(c.SolveByPhone(what_was_done="plug"), 3).give(WORKS, 4)
    with pytest.raises(NotPossible, match=r"till away or on loan.*monitor S9"):
        course.decided(c.Close())
    course.give(c.TakeLoanBack(), 5).give(c.Close(), 6)
    assert course.ticket.loans[0].returned_at == hours(5)


def test_of_several_loans_the_one_that_is_meant_must_be_named() -> None:
    course = in_state(Status.ASSIGNED).give(LEND, 2)
    course.give(c.Lend(item="pump", serial="S8", signed_by="Nurse Wu"), 2)
    with pytest.raises(InvalidInput, match=r"Which thing is meant.*'S9', 'S8'"):
        course.decided(c.TakeLoanBack())
    assert course.events(c.TakeLoanBack(serial="S8")) == (e.LoanReturned(no=2),)


def test_a_thing_and_a_loan_may_have_the_same_serial() -> None:
    course = taken("S9").give(LEND, 5)
    assert course.events(c.BringBack(serial="S9"), 6) == (e.BroughtBack(no=1),)
    assert course.events(c.TakeLoanBack(serial="S9"), 6) == (e.LoanReturned(no=1),)


@pytest.mark.parametrize("status", [Status.ASSIGNED, Status.RESTORED])
def test_who_fetches_a_loan_after_it_was_solved_by_phone_moves_no_clock(status: Status) -> None:
    course = in_state(status)
    if status is Status.RESTORED:
        course.give(c.CallBack(result=CallBackResult.BROKEN, words="dark"), 6)
    course.give(LEND, 7).give(c.SolveByPhone(what_was_done="plug"), 8)
    before = course.clocks
    course.give(c.Depart(engineers=("li",)), 9).give(c.Arrive(engineers=("li",)), 10)
    assert course.clocks == before
    assert course.ticket.visits[-1].trips[0].arrived_at == hours(10)
    course.give(c.TakeLoanBack(), 10).give(WORKS, 11).give(c.Close(), 12)
    assert course.ticket.status is Status.CLOSED
