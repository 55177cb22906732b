"""From the journal to the ticket: `evolve` takes one fact in, `fold` the whole course."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import asdict, replace

from dispatch_tui.domain.events import (
    CallLogged,
    Corrected,
    Entry,
    LimitsSet,
    TimeCorrected,
    Withdrawn,
)
from dispatch_tui.domain.facts import Complaint
from dispatch_tui.domain.folds import FOLDS
from dispatch_tui.domain.folds.base import Told
from dispatch_tui.domain.ticket import Kind, Ticket

FOLD_VERSION = "4"
"""Counted up when the same journal folds to another ticket: stored rows are then made anew."""


def evolve(ticket: Ticket, entry: Entry, at: datetime) -> Ticket:
    """Return the ticket with one more fact, which happened `at` (after corrections of its time)."""
    take_in = FOLDS.get(type(entry.event))
    return ticket if take_in is None else take_in(ticket, entry.event, Told(at, entry))


def opened(number: str, entry: Entry, at: datetime) -> Ticket:
    """Return the ticket that begins with the logged call `entry`, reported `at`."""
    if not isinstance(entry.event, CallLogged):
        raise ValueError(f"the journal of {number} does not begin with a logged call")
    said = asdict(entry.event)
    complaint = Complaint(about=said.pop("about"), channel=said.pop("channel"))
    return Ticket(
        number=number,
        logged_by=entry.actor,
        reported_at=at,
        original_reported_at=entry.occurred_at.astimezone(UTC),
        complaint=complaint if entry.event.kind is Kind.COMPLAINT else None,
        **said,
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
    taken to have happened with what they correct: intake facts, and the limits that follow from
    them, with the call.
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
    of_intake = False
    for one in live:
        if not one.follows:
            of_intake = isinstance(one.event, (CallLogged, Corrected, TimeCorrected))
        of_call = of_intake and isinstance(one.event, LimitsSet)
        if start is not None and (of_call or isinstance(one.event, Corrected)):
            facts.append((one, start))
        elif not isinstance(one.event, (TimeCorrected, Withdrawn)):
            facts.append((one, times[one.seq]))
    return facts
