"""The promised clocks of a ticket (S1–S3): each on its own, in calendar time, never paused."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatch_tui.domain.ticket import Ticket


class ClockKind(StrEnum):
    """Which promise a clock measures."""

    RESPONSE = "response"
    ON_SITE = "on_site"
    REPAIR = "repair"


class Outcome(StrEnum):
    """How a clock stands or how it ended."""

    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    VOID = "void"


class Level(StrEnum):
    """How much of a limit is used up, as a flag for people."""

    NORMAL = "normal"
    WATCH = "watch"
    NEAR = "near"
    CRITICAL = "critical"
    BREACHED = "breached"


THRESHOLDS = (
    (Level.WATCH, 0.50),
    (Level.NEAR, 0.75),
    (Level.CRITICAL, 0.90),
    (Level.BREACHED, 1.0),
)
"""From which part of its limit on a running clock carries which flag."""

RANK = {level: rank for rank, level in enumerate(Level)}
"""Levels in order of gravity."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The limits that were promised; the defaults are the service plan's."""

    response: timedelta = timedelta(hours=1)
    on_site: timedelta = timedelta(hours=48)
    repair: timedelta = timedelta(hours=36)


class Clock(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One promise on one ticket; `original_due_at` is the limit before any time was corrected."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    original_due_at: datetime
    stopped_at: datetime | None = None
    outcome: Outcome = Outcome.RUNNING

    @property
    def running(self) -> bool:
        """Whether the promise is still to be kept."""
        return self.outcome is Outcome.RUNNING

    def crosses(self, level: Level) -> datetime:
        """When a running clock rises to the level."""
        part = dict(THRESHOLDS).get(level, 0.0)
        return self.started_at + (self.due_at - self.started_at) * part

    def used(self, now: datetime) -> float:
        """The part of the limit that is used up, 1.0 at the limit; stopped clocks stand still."""
        until = self.stopped_at or now
        return (until - self.started_at) / (self.due_at - self.started_at)

    def level(self, now: datetime) -> Level:
        """The flag: an ended clock needs no attention, a missed one stays breached."""
        if self.outcome is Outcome.MISSED:
            return Level.BREACHED
        if not self.running:
            return Level.NORMAL
        reached = Level.NORMAL
        for level, _part in THRESHOLDS:
            if now >= self.crosses(level):
                reached = level
        return reached

    def next_rise_at(self, now: datetime) -> datetime | None:
        """When the flag rises next, None when it cannot rise any more."""
        if not self.running:
            return None
        return next((at for level, _ in THRESHOLDS if (at := self.crosses(level)) > now), None)


def clocks(ticket: Ticket, policy: Policy) -> tuple[Clock, ...]:
    """Return the clocks of a ticket that have started, response first.

    Arriving on site or solving by phone are talks with the customer too: they stop the response
    clock when nobody answered before. The on-site clock falls away with a fault solved by phone
    within its limit (S2); past the limit the promise was broken already. A cancelled ticket ends
    its running clocks as void.
    """
    found = [
        _clock(ticket, ClockKind.RESPONSE, policy.response, stopped_at=ticket.talked_at),
        _clock(
            ticket,
            ClockKind.ON_SITE,
            policy.on_site,
            stopped_at=ticket.arrived_at,
            void_at=ticket.solved_at,
        ),
    ]
    if ticket.arrived_at is not None:
        found.append(
            _clock(
                ticket,
                ClockKind.REPAIR,
                policy.repair,
                started_at=ticket.arrived_at,
                original_start=ticket.original_arrived_at or ticket.arrived_at,
                stopped_at=_first(ticket.restored_at, ticket.solved_at),
            )
        )
    return tuple(found)


def next_due_at(running: Iterable[Clock]) -> datetime | None:
    """The earliest limit among the running clocks, None when none is running."""
    return min((one.due_at for one in running if one.running), default=None)


def worst_level(running: Iterable[Clock], now: datetime) -> Level:
    """The gravest flag among the running clocks."""
    levels = (one.level(now) for one in running if one.running)
    return max(levels, key=RANK.__getitem__, default=Level.NORMAL)


def _clock(
    ticket: Ticket,
    kind: ClockKind,
    limit: timedelta,
    *,
    started_at: datetime | None = None,
    original_start: datetime | None = None,
    stopped_at: datetime | None,
    void_at: datetime | None = None,
) -> Clock:
    start = started_at or ticket.reported_at
    due_at = start + limit
    outcome = Outcome.RUNNING
    if stopped_at is not None:
        outcome = Outcome.MET if stopped_at <= due_at else Outcome.MISSED
    elif void_at is not None:
        outcome = Outcome.VOID if void_at <= due_at else Outcome.MISSED
        stopped_at = void_at
    elif ticket.cancelled_at is not None:
        outcome, stopped_at = Outcome.VOID, ticket.cancelled_at
    return Clock(
        kind=kind,
        started_at=start,
        due_at=due_at,
        original_due_at=(original_start or ticket.original_reported_at) + limit,
        stopped_at=stopped_at,
        outcome=outcome,
    )


def _first(*times: datetime | None) -> datetime | None:
    return min((at for at in times if at is not None), default=None)
