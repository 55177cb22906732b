"""From the journal to the ticket: `evolve` takes one fact in, `fold` the whole course."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import asdict, replace

from dispatch_tui.domain.events import (
    Arrived,
    Assigned,
    CallAdded,
    CallLogged,
    Cancelled,
    Closed,
    Corrected,
    Departed,
    Entry,
    PrioritySet,
    Reopened,
    Responded,
    Restored,
    SolvedByPhone,
    TimeCorrected,
    Unassigned,
    Withdrawn,
)
from dispatch_tui.domain.ticket import Assignment, Ticket


def evolve(ticket: Ticket, entry: Entry, at: datetime) -> Ticket:
    """Return the ticket with one more fact, which happened `at` (after corrections of its time)."""
    match entry.event:
        case CallAdded():
            return replace(ticket, calls=ticket.calls + 1)
        case Responded():
            return replace(ticket, responded_at=at, talked_at=_earlier(ticket.talked_at, at))
        case Assigned(engineers=logins, lead=lead):
            known = {one.login for one in ticket.engineers}
            joined = (Assignment(login=one, assigned_at=at) for one in logins if one not in known)
            return _led_by(replace(ticket, engineers=(*ticket.engineers, *joined)), lead)
        case Unassigned(engineers=logins, lead=lead):
            left = tuple(one for one in ticket.engineers if one.login not in logins)
            return _led_by(replace(ticket, engineers=left), lead)
        case Departed(engineers=logins, expected_at=expected_at):
            return _trip(ticket, logins, departed_at=at, expected_at=expected_at)
        case Arrived(engineers=logins):
            return replace(
                _trip(ticket, logins, arrived_at=at),
                arrived_at=_earlier(ticket.arrived_at, at),
                original_arrived_at=ticket.original_arrived_at or entry.occurred_at.astimezone(UTC),
                talked_at=_earlier(ticket.talked_at, at),
            )
        case Restored():
            return replace(ticket, restored_at=at)
        case SolvedByPhone():
            return replace(ticket, solved_at=at, talked_at=_earlier(ticket.talked_at, at))
        case Closed():
            return replace(ticket, closed_at=at)
        case Cancelled():
            return replace(ticket, cancelled_at=at)
        case Reopened():
            return _reopened(ticket, at)
        case PrioritySet(priority=priority):
            return replace(ticket, priority=priority)
        case Corrected() as corrected:
            changes = {
                k: v for k, v in asdict(corrected).items() if k != "reason" and v is not None
            }
            return replace(ticket, **changes)
        case _:
            return ticket


def opened(number: str, entry: Entry, at: datetime) -> Ticket:
    """Return the ticket that begins with the logged call `entry`, reported `at`."""
    if not isinstance(entry.event, CallLogged):
        raise ValueError(f"the journal of {number} does not begin with a logged call")
    return Ticket(
        number=number,
        logged_by=entry.actor,
        reported_at=at,
        original_reported_at=entry.occurred_at.astimezone(UTC),
        **asdict(entry.event),
    )


def fold(number: str, entries: Sequence[Entry], until: datetime | None = None) -> Ticket | None:
    """Fold a whole journal, in the order of `seq`.

    With `until`, what happened later is left out: the ticket as it was at that time, by all that
    is known today (corrections told later count). None when it had not been reported by then.
    """
    facts = standing(entries)
    if until is not None:
        facts = [(entry, at) for entry, at in facts if at <= until]
        if not facts or facts[0][0].seq != 1:
            return None
    ticket = opened(number, *facts[0])
    for entry, at in facts[1:]:
        ticket = evolve(ticket, entry, at)
    return replace(ticket, version=entries[-1].seq)


def standing(entries: Sequence[Entry]) -> list[tuple[Entry, datetime]]:
    """Return the entries that were not withdrawn, each with the UTC it is held to have happened.

    In another zone limits would be added to the hands of a clock, not to time. Corrections are
    taken to have happened with what they correct: intake facts with the call.
    """
    withdrawn = {
        seq for one in entries if isinstance(one.event, Withdrawn) for seq in one.event.seqs
    }
    live = [one for one in entries if one.seq not in withdrawn]
    times = {one.seq: one.occurred_at.astimezone(UTC) for one in live}
    times |= {
        one.event.seq: one.event.to.astimezone(UTC)
        for one in live
        if isinstance(one.event, TimeCorrected)
    }
    start = times[live[0].seq] if live else None
    facts: list[tuple[Entry, datetime]] = []
    for one in live:
        if start is not None and isinstance(one.event, Corrected):
            facts.append((one, start))
        elif not isinstance(one.event, (TimeCorrected, Withdrawn)):
            facts.append((one, times[one.seq]))
    return facts


def _earlier(known: datetime | None, at: datetime) -> datetime:
    return at if known is None else min(known, at)


def _trip(ticket: Ticket, logins: Sequence[str], **times: datetime | None) -> Ticket:
    engineers = tuple(
        replace(one, **times) if one.login in logins else one for one in ticket.engineers
    )
    return replace(ticket, engineers=engineers)


def _led_by(ticket: Ticket, lead: str) -> Ticket:
    engineers = tuple(replace(one, lead=one.login == lead) for one in ticket.engineers)
    return replace(ticket, engineers=engineers)


def _reopened(ticket: Ticket, at: datetime) -> Ticket:
    waiting = tuple(
        replace(one, departed_at=None, expected_at=None, arrived_at=None)
        for one in ticket.engineers
    )
    return replace(
        ticket,
        engineers=waiting,
        restored_at=None,
        solved_at=None,
        closed_at=None,
        cancelled_at=None,
        reopened_at=at,
    )
