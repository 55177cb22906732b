"""How a case ends and comes back: closing, cancelling, merging, reopening."""

import pytest
from course import (
    CURE,
    MAJOR,
    NUMBER,
    OTHER,
    REPORTED,
    WORKS,
    Course,
    complaint,
    fault,
    hours,
    in_state,
    other_ticket,
    told,
)
from msgspec.structs import replace
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import ClockKind, Outcome
from dispatch_tui.domain.errors import DispatchError, InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.facts import AdverseReport
from dispatch_tui.domain.standing import standing
from dispatch_tui.domain.ticket import OVER, Kind, Status, Ticket

MERGE = c.Merge(into=OTHER, reason="the same tube")


def with_other(other: Ticket | None) -> Course:
    return Course(other=other)


def test_a_merged_ticket_ends_and_names_the_one_that_goes_on() -> None:
    course = with_other(other_ticket()).give(c.Respond(), 0.5).give(MERGE, 2)
    assert course.journal[-1].event == e.Merged(into=OTHER, reason="the same tube")
    assert (course.ticket.merged_into, course.ticket.merged_at) == (OTHER, hours(2))
    assert course.ticket.status is Status.MERGED
    assert not course.ticket.is_open
    assert course.clock(ClockKind.RESPONSE).outcome is Outcome.MET
    assert course.clock(ClockKind.ON_SITE).outcome is Outcome.VOID
    assert str(standing(course.ticket)) == f"Goes on as {OTHER}"


def others() -> dict[str, tuple[Ticket | None, type[DispatchError], str]]:
    open_one = other_ticket()
    closed = Course(at=REPORTED, number=OTHER).give(c.SolveByPhone(what_was_done=CURE), 0)
    return {
        "unknown": (None, NotFound, f"There is no ticket {OTHER}"),
        "itself": (replace(open_one, number=NUMBER), InvalidInput, "cannot be merged into itself"),
        "closed": (
            closed.give(WORKS).give(c.Close()).ticket,
            NotPossible,
            f"Ticket {OTHER} is closed",
        ),
        "a complaint": (
            Course(complaint(), at=REPORTED, number=OTHER).ticket,
            NotPossible,
            f"Ticket {OTHER} is logged",
        ),
        "of another customer": (
            replace(open_one, customer="H02"),
            InvalidInput,
            "are of different customers and stay apart",
        ),
        "reported later": (
            replace(open_one, reported_at=hours(0.1)),
            InvalidInput,
            f"Ticket {OTHER} was reported later .* than {NUMBER} .*merge it into {NUMBER}",
        ),
    }


@pytest.mark.parametrize("name", others())
def test_a_ticket_that_does_not_fit_takes_in_no_other(name: str) -> None:
    other, error, sentence = others()[name]
    with pytest.raises(error, match=sentence):
        with_other(other).decided(MERGE)


def test_an_unknown_caller_s_ticket_is_merged_into_the_customer_s() -> None:
    course = Course(fault(customer=""), other=other_ticket()).give(MERGE, 1)
    assert course.ticket.status is Status.MERGED


@pytest.mark.parametrize(
    "status",
    [Status.RESTORED, Status.SOLVED, Status.AGREED, Status.CONFIRMED, *sorted(OVER)],
)
def test_every_case_that_is_over_can_be_reopened(status: Status) -> None:
    course = in_state(status)
    before = course.ticket
    course.give(c.Reopen(reason="fails"), 10)
    after = course.ticket
    assert after.is_open
    assert after.status in {Status.LOGGED, Status.ASSIGNED, Status.RESPONDED}
    assert (after.life, after.reopened_at) == (before.life + 1, hours(10))
    for gone in ("restored", "solved", "closed", "cancelled", "merged"):
        assert getattr(after, f"{gone}_at") is None
    assert (after.agreement, after.unrepairable, after.call_back) == (None, None, None)
    assert after.merged_into == ""
    assert after.engineers == before.engineers
    assert [one.trips for one in after.visits] == [one.trips for one in before.visits]
    kept = {one.kind: one.due_at for one in course.clocks}
    assert all(one.running for one in course.clocks if one.kind is ClockKind.REPAIR)
    assert ClockKind.CALL_BACK not in kept
    assert kept[ClockKind.RESPONSE] == hours(1)


def test_a_reopening_cannot_come_before_the_end_of_anything() -> None:
    course = in_state(Status.CONFIRMED)
    with pytest.raises(InvalidInput, match="reopened before it ended"):
        course.decided(c.Reopen(reason="x"), 5.4)
    followed = in_state(Status.SATISFIED, Kind.COMPLAINT)
    with pytest.raises(InvalidInput, match="reopened before it ended"):
        followed.decided(c.Reopen(reason="x"), 3.9)


def test_a_case_can_be_reopened_again_and_again() -> None:
    course = Course()
    for life in range(3):
        course.give(c.SolveByPhone(what_was_done=CURE), 2 * life + 1)
        course.give(c.Reopen(reason="fails"), 2 * life + 2)
    assert course.ticket.life == 3
    assert course.ticket.reopened_at == hours(6)


def test_consent_and_severity_outlast_a_reopening() -> None:
    course = in_state(Status.ON_SITE).give(MAJOR, 4).give(SAMPLES["consent"], 5)
    course.give(c.Restore(what_was_done=CURE), 6).give(c.Reopen(reason="fails"), 7)
    assert course.clock(ClockKind.REPAIR).due_at == hours(50)


@pytest.mark.parametrize("end", [c.Cancel(reason="twice"), MERGE])
def test_no_adverse_event_is_lost_with_a_ticket_that_ends(end: c.Command) -> None:
    course = in_state(Status.LOGGED).give(SAMPLES["suspect-adverse"], 1)
    with pytest.raises(NotPossible, match="report or clear it first"):
        course.decided(end)
    told_it = c.ReportAdverse(how=AdverseReport.WRITTEN, to="the authority")
    assert course.give(told_it, 2).give(end, 3).ticket.status in OVER
    cleared = in_state(Status.LOGGED).give(SAMPLES["suspect-adverse"], 1)
    cleared.give(SAMPLES["clear-adverse"], 2).give(end, 3)
    assert cleared.ticket.status in OVER


def test_a_note_and_a_corrected_word_do_not_reopen_what_is_over() -> None:
    for status in OVER:
        course = in_state(status).give(c.Note(text="x")).give(c.Correct(phone="1"))
        assert course.ticket.status is status


def test_a_case_is_closed_after_the_customer_said_that_it_works() -> None:
    course = told((c.SolveByPhone(what_was_done=CURE), 1))
    with pytest.raises(NotPossible, match="was not called back yet: do that first"):
        course.decided(c.Close())
    course.give(WORKS, 2).give(c.Close(note="thanks"), 3)
    assert course.ticket.closed_at == hours(3)
    assert not course.ticket.is_open
