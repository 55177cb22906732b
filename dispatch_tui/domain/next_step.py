"""What must happen next on a ticket."""

from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.ticket import Status, Ticket

_BY_STATUS = {
    Status.RESPONDED: N_("Assign an engineer, or solve it by phone."),
    Status.ASSIGNED: N_("{lead} has to set out."),
    Status.UNDER_WAY: N_("{lead} is on the way: record the arrival."),
    Status.ON_SITE: N_("{lead} is on site: record when it works again."),
    Status.RESTORED: N_("Call the customer and close the case."),
    Status.SOLVED: N_("Call the customer and close the case."),
    Status.CLOSED: N_("Nothing: the case is closed."),
    Status.CANCELLED: N_("Nothing: the ticket was cancelled."),
}
_ANSWER = N_("Call the customer back about the fault.")
_ANSWER_AND = N_("Call the customer back about the fault. {then}")


def next_step(ticket: Ticket) -> Message:
    """Return the sentence that says what has to be done; `lead` in it is the login of who acts."""
    status = ticket.status
    if status is Status.LOGGED:
        return Message(_ANSWER)
    step = say(_BY_STATUS[status], lead=_who(ticket))
    if status in (Status.ASSIGNED, Status.UNDER_WAY) and not ticket.talked_at:
        return say(_ANSWER_AND, then=step)
    return step


def _who(ticket: Ticket) -> str:
    """Who has come furthest, the lead before others."""
    furthest = [one for one in ticket.engineers if one.arrived_at] or [
        one for one in ticket.engineers if one.departed_at
    ]
    logins = [one.login for one in furthest]
    return ticket.lead if ticket.lead in logins or not logins else logins[0]
