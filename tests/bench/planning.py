"""Which case was logged when, about which device: five years of them, and those that go on now."""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import NamedTuple

import msgspec
from shapes import Course
from stamping import ZONE

from dispatch_tui.domain.events import ComplaintOpened

_BY_HOUR = (2, 1, 1, 1, 1, 2, 4, 8, 14, 15, 13, 11, 8, 9, 13, 13, 11, 9, 6, 5, 4, 4, 3, 2)
_BY_WEEKDAY = (12, 11, 11, 11, 11, 6, 5)
_AGES = ((0.75, 2, 36 * 60), (0.18, 36 * 60, 60 * 60), (0.07, 60 * 60, 12 * 24 * 60))
"""Of the cases that go on: which part was logged how many minutes ago, at least and at most."""


class Planned(NamedTuple):
    """A ticket to be: places of its course and its device; `other` is the case or the complaint.

    `complains` says that it is the complaint that its course led to; `goes_on` that it is open.
    """

    number: str
    at: datetime
    course: int
    device: int
    other: str = ""
    complains: bool = False
    goes_on: bool = False


class Plan(msgspec.Struct, frozen=True):
    """Tickets in the order of their numbers, and the last number of each day."""

    tickets: list[Planned]
    days: dict[str, int]


class _Wish(NamedTuple):
    at: int
    course: int
    device: int
    goes_on: bool = False
    case: int = -1
    """The place of the case that a complaint is about."""


class Planner:
    """Plans tickets by chance; devices fail unequally often."""

    def __init__(
        self, courses: Sequence[Course], often: Sequence[float], devices: int, seed: int
    ) -> None:
        self._chance = random.Random(f"{seed} plan")
        self._courses = courses
        self._often = list(accumulate(often))
        self._lasts = [int(one.lasts.total_seconds()) for one in courses]
        self._takes = [
            lasts + int(one.complaint.lasts.total_seconds() if one.complaint else 0)
            for lasts, one in zip(self._lasts, courses, strict=True)
        ]
        self._faulty = list(accumulate(self._chance.expovariate(1) for _ in range(devices)))
        self._quick = min(range(len(courses)), key=self._lasts.__getitem__)

    def plan(self, past: int, going_on: int, since: datetime, now: datetime) -> Plan:
        """Return so many tickets that are over, since a time, and so many that are open."""
        wishes = self._past(past, since, int(now.timestamp()))
        wishes += [self._open(int(now.timestamp())) for _ in range(going_on)]
        order = sorted(range(len(wishes)), key=lambda place: (wishes[place].at, place))
        days: dict[str, int] = {}
        numbers = [""] * len(wishes)
        for place in order:
            day = f"{datetime.fromtimestamp(wishes[place].at, ZONE):%y%m%d}"
            days[day] = days.get(day, 0) + 1
            numbers[place] = f"{day}-{days[day]:03}"
        complaints = {one.case: place for place, one in enumerate(wishes) if one.case >= 0}
        found = []
        for place in order:
            wish = wishes[place]
            other = wish.case if wish.case >= 0 else complaints.get(place, -1)
            found.append(
                Planned(
                    number=numbers[place],
                    at=datetime.fromtimestamp(wish.at, UTC),
                    course=wish.course,
                    device=wish.device,
                    other=numbers[other] if other >= 0 else "",
                    complains=wish.case >= 0,
                    goes_on=wish.goes_on,
                )
            )
        return Plan(found, days)

    def _past(self, count: int, since: datetime, now: int) -> list[_Wish]:
        """Cases that are over by now; a complaint that one leads to counts as one of them."""
        found: list[_Wish] = []
        times = self._times(count, since, now - 60 - self._takes[self._quick])
        while len(found) < count:
            at = next(times)
            wish = _Wish(at, self._course_within(now - at, len(found) + 2 <= count), self._device())
            found.append(wish)
            if self._courses[wish.course].complaint is not None:
                at += self._complained(wish.course)
                found.append(wish._replace(at=at, case=len(found) - 1))
        return found

    def _course_within(self, seconds: int, may_complain: bool) -> int:
        """A course that took less time, the quickest where chance finds none."""
        for _ in range(12):
            course = self._course()
            complains = self._courses[course].complaint is not None
            if self._takes[course] < seconds and (may_complain or not complains):
                return course
        return self._quick

    def _complained(self, course: int) -> int:
        """After how many seconds a case led to its complaint."""
        entries = self._courses[course].entries
        told = next(one for one in entries if isinstance(one.event, ComplaintOpened))
        return int((told.recorded_at - entries[0].recorded_at).total_seconds())

    def _open(self, now: int) -> _Wish:
        """A case that goes on: one of a course that takes longer, where there is one."""
        _, youngest, oldest = self._chance.choices(_AGES, [one[0] for one in _AGES])[0]
        age = int(self._chance.uniform(youngest, oldest) * 60)
        course = self._course()
        for _ in range(20):
            if self._courses[course].complaint is None and self._lasts[course] > age:
                break
            course = self._course()
        while self._courses[course].complaint is not None:
            course = self._course()
        return _Wish(now - age, course, self._device(), goes_on=True)

    def _times(self, count: int, since: datetime, until: int) -> Iterator[int]:
        """Times from the beginning on, more of them by day and from Monday to Friday."""
        begin = int(since.timestamp())
        hours = range(begin, until, 3600)
        local = (datetime.fromtimestamp(at, ZONE) for at in hours)
        weights = list(accumulate(_BY_HOUR[at.hour] * _BY_WEEKDAY[at.weekday()] for at in local))
        for _ in range(count):
            place = bisect(weights, self._chance.random() * weights[-1])
            yield min(hours[place] + self._chance.randrange(3600), until)

    def _course(self) -> int:
        return bisect(self._often, self._chance.random() * self._often[-1])

    def _device(self) -> int:
        return bisect(self._faulty, self._chance.random() * self._faulty[-1])
