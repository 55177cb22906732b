"""Which rotation group is on duty: a pure function of plan and instant."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec


class Unit(StrEnum):
    """In what the length of a turn is counted."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


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

    Over daylight saving, turns of hours keep their length, those of days and weeks the wall-clock
    time of their hand-over: one in the gap is the first instant after it, an ambiguous one its
    first occurrence.
    """
    wall = at.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None)
    turn = (wall - plan.starts_at) // _length(plan)
    while _hand_over(plan, turn) > at:
        turn -= 1
    while _hand_over(plan, turn + 1) <= at:
        turn += 1
    return Duty(
        group=plan.groups[turn % len(plan.groups)],
        since=_hand_over(plan, turn),
        until=_hand_over(plan, turn + 1),
    )


def _length(plan: RotationPlan) -> timedelta:
    return timedelta(**{plan.unit: plan.every})


def _hand_over(plan: RotationPlan, turn: int) -> datetime:
    zone = ZoneInfo(plan.zone)
    if plan.unit is Unit.HOURS:
        return _instant(plan.starts_at, zone) + turn * _length(plan)
    return _instant(plan.starts_at + turn * _length(plan), zone)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    return _after_gap(instant, zone)


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
