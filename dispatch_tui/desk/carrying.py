"""Carrying a decided command out: its facts, its rows, and what follows on other tickets."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from uuid import uuid4

from msgspec.structs import asdict, replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.consequences import Consequence, opens_ticket, other_ticket
from dispatch_tui.domain.contracts import limits_of
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.errors import Conflict, InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.ticket import OPEN, Kind, Ticket
from dispatch_tui.domain.timeline import describe
from dispatch_tui.storage import files, journal, tickets
from dispatch_tui.storage.tickets import Connection

REPORTED = "reported"
"""The name of the time of the report among those that can be corrected."""

RESTS_ON_FILES: tuple[type[c.Command], ...] = (c.FitPart, c.FinishReport)
"""The commands whose decision looks at the customer and the device; the others go without."""


RESTS_ON_CONTRACTS: tuple[type[c.Command], ...] = (
    *(c.Correct, c.CorrectTime),
    *(c.Reopen, c.CallBack),
)
"""The commands after which another contract may hold, or the same with other limits."""


def new_key() -> str:
    """Return a fresh key for a command: made when its form opens, kept for every retry."""
    return uuid4().hex


async def lock(connection: Connection, number: str, other: str) -> int | None:
    """Return the version of a ticket, locked; so is the other one that its command changes.

    Both in the order of their numbers, or two who merge crosswise would wait for one another.
    """
    locked = {one: await tickets.lock(connection, one) for one in sorted({number, other} - {""})}
    return locked.get(number)


async def gathered(
    connection: Connection, ticket: Ticket, command: c.Command, facts: Facts
) -> Facts:
    """Return the facts with what the files and other tickets add to them."""
    other = other_ticket(command)
    rows = await tickets.rows(connection, [other]) if other else []
    number = ""
    if opens_ticket(command):
        number = await tickets.next_number(connection, facts.now, facts.zone)
    facts = replace(facts, other=rows[0].ticket if rows else None, fresh_number=number)
    if isinstance(command, RESTS_ON_CONTRACTS):
        return replace(facts, limits=await _limits_after(connection, ticket, command, facts))
    if not isinstance(command, RESTS_ON_FILES):
        return facts
    customer = await files.customer(connection, ticket.customer)
    device = await files.device(connection, ticket.device)
    past = await tickets.device_rows(connection, ticket.device) if device else []
    history = tuple(row.ticket for row in past)
    return replace(facts, customer=customer, device=device, history=history)


async def open_ticket(
    connection: Connection, number: str, command: c.LogCall, facts: Facts, key: str
) -> Ticket:
    """Begin the journal of a new ticket, and store its row."""
    entries, ticket = decide(number, command, facts)
    await journal.append(connection, journal.ticket_lines(number, entries, key=key))
    await tickets.add(connection, [tickets.ready((ticket, entries), facts.policy)])
    return ticket


async def tell_case(
    connection: Connection, complaint: str, command: c.LogCall, facts: Facts
) -> None:
    """Let the case that a complaint is about know of it, as if it had been told there."""
    told = c.Complain(
        text=command.fault, channel=command.channel, contact=command.contact, phone=command.phone
    )
    lines = await journal.ticket_journal(connection, command.about)
    facts = replace(facts, journal=journal.entries_of(lines), fresh_number=complaint)
    entries, after = decide(command.about, told, facts)
    if command.customer and after.customer and command.customer != after.customer:
        raise InvalidInput(
            N_("Ticket {number} is of customer {owner}, not of {customer}: check its number."),
            field="about",
            number=command.about,
            owner=after.customer,
            customer=command.customer,
        )
    await put(connection, after, entries, lines, new_key(), facts)


async def put(
    connection: Connection,
    after: Ticket,
    entries: tuple[e.Entry, ...],
    lines: Sequence[journal.Line],
    key: str,
    facts: Facts,
) -> None:
    """Append entries to a ticket's lines and store its row; raises `Conflict`."""
    added = journal.ticket_lines(after.number, entries, lines[-1].hash, key)
    await journal.append(connection, added)
    was = lines[-1].seq
    case = (after, (*facts.journal, *entries))
    if not await tickets.put(connection, case, facts.policy, was):
        raise collision(after.number, facts.journal, was, facts.actor)


async def follow(connection: Connection, follows: Consequence, facts: Facts) -> None:
    """Do what follows from a command on another ticket, or on one that it opens."""
    facts = replace(facts, at=follows.at, journal=())
    if isinstance(follows.command, c.LogCall):
        await open_ticket(connection, facts.fresh_number, follows.command, facts, new_key())
        return
    lines = await journal.ticket_journal(connection, follows.number)
    facts = replace(facts, journal=journal.entries_of(lines))
    entries, after = decide(follows.number, follows.command, facts)
    await put(connection, after, entries, lines, new_key(), facts)


async def limits(
    connection: Connection, customer: str, device: str, at: datetime, zone: tzinfo
) -> f.Limits | None:
    """Return the limits that contracts of the customer set for a report of that time."""
    contracts = await files.contracts_of(connection, customer) if customer else []
    return limits_of(contracts, device, at.astimezone(zone).date())


async def _limits_after(
    connection: Connection, ticket: Ticket, command: c.Command, facts: Facts
) -> f.Limits | None:
    customer, device, at = ticket.customer, ticket.device, ticket.reported_at
    if isinstance(command, c.Correct):
        customer = customer if command.customer is None else command.customer
        device = device if command.device is None else command.device
    if isinstance(command, c.CorrectTime) and command.what == REPORTED:
        at = command.to
    return await limits(connection, customer, device, at, facts.zone)


async def follow_contracts(connection: Connection, customers: Iterable[str], facts: Facts) -> None:
    """Let the clocks of the open tickets of customers be those of their contracts as they are."""
    for customer in sorted(set(customers)):
        contracts = await files.contracts_of(connection, customer)
        for row in await tickets.open_rows_of(connection, customer):
            ticket = row.ticket
            if ticket.kind is not Kind.FAULT or ticket.status not in OPEN:
                continue
            day = ticket.reported_at.astimezone(facts.zone).date()
            agreed = limits_of(contracts, ticket.device, day)
            if agreed != ticket.limits:
                await lock(connection, ticket.number, "")
                command = c.SetLimits(**asdict(agreed or f.Limits()))
                follows = Consequence(number=ticket.number, command=command, at=facts.now)
                await follow(connection, follows, facts)


def opened_by(lines: Sequence[journal.Line]) -> str:
    """Return the ticket that a command opened or changed beside its own, "" for none."""
    for entry in journal.entries_of(lines):
        if isinstance(entry.event, e.ComplaintOpened):
            return entry.event.number
        if isinstance(entry.event, e.Merged):
            return entry.event.into
    return ""


def collision(number: str, entries: tuple[e.Entry, ...], seen: int, me: Staff) -> Conflict:
    """Return the refusal for somebody who saw a ticket at a version that is not the last."""
    since = [one for one in entries if one.seq > seen] or entries
    last = next((one for one in reversed(since) if one.actor != me.login), since[-1])
    return Conflict(
        N_("{person} was faster on ticket {number}: {what} ({at}). Look, then decide again."),
        number=number,
        person=last.actor,
        what=describe(last, entries),
        at=last.recorded_at,
    )
