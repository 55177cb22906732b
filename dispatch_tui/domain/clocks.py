"""The promised clocks of a ticket (S1–S4): each on its own, in calendar time, never paused."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatch_tui.domain.facts import Adverse, Harm, Limits
from dispatch_tui.domain.ticket import Kind, Severity, Ticket


class ClockKind(StrEnum):
    """Which promise a clock measures; the last two are dates of the law."""

    RESPONSE = "response"
    ON_SITE = "on_site"
    REPAIR = "repair"
    CALL_BACK = "call_back"
    ADVERSE_PHONE = "adverse_phone"
    ADVERSE_REPORT = "adverse_report"


class Outcome(StrEnum):
    """How a clock stands or how it ended.

    Within an extension that the purchaser agreed to, it is `met_extended`; a repair in whose place
    a way forward was agreed is `settled`.
    """

    RUNNING = "running"
    MET = "met"
    MET_EXTENDED = "met_extended"
    SETTLED = "settled"
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


REPAIR_CAP = timedelta(hours=48)
"""No extension goes past this, counted from the start of the repair clock (S4)."""

ADVERSE_PHONE = timedelta(hours=12)
"""Within which an event that hit several patients is told to the authority by phone."""

ADVERSE_REPORT = {Harm.DEATH: timedelta(days=7), Harm.SERIOUS_INJURY: timedelta(days=20)}
"""Within which an event is reported to the authority in writing."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The limits that were promised; the defaults are the service plan's."""

    response: timedelta = timedelta(hours=1)
    on_site: timedelta = timedelta(hours=48)
    repair: timedelta = timedelta(hours=36)
    call_back: timedelta = timedelta(hours=24)


def agreed(policy: Policy, limits: Limits | None) -> Policy:
    """Return the policy with the limits of a contract in the place of its own."""
    if limits is None:
        return policy
    minutes, on_site, repair = limits.response_minutes, limits.on_site_hours, limits.repair_hours
    return msgspec.structs.replace(
        policy,
        response=policy.response if minutes is None else timedelta(minutes=minutes),
        on_site=policy.on_site if on_site is None else timedelta(hours=on_site),
        repair=policy.repair if repair is None else timedelta(hours=repair),
    )


class Clock(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One promise on one ticket.

    `original_due_at` is the limit before any time was corrected, any contract changed, and before
    any extension.
    """

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
    within its limit (S2); past the limit the promise was broken already. A repair limit is longer
    only as S4 allows. A cancelled or merged ticket ends its running clocks as void.
    """
    found: list[Clock] = []
    if ticket.kind is Kind.FAULT:
        first = agreed(policy, ticket.original_limits)
        found += _promises(ticket, agreed(policy, ticket.limits), first)
    if ticket.adverse is not None:
        found += _adverse(ticket.adverse)
    ended_at = ticket.cancelled_at or ticket.merged_at
    if ended_at is None:
        return tuple(found)
    return tuple(_void(one, ended_at) if one.running else one for one in found)


def extended_due_at(ticket: Ticket, start: datetime, due_at: datetime) -> datetime:
    """Return the limit of a repair with the purchaser's consent to more time (S4).

    It counts for a major fault only, when it was given before the limit passed, and up to 48 h
    from the start; of several the last one counts.
    """
    if ticket.severity is not Severity.MAJOR:
        return due_at
    first, cap = due_at, start + REPAIR_CAP
    for consent in ticket.consents:
        if consent.at <= due_at:
            due_at = max(first, min(consent.until, cap))
    return due_at


def next_due_at(running: Iterable[Clock]) -> datetime | None:
    """The earliest limit among the running clocks, None when none is running."""
    return min((one.due_at for one in running if one.running), default=None)


def worst_level(running: Iterable[Clock], now: datetime) -> Level:
    """The gravest flag among the running clocks."""
    levels = (one.level(now) for one in running if one.running)
    return max(levels, key=RANK.__getitem__, default=Level.NORMAL)


def _promises(ticket: Ticket, policy: Policy, first: Policy) -> list[Clock]:
    reported, first_reported = ticket.reported_at, ticket.original_reported_at
    response = Clock(
        kind=ClockKind.RESPONSE,
        started_at=reported,
        due_at=reported + policy.response,
        original_due_at=first_reported + first.response,
    )
    on_site = Clock(
        kind=ClockKind.ON_SITE,
        started_at=reported,
        due_at=reported + policy.on_site,
        original_due_at=first_reported + first.on_site,
    )
    found = [_stopped(response, ticket.talked_at)]
    if ticket.arrived_at is None and ticket.solved_at is not None:
        in_time = ticket.solved_at <= on_site.due_at  # past its limit it was broken already
        end = _void if in_time else _stopped
        found.append(end(on_site, ticket.solved_at))
    else:
        found.append(_stopped(on_site, ticket.arrived_at))
    if ticket.arrived_at is not None:
        found.append(_repair(ticket, policy, first, ticket.arrived_at))
    if ticket.dealt_with_at is not None:
        found.append(_call_back(ticket, policy, ticket.dealt_with_at))
    return found


def _repair(ticket: Ticket, policy: Policy, first: Policy, arrived_at: datetime) -> Clock:
    limit = arrived_at + policy.repair
    clock = Clock(
        kind=ClockKind.REPAIR,
        started_at=arrived_at,
        due_at=extended_due_at(ticket, arrived_at, limit),
        original_due_at=(ticket.original_arrived_at or arrived_at) + first.repair,
    )
    clock = _stopped(clock, ticket.dealt_with_at)
    if clock.outcome is not Outcome.MET or clock.stopped_at is None:
        return clock
    if not (ticket.restored_at or ticket.solved_at):
        return msgspec.structs.replace(clock, outcome=Outcome.SETTLED)
    late = clock.stopped_at > limit
    return msgspec.structs.replace(clock, outcome=Outcome.MET_EXTENDED) if late else clock


def _call_back(ticket: Ticket, policy: Policy, dealt_with_at: datetime) -> Clock:
    clock = Clock(
        kind=ClockKind.CALL_BACK,
        started_at=dealt_with_at,
        due_at=dealt_with_at + policy.call_back,
        original_due_at=(ticket.original_dealt_with_at or dealt_with_at) + policy.call_back,
    )
    if ticket.confirmed_at is None and ticket.closed_at is not None:
        return _void(clock, ticket.closed_at)  # brought in from where call-backs were not kept
    return _stopped(clock, ticket.confirmed_at)


def report_due_at(adverse: Adverse) -> datetime:
    """When the written report to the authority is due."""
    return adverse.due_at or adverse.at + ADVERSE_REPORT[adverse.harm]


def first_report_due_at(adverse: Adverse) -> datetime:
    """When the written report was due by the times that were first told."""
    return adverse.original_due_at or adverse.original_at + ADVERSE_REPORT[adverse.harm]


def _adverse(adverse: Adverse) -> list[Clock]:
    report = Clock(
        kind=ClockKind.ADVERSE_REPORT,
        started_at=adverse.at,
        due_at=report_due_at(adverse),
        original_due_at=first_report_due_at(adverse),
    )
    found = [_stopped(report, adverse.reported_at)]
    if adverse.several:
        start = adverse.several_at or adverse.at
        phone = Clock(
            kind=ClockKind.ADVERSE_PHONE,
            started_at=start,
            due_at=start + ADVERSE_PHONE,
            original_due_at=(adverse.several_original_at or start) + ADVERSE_PHONE,
        )
        found.insert(0, _stopped(phone, adverse.phoned_at))
    return [_cleared(one, adverse) for one in found]


def _cleared(clock: Clock, adverse: Adverse) -> Clock:
    if clock.running and adverse.cleared_at is not None:
        return _void(clock, adverse.cleared_at)
    return clock


def _stopped(clock: Clock, at: datetime | None) -> Clock:
    if at is None:
        return clock
    outcome = Outcome.MET if at <= clock.due_at else Outcome.MISSED
    return msgspec.structs.replace(clock, stopped_at=at, outcome=outcome)


def _void(clock: Clock, at: datetime) -> Clock:
    return msgspec.structs.replace(clock, stopped_at=at, outcome=Outcome.VOID)
