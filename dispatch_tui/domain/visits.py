"""Visits 上门: trips of engineers for one ticket, each with a state of its own."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

SILENT_AFTER = timedelta(minutes=30)
"""An engineer not heard of so long after the expected arrival is silent."""


class Purpose(StrEnum):
    """Why somebody goes."""

    REPAIR = "repair"
    REINSTALL = "reinstall"


class VisitState(StrEnum):
    """How far a visit has come."""

    PLANNED = "planned"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    LEFT = "left"


class Trip(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One engineer's part in a visit; times are aware UTC, None while it has not happened."""

    login: str
    departed_at: datetime | None = None
    expected_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def travelling(self) -> bool:
        """Whether the engineer has set out and not arrived."""
        return self.departed_at is not None and self.arrived_at is None

    @property
    def on_site(self) -> bool:
        """Whether the engineer is at the customer."""
        return self.arrived_at is not None and self.left_at is None

    @property
    def waiting(self) -> bool:
        """Whether the engineer has not begun the trip."""
        return self.departed_at is None and self.arrived_at is None


class Visit(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One visit; `life` counts how often the case had been reopened before it.

    `ended_at` is when everybody had left, or when the visit came to nothing.
    """

    no: int
    purpose: Purpose = Purpose.REPAIR
    planned_at: datetime | None = None
    trips: tuple[Trip, ...] = ()
    ended_at: datetime | None = None
    life: int = 0

    @property
    def live(self) -> bool:
        """Whether somebody is still to go, under way or there."""
        return self.ended_at is None

    @property
    def state(self) -> VisitState:
        """How far it has come, by the engineer who has come furthest."""
        if self.ended_at is not None:
            return VisitState.LEFT
        if any(one.on_site for one in self.trips):
            return VisitState.ARRIVED
        if any(one.travelling for one in self.trips):
            return VisitState.DEPARTED
        return VisitState.PLANNED

    def trip(self, login: str) -> Trip | None:
        """Return the trip of one engineer, if they take part."""
        return next((one for one in self.trips if one.login == login), None)


Visits = tuple[Visit, ...]
_Where = Callable[[Visits, str], Visit | None]


def live_trips(visits: Visits) -> Iterator[tuple[Visit, Trip]]:
    """Yield the trips of the visits that are not over."""
    for visit in visits:
        if visit.live:
            for trip in visit.trips:
                if trip.left_at is None:
                    yield visit, trip


def current_trip(visits: Visits, login: str) -> Trip | None:
    """Return the trip that holds an engineer: the one that has come furthest."""
    mine = [trip for _, trip in live_trips(visits) if trip.login == login]
    return max(mine, key=lambda one: (one.on_site, one.travelling), default=None)


def silent(visits: Visits, now: datetime) -> list[Trip]:
    """Return who set out, should have arrived half an hour ago, and was not heard of."""
    return [
        trip
        for _, trip in live_trips(visits)
        if trip.travelling and trip.expected_at and trip.expected_at + SILENT_AFTER <= now
    ]


def planned(
    visits: Visits, logins: Sequence[str], at: datetime, purpose: Purpose, life: int
) -> Visits:
    """Return the visits with one more that is to come."""
    trips = tuple(Trip(login=login) for login in logins)
    return (
        *visits,
        Visit(no=len(visits) + 1, purpose=purpose, planned_at=at, trips=trips, life=life),
    )


def departed(
    visits: Visits, logins: Sequence[str], at: datetime, expected_at: datetime | None, life: int
) -> Visits:
    """Return the visits after engineers set out."""
    visits = _joined(visits, [one for one in logins if not _waits(visits, one)], life)
    return _each(visits, logins, _waits, departed_at=at, expected_at=expected_at)


def arrived(visits: Visits, logins: Sequence[str], at: datetime, life: int) -> Visits:
    """Return the visits after engineers reached the customer."""
    visits = _joined(visits, [one for one in logins if not _comes(visits, one)], life)
    return _each(visits, logins, _comes, arrived_at=at)


def left(visits: Visits, logins: Sequence[str], at: datetime) -> Visits:
    """Return the visits after engineers left the customer; the last to leave ends the visit."""
    visits = _each(visits, logins, _is_there, left_at=at)
    return tuple(replace(one, ended_at=at) if _deserted(one) else one for one in visits)


def expected(visits: Visits, logins: Sequence[str], expected_at: datetime) -> Visits:
    """Return the visits with another expected arrival of engineers who are under way."""
    return _each(visits, logins, _travels, expected_at=expected_at)


def taken_off(visits: Visits, logins: Sequence[str], at: datetime) -> Visits:
    """Return the visits without engineers who were to come; those who are there count as left.

    Nobody left before they arrived, whenever they are said to have been taken off.
    """
    for _, trip in live_trips(visits):
        if trip.login in logins and trip.arrived_at is not None:
            visits = left(visits, [trip.login], max(at, trip.arrived_at))
    found = []
    for visit in visits:
        trips = tuple(
            one for one in visit.trips if one.arrived_at is not None or one.login not in logins
        )
        if visit.live and not any(one.left_at is None for one in trips):
            visit = replace(visit, ended_at=at)
        found.append(replace(visit, trips=trips))
    return tuple(found)


def ended(visits: Visits, at: datetime) -> Visits:
    """Return the visits with none going on: what was on its way or there is over."""
    return tuple(replace(one, ended_at=at) if one.live else one for one in visits)


def _waits(visits: Visits, login: str) -> Visit | None:
    return _found(visits, login, lambda trip: trip.waiting)


def _comes(visits: Visits, login: str) -> Visit | None:
    return _travels(visits, login) or _waits(visits, login)


def _travels(visits: Visits, login: str) -> Visit | None:
    return _found(visits, login, lambda trip: trip.travelling)


def _is_there(visits: Visits, login: str) -> Visit | None:
    return _found(visits, login, lambda trip: trip.on_site)


def _found(visits: Visits, login: str, fits: Callable[[Trip], bool]) -> Visit | None:
    return next(
        (v for v in visits if v.live and (trip := v.trip(login)) is not None and fits(trip)), None
    )


def _joined(visits: Visits, logins: Sequence[str], life: int) -> Visits:
    """Let engineers who are in no visit join the newest that goes on, or begin one."""
    if not logins:
        return visits
    trips = tuple(Trip(login=login) for login in logins)
    for visit in reversed(visits):
        begun = visit.state in (VisitState.DEPARTED, VisitState.ARRIVED)
        if begun and not any(visit.trip(login) for login in logins):
            return _put(visits, replace(visit, trips=(*visit.trips, *trips)))
    return (*visits, Visit(no=len(visits) + 1, trips=trips, life=life))


def _each(visits: Visits, logins: Sequence[str], where: _Where, **times: datetime | None) -> Visits:
    for login in logins:
        visit = where(visits, login)
        if visit is not None:
            trips = tuple(
                replace(one, **times) if one.login == login else one for one in visit.trips
            )
            visits = _put(visits, replace(visit, trips=trips))
    return visits


def _put(visits: Visits, visit: Visit) -> Visits:
    return tuple(visit if one.no == visit.no else one for one in visits)


def _deserted(visit: Visit) -> bool:
    return (
        visit.live
        and any(one.left_at for one in visit.trips)
        and not any(one.left_at is None and not one.waiting for one in visit.trips)
    )
