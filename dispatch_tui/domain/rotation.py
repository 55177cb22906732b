"""Which rotation group is on duty: a pure function of plan and instant."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec


class Unit(StrEnum):
    """In what the length of a turn is counted."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class RotationPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Groups that take turns; `starts_at` is the first hand-over, as wall-clock time in `zone`."""

    name: str
    groups: tuple[str, ...]
    starts_at: datetime
    every: int = 1
    unit: Unit = Unit.WEEKS
    zone: str = "Asia/Shanghai"


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of one group, [since, until) in aware UTC."""

    group: str
    since: datetime
    until: datetime


def on_duty(plan: RotationPlan, at: datetime) -> Duty:
    """Return the turn that an instant belongs to, before the plan's start too.

    Over daylight saving, turns of hours keep their length, longer ones the wall-clock time of
    their hand-over: one in the gap is the first instant after it, an ambiguous one its first
    occurrence. Months are counted from the start each time, and clipped to the month's end.
    """
    turn = _guess(plan, at.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None))
    while _hand_over(plan, turn) > at:
        turn -= 1
    while _hand_over(plan, turn + 1) <= at:
        turn += 1
    return Duty(
        group=plan.groups[turn % len(plan.groups)],
        since=_hand_over(plan, turn),
        until=_hand_over(plan, turn + 1),
    )


def turns(plan: RotationPlan, since: datetime, until: datetime) -> Iterator[Duty]:
    """Yield the turns that touch [since, until), in order and without a gap."""
    turn = on_duty(plan, since)
    while turn.since < until:
        yield turn
        turn = on_duty(plan, turn.until)


def _guess(plan: RotationPlan, wall: datetime) -> int:
    """A turn close to the one at a wall-clock time."""
    start = plan.starts_at
    if plan.unit is Unit.MONTHS:
        months = (wall.year - start.year) * 12 + wall.month - start.month
        return months // plan.every
    return (wall - start) // timedelta(**{plan.unit: plan.every})


def _hand_over(plan: RotationPlan, turn: int) -> datetime:
    zone, count = ZoneInfo(plan.zone), turn * plan.every
    if plan.unit is Unit.HOURS:
        return instant(plan.starts_at, zone) + timedelta(hours=count)
    if plan.unit is Unit.MONTHS:
        return instant(_months_after(plan.starts_at, count), zone)
    return instant(plan.starts_at + timedelta(**{plan.unit: count}), zone)


def _months_after(wall: datetime, months: int) -> datetime:
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    return wall.replace(
        year=year, month=month + 1, day=min(wall.day, monthrange(year, month + 1)[1])
    )


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return when a wall-clock time is: the first of two, or the first after a gap."""
    found = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    return _after_gap(found, zone)


def _after_gap(instant: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after the gap that swallowed a wall-clock time."""
    early, late = instant - timedelta(days=1), instant + timedelta(days=1)
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(microseconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late
