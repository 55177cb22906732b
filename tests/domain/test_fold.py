"""The ticket is what its journal says, up to any time."""

from datetime import timedelta

import msgspec
import pytest
from course import NUMBER, WORKS, Course, complaint, hours, in_state

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.facts import How
from dispatch_tui.domain.fold import fold, opened
from dispatch_tui.domain.ticket import Kind, Priority, Status, Ticket


def full() -> Course:
    course = Course().give(c.Respond(), 0.5).give(c.Assign(engineers=("li",)), 1)
    course.give(c.Depart(), 2).give(c.Arrive(), 3).give(c.Restore(what_was_done="tube"), 4)
    course.give(WORKS, 4.5)
    return course.give(c.Close(), 5).give(c.Reopen(reason="fails"), 6).give(c.Arrive(), 8)


@pytest.mark.parametrize(
    ("until", "status"),
    [
        (0, Status.LOGGED),
        (0.5, Status.RESPONDED),
        (1.5, Status.ASSIGNED),
        (2.99, Status.UNDER_WAY),
        (3, Status.ON_SITE),
        (4, Status.RESTORED),
        (4.5, Status.CONFIRMED),
        (5.5, Status.CLOSED),
        (6, Status.ASSIGNED),
        (100, Status.ON_SITE),
    ],
)
def test_ticket_as_it_stood(until: float, status: Status) -> None:
    then = fold(NUMBER, full().journal, until=hours(until))
    assert then is not None
    assert then.status is status


def test_before_the_report_there_was_no_ticket() -> None:
    assert fold(NUMBER, full().journal, until=hours(0) - timedelta(microseconds=1)) is None


def test_corrections_known_today_count_for_the_past() -> None:
    course = Course().give(c.Respond(), 0.5)
    course.give(c.CorrectTime(what="responded", to=hours(0.75)), 3)
    course.give(c.Correct(fault="smoke"), 4)
    then = fold(NUMBER, course.journal, until=hours(0.6))
    assert then is not None
    assert then.responded_at is None
    assert then.fault == "smoke"


def test_what_was_taken_back_did_not_happen_in_the_past_either() -> None:
    course = Course().give(c.Cancel(reason="twice"), 1).give(c.Undo())
    then = fold(NUMBER, course.journal, until=hours(1))
    assert then is not None
    assert then.status is Status.LOGGED


def test_a_report_corrected_to_later_moves_the_birth_of_the_ticket() -> None:
    course = Course().give(c.CorrectTime(what="reported", to=hours(1)), 2)
    assert fold(NUMBER, course.journal, until=hours(0.5)) is None
    assert fold(NUMBER, course.journal, until=hours(1)) is not None


def test_every_word_of_the_intake_is_in_the_ticket() -> None:
    call = c.LogCall(
        fault="f",
        customer="cu",
        caller="ca",
        device="de",
        department="dp",
        contact="co",
        phone="ph",
        priority=Priority.EMERGENCY,
    )
    ticket = Course(call).ticket
    for name, value in msgspec.structs.asdict(call).items():
        if name not in ("about", "channel"):  # of a complaint
            assert getattr(ticket, name) == value, name
    assert ticket.complaint is None
    assert ticket.logged_by == "operator"
    assert ticket.number == NUMBER


def test_what_a_complaint_is_about_and_how_it_came_is_in_its_ticket() -> None:
    ticket = Course(complaint(about="260301-007", channel=How.LETTER)).ticket
    assert ticket.complaint is not None
    assert (ticket.complaint.about, ticket.complaint.channel) == ("260301-007", How.LETTER)
    assert ticket.kind is Kind.COMPLAINT


def test_further_calls_are_counted() -> None:
    course = Course().give(c.AddCall(text="when?"), 1).give(c.AddCall(text="now?"), 2)
    assert course.ticket.calls == 3


def test_journal_and_ticket_survive_the_trip_through_json() -> None:
    course = full().give(c.CorrectTime(what="arrived", to=hours(7)), 9).give(c.Undo())
    written = msgspec.json.encode(course.journal)
    journal = msgspec.json.decode(written, type=tuple[e.Entry, ...])
    assert journal == course.journal
    assert fold(NUMBER, journal) == course.ticket
    assert msgspec.json.decode(msgspec.json.encode(course.ticket), type=Ticket) == course.ticket


def test_a_journal_that_does_not_begin_with_a_call_is_an_error() -> None:
    noted = full().journal[1]
    with pytest.raises(ValueError, match="does not begin with a logged call"):
        opened(NUMBER, noted, noted.occurred_at)


def test_nobody_left_after_an_arrival_is_answered_not_logged() -> None:
    course = in_state(Status.ON_SITE).give(c.Unassign())
    assert course.ticket.responded_at is None
    assert course.ticket.status is Status.RESPONDED
