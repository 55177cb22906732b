"""The phone number behind a mask: given to whoever looks at the ticket, and journaled."""

import msgspec

from dispatch_tui.desk.permission import active, note_of_person
from dispatch_tui.desk.stocking import Stocking
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.phones import sees_customers
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import files, tickets

REVEALED = "phone_revealed"


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to call about a ticket, and under which number; `noted` when that was journaled."""

    number: str
    contact: str
    phone: str
    noted: bool


class Revealing(Stocking):
    """Numbers that a role does not need, for the one time that it does."""

    async def reveal_phone(self, number: str) -> Reached:
        """Return whom to call about a ticket: who called, else the customer.

        It is journaled for whoever sees masks. Raises `NotAllowed` for somebody who has left,
        `NotFound` for an unknown ticket and where there is no number.
        """
        number = clean_line(number)
        async with self.database.read() as connection:
            me = active(await files.person(connection, self.me.login), self.me.login)
            rows = await tickets.rows(connection, [number])
            if not rows:
                raise NotFound(N_("There is no ticket {number}."), number=number)
            ticket = rows[0].ticket
            customer = await files.customer(connection, ticket.customer)
        phone = ticket.phone or (customer.phone if customer else "")
        if not phone:
            raise NotFound(N_("There is no phone number on ticket {number}."), number=number)
        contact = ticket.contact or rows[0].customer_name
        noted = not sees_customers(me, ticket)
        if noted:
            data = {"ticket": number, "contact": contact, "customer": ticket.customer}
            await note_of_person(self.database, me.login, REVEALED, data, self.clock())
        return Reached(number=number, contact=contact, phone=phone, noted=noted)
