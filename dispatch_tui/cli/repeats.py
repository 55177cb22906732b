"""The sentences that flag a repeat fault, at the call and once its cause is known."""

from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.message import N_, Message, say


def perhaps(file: TicketFile) -> Message | None:
    """Return the sentence that the device had a fault not long ago, None when it had not."""
    if not file.recent:
        return None
    last = file.recent[0].ticket
    return say(
        N_("Perhaps a repeat fault: {number} of this device was dealt with {at} (cause: {cause})."),
        number=last.number,
        at=last.dealt_with_at,
        cause=last.cause or "-",
    )


def certain(file: TicketFile) -> Message | None:
    """Return the sentence that the same cause hit the device not long ago, None when not."""
    if not file.repeats:
        return None
    return say(
        N_("A repeat fault: {number} of this device had the same cause ({cause})."),
        number=file.repeats,
        cause=file.case.ticket.cause,
    )
