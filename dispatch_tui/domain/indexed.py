"""What a ticket is found by in full text, and where it stands among all that is found."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from hashlib import blake2b

from dispatch_tui.domain.events import CallLogged, Corrected, Entry
from dispatch_tui.domain.fold import standing
from dispatch_tui.domain.query import KEPT, OPEN, Filter
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.tokens import mark, words_of

INDEX_VERSION = "1"
"""Counted up when the same rows give another index: it is then made anew."""


class Thing(StrEnum):
    """What can be found."""

    TICKET = "ticket"
    CUSTOMER = "customer"
    CONTACT = "contact"
    DEVICE = "device"
    PERSON = "person"


WORDS = frozenset(
    {
        *("text", "note", "why", "why_not", "reason", "found", "tried", "what_was_done"),
        *("reduced", "remains", "report", "way", "left_open", "words", "findings", "measures"),
        *("answer", "advice", "what", "item", "model", "serial", "new_serial", "name", "maker"),
        *("reference", "symptom", "cause", "cure"),
    }
)
"""The fields of events in which people write."""

NO_WORDS = frozenset(
    {
        *("customer", "caller", "device", "department", "contact", "phone", "fault", "about"),
        *("number", "into", "merged_from", "lead", "specialist", "owner", "hash", "price"),
        *("position", "received_by", "signed_by", "confirmed_by", "to", "document"),
        *("value", "instrument", "limit", "contract"),
    }
)
"""The other fields that are text: names, codes, figures, the document that repeats what others say,
and the intake, which the ticket has as it is now."""

FIRST_TICKET = 1 << 60
"""Where the tickets begin; what has no day comes before them."""

MOST_A_DAY = 10**6
_NUMBER = re.compile(r"(\d{6})-(\d{1,5})")


def words_of_ticket(ticket: Ticket, journal: Sequence[Entry]) -> str:
    """Return marks and tokens of a ticket as its whole journal gives them, as they are kept."""
    return words_of(_texts(ticket, journal), _marks(ticket))


def _texts(ticket: Ticket, journal: Sequence[Entry]) -> Iterator[str]:
    yield from (ticket.fault, ticket.caller, ticket.contact, ticket.phone, ticket.department)
    for entry, _ in standing(journal):
        event = entry.event
        if isinstance(event, (CallLogged, Corrected)):
            continue
        for name in event.__struct_fields__:
            if name in WORDS and isinstance(value := getattr(event, name), str):
                yield value


def _marks(ticket: Ticket) -> Iterator[str]:
    yield thing_mark(Thing.TICKET)
    yield mark(Filter.KIND, ticket.kind)
    yield mark(Filter.STATUS, ticket.status)
    if ticket.is_open:
        yield mark(Filter.STATUS, OPEN)
    if ticket.kept is not None:
        yield mark(Filter.STATUS, KEPT)
    if ticket.customer:
        yield mark(Filter.CLIENT, ticket.customer)
    if ticket.device:
        yield mark(Filter.DEVICE, ticket.device)
    for one in ticket.engineers:
        yield mark(Filter.ENGINEER, one.login)


def thing_mark(thing: Thing) -> str:
    """Return the mark of all texts of one kind of thing."""
    return mark("thing", thing)


def place_of(thing: Thing, subject: str) -> int:
    """Return the id of a text: tickets in the order in which they were numbered, others below."""
    numbered = _NUMBER.fullmatch(subject) if thing is Thing.TICKET else None
    if numbered is not None:
        return FIRST_TICKET + int(numbered[1]) * MOST_A_DAY + int(numbered[2])
    digest = blake2b(f"{thing}/{subject}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % FIRST_TICKET


def first_of_day(day: date) -> int:
    """Return the place before all tickets that were numbered on a day or later."""
    if not 2000 <= day.year < 2100:
        return FIRST_TICKET if day.year < 2000 else FIRST_TICKET + MOST_A_DAY**2
    return FIRST_TICKET + int(f"{day:%y%m%d}") * MOST_A_DAY


def after_day(day: date) -> int:
    """Return the place after all tickets that were numbered on a day or earlier."""
    return first_of_day(day) + MOST_A_DAY if 2000 <= day.year < 2100 else first_of_day(day)
