"""Decisions about what leaves the customer, and what stands in for it."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import asdict

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import DONE_STEPS, Loan, Place, Removal
from dispatch_tui.domain.decisions.base import Decision, Events, Facts, check_ahead, person
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import search_key
from dispatch_tui.domain.ticket import Ticket

Thing = TypeVar("Thing", Removal, Loan)


def _take_away(ticket: Ticket, command: c.TakeAway, facts: Facts) -> Events:
    _check_not_out(ticket, command.serial, ticket.removals)
    check_ahead(command.word_due_at, facts, "word_due_at")
    owner = command.owner or facts.actor.login
    person(facts, owner, "owner")
    return (e.TakenAway(**{**asdict(command), "owner": owner}),)


def _report_leg(
    ticket: Ticket, command: c.ReportWorkshop | c.ReportExchange, facts: Facts
) -> Events:
    thing = _which(ticket.removals, command.serial)
    if command.word_due_at is not None:
        check_ahead(command.word_due_at, facts, "word_due_at")
    elif command.step not in DONE_STEPS:
        raise InvalidInput(
            N_("By when will the next word come? It is needed until the thing is ready."),
            field="word_due_at",
        )
    owner = command.owner or thing.owner
    if command.owner:
        person(facts, owner, "owner")
    exchange = isinstance(command, c.ReportExchange)
    return (
        e.LegReported(
            no=thing.no,
            place=Place.MANUFACTURER if exchange else Place.WORKSHOP,
            step=command.step,
            owner=owner,
            word_due_at=command.word_due_at,
            note=command.note,
        ),
    )


def _bring_back(ticket: Ticket, command: c.BringBack, _: Facts) -> Events:
    thing = _which(ticket.removals, command.serial)
    return (
        e.BroughtBack(no=thing.no, new_serial=command.new_serial, received_by=command.received_by),
    )


def _lend(ticket: Ticket, command: c.Lend, _: Facts) -> Events:
    _check_not_out(ticket, command.serial, ticket.loans)
    return (e.Lent(**asdict(command)),)


def _take_loan_back(ticket: Ticket, command: c.TakeLoanBack, _: Facts) -> Events:
    return (e.LoanReturned(no=_which(ticket.loans, command.serial).no),)


def _check_not_out(ticket: Ticket, serial: str, things: Sequence[Removal | Loan]) -> None:
    if any(one.out and search_key(one.serial) == search_key(serial) for one in things):
        raise NotPossible(
            N_("{serial} of ticket {number} is out already; it must come back first."),
            serial=serial,
            number=ticket.number,
        )


def _which(things: Sequence[Thing], serial: str) -> Thing:
    """The thing that is meant; raises `InvalidInput` where that is not clear."""
    out = [one for one in things if one.out]
    meant = [one for one in out if search_key(one.serial) == search_key(serial)] if serial else out
    if len(meant) != 1:
        raise InvalidInput(
            N_("Which thing is meant? Write one of these serials: {serials}."),
            field="serial",
            serials=tuple(one.serial for one in out),
        )
    return meant[0]


DECISIONS: dict[type[c.Command], Decision] = {
    c.TakeAway: _take_away,
    c.ReportWorkshop: _report_leg,
    c.ReportExchange: _report_leg,
    c.BringBack: _bring_back,
    c.Lend: _lend,
    c.TakeLoanBack: _take_loan_back,
}
