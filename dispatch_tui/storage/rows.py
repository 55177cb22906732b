"""Rows as lists show them, without the library that reads most of them."""

import msgspec

from dispatch_tui.domain.ticket import Ticket

_FOLDED = msgspec.json.Decoder(Ticket)


class TicketRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A ticket with the names that a list shows beside it."""

    ticket: Ticket
    customer_name: str
    short_name: str
    city: str
    initials: str
    device_name: str
    model: str
    serial: str
    device_kind: str = ""


def ticket_row(
    folded: str,
    name: str | None,
    short: str | None,
    city: str | None,
    initials: str | None,
    device: str | None,
    model: str | None,
    serial: str | None,
    kind: str | None,
) -> TicketRow:
    """Return the row of a stored ticket; who is not on file is called as they say."""
    ticket = _FOLDED.decode(folded)
    return TicketRow(
        ticket=ticket,
        customer_name=name or ticket.caller,
        short_name=short or name or ticket.caller,
        city=city or "",
        initials=initials or "",
        device_name=device or "",
        model=model or "",
        serial=serial or "",
        device_kind=kind or "",
    )
