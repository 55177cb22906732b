"""Flags that call for a person: which stand on a ticket at a time."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from dispatch_tui.domain.clocks import RANK, Clock, Level
from dispatch_tui.domain.ticket import ACTIVE, Priority, Ticket

CALL = "call"
EMERGENCY = "emergency"
ADVERSE = "adverse"

LOUD = frozenset({EMERGENCY, ADVERSE, Level.CRITICAL.value, Level.BREACHED.value})
"""Levels that ring and stay in sight until they are seen."""


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """One flag: raised once for this ticket, clock, level and limit.

    `clock` is a clock's kind; a new emergency and an adverse event have "call", and their `due_at`
    is when they were told.
    """

    ticket: str
    clock: str
    level: str
    due_at: datetime


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """A flag that was raised."""

    id: int
    flag: Flag
    raised_at: datetime


def flags(ticket: Ticket, clocks: tuple[Clock, ...], now: datetime) -> Iterator[Flag]:
    """Yield the flags that stand: of each running clock only the gravest, from near on."""
    if ticket.priority is Priority.EMERGENCY and ticket.status in ACTIVE and not ticket.talked_at:
        yield Flag(ticket=ticket.number, clock=CALL, level=EMERGENCY, due_at=ticket.reported_at)
    if ticket.adverse is not None and ticket.adverse.pending:
        yield Flag(ticket=ticket.number, clock=CALL, level=ADVERSE, due_at=ticket.adverse.at)
    for clock in clocks:
        level = clock.level(now)
        if clock.running and RANK[level] >= RANK[Level.NEAR]:
            yield Flag(
                ticket=ticket.number,
                clock=clock.kind.value,
                level=level.value,
                due_at=clock.due_at,
            )
