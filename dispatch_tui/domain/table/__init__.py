"""The table of commands: in which state, by which role, with which facts, refused how.

The permission check, the menu of the console, the command line, the help and the documentation
are all read from it.
"""

from typing import Any

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import (
    adverse,
    away,
    complaint,
    consent,
    ending,
    intake,
    phone,
    repair,
    report,
    visits,
)
from dispatch_tui.domain.table.intake import LOG, SET_LIMITS, TAKE_IN
from dispatch_tui.domain.ticket import ACTIVE, COMPLAINING, Kind, Status, Ticket

_PARTS = (phone, visits, repair, away, consent, ending, complaint, adverse, report, intake)

__all__ = ["BY_TYPE", "COMMANDS", "LOG", "TAKE_IN", "of_kind", "role_obstacle", "state_obstacle"]

COMMANDS: dict[str, Spec] = {spec.name: spec for part in _PARTS for spec in part.ROWS}
"""What people can do with a ticket, by name, in the order of its course."""

BY_TYPE: dict[type[c.Command], Spec] = {
    spec.command: spec for spec in (LOG, TAKE_IN, SET_LIMITS, *COMMANDS.values())
}
"""The row of the table for a command."""

_GOING_ON = ACTIVE | COMPLAINING - {Status.SATISFIED}

_ROLE_REFUSAL = N_("Not for your role ({role}): {command}. Ask: {allowed}.")
_OWN_REFUSAL = N_(
    "Ticket {number} is not yours: only those assigned to it may do this ({command})."
)
_NO_COMPLAINT = N_("Ticket {number} is no complaint: {command} is for complaints.")
_NO_FAULT = N_("Ticket {number} is a complaint: {command} is for faults.")


def of_kind(kind: Kind) -> list[Spec]:
    """Return the commands for tickets of a kind."""
    return [spec for spec in COMMANDS.values() if kind in spec.kinds]


def role_obstacle(spec: Spec, who: Staff, ticket: Ticket | None) -> Message | None:
    """Why this person may not give the command on this ticket, None when they may."""
    if who.role in spec.roles:
        return None
    if who.role in spec.own_roles:
        if ticket is not None and ticket.assignment(who.login):
            return None
        number = ticket.number if ticket else ""
        return say(_OWN_REFUSAL, number=number, command=spec.name)
    allowed = tuple(sorted(spec.roles))
    return say(_ROLE_REFUSAL, role=who.role, command=spec.name, allowed=allowed)


def state_obstacle(spec: Spec, ticket: Ticket, *, past: bool = False) -> Message | None:
    """Why the ticket's state or facts forbid the command, None when they do not.

    For a case of the `past` that is brought in, less is asked.
    """
    values = _values(spec, ticket)
    if ticket.kind not in spec.kinds:
        return Message(_NO_COMPLAINT if ticket.kind is Kind.FAULT else _NO_FAULT, values)
    if ticket.status not in spec.states:
        over = ticket.status not in _GOING_ON and spec.over_refusal
        return Message(over or spec.refusal, values)
    for requirement in spec.requires:
        if (requirement.for_past or not past) and not requirement.holds(ticket):
            return Message(requirement.refusal, values)
    return None


def _values(spec: Spec, ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "status": ticket.status,
        "command": spec.name,
        "responded_at": ticket.responded_at,
        "person": ticket.escalation.specialist if ticket.escalation else "",
        "signed_by": ticket.report.signed_by if ticket.report else "",
        "out": tuple(f"{one.item} {one.serial}" for one in ticket.out),
    }
