"""Who is on duty, with shifts, overrides and holiday rosters applied: pure functions of rules."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec

from dispatch_tui.domain.rotation import RotationPlan, instant, on_duty, turns


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """When a member of a group takes part in its turns, by weekday and clock in the plan's zone.

    `days` are ISO weekdays, 1 for Monday; a shift whose `end` is not after its `start` runs into
    the next day.
    """

    group: str
    login: str
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    start: time = time(0)
    end: time = time(0)


class OverrideKind(StrEnum):
    """What an override does to the roster."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """One person over [since, until): there as well, on leave, or stood in for by `by`."""

    id: str
    kind: OverrideKind
    login: str
    since: datetime
    until: datetime
    by: str = ""
    reason: str = ""

    @property
    def touches(self) -> tuple[str, ...]:
        """Whose roster it changes: of these nobody has two at once."""
        return (self.login, self.by) if self.by else (self.login,)

    def at(self, instant: datetime) -> bool:
        """Whether it holds at an instant."""
        return self.since <= instant < self.until


class HolidayTurn(msgspec.Struct, frozen=True, kw_only=True):
    """Who is on duty over [since, until) by the holiday roster `roster`."""

    roster: str
    since: datetime
    until: datetime
    staff: tuple[str, ...]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All that says who is on duty; `members` has the logins of each group in their order."""

    plan: RotationPlan
    members: Mapping[str, tuple[str, ...]]
    shifts: tuple[Shift, ...] = ()
    overrides: tuple[Override, ...] = ()
    holidays: tuple[HolidayTurn, ...] = ()


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A time [since, until) of one roster: the group ("" by a holiday roster), its people."""

    since: datetime
    until: datetime
    group: str
    staff: tuple[str, ...]


def staff_at(rules: Rules, at: datetime) -> tuple[str, tuple[str, ...]]:
    """Return the group on duty ("" by a holiday roster) and its people at an instant.

    A holiday roster takes the place of plan and shifts from its first turn to its last, with its
    gaps; what is said of a person holds there too.
    """
    if _in_holiday(rules, at):
        group = ""
        held = [one for one in rules.holidays if one.since <= at < one.until]
        people = [login for one in held for login in one.staff]
    else:
        group = on_duty(rules.plan, at).group
        members = rules.members.get(group, ())
        people = [login for login in members if _takes_part(rules, group, login, at)]
    return group, tuple(dict.fromkeys(_overridden(rules.overrides, people, at)))


def spans(rules: Rules, since: datetime, until: datetime) -> list[Span]:
    """Return the roster over [since, until): spans without a gap between them, in order.

    A span without people is a gap in the roster.
    """
    edges = sorted(
        {since, until, *(at for at in _edges(rules, since, until) if since < at < until)}
    )
    found: list[Span] = []
    for start, end in pairwise(edges):
        group, staff = staff_at(rules, start)
        if found and (found[-1].group, found[-1].staff) == (group, staff):
            found[-1] = msgspec.structs.replace(found[-1], until=end)
        else:
            found.append(Span(since=start, until=end, group=group, staff=staff))
    return found


def on_leave(rules: Rules, login: str, at: datetime) -> Override | None:
    """Return what keeps a person off at an instant: leave, or somebody in their place."""
    for one in rules.overrides:
        if one.login == login and one.kind is not OverrideKind.ADD and one.at(at):
            return one
    return None


def clash(override: Override, others: Iterable[Override]) -> Override | None:
    """Return another override that touches the same person at the same time."""
    for one in others:
        overlap = one.since < override.until and override.since < one.until
        if one.id != override.id and overlap and set(one.touches) & set(override.touches):
            return one
    return None


def _in_holiday(rules: Rules, at: datetime) -> bool:
    return any(since <= at < until for since, until in _windows(rules))


def _windows(rules: Rules) -> list[tuple[datetime, datetime]]:
    """From when until when each holiday roster holds."""
    found: dict[str, tuple[datetime, datetime]] = {}
    for one in rules.holidays:
        since, until = found.get(one.roster, (one.since, one.until))
        found[one.roster] = min(since, one.since), max(until, one.until)
    return list(found.values())


def _takes_part(rules: Rules, group: str, login: str, at: datetime) -> bool:
    own = [one for one in rules.shifts if (one.group, one.login) == (group, login)]
    if not own:
        return True
    zone = ZoneInfo(rules.plan.zone)
    day = at.astimezone(zone).date()
    return any(
        start <= at < end
        for one in own
        for start, end in _worked(one, zone, day - timedelta(days=1), day)
    )


def _worked(
    shift: Shift, zone: ZoneInfo, first: date, last: date
) -> Iterator[tuple[datetime, datetime]]:
    """The times of a shift that begin on the days from the first to the last."""
    day = first
    while day <= last:
        if day.isoweekday() in shift.days:
            ends_on = day if shift.end > shift.start else day + timedelta(days=1)
            yield (
                instant(datetime.combine(day, shift.start), zone),
                instant(datetime.combine(ends_on, shift.end), zone),
            )
        day += timedelta(days=1)


def _overridden(
    overrides: Iterable[Override], people: Iterable[str], at: datetime
) -> Iterator[str]:
    held = [one for one in overrides if one.at(at)]
    instead = {one.login: one.by for one in held if one.kind is not OverrideKind.ADD}
    for login in people:
        if stand_in := instead.get(login, login):
            yield stand_in
    yield from (one.login for one in held if one.kind is OverrideKind.ADD)


def _edges(rules: Rules, since: datetime, until: datetime) -> Iterator[datetime]:
    """Every instant at which the roster may change."""
    for turn in turns(rules.plan, since, until):
        yield turn.since
    for said in (rules.overrides, rules.holidays):
        for one in said:
            yield from (one.since, one.until)
    zone = ZoneInfo(rules.plan.zone)
    first = since.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date()
    for shift in rules.shifts:
        for start, end in _worked(shift, zone, first, last):
            yield start
            yield end
