"""What follows from a command: events, or a refusal; purely from the ticket and the facts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import asdict, replace

from dispatch_tui.domain import chronology
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.fields import clean_fields
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.people import FIELD_ROLES, Staff
from dispatch_tui.domain.table import BY_TYPE, CORRECTABLE, state_obstacle
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.when import in_utc

UNDO_WITHIN = timedelta(seconds=10)
"""How long one's own last act can be taken back."""

CLOCK_SKEW = timedelta(seconds=60)
"""How far ahead of ours the clock of another machine may be."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision rests on beside the ticket.

    `now` is the time of entry, `at` the time of the fact, both aware UTC; `staff` holds everybody
    by login; `journal` the ticket's entries so far.
    """

    now: datetime
    at: datetime
    actor: Staff
    staff: Mapping[str, Staff] = {}
    journal: tuple[e.Entry, ...] = ()


def decide(number: str, command: c.Command, facts: Facts) -> tuple[tuple[e.Entry, ...], Ticket]:
    """Return the new entries and the ticket as it is with them.

    Raises `NotPossible` when the state forbids the command, `InvalidInput` when a value cannot
    be, `NotFound` when it names somebody who does not exist. Roles are not checked here.
    """
    command = clean_fields(command)
    facts = replace(facts, now=in_utc(facts.now), at=in_utc(facts.at))
    _check_not_in_future(facts.at, facts.now)
    ticket = fold(number, facts.journal) if facts.journal else None
    if ticket is None:
        events = _log(command)
    else:
        if obstacle := state_obstacle(BY_TYPE[type(command)], ticket):
            raise NotPossible(obstacle.template, **obstacle.values)
        events = _DECISIONS[type(command)](ticket, command, facts)
    entries = tuple(
        e.Entry(
            seq=len(facts.journal) + index,
            event=event,
            actor=facts.actor.login,
            occurred_at=facts.at,
            recorded_at=facts.now,
        )
        for index, event in enumerate(events, start=1)
    )
    after = fold(number, (*facts.journal, *entries))
    if after is None:
        raise AssertionError(f"the journal of {number} folds to nothing")
    if not isinstance(command, c.Undo):
        chronology.check_course(number, (*facts.journal, *entries))
    return entries, after


def _check_not_in_future(at: datetime, now: datetime) -> None:
    if at > now + CLOCK_SKEW:
        raise InvalidInput(
            N_("{at} is in the future: a fact can only be entered once it happened."), at=at
        )


def _log(command: c.Command) -> tuple[e.TicketEvent, ...]:
    if not isinstance(command, c.LogCall):
        raise NotFound(N_("There is no such ticket."))
    if not command.customer and not command.caller:
        raise InvalidInput(
            N_("Who calls? Name the customer, or write down what the caller says."),
            field="customer",
        )
    return (e.CallLogged(**asdict(command)),)


def _assign(ticket: Ticket, command: c.Assign, facts: Facts) -> tuple[e.TicketEvent, ...]:
    named = tuple(dict.fromkeys(command.engineers))
    for login in (*named, command.lead):
        person = facts.staff.get(login)
        if login and (person is None or not person.active):
            raise NotFound(
                N_("Nobody is called {login}; see the roster for the logins."), login=login
            )
        if person is not None and person.role not in FIELD_ROLES:
            raise InvalidInput(
                N_("{name} is not an engineer and cannot be sent."), name=person.name
            )
    fresh = tuple(login for login in named if ticket.assignment(login) is None)
    lead = command.lead or ticket.lead or named[0]
    if lead not in named and ticket.assignment(lead) is None:
        raise InvalidInput(N_("The lead must be one of the engineers on the ticket."), field="lead")
    if not fresh and lead == ticket.lead:
        raise NotPossible(
            N_("{names} already have ticket {number}."),
            names=tuple(facts.staff[login].name for login in named),
            number=ticket.number,
        )
    return (e.Assigned(engineers=fresh, lead=lead),)


def _unassign(ticket: Ticket, command: c.Unassign, facts: Facts) -> tuple[e.TicketEvent, ...]:
    gone = _on_ticket(ticket, command.engineers, facts) or tuple(
        one.login for one in ticket.engineers
    )
    left = [one.login for one in ticket.engineers if one.login not in gone]
    lead = ticket.lead if ticket.lead in left else next(iter(left), "")
    return (e.Unassigned(engineers=gone, lead=lead, reason=command.reason),)


def _depart(ticket: Ticket, command: c.Depart, facts: Facts) -> tuple[e.TicketEvent, ...]:
    waiting = tuple(
        one.login for one in ticket.engineers if not one.departed_at and not one.arrived_at
    )
    named = _on_ticket(ticket, command.engineers, facts) or waiting
    _refuse_twice(ticket, [login for login in named if login not in waiting], facts)
    if command.expected_at is not None and command.expected_at < facts.at:
        raise InvalidInput(
            N_("The arrival cannot be expected before the engineer set out."), field="expected_at"
        )
    return (e.Departed(engineers=named, expected_at=command.expected_at),)


def _arrive(ticket: Ticket, command: c.Arrive, facts: Facts) -> tuple[e.TicketEvent, ...]:
    waiting = tuple(one.login for one in ticket.engineers if not one.arrived_at)
    named = _on_ticket(ticket, command.engineers, facts)
    if not named:
        travelling = tuple(
            one.login for one in ticket.engineers if one.departed_at and not one.arrived_at
        )
        named = travelling or waiting
    _refuse_twice(ticket, [login for login in named if login not in waiting], facts)
    return (e.Arrived(engineers=named),)


def _on_ticket(ticket: Ticket, logins: Sequence[str], facts: Facts) -> tuple[str, ...]:
    for login in logins:
        if ticket.assignment(login) is None:
            person = facts.staff.get(login)
            raise NotFound(
                N_("{name} is not on ticket {number}; assign them first."),
                name=person.name if person else login,
                number=ticket.number,
            )
    return tuple(dict.fromkeys(logins))


def _refuse_twice(ticket: Ticket, logins: Sequence[str], facts: Facts) -> None:
    if logins:
        raise NotPossible(
            N_(
                "This was already recorded for {names} on ticket {number}; "
                "correct the time instead."
            ),
            names=tuple(facts.staff[one].name if one in facts.staff else one for one in logins),
            number=ticket.number,
        )


def _reopen(ticket: Ticket, command: c.Reopen, facts: Facts) -> tuple[e.TicketEvent, ...]:
    ended_at = max(
        at
        for at in (ticket.restored_at, ticket.solved_at, ticket.closed_at, ticket.cancelled_at)
        if at is not None
    )
    if facts.at < ended_at:
        raise InvalidInput(
            N_("It cannot have been reopened before it ended ({ended_at})."), ended_at=ended_at
        )
    return (e.Reopened(reason=command.reason),)


def _set_priority(ticket: Ticket, command: c.SetPriority, _: Facts) -> tuple[e.TicketEvent, ...]:
    if command.priority == ticket.priority:
        raise NotPossible(
            N_("Ticket {number} already has the priority {priority}."),
            number=ticket.number,
            priority=ticket.priority,
        )
    return (e.PrioritySet(priority=command.priority, reason=command.reason),)


def _correct(ticket: Ticket, command: c.Correct, _: Facts) -> tuple[e.TicketEvent, ...]:
    wanted = {k: v for k, v in asdict(command).items() if k != "reason" and v is not None}
    changes = {name: value for name, value in wanted.items() if value != getattr(ticket, name)}
    if not changes:
        raise NotPossible(
            N_("Nothing would change on ticket {number}: give the facts that differ."),
            number=ticket.number,
        )
    if changes.get("fault") == "":
        raise InvalidInput(N_("{field} is missing: it is needed for this."), field="fault")
    if changes.get("customer") == "" and not ticket.caller:
        raise InvalidInput(N_("{field} is missing: it is needed for this."), field="customer")
    return (e.Corrected(**changes, reason=command.reason),)


_FACT_EVENTS: dict[str, type[e.Event]] = {
    "reported": e.CallLogged,
    "responded": e.Responded,
    "departed": e.Departed,
    "arrived": e.Arrived,
    "restored": e.Restored,
    "solved": e.SolvedByPhone,
    "closed": e.Closed,
}


def _correct_time(
    ticket: Ticket, command: c.CorrectTime, facts: Facts
) -> tuple[e.TicketEvent, ...]:
    _check_not_in_future(command.to, facts.now)
    wanted = _FACT_EVENTS[command.what]
    withdrawn = _withdrawn(facts.journal)
    found = [
        entry
        for entry in facts.journal
        if isinstance(entry.event, wanted)
        and entry.seq not in withdrawn
        and (not command.engineer or command.engineer in getattr(entry.event, "engineers", ()))
    ]
    if not found:
        raise NotPossible(
            N_("Nothing of that kind was recorded on ticket {number}: {what}."),
            number=ticket.number,
            what=Message(CORRECTABLE[command.what]),
        )
    return (e.TimeCorrected(seq=found[-1].seq, to=command.to, reason=command.reason),)


def _undo(ticket: Ticket, _: c.Undo, facts: Facts) -> tuple[e.TicketEvent, ...]:
    last = facts.journal[-1]
    if last.actor != facts.actor.login:
        raise NotPossible(
            N_("The last act on ticket {number} was not yours, so you cannot take it back."),
            number=ticket.number,
        )
    if isinstance(last.event, e.CallLogged | e.Withdrawn):
        raise NotPossible(
            N_("This cannot be taken back; correct or cancel ticket {number} instead."),
            number=ticket.number,
        )
    if facts.now - last.recorded_at > UNDO_WITHIN:
        raise NotPossible(
            N_("More than {seconds} seconds have passed; correct ticket {number} instead."),
            seconds=int(UNDO_WITHIN.total_seconds()),
            number=ticket.number,
        )
    return (e.Withdrawn(seqs=(last.seq,)),)


def _withdrawn(journal: Sequence[e.Entry]) -> set[int]:
    return {s for one in journal if isinstance(one.event, e.Withdrawn) for s in one.event.seqs}


def _same(event: type[e.Event]) -> Callable[[Ticket, Any, Facts], tuple[Any, ...]]:
    """A decision for commands whose event says the same in the past tense."""
    return lambda _ticket, command, _facts: (event(**asdict(command)),)


_DECISIONS: dict[type[c.Command], Callable[[Ticket, Any, Facts], tuple[e.TicketEvent, ...]]] = {
    c.AddCall: _same(e.CallAdded),
    c.Respond: _same(e.Responded),
    c.Note: _same(e.Noted),
    c.Assign: _assign,
    c.Unassign: _unassign,
    c.Depart: _depart,
    c.Arrive: _arrive,
    c.Restore: _same(e.Restored),
    c.SolveByPhone: _same(e.SolvedByPhone),
    c.Close: _same(e.Closed),
    c.Cancel: _same(e.Cancelled),
    c.Reopen: _reopen,
    c.SetPriority: _set_priority,
    c.Correct: _correct,
    c.CorrectTime: _correct_time,
    c.Undo: _undo,
}
