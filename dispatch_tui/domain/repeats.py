"""Repeat faults: the same device, the same cause, soon after."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import timedelta

from dispatch_tui.domain.ticket import Kind, Status, Ticket

WITHIN = timedelta(days=60)
"""So soon after a repair the same cause makes a repeat fault."""

_NOT_COUNTED = frozenset({Status.CANCELLED, Status.MERGED})


def recent_faults(ticket: Ticket, history: Iterable[Ticket]) -> list[Ticket]:
    """Return the faults of the same device that were dealt with in the 60 days before this one.

    The newest first; they may recur in this ticket, whose cause is not known at the call.
    """
    if ticket.kind is not Kind.FAULT:
        return []
    found = [
        one
        for one in history
        if one.number != ticket.number
        and one.device == ticket.device != ""
        and one.kind is Kind.FAULT
        and one.status not in _NOT_COUNTED
        and one.dealt_with_at is not None
        and timedelta() <= ticket.reported_at - one.dealt_with_at <= WITHIN
    ]
    return sorted(found, key=lambda one: one.reported_at, reverse=True)


def repeat_of(ticket: Ticket, history: Iterable[Ticket]) -> Ticket | None:
    """Return the fault that this one repeats: the same cause on the same device, None for none."""
    if ticket.cause is None:
        return None
    recent = recent_faults(ticket, history)
    return next((one for one in recent if one.cause is ticket.cause), None)


def repeats_in(history: Sequence[Ticket]) -> dict[str, Ticket]:
    """Return what each fault of a history repeats, by number, in one go however long that is."""
    dealt_with = [(at, one) for one in history if (at := one.dealt_with_at) is not None]
    dealt_with.sort(key=lambda pair: pair[0])
    times = [at for at, _ in dealt_with]
    found = {}
    for ticket in history:
        first = bisect_left(times, ticket.reported_at - WITHIN)
        beyond = bisect_right(times, ticket.reported_at)
        before = repeat_of(ticket, (one for _, one in dealt_with[first:beyond]))
        if before is not None:
            found[ticket.number] = before
    return found
