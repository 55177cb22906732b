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
                (CANCELLED, ticket.cancelled_at),
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
    reported, reopened = ticket.reported_at, ticket.reopened_at
    works, solved = ticket.restored_at, ticket.solved_at
    closed, cancelled = ticket.closed_at, ticket.cancelled_at
    on_site = min((one.arrived_at for one in ticket.engineers if one.arrived_at), default=None)
    yield REPORTED, reported, ANSWERED, ticket.responded_at
    yield REPORTED, reported, ARRIVED, ticket.arrived_at
    yield REPORTED, reported, SOLVED, solved
    yield REPORTED, reported, CANCELLED, cancelled
    yield REPORTED, reported, REOPENED, reopened
    for one in ticket.engineers:
        yield REPORTED, reported, SET_OUT, one.departed_at
        yield REOPENED, reopened, SET_OUT, one.departed_at
        yield REOPENED, reopened, ARRIVED, one.arrived_at
        yield SET_OUT, one.departed_at, ARRIVED, one.arrived_at
        yield SET_OUT, one.departed_at, CANCELLED, cancelled
        yield ARRIVED, one.arrived_at, CANCELLED, cancelled
    yield ARRIVED, on_site or ticket.arrived_at, WORKS, works
    yield ARRIVED, on_site or ticket.arrived_at, SOLVED, solved
    yield REOPENED, reopened, WORKS, works
    yield REOPENED, reopened, SOLVED, solved
    yield REOPENED, reopened, CANCELLED, cancelled
    yield ARRIVED, ticket.arrived_at, CANCELLED, cancelled
    yield ANSWERED, ticket.responded_at, CANCELLED, cancelled
    yield ANSWERED, ticket.responded_at, ENDED, closed
    yield WORKS, works, ENDED, closed
    yield SOLVED, solved, ENDED, closed
