"""The order in which the facts of a case can have happened."""

from collections.abc import Iterator
from datetime import datetime

from dispatch_tui.domain.errors import InvalidInput
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


def check(ticket: Ticket) -> None:
    """Refuse a ticket whose facts cannot have happened in this order.

    Raises `InvalidInput` naming the two facts that contradict each other, with their times.
    """
    for first, first_at, then, then_at in _pairs(ticket):
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


def _pairs(ticket: Ticket) -> Iterator[tuple[str, datetime | None, str, datetime | None]]:
    reported, works, solved = ticket.reported_at, ticket.restored_at, ticket.solved_at
    yield REPORTED, reported, ANSWERED, ticket.responded_at
    yield REPORTED, reported, ARRIVED, ticket.arrived_at
    yield REPORTED, reported, SOLVED, solved
    yield REPORTED, reported, CANCELLED, ticket.cancelled_at
    yield REPORTED, reported, REOPENED, ticket.reopened_at
    for one in ticket.engineers:
        yield REPORTED, reported, SET_OUT, one.departed_at
        yield REOPENED, ticket.reopened_at, SET_OUT, one.departed_at
        yield REOPENED, ticket.reopened_at, ARRIVED, one.arrived_at
        yield SET_OUT, one.departed_at, ARRIVED, one.arrived_at
        yield ARRIVED, one.arrived_at, WORKS, works
        yield ARRIVED, one.arrived_at, SOLVED, solved
    yield ARRIVED, ticket.arrived_at, WORKS, works
    yield REOPENED, ticket.reopened_at, WORKS, works
    yield REOPENED, ticket.reopened_at, SOLVED, solved
    yield WORKS, works, ENDED, ticket.closed_at
    yield SOLVED, solved, ENDED, ticket.closed_at
