"""Decisions about calls, corrections, and taking back one's own last act."""

from datetime import timedelta
from itertools import takewhile

from msgspec.structs import asdict

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.correctable import CORRECTABLE
from dispatch_tui.domain.decisions.base import (
    Decision,
    Events,
    Facts,
    check_not_in_future,
    same,
    standing_entries,
    under_contract,
)
from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.facts import Limits
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.ticket import Kind, Ticket

UNDO_WITHIN = timedelta(seconds=10)
"""How long one's own last act can be taken back."""


def log(command: c.Command, facts: Facts) -> Events:
    """Return what begins a journal; raises `NotFound` for any command but a call."""
    if not isinstance(command, c.LogCall):
        raise NotFound(N_("There is no such ticket."))
    if not command.customer and not command.caller:
        raise InvalidInput(
            N_("Who calls? Name the customer, or write down what the caller says."),
            field="customer",
        )
    if command.about and command.kind is not Kind.COMPLAINT:
        raise InvalidInput(
            N_("Only a complaint is about another ticket: leave it out, or log a complaint."),
            field="about",
        )
    call = e.CallLogged(**asdict(command))
    if facts.limits is None or command.kind is not Kind.FAULT:
        return (call,)
    return call, e.LimitsSet(**asdict(facts.limits))


def _set_limits(ticket: Ticket, command: c.SetLimits, _: Facts) -> Events:
    now = asdict(ticket.limits) if ticket.limits else asdict(Limits())
    if asdict(command) == now:
        raise NotPossible(
            N_("The limits of ticket {number} are these already."), number=ticket.number
        )
    return (e.LimitsSet(**asdict(command)),)


def _set_priority(ticket: Ticket, command: c.SetPriority, _: Facts) -> Events:
    if command.priority == ticket.priority:
        raise NotPossible(
            N_("Ticket {number} already has the priority {priority}."),
            number=ticket.number,
            priority=ticket.priority,
        )
    return (e.PrioritySet(priority=command.priority, reason=command.reason),)


def _correct(ticket: Ticket, command: c.Correct, facts: Facts) -> Events:
    wanted = {k: v for k, v in asdict(command).items() if k != "reason" and v is not None}
    changes = {name: value for name, value in wanted.items() if value != getattr(ticket, name)}
    if not changes:
        raise NotPossible(
            N_("Nothing would change on ticket {number}: give the facts that differ."),
            number=ticket.number,
        )
    if changes.get("fault") == "":
        raise InvalidInput(N_("The fault cannot be empty: say what it is."), field="fault")
    if changes.get("customer") == "" and not ticket.caller:
        raise InvalidInput(N_("Name the customer: the caller is not known."), field="customer")
    corrected = e.Corrected(**changes, reason=command.reason)
    moved = not {"customer", "device"}.isdisjoint(changes)
    return (corrected, *under_contract(ticket, facts)) if moved else (corrected,)


def _correct_time(ticket: Ticket, command: c.CorrectTime, facts: Facts) -> Events:
    check_not_in_future(command.to, facts.now)
    wanted = CORRECTABLE[command.what]
    found = [
        entry
        for entry in standing_entries(facts.journal)
        if isinstance(entry.event, wanted.event)
        and (not command.engineer or command.engineer in getattr(entry.event, "engineers", ()))
    ]
    if not found:
        raise NotPossible(
            N_("Nothing of that kind was recorded on ticket {number}: {what}."),
            number=ticket.number,
            what=Message(wanted.label),
        )
    corrected = tuple(
        e.TimeCorrected(seq=one.seq, to=command.to, reason=command.reason)
        for one in _with_followers(found[-1], facts.journal)
    )
    if wanted.event is e.CallLogged:
        return (*corrected, *under_contract(ticket, facts))
    return corrected


def _undo(ticket: Ticket, _: c.Undo, facts: Facts) -> Events:
    last = _last_act(facts.journal)
    if last[0].actor != facts.actor.login:
        raise NotPossible(
            N_("The last act on ticket {number} was not yours, so you cannot take it back."),
            number=ticket.number,
        )
    if any(isinstance(one.event, e.CallLogged | e.Withdrawn) for one in last):
        raise NotPossible(
            N_("This cannot be taken back; correct or cancel ticket {number} instead."),
            number=ticket.number,
        )
    if isinstance(last[0].event, e.LimitsSet):
        raise NotPossible(
            N_("The limits of ticket {number} follow from the contract: change that instead."),
            number=ticket.number,
        )
    if any(_changed_another(one.event) for one in last):
        raise NotPossible(
            N_("This changed another ticket too and cannot be taken back: go on from {number}."),
            number=ticket.number,
        )
    if any(isinstance(one.event, e.ReportFinished) for one in last):
        raise NotPossible(
            N_("The report on ticket {number} is final and frozen: amend it instead."),
            number=ticket.number,
        )
    if facts.now - last[0].recorded_at > UNDO_WITHIN:
        raise NotPossible(
            N_("More than {seconds} seconds have passed; correct ticket {number} instead."),
            seconds=int(UNDO_WITHIN.total_seconds()),
            number=ticket.number,
        )
    return (e.Withdrawn(seqs=tuple(one.seq for one in last)),)


def _changed_another(event: e.TicketEvent) -> bool:
    """Whether another ticket was changed too, so that taking it back here would be half of it."""
    taken_in = isinstance(event, e.CallAdded) and event.merged_from != ""
    return taken_in or isinstance(event, e.ComplaintOpened | e.Merged)


def _with_followers(first: e.Entry, journal: tuple[e.Entry, ...]) -> list[e.Entry]:
    """The entry and those that came of the same command: they happened at the same time."""
    later = takewhile(lambda one: one.follows, journal[first.seq :])
    return [first, *later]


def _last_act(journal: tuple[e.Entry, ...]) -> tuple[e.Entry, ...]:
    """The entries that came of the last command."""
    start = len(journal) - 1
    while start and journal[start].follows:
        start -= 1
    return journal[start:]


DECISIONS: dict[type[c.Command], Decision] = {
    c.AddCall: same(e.CallAdded),
    c.TakeInCall: same(e.CallAdded),
    c.SetLimits: _set_limits,
    c.Note: same(e.Noted),
    c.SetPriority: _set_priority,
    c.Correct: _correct,
    c.CorrectTime: _correct_time,
    c.Undo: _undo,
}
