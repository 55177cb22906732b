"""Stored rows as the cases that clients are shown."""

from dispatch_tui.desk.views import Case
from dispatch_tui.domain.clocks import Policy, clocks
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage.rows import TicketRow


def case_of(row: TicketRow, policy: Policy, ticket: Ticket | None = None) -> Case:
    """Return the case of a stored row, or of the same ticket at another time."""
    ticket = ticket or row.ticket
    return Case(
        ticket=ticket,
        clocks=clocks(ticket, policy),
        customer_name=row.customer_name,
        short_name=row.short_name,
        city=row.city,
        initials=row.initials,
        device_name=row.device_name,
        model=row.model,
        serial=row.serial,
        device_kind=row.device_kind,
    )
