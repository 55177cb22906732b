"""The roster as a calendar: a line for each person, a cell for each day from hand-over on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from dispatch_tui.domain.duty import Override, OverrideKind, Rules, Span, spans
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.rotation import instant

DAYS = 14

ON_DUTY, PARTLY, OFF, LEAVE, STOOD_IN_FOR, EXTRA = "#", "-", ".", "L", "S", "+"
LEGEND = (
    (ON_DUTY, N_("on duty")),
    (PARTLY, N_("part of the day")),
    (LEAVE, N_("leave")),
    (STOOD_IN_FOR, N_("somebody stands in")),
    (EXTRA, N_("as well, or stands in")),
)
_ROLES = {ON_DUTY: "strong", LEAVE: "near", STOOD_IN_FOR: "near", EXTRA: "accent"}


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the roster: from its hand-over time to that of the next."""

    day: date
    since: datetime
    until: datetime


def days(rules: Rules, first: date, count: int = DAYS) -> list[Day]:
    """Return so many days, each from the plan's hand-over time on."""
    zone, at = ZoneInfo(rules.plan.zone), rules.plan.starts_at.time()
    edges = [
        instant(datetime.combine(first + timedelta(days=number), at), zone)
        for number in range(count + 1)
    ]
    return [
        Day(day=first + timedelta(days=number), since=edges[number], until=edges[number + 1])
        for number in range(count)
    ]


def shown(rules: Rules, over: Sequence[Day]) -> list[Span]:
    """Return the roster over the days."""
    return spans(rules, over[0].since, over[-1].until)


def mark(rules: Rules, login: str, day: Day, roster: Iterable[Span]) -> str:
    """Return the sign of a person's day: first what was changed, then the turn."""
    changed = next(iter(touching(rules, login, day)), None)
    if changed is not None and (changed.kind is OverrideKind.ADD or changed.by == login):
        return EXTRA
    if changed is not None:
        return LEAVE if changed.kind is OverrideKind.REMOVE else STOOD_IN_FOR
    held = [until - since for staff, since, until in _within(roster, day) if login in staff]
    if not held:
        return OFF
    return ON_DUTY if sum(held, timedelta()) == day.until - day.since else PARTLY


def group(day: Day, roster: Iterable[Span]) -> str:
    """Return the group that has most of a day, "" by a holiday roster."""
    best = max(
        (one for one in roster if one.since < day.until and day.since < one.until),
        key=lambda one: min(one.until, day.until) - max(one.since, day.since),
    )
    return best.group


def touching(rules: Rules, login: str, day: Day) -> list[Override]:
    """Return what was changed for a person on a day."""
    return [
        one
        for one in rules.overrides
        if login in one.touches and one.since < day.until and day.since < one.until
    ]


def role(sign: str) -> str:
    """Return the role in which a sign is drawn."""
    return _ROLES.get(sign, "muted")


def _within(
    roster: Iterable[Span], day: Day
) -> Iterator[tuple[tuple[str, ...], datetime, datetime]]:
    for one in roster:
        since, until = max(one.since, day.since), min(one.until, day.until)
        if since < until:
            yield one.staff, since, until
