"""A proposal for everything that nobody has yet: who goes where first, and where then."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.roster import A_JOB
from dispatch_tui.domain.suggestion import (
    FAR,
    Candidate,
    Need,
    Suggestion,
    Weights,
    suggest,
)
from dispatch_tui.domain.travel import Times

TURNS = 3
"""How many tickets somebody can take one after the other in one plan."""

MOST = 100
"""Tickets that are planned at once, the most urgent; with more the exact costs would not fit."""

STEP = timedelta(minutes=10)
"""Ways are compared to so much."""

Solve = Callable[[Sequence[Sequence[float]]], Sequence[int]]
"""Returns for each row of costs the column that it is given, each at most once, least in sum."""


class Cost(NamedTuple):
    """What one ticket costs in a place of the plan; the first that differs decides."""

    nobody: int = 0
    missed: int = 0
    off_duty: int = 0
    way: int = 0
    uneven: int = 0


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One ticket of a plan: who goes, as their how-manieth, and why; nobody with the reason."""

    number: str
    person: str = ""
    turn: int = 0
    arrives_at: datetime | None = None
    late: bool = False
    reasons: tuple[Message, ...] = ()


class _Place(NamedTuple):
    """A turn of somebody."""

    candidate: Candidate
    turn: int


def plan(
    asked: Sequence[tuple[str, Need]],
    candidates: Sequence[Candidate],
    times: Times,
    weights: Weights,
    solve: Solve,
) -> list[Planned]:
    """Return the plan with the fewest left and missed, then off duty, the least way, the fairest.

    The tickets come in the order in which they are given; of more than 100 the first are planned.
    """
    asked = asked[:MOST]
    if not asked:
        return []
    places = [_Place(one, turn) for one in candidates for turn in range(TURNS)]
    found = [[_suggestion(place, need, times, weights) for place in places] for _, need in asked]
    costs = [
        [cost_of(place, one, need) for place, one in zip(places, row, strict=True)]
        for row, (_, need) in zip(found, asked, strict=True)
    ]
    alone = [[Cost(nobody=1, missed=1)] * len(asked) for _ in asked]
    rows = [[*row, *rest] for row, rest in zip(costs, alone, strict=True)]
    chosen = solve(_weighed(rows))
    return [
        _planned(number, row, places, column)
        for (number, _), row, column in zip(asked, found, chosen, strict=True)
    ]


def cost_of(place: _Place, one: Suggestion, need: Need) -> Cost:
    """Return what it costs to send somebody in a turn; who must not go costs more than nobody."""
    if one.obstacles:
        return Cost(nobody=2, missed=2)
    arrives_at = one.arrives_at or _start(place, need) + FAR
    load = place.candidate.job.tickets + place.turn
    return Cost(
        missed=int(need.due_at is not None and arrives_at > need.due_at),
        off_duty=int(not one.on_duty),
        way=-(-(one.travel or FAR) // STEP),
        uneven=2 * load + 1,
    )


def total(costs: Iterable[Cost]) -> Cost:
    """Return the sum of costs."""
    return Cost(*(sum(parts) for parts in zip(Cost(), *costs, strict=True)))


def _start(place: _Place, need: Need) -> datetime:
    """When somebody can set out in that turn, by what they are at now as well."""
    return max(need.now, place.candidate.free_at or need.now) + place.turn * A_JOB


def _suggestion(place: _Place, need: Need, times: Times, weights: Weights) -> Suggestion:
    later = msgspec.structs.replace(place.candidate, free_at=_start(place, need))
    return suggest([later], need, times, weights)[0]


def _weighed(rows: Sequence[Sequence[Cost]]) -> list[list[float]]:
    """Turn costs into whole numbers of which the sums compare as the costs do, part by part."""
    factors = [1]
    for part in reversed(range(1, len(Cost()))):
        most = sum(max(cost[part] for cost in row) for row in rows)
        factors.insert(0, factors[0] * (most + 1))
    return [
        [
            float(sum(value * factor for value, factor in zip(cost, factors, strict=True)))
            for cost in row
        ]
        for row in rows
    ]


def _planned(
    number: str, row: Sequence[Suggestion], places: Sequence[_Place], column: int
) -> Planned:
    if column >= len(places) or row[column].obstacles:
        lacking = dict.fromkeys(one.obstacles[0].template for one in row if one.obstacles)
        words = N_("nobody is left who may go")
        if len(lacking) and all(one.obstacles for one in row):
            words = N_("nobody may go: leave or certificates stand against it")
        return Planned(number=number, reasons=(say(words),))
    place, one = places[column], row[column]
    reasons = one.reasons
    if place.turn:
        reasons = (say(N_("after {count} of this plan"), count=place.turn), *reasons)
    return Planned(
        number=number,
        person=one.person.login,
        turn=place.turn,
        arrives_at=one.arrives_at,
        late=one.late,
        reasons=reasons,
    )
