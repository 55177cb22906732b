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
    """Return the sentence that says what has to be done; `lead` in it is a login."""
    status = ticket.status
    if status is Status.LOGGED:
        return Message(_ANSWER)
    step = say(_BY_STATUS[status], lead=ticket.lead)
    talked = ticket.responded_at or ticket.arrived_at or ticket.solved_at
    if status in (Status.ASSIGNED, Status.UNDER_WAY) and not talked:
        return say(_ANSWER_AND, then=step)
    return step
