"""Who should go to a ticket: everybody ranked, with reasons, obstacles and score."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from dispatch_tui.domain.duty import Override
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.roster import Doing, Job
from dispatch_tui.domain.travel import Spot, Times, leave_by, travel_time

FAR = timedelta(hours=12)
"""A way that is worth nothing in the score; half of it is worth half."""

MANY = 4
"""Open tickets with which somebody has no room for another."""

FAIR_DAYS = timedelta(days=30)
"""Over which it is looked at who had how much."""


class PartName(StrEnum):
    """What the score of a suggestion is made of."""

    DUTY = "duty"
    SKILL = "skill"
    TRAVEL = "travel"
    LOAD = "load"
    KNOWN = "known"
    FAIR = "fair"


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """How much each part counts; together 100 by default."""

    duty: float = 30
    skill: float = 20
    travel: float = 20
    load: float = 15
    known: float = 10
    fair: float = 5


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What a ticket asks for: the kind of device ("" unknown), where, until when on site."""

    kind: str
    spot: Spot
    due_at: datetime | None
    now: datetime
    day: date


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One engineer as they are now; `spot` is where they will set out from.

    `free_at` is about when they can set out, None for at once; `in_turn` that their group is on
    duty; `share` their group's part of the tickets of the last 30 days, 0.5 for half.
    """

    person: Staff
    spot: Spot
    job: Job = Job()
    on_duty: bool = False
    in_turn: bool = False
    off: Override | None = None
    free_at: datetime | None = None
    certificates: tuple[Certificate, ...] = ()
    device_visits: int = 0
    customer_visits: int = 0
    share: float = 0.5


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a score: its worth from 0 to 1, how much it counts, and why in words."""

    name: PartName
    value: float
    weight: float
    reason: Message | None

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return self.value * self.weight


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """One engineer with what speaks for them, and what stands in the way.

    `obstacles` forbid it (leave, no valid certificate); `busy` means at work elsewhere.
    """

    person: Staff
    parts: tuple[Part, ...]
    obstacles: tuple[Message, ...]
    on_duty: bool
    busy: bool
    travel: timedelta | None
    arrives_at: datetime | None
    leave_by: datetime | None
    late: bool
    away_until: datetime | None = None
    """Until when somebody of the group on duty is away."""

    @property
    def score(self) -> float:
        """The sum of its parts."""
        return sum(one.points for one in self.parts)

    @property
    def reasons(self) -> tuple[Message, ...]:
        """What speaks for them, the weightiest first; before it, what they are at work with."""
        busy = PartName.LOAD if self.busy else None
        parts = sorted(self.parts, key=lambda one: (one.name is not busy, -one.points))
        return tuple(one.reason for one in parts if one.reason is not None)

    @property
    def fit(self) -> bool:
        """Whether they can be sent at once."""
        return not self.obstacles and not self.busy


def suggest(
    candidates: Iterable[Candidate], need: Need, times: Times, weights: Weights
) -> list[Suggestion]:
    """Return everybody ranked: who can go at once, who is busy, then who must not.

    Of those who can, who is on duty comes first, the other group only stands by.
    """
    found = [_suggestion(one, need, times, weights) for one in candidates]
    return sorted(
        found,
        key=lambda one: (
            *(bool(one.obstacles), one.busy, one.late, not one.on_duty),
            *(-one.score, one.person.login),
        ),
    )


def shortfall(ranked: Iterable[Suggestion], need: Need) -> tuple[Message, ...]:
    """Say aloud why nobody on duty can go, and who is asked then; empty where somebody can."""
    ranked = list(ranked)
    serving = [one for one in ranked if one.on_duty]
    if any(one.fit for one in serving):
        return ()
    return (_lack(serving, ranked, need), *_instead(ranked))


def _lack(serving: list[Suggestion], ranked: list[Suggestion], need: Need) -> Message:
    if not serving:
        away = [one.away_until for one in ranked if one.away_until is not None]
        if away:
            return say(N_("All of the group on duty are away until {until}."), until=min(away))
        return say(N_("Nobody is on duty now."))
    if all(one.obstacles for one in serving):
        lack = N_("Nobody on duty has a valid certificate for {device_kind}.")
        return say(lack, device_kind=need.kind)
    return say(N_("Everybody on duty who could go is at work elsewhere."))


def _instead(ranked: list[Suggestion]) -> Iterator[Message]:
    """Who is asked instead: the other group, the nearest station, the specialist, headquarters."""
    others = [one for one in ranked if not one.on_duty and one.fit]
    engineers = [one for one in others if one.person.role is Role.ENGINEER]
    if engineers:
        yield _ask(N_("From the other group: {person}{way}."), engineers[0])
    known = [one for one in engineers if one.travel is not None]
    if known:
        nearest = min(known, key=lambda one: one.travel or FAR)
        if nearest is not engineers[0]:
            yield _ask(N_("From the nearest station: {person}{way}."), nearest)
    for one in others:
        if one.person.role is Role.SPECIALIST:
            yield _ask(N_("The specialist: {person}{way}."), one)
            break
    yield say(N_("Else ask headquarters."))


def _ask(template: str, one: Suggestion) -> Message:
    way: Message | str = ""
    if one.arrives_at is not None:
        way = say(N_(", there by {at}"), at=one.arrives_at)
    return say(template, person=one.person.login, way=way)


def _suggestion(one: Candidate, need: Need, times: Times, weights: Weights) -> Suggestion:
    travel = travel_time(one.spot, need.spot, times)
    start = max(need.now, one.free_at or need.now)
    arrives_at = start + travel if travel is not None else None
    late = arrives_at is not None and need.due_at is not None and arrives_at > need.due_at
    skill, lacking = _skill(one, need, weights)
    obstacles = [] if lacking is None else [lacking]
    if one.off is not None:
        obstacles.insert(0, say(N_("away until {until}"), until=one.off.until))
    return Suggestion(
        person=one.person,
        parts=(
            _duty(one, weights),
            skill,
            _travel(travel, arrives_at, late=late, weights=weights),
            _load(one, need, weights),
            _known(one, weights),
            _fair(one, weights),
        ),
        obstacles=tuple(obstacles),
        on_duty=one.on_duty,
        busy=one.job.doing in (Doing.UNDER_WAY, Doing.ON_SITE),
        travel=travel,
        arrives_at=arrives_at,
        leave_by=leave_by(need.due_at, travel) if need.due_at is not None else None,
        late=late,
        away_until=one.off.until if one.off is not None and one.in_turn else None,
    )


def _duty(one: Candidate, weights: Weights) -> Part:
    value, reason = 0.0, N_("not on duty")
    if one.person.role is Role.SPECIALIST:
        reason = N_("specialist")
    elif one.on_duty:
        value, reason = 1.0, N_("on duty")
    else:
        value = 0.3
    return Part(name=PartName.DUTY, value=value, weight=weights.duty, reason=say(reason))


def _skill(one: Candidate, need: Need, weights: Weights) -> tuple[Part, Message | None]:
    """What they know of the kind of device, and what is lacking; an expired paper is none."""

    def part(value: float, reason: Message | None) -> Part:
        return Part(name=PartName.SKILL, value=value, weight=weights.skill, reason=reason)

    if not need.kind:
        return part(0.5, None), None
    held = [paper for paper in one.certificates if paper.kind == need.kind]
    if valid := [paper for paper in held if paper.valid(need.day)]:
        paper = say(N_("certificate {device_kind}"), device_kind=need.kind)
        if level := valid[0].level:
            paper = say(N_("{paper} {level}"), paper=paper, level=level)
        return part(1.0, paper), None
    if held:
        expired = say(
            N_("certificate {device_kind} expired on {day}"),
            device_kind=need.kind,
            day=max(paper.expires_on or need.day for paper in held),
        )
        return part(0.0, None), expired
    if not one.certificates and need.kind in one.person.skills:
        known = say(N_("knows {device_kind}, no certificate on file"), device_kind=need.kind)
        return part(0.6, known), None
    return part(0.0, None), say(N_("no certificate for {device_kind}"), device_kind=need.kind)


def _travel(
    travel: timedelta | None, arrives_at: datetime | None, *, late: bool, weights: Weights
) -> Part:
    if travel is None or arrives_at is None:
        reason = say(N_("the way is not known"))
        return Part(name=PartName.TRAVEL, value=0.3, weight=weights.travel, reason=reason)
    value = 0.0 if late else max(0.0, 1 - travel / FAR)
    words = N_("there by {at}, too late") if late else N_("there by {at}")
    return Part(
        name=PartName.TRAVEL, value=value, weight=weights.travel, reason=say(words, at=arrives_at)
    )


def _load(one: Candidate, need: Need, weights: Weights) -> Part:
    job = one.job
    value = max(0.0, 1 - job.tickets / MANY)
    if job.doing in (Doing.UNDER_WAY, Doing.ON_SITE):
        value /= 2
        words = N_("on site with {number}") if job.doing is Doing.ON_SITE else N_("off to {number}")
        reason = say(words, number=job.number)
        if one.free_at is not None and one.free_at > need.now:
            reason = say(N_("{doing}, free about {at}"), doing=reason, at=one.free_at)
    elif job.tickets:
        reason = say(N_("has {count} open"), count=job.tickets)
    else:
        reason = say(N_("free"))
    return Part(name=PartName.LOAD, value=value, weight=weights.load, reason=reason)


def _known(one: Candidate, weights: Weights) -> Part:
    value, reason = 0.0, None
    if one.device_visits:
        value, reason = 1.0, say(N_("knows this device ({count})"), count=one.device_visits)
    elif one.customer_visits:
        value, reason = 0.5, say(N_("knows this customer ({count})"), count=one.customer_visits)
    return Part(name=PartName.KNOWN, value=value, weight=weights.known, reason=reason)


def _fair(one: Candidate, weights: Weights) -> Part:
    less = one.share < 0.45
    reason = say(N_("their group had less of the last 30 days")) if less else None
    value = max(0.0, min(1.0, 1 - one.share))
    return Part(name=PartName.FAIR, value=value, weight=weights.fair, reason=reason)
