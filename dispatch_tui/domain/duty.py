"""Who is on duty, with shifts, overrides and holiday rosters applied: pure functions of rules."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec

from dispatch_tui.domain.people import FIELD_ROLES, Staff
from dispatch_tui.domain.rotation import Duty, RotationPlan, instant, on_duty, turns

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """When somebody takes part in the turns of their group, by weekday and clock in its zone.

    `days` are ISO weekdays, 1 for Monday; a shift whose `end` is not after its `start` runs into
    the next day.
    """

    days: tuple[int, ...] = EVERY_DAY
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
    """Who is on duty over [since, until) of a holiday roster."""

    since: datetime
    until: datetime
    staff: tuple[str, ...]


class HolidayRoster(msgspec.Struct, frozen=True, kw_only=True):
    """What takes the place of plan and shifts from its first turn to its last, with its gaps."""

    name: str
    turns: tuple[HolidayTurn, ...]

    def at(self, instant: datetime) -> bool:
        """Whether it holds at an instant."""
        since = min(one.since for one in self.turns)
        return since <= instant < max(one.until for one in self.turns)


class MemberShifts(msgspec.Struct, frozen=True, kw_only=True):
    """The shifts of one person; without any they take part in whole turns."""

    login: str
    shifts: tuple[Shift, ...]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All that says who is on duty; `members` has the logins of each group in their order,
    `shifts` those of the people who do not take part in whole turns.
    """

    plan: RotationPlan
    members: Mapping[str, tuple[str, ...]]
    shifts: Mapping[str, tuple[Shift, ...]] = {}
    overrides: tuple[Override, ...] = ()
    holidays: tuple[HolidayRoster, ...] = ()


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A time [since, until) of one roster: the group ("" by a holiday roster), its people."""

    since: datetime
    until: datetime
    group: str
    staff: tuple[str, ...]


def rules_of(
    plan: RotationPlan,
    staff: Iterable[Staff],
    shifts: Iterable[MemberShifts] = (),
    overrides: Iterable[Override] = (),
    holidays: Iterable[HolidayRoster] = (),
) -> Rules:
    """Return the rules for those who are sent to customers, in the groups of the staff list."""
    members: dict[str, tuple[str, ...]] = {}
    for one in staff:
        if one.active and one.group and one.role in FIELD_ROLES:
            members[one.group] = (*members.get(one.group, ()), one.login)
    return Rules(
        plan=plan,
        members=members,
        shifts={one.login: one.shifts for one in shifts},
        overrides=tuple(sorted(overrides, key=lambda one: (one.since, one.id))),
        holidays=tuple(holidays),
    )


def staff_at(rules: Rules, at: datetime) -> tuple[str, tuple[str, ...]]:
    """Return the group on duty ("" by a holiday roster) and its people at an instant.

    What is said of a person holds in a holiday roster too.
    """
    people: list[str]
    if holidays := [one for one in rules.holidays if one.at(at)]:
        group = ""
        held = [turn for one in holidays for turn in one.turns if turn.since <= at < turn.until]
        people = [login for turn in held for login in turn.staff]
    else:
        group = on_duty(rules.plan, at).group
        members = rules.members.get(group, ())
        people = [login for login in members if _takes_part(rules, login, at)]
    return group, tuple(dict.fromkeys(_overridden(rules.overrides, people, at)))


def duty_at(rules: Rules, at: datetime) -> Duty:
    """Return the turn that an instant belongs to; its group is "" by a holiday roster."""
    turns_held = [turn for one in rules.holidays if one.at(at) for turn in one.turns]
    if not turns_held:
        return on_duty(rules.plan, at)
    edges = [edge for turn in turns_held for edge in (turn.since, turn.until)]
    since = max(edge for edge in edges if edge <= at)
    return Duty(group="", since=since, until=min(edge for edge in edges if edge > at))


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


def _takes_part(rules: Rules, login: str, at: datetime) -> bool:
    own = rules.shifts.get(login, ())
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
    yield from (one.since for one in turns(rules.plan, since, until))
    for override in rules.overrides:
        yield from (override.since, override.until)
    for turn in (turn for one in rules.holidays for turn in one.turns):
        yield from (turn.since, turn.until)
    zone = ZoneInfo(rules.plan.zone)
    first = since.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date()
    for shift in (shift for own in rules.shifts.values() for shift in own):
        for start, end in _worked(shift, zone, first, last):
            yield start
            yield end
