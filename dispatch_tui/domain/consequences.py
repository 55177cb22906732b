"""What a command on one ticket does to others, in the same transaction."""

from datetime import datetime

import msgspec

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.decisions.ending import complains
from dispatch_tui.domain.facts import How
from dispatch_tui.domain.ticket import Kind, Ticket


class Consequence(msgspec.Struct, frozen=True, kw_only=True):
    """A command that follows on the ticket `number`, "" for a new one, for a fact of the time."""

    number: str = ""
    command: c.Command
    at: datetime


def opens_ticket(command: c.Command) -> bool:
    """Whether a new ticket follows, whose number the decision needs."""
    return isinstance(command, c.Complain) or (
        isinstance(command, c.CallBack) and complains(command)
    )


def other_ticket(command: c.Command) -> str:
    """Return the number of the other ticket that a command names, "" for none."""
    return command.into if isinstance(command, c.Merge) else ""


def consequence(ticket: Ticket, command: c.Command, at: datetime) -> Consequence | None:
    """Return what follows elsewhere from a command that was decided on this ticket."""
    match command:
        case c.Merge(into=into):
            call = c.TakeInCall(
                text=ticket.fault,
                contact=ticket.contact,
                phone=ticket.phone,
                merged_from=ticket.number,
            )
            return Consequence(number=into, command=call, at=ticket.reported_at)
        case c.Complain(text=text, channel=channel, contact=contact, phone=phone):
            return _complaint(ticket, text, channel, contact, phone, at)
        case c.CallBack(words=words) if complains(command):
            return _complaint(ticket, words, How.CALL, "", "", at)
        case _:
            return None


def _complaint(
    ticket: Ticket, text: str, channel: How, contact: str, phone: str, at: datetime
) -> Consequence:
    call = c.LogCall(
        kind=Kind.COMPLAINT,
        fault=text,
        customer=ticket.customer,
        caller=ticket.caller,
        device=ticket.device,
        department=ticket.department,
        contact=contact or ticket.contact,
        phone=phone or ticket.phone,
        about=ticket.number,
        channel=channel,
    )
    return Consequence(command=call, at=at)
