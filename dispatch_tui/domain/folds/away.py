"""Folds: what is away from the customer, and what is there on loan."""

from msgspec.structs import replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import Loan, Removal
from dispatch_tui.domain.folds.base import Fold, Told
from dispatch_tui.domain.ticket import Ticket


def _taken_away(ticket: Ticket, event: e.TakenAway, told: Told) -> Ticket:
    removal = Removal(
        no=len(ticket.removals) + 1,
        item=event.item,
        model=event.model,
        serial=event.serial,
        signed_by=event.signed_by,
        taken_at=told.at,
        place=event.to,
        step_at=told.at,
        owner=event.owner,
        word_due_at=event.word_due_at,
    )
    return replace(ticket, removals=(*ticket.removals, removal))


def _leg_reported(ticket: Ticket, event: e.LegReported, told: Told) -> Ticket:
    return _removal(
        ticket,
        event.no,
        place=event.place,
        step=event.step,
        step_at=told.at,
        owner=event.owner,
        word_due_at=event.word_due_at,
    )


def _brought_back(ticket: Ticket, event: e.BroughtBack, told: Told) -> Ticket:
    return _removal(
        ticket,
        event.no,
        returned_at=told.at,
        returned_serial=event.new_serial,
        word_due_at=None,
    )


def _removal(ticket: Ticket, no: int, **changes: object) -> Ticket:
    removals = tuple(replace(one, **changes) if one.no == no else one for one in ticket.removals)
    return replace(ticket, removals=removals)


def _lent(ticket: Ticket, event: e.Lent, told: Told) -> Ticket:
    loan = Loan(
        no=len(ticket.loans) + 1,
        item=event.item,
        model=event.model,
        serial=event.serial,
        signed_by=event.signed_by,
        lent_at=told.at,
    )
    return replace(ticket, loans=(*ticket.loans, loan))


def _loan_returned(ticket: Ticket, event: e.LoanReturned, told: Told) -> Ticket:
    loans = tuple(
        replace(one, returned_at=told.at) if one.no == event.no else one for one in ticket.loans
    )
    return replace(ticket, loans=loans)


FOLDS: dict[type[e.Event], Fold] = {
    e.TakenAway: _taken_away,
    e.LegReported: _leg_reported,
    e.BroughtBack: _brought_back,
    e.Lent: _lent,
    e.LoanReturned: _loan_returned,
}
