"""Decisions about who goes, and how far their visits are."""

from collections.abc import Callable, Sequence

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decisions.base import (
    Decision,
    Events,
    Facts,
    check_ahead,
    names,
    on_ticket,
    person,
)
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.visits import Trip


def check_can_be_sent(facts: Facts, login: str, field: str) -> None:
    """Raise `NotFound` for somebody who does not exist, `InvalidInput` for no engineer."""
    found = person(facts, login, field)
    if found.role not in FIELD_ROLES:
        raise InvalidInput(
            N_("{name} is not an engineer and cannot be sent."), field=field, name=found.name
        )


def _assign(ticket: Ticket, command: c.Assign, facts: Facts) -> Events:
    named = tuple(dict.fromkeys(command.engineers))
    for login in named:
        check_can_be_sent(facts, login, "engineers")
    if command.lead:
        check_can_be_sent(facts, command.lead, "lead")
    fresh = tuple(login for login in named if ticket.assignment(login) is None)
    lead = command.lead or ticket.lead or named[0]
    if lead not in named and ticket.assignment(lead) is None:
        raise InvalidInput(N_("The lead must be one of the engineers on the ticket."), field="lead")
    if not fresh and lead == ticket.lead:
        raise NotPossible(
            N_("{names} already have ticket {number}."),
            names=names(facts, named),
            number=ticket.number,
        )
    return (e.Assigned(engineers=fresh, lead=lead, why=command.why),)


def _unassign(ticket: Ticket, command: c.Unassign, facts: Facts) -> Events:
    gone = on_ticket(ticket, command.engineers, facts) or _all(ticket)
    left = [one.login for one in ticket.engineers if one.login not in gone]
    lead = ticket.lead if ticket.lead in left else next(iter(left), "")
    return (e.Unassigned(engineers=gone, lead=lead, reason=command.reason),)


def _plan(ticket: Ticket, command: c.PlanVisit, facts: Facts) -> Events:
    check_ahead(command.planned_at, facts, "planned_at")
    named = on_ticket(ticket, command.engineers, facts) or _all(ticket)
    return (
        e.VisitPlanned(engineers=named, planned_at=command.planned_at, purpose=command.purpose),
    )


def _depart(ticket: Ticket, command: c.Depart, facts: Facts) -> Events:
    waiting = _those(ticket, lambda trip: trip is None or trip.waiting)
    named = on_ticket(ticket, command.engineers, facts) or waiting
    _refuse_twice(ticket, [login for login in named if login not in waiting], facts)
    if command.expected_at is not None and command.expected_at < facts.at:
        raise InvalidInput(
            N_("The arrival cannot be expected before the engineer set out."), field="expected_at"
        )
    return (e.Departed(engineers=named, expected_at=command.expected_at),)


def _expect(ticket: Ticket, command: c.Expect, facts: Facts) -> Events:
    travelling = _those(ticket, lambda trip: trip is not None and trip.travelling)
    named = on_ticket(ticket, command.engineers, facts) or travelling
    if strangers := [login for login in named if login not in travelling]:
        raise NotPossible(
            N_("{names} did not set out for ticket {number}, so nobody expects them."),
            names=names(facts, strangers),
            number=ticket.number,
        )
    check_ahead(command.expected_at, facts, "expected_at")
    return (e.Expected(engineers=named, expected_at=command.expected_at, reason=command.reason),)


def _arrive(ticket: Ticket, command: c.Arrive, facts: Facts) -> Events:
    coming = _those(ticket, lambda trip: trip is None or not trip.on_site)
    named = on_ticket(ticket, command.engineers, facts)
    if not named:
        named = _those(ticket, lambda trip: trip is not None and trip.travelling) or coming
    _refuse_twice(ticket, [login for login in named if login not in coming], facts)
    return (e.Arrived(engineers=named),)


def _leave(ticket: Ticket, command: c.Leave, facts: Facts) -> Events:
    there = _those(ticket, lambda trip: trip is not None and trip.on_site)
    named = on_ticket(ticket, command.engineers, facts) or there
    if strangers := [login for login in named if login not in there]:
        raise NotPossible(
            N_("{names} are not on site for ticket {number}, so they cannot leave."),
            names=names(facts, strangers),
            number=ticket.number,
        )
    return (e.LeftSite(engineers=named, note=command.note),)


def _all(ticket: Ticket) -> tuple[str, ...]:
    return tuple(one.login for one in ticket.engineers)


def _those(ticket: Ticket, fits: Callable[[Trip | None], bool]) -> tuple[str, ...]:
    return tuple(one.login for one in ticket.engineers if fits(ticket.trip(one.login)))


def _refuse_twice(ticket: Ticket, logins: Sequence[str], facts: Facts) -> None:
    if logins:
        raise NotPossible(
            N_(
                "This was already recorded for {names} on ticket {number}; "
                "correct the time instead."
            ),
            names=names(facts, logins),
            number=ticket.number,
        )


DECISIONS: dict[type[c.Command], Decision] = {
    c.Assign: _assign,
    c.Unassign: _unassign,
    c.PlanVisit: _plan,
    c.Depart: _depart,
    c.Expect: _expect,
    c.Arrive: _arrive,
    c.Leave: _leave,
}
