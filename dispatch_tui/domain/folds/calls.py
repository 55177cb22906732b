"""Folds: calls, the talk about the fault, what was written down."""

from msgspec.structs import asdict, replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain import visits as v
from dispatch_tui.domain.facts import Limits
from dispatch_tui.domain.folds.base import Fold, Told, earlier
from dispatch_tui.domain.ticket import Ticket


def _call_added(ticket: Ticket, _: e.CallAdded, __: Told) -> Ticket:
    return replace(ticket, calls=ticket.calls + 1)


def _responded(ticket: Ticket, _: e.Responded, told: Told) -> Ticket:
    return replace(ticket, responded_at=told.at, talked_at=earlier(ticket.talked_at, told.at))


def _visit_needed(ticket: Ticket, _: e.VisitNeeded, told: Told) -> Ticket:
    return replace(ticket, needs_visit_at=told.at, talked_at=earlier(ticket.talked_at, told.at))


def _solved_by_phone(ticket: Ticket, event: e.SolvedByPhone, told: Told) -> Ticket:
    return replace(
        ticket,
        solved_at=told.at,
        what_was_done=event.what_was_done,
        original_dealt_with_at=told.first_at,
        talked_at=earlier(ticket.talked_at, told.at),
        visits=v.ended(ticket.visits, told.at),
    )


def _priority_set(ticket: Ticket, event: e.PrioritySet, _: Told) -> Ticket:
    return replace(ticket, priority=event.priority)


def _corrected(ticket: Ticket, event: e.Corrected, _: Told) -> Ticket:
    changes = {k: v for k, v in asdict(event).items() if k != "reason" and v is not None}
    return replace(ticket, **changes)


def _limits_set(ticket: Ticket, event: e.LimitsSet, told: Told) -> Ticket:
    limits = Limits(**asdict(event)) if event.contract else None
    if told.entry.follows and told.entry.seq == 2:
        return replace(ticket, limits=limits, original_limits=limits)
    return replace(ticket, limits=limits)


FOLDS: dict[type[e.Event], Fold] = {
    e.CallAdded: _call_added,
    e.Responded: _responded,
    e.VisitNeeded: _visit_needed,
    e.SolvedByPhone: _solved_by_phone,
    e.PrioritySet: _priority_set,
    e.Corrected: _corrected,
    e.LimitsSet: _limits_set,
}
