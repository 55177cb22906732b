"""Folds: who has the ticket, and how far their visits are."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain import visits as v
from dispatch_tui.domain.folds.base import Fold, Told, earlier
from dispatch_tui.domain.ticket import Assignment, Ticket


def joined(ticket: Ticket, logins: Sequence[str], at: datetime) -> Ticket:
    """Return the ticket with engineers on it who were not yet."""
    known = {one.login for one in ticket.engineers}
    fresh = (Assignment(login=one, assigned_at=at) for one in logins if one not in known)
    return replace(ticket, engineers=(*ticket.engineers, *fresh))


def gone(ticket: Ticket, logins: Sequence[str], at: datetime) -> Ticket:
    """Return the ticket without engineers, whose visits for it end."""
    left = tuple(one for one in ticket.engineers if one.login not in logins)
    return replace(ticket, engineers=left, visits=v.taken_off(ticket.visits, logins, at))


def led_by(ticket: Ticket, lead: str) -> Ticket:
    """Return the ticket led by one of its engineers."""
    engineers = tuple(replace(one, lead=one.login == lead) for one in ticket.engineers)
    return replace(ticket, engineers=engineers)


def _assigned(ticket: Ticket, event: e.Assigned, told: Told) -> Ticket:
    return led_by(joined(ticket, event.engineers, told.at), event.lead)


def _unassigned(ticket: Ticket, event: e.Unassigned, told: Told) -> Ticket:
    return led_by(gone(ticket, event.engineers, told.at), event.lead)


def _planned(ticket: Ticket, event: e.VisitPlanned, _: Told) -> Ticket:
    visits = v.planned(ticket.visits, event.engineers, event.planned_at, event.purpose, ticket.life)
    return replace(ticket, visits=visits)


def _departed(ticket: Ticket, event: e.Departed, told: Told) -> Ticket:
    visits = v.departed(ticket.visits, event.engineers, told.at, event.expected_at, ticket.life)
    return replace(ticket, visits=visits)


def _expected(ticket: Ticket, event: e.Expected, _: Told) -> Ticket:
    return replace(ticket, visits=v.expected(ticket.visits, event.engineers, event.expected_at))


def _arrived(ticket: Ticket, event: e.Arrived, told: Told) -> Ticket:
    """Who comes once the fault is gone, for what is on loan, keeps no promise and starts none."""
    visits = v.arrived(ticket.visits, event.engineers, told.at, ticket.life)
    if ticket.dealt_with_at is not None and told.at > ticket.dealt_with_at:
        return replace(ticket, visits=visits)
    return replace(
        ticket,
        visits=visits,
        arrived_at=earlier(ticket.arrived_at, told.at),
        original_arrived_at=ticket.original_arrived_at or told.first_at,
        talked_at=earlier(ticket.talked_at, told.at),
    )


def _left(ticket: Ticket, event: e.LeftSite, told: Told) -> Ticket:
    return replace(ticket, visits=v.left(ticket.visits, event.engineers, told.at))


FOLDS: dict[type[e.Event], Fold] = {
    e.Assigned: _assigned,
    e.Unassigned: _unassigned,
    e.VisitPlanned: _planned,
    e.Departed: _departed,
    e.Expected: _expected,
    e.Arrived: _arrived,
    e.LeftSite: _left,
}
