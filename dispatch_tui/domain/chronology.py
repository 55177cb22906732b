"""The order in which the facts of a case can have happened."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.events import Entry, Reopened, TimeCorrected, Withdrawn
from dispatch_tui.domain.fold import fold, standing
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.ticket import Ticket

REPORTED = N_("the fault was reported")
ANSWERED = N_("the customer was answered")
SET_OUT = N_("the engineer set out")
ARRIVED = N_("the engineer arrived")
WORKS = N_("the device worked again")
SOLVED = N_("it was solved by phone")
ENDED = N_("the case was closed")
CANCELLED = N_("the ticket was cancelled")
REOPENED = N_("the ticket was reopened")
MERGED = N_("the ticket was merged")
LEFT = N_("the engineer left")
TAKEN = N_("it was taken away")
HEARD = N_("something was heard of it")
GIVEN_BACK = N_("it was given back")
LENT = N_("it was left on loan")
LOAN_BACK = N_("the loan came back")
CONSENTED = N_("the purchaser agreed")
FOUND = N_("it was found that it cannot be repaired")
AGREED = N_("the way forward was agreed")
CALLED_BACK = N_("the customer was called back")
ACKNOWLEDGED = N_("the complaint was acknowledged")
SETTLED = N_("the customer was satisfied")
LEARNT = N_("the adverse event was learnt of")
TOLD = N_("the authority was told")
CLEARED = N_("the suspicion was cleared")
SIGNED = N_("the report was signed")
FINISHED = N_("the report was made final")


_Pair = tuple[str, datetime | None, str, datetime | None]
"""What came first and when, what came then and when."""


def check(ticket: Ticket) -> None:
    """Refuse a ticket whose facts cannot have happened in this order.

    Raises `InvalidInput` naming the two facts that contradict each other, with their times.
    """
    _refuse(_pairs(ticket))


def check_course(number: str, journal: Sequence[Entry]) -> None:
    """Refuse a journal whose facts cannot have happened in this order, before a reopening too.

    Raises `InvalidInput` as `check` does.
    """
    for reopened, at in standing(journal):
        if isinstance(reopened.event, Reopened):
            until_then = [
                one
                for one in journal
                if one.seq < reopened.seq or isinstance(one.event, TimeCorrected | Withdrawn)
            ]
            _check_life(fold(number, until_then), at)
    _check_life(fold(number, journal), None)


def _check_life(ticket: Ticket | None, reopened_at: datetime | None) -> None:
    if ticket is not None:
        check(ticket)
        _refuse(
            (ended, ended_at, REOPENED, reopened_at)
            for ended, ended_at in (
                (WORKS, ticket.restored_at),
                (SOLVED, ticket.solved_at),
                (ENDED, ticket.closed_at),
                (AGREED, ticket.agreement.at if ticket.agreement else None),
                (CALLED_BACK, ticket.call_back.at if ticket.call_back else None),
                (CANCELLED, ticket.cancelled_at),
                (MERGED, ticket.merged_at),
            )
        )


def _refuse(pairs: Iterable[_Pair]) -> None:
    for first, first_at, then, then_at in pairs:
        if first_at is not None and then_at is not None and then_at < first_at:
            raise InvalidInput(
                N_(
                    "It cannot be that {then} ({then_at}) before {first} ({first_at}): "
                    "check the times."
                ),
                then=Message(then),
                then_at=then_at,
                first=Message(first),
                first_at=first_at,
            )


def _pairs(ticket: Ticket) -> Iterator[_Pair]:
    yield from _course(ticket)
    yield from _trips(ticket)
    yield from _away(ticket)
    yield from _ending(ticket)
    yield from _complaint(ticket)
    if ticket.adverse is not None:
        yield LEARNT, ticket.adverse.at, TOLD, ticket.adverse.phoned_at
        yield LEARNT, ticket.adverse.at, TOLD, ticket.adverse.reported_at
        yield LEARNT, ticket.adverse.at, CLEARED, ticket.adverse.cleared_at


def _course(ticket: Ticket) -> Iterator[_Pair]:
    reported, reopened = ticket.reported_at, ticket.reopened_at
    works, solved = ticket.restored_at, ticket.solved_at
    here = [
        trip.arrived_at
        for visit in ticket.visits
        if visit.life == ticket.life
        for trip in visit.trips
        if trip.arrived_at
    ]
    on_site = min(here, default=None) or ticket.arrived_at
    yield REPORTED, reported, ANSWERED, ticket.responded_at
    yield REPORTED, reported, ANSWERED, ticket.needs_visit_at
    yield REPORTED, reported, ARRIVED, ticket.arrived_at
    yield REPORTED, reported, SOLVED, solved
    yield REPORTED, reported, REOPENED, reopened
    yield ARRIVED, on_site, WORKS, works
    yield ARRIVED, ticket.arrived_at, SOLVED, solved
    yield REOPENED, reopened, WORKS, works
    yield REOPENED, reopened, SOLVED, solved
    found = ticket.unrepairable
    if found is not None:
        yield ARRIVED, ticket.arrived_at, FOUND, found.at
        yield REOPENED, reopened, FOUND, found.at
        yield FOUND, found.at, AGREED, ticket.agreement.at if ticket.agreement else None
    for consent in ticket.consents:
        yield ARRIVED, ticket.arrived_at, CONSENTED, consent.at


def _trips(ticket: Ticket) -> Iterator[_Pair]:
    for visit in ticket.visits:
        reopened = ticket.reopened_at if visit.life == ticket.life else None
        for one in visit.trips:
            yield REPORTED, ticket.reported_at, SET_OUT, one.departed_at
            yield REPORTED, ticket.reported_at, ARRIVED, one.arrived_at
            yield REOPENED, reopened, SET_OUT, one.departed_at
            yield REOPENED, reopened, ARRIVED, one.arrived_at
            yield SET_OUT, one.departed_at, ARRIVED, one.arrived_at
            yield ARRIVED, one.arrived_at, LEFT, one.left_at
            for ended, ended_at in _ends(ticket):
                yield SET_OUT, one.departed_at, ended, ended_at
                yield ARRIVED, one.arrived_at, ended, ended_at


def _away(ticket: Ticket) -> Iterator[_Pair]:
    for thing in ticket.removals:
        yield ARRIVED, ticket.arrived_at, TAKEN, thing.taken_at
        yield TAKEN, thing.taken_at, HEARD, thing.step_at
        yield TAKEN, thing.taken_at, GIVEN_BACK, thing.returned_at
    for loan in ticket.loans:
        yield REPORTED, ticket.reported_at, LENT, loan.lent_at
        yield LENT, loan.lent_at, LOAN_BACK, loan.returned_at


def _ends(ticket: Ticket) -> Iterator[tuple[str, datetime | None]]:
    yield CANCELLED, ticket.cancelled_at
    yield MERGED, ticket.merged_at


def _ending(ticket: Ticket) -> Iterator[_Pair]:
    closed = ticket.closed_at
    called = ticket.call_back.at if ticket.call_back else None
    for dealt_with, at in (
        (WORKS, ticket.restored_at),
        (SOLVED, ticket.solved_at),
        (AGREED, ticket.agreement.at if ticket.agreement else None),
    ):
        yield dealt_with, at, CALLED_BACK, called
        yield dealt_with, at, ENDED, closed
    yield CALLED_BACK, called, ENDED, closed
    yield ANSWERED, ticket.responded_at, ENDED, closed
    for ended, ended_at in _ends(ticket):
        yield REPORTED, ticket.reported_at, ended, ended_at
        yield REOPENED, ticket.reopened_at, ended, ended_at
        yield ARRIVED, ticket.arrived_at, ended, ended_at
        yield ANSWERED, ticket.responded_at, ended, ended_at
    for report in ticket.reports:
        yield FINISHED, report.at, SIGNED, report.signed_at


def _complaint(ticket: Ticket) -> Iterator[_Pair]:
    complaint = ticket.complaint
    if complaint is None:
        return
    yield REPORTED, ticket.reported_at, ACKNOWLEDGED, complaint.acknowledged_at
    yield REPORTED, ticket.reported_at, ANSWERED, complaint.answered_at
    yield REOPENED, ticket.reopened_at, ANSWERED, complaint.answered_at
    yield ANSWERED, complaint.answered_at, SETTLED, complaint.satisfied_at
    yield SETTLED, complaint.satisfied_at, ENDED, ticket.closed_at
