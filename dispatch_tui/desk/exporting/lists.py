"""The lists of the screen as rows: with the names that scripts know, not in anybody's language."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.cells import plain
from dispatch_tui.desk.exporting.export import Opener
from dispatch_tui.desk.exporting.writers import Writer
from dispatch_tui.desk.views import Case, Roster, View
from dispatch_tui.domain.handover import Item
from dispatch_tui.domain.standing import next_word_at
from dispatch_tui.words.speaker import Speaker

TICKETS, ROSTER, HANDOVER = "tickets", "roster", "handover"
LISTS = (ROSTER, HANDOVER)
"""The lists that are no tables; that of tickets is asked for by its view."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    TICKETS: (
        *("number", "kind", "priority", "severity", "status", "next_clock", "next_due_at"),
        *("level", "customer", "customer_name", "city", "department", "contact", "phone"),
        *("device", "device_name", "model", "fault", "engineers", "next_word_at", "reported_at"),
    ),
    ROSTER: (
        *("group", "login", "name", "phone", "station", "on_duty", "off_until", "doing"),
        *("number", "since"),
    ),
    HANDOVER: ("topic", "number", "at", "sentence"),
}

Rows = Iterator[Mapping[str, Any]]


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Which tickets a list is to have, and as of when, None for now."""

    view: View = View.OPEN
    at: datetime | None = None


async def write(desk: Desk, name: str, chosen: Chosen, speaker: Speaker, opener: Opener) -> int:
    """Write a list as whoever asks for it sees it, page by page; returns how many rows it has."""
    writer = opener(name, COLUMNS[name])
    count = 0
    async for rows in _pages(desk, name, chosen, speaker):
        count += put(rows, name, writer)
    writer.end()
    return count


async def _pages(desk: Desk, name: str, chosen: Chosen, speaker: Speaker) -> AsyncIterator[Rows]:
    now = chosen.at or desk.clock()
    if name == TICKETS:
        async for page in desk.pages(chosen.view, chosen.at):
            yield tickets(page, now)
    elif name == ROSTER:
        yield roster(await desk.roster(chosen.at))
    else:
        yield handover(await desk.handover_sheet(), speaker, now)


def put(rows: Rows, name: str, writer: Writer) -> int:
    """Write some rows of a list, and return how many that were."""
    count = 0
    for row in rows:
        writer.row({column: plain(row[column]) for column in COLUMNS[name]})
        count += 1
    return count


def tickets(cases: Iterable[Case], now: datetime) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a list of tickets."""
    for case in cases:
        ticket, clock = case.ticket, case.next_clock
        yield {
            **{name: getattr(ticket, name) for name in COLUMNS[TICKETS] if hasattr(ticket, name)},
            "next_clock": clock and clock.kind,
            "next_due_at": clock and clock.due_at,
            "level": case.level(now),
            "customer_name": case.customer_name,
            "city": case.city,
            "device_name": case.device_name,
            "model": case.model,
            "engineers": [one.login for one in sorted(ticket.engineers, key=lambda e: not e.lead)],
            "next_word_at": next_word_at(ticket),
        }


def roster(found: Roster) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of the roster."""
    for group in found.groups:
        for member in group.members:
            yield {
                "group": group.name,
                **{name: getattr(member.person, name) for name in ("login", "name", "phone")},
                "station": member.person.station,
                "on_duty": member.on_duty,
                "off_until": member.off and member.off.until,
                **{name: getattr(member.job, name) for name in ("doing", "number", "since")},
            }


def handover(items: Iterable[Item], speaker: Speaker, now: datetime) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of the sheet for the next shift; its sentences are for people."""
    for item in items:
        yield {
            "topic": item.topic,
            "number": item.number,
            "at": item.at,
            "sentence": speaker.say(item.sentence, now),
        }
