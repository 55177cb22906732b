"""A ticket's course, told command by command, as the tests of the domain tell it."""

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Self

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import Place
from dispatch_tui.domain.clocks import Clock, ClockKind, Policy, clocks
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.facts import Answer, CallBackResult
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.ticket import Kind, Severity, Status, Ticket

NUMBER = "260302-001"
OTHER = "260301-007"
"""Another open ticket, of the same customer and logged a day before."""
FRESH = "260302-002"
"""The number of the next ticket that is opened."""
REPORTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

STAFF: Mapping[str, Staff] = {
    one.login: one
    for one in (
        *(Staff(login=role.value, name=role.value.title(), role=role) for role in Role),
        Staff(login="li", name="Li Wei", role=Role.ENGINEER, group="A"),
        Staff(login="wang", name="Wang Fang", role=Role.ENGINEER, group="B"),
        Staff(login="zhao", name="Zhao Lei", role=Role.SPECIALIST),
        Staff(login="gone", name="Gone Away", role=Role.ENGINEER, active=False),
    )
}
CT = Device(
    id="D7",
    serial="D7",
    maker="Brantholm",
    model="Axiel 64",
    name="CT scanner",
    kind="ct",
    customer="H01",
    accepted_on=date(2023, 3, 2),
)
"""In warranty until the very day on which the fault is reported."""

CURE = "new tube"


def hours(count: float) -> datetime:
    """The time so many hours after the fault was reported."""
    return REPORTED + timedelta(hours=count)


def fault(**facts: object) -> c.LogCall:
    """A call about a fault of a known customer."""
    return c.LogCall(**{"fault": "no image", "customer": "H01", "caller": "Dr. Chen"} | facts)  # type: ignore[arg-type]


def complaint(**facts: object) -> c.LogCall:
    """A complaint of the same customer about another ticket."""
    return fault(**{"kind": Kind.COMPLAINT, "fault": "rude", "about": OTHER} | facts)


class Course:
    """One ticket and its journal; `logged` at hour 0 by the operator."""

    def __init__(
        self,
        intake: c.LogCall | None = None,
        *,
        at: datetime = REPORTED,
        device: Device | None = None,
        other: Ticket | None = None,
        policy: Policy | None = None,
        number: str = NUMBER,
    ) -> None:
        self.journal: tuple[e.Entry, ...] = ()
        self.entered = at
        self.number = number
        self.device = device
        self.other = other
        self.policy = policy or Policy()
        self.give(intake or fault(), at, by="operator")

    def give(
        self,
        command: c.Command,
        at: datetime | float | None = None,
        *,
        by: str = "manager",
        entered: datetime | None = None,
    ) -> Self:
        """Give a command for a fact at a time (or hour), entered then, or as late as the last."""
        entries, self.ticket = self.decided(command, at, by=by, entered=entered)
        self.entered = entries[-1].recorded_at
        self.journal = (*self.journal, *entries)
        return self

    def decided(
        self,
        command: c.Command,
        at: datetime | float | None = None,
        *,
        by: str = "manager",
        entered: datetime | None = None,
    ) -> tuple[tuple[e.Entry, ...], Ticket]:
        """What would follow from a command, without doing it."""
        fact_at = hours(at) if isinstance(at, int | float) else at or self.entered
        facts = Facts(
            now=entered or max(fact_at, self.entered),
            at=fact_at,
            actor=STAFF[by],
            staff=STAFF,
            journal=self.journal,
            policy=self.policy,
            device=self.device,
            other=self.other,
            fresh_number=FRESH,
        )
        return decide(self.number, command, facts)

    def events(
        self, command: c.Command, at: datetime | float | None = None, *, by: str = "manager"
    ) -> tuple[e.TicketEvent, ...]:
        """The events that would follow from a command."""
        return tuple(one.event for one in self.decided(command, at, by=by)[0])

    def clock(self, kind: ClockKind) -> Clock:
        """The clock of a kind."""
        return next(one for one in self.clocks if one.kind is kind)

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks that have started."""
        return clocks(self.ticket, self.policy)

    @property
    def kinds(self) -> set[ClockKind]:
        """The kinds of clocks that have started."""
        return {one.kind for one in self.clocks}


def other_ticket() -> Ticket:
    """The ticket `OTHER`, still open."""
    return Course(at=REPORTED - timedelta(days=1), number=OTHER).ticket


ASSIGN = c.Assign(engineers=("li", "wang"), lead="li")
WORKS = c.CallBack(result=CallBackResult.WORKS, attitude=5, skill=5, speed=4)
CANNOT = c.CannotRepair(reduced="slow scans work", remains="no fast scans", report="MR-7")
AGREE = c.AgreeWay(way="new device in May", name="Dr. Chen", document="letter 12")
SATISFIED = c.RecordSatisfaction(satisfied=Answer.YES, name="Dr. Chen")
MAJOR = c.Diagnose(severity=Severity.MAJOR)


def take_away(serial: str = "S1", to: Place = Place.WORKSHOP, due: float = 30) -> c.TakeAway:
    """The taking of a tube, signed for by the ward."""
    return c.TakeAway(
        item="tube", serial=serial, signed_by="Nurse Wu", to=to, word_due_at=hours(due)
    )


Told = tuple[c.Command, float]
_ON_SITE: list[Told] = [(ASSIGN, 1), (c.Arrive(engineers=("li",)), 3)]
_GONE: Told = (c.Leave(), 4.5)
_REPAIRED: list[Told] = [*_ON_SITE, (c.Restore(what_was_done=CURE), 5)]
_UNREPAIRABLE: list[Told] = [*_ON_SITE, (CANNOT, 4), _GONE]

_FAULTS: dict[Status, list[Told]] = {
    Status.LOGGED: [],
    Status.RESPONDED: [(c.Respond(), 0.5)],
    Status.ASSIGNED: [(ASSIGN, 1)],
    Status.UNDER_WAY: [(ASSIGN, 1), (c.Depart(engineers=("li",)), 2)],
    Status.ON_SITE: _ON_SITE,
    Status.IN_WORKSHOP: [*_ON_SITE, (take_away(), 4), _GONE],
    Status.AT_MANUFACTURER: [*_ON_SITE, (take_away(to=Place.MANUFACTURER), 4), _GONE],
    Status.UNREPAIRABLE: _UNREPAIRABLE,
    Status.RESTORED: _REPAIRED,
    Status.SOLVED: [(c.SolveByPhone(what_was_done="restarted"), 2)],
    Status.AGREED: [*_UNREPAIRABLE, (AGREE, 5)],
    Status.CONFIRMED: [*_REPAIRED, (WORKS, 5.5)],
    Status.CLOSED: [*_REPAIRED, (WORKS, 5.5), (c.Close(), 6)],
    Status.CANCELLED: [(c.Cancel(reason="logged twice"), 2)],
    Status.MERGED: [(c.Merge(into=OTHER), 2)],
}
_FOLLOWED: list[tuple[Status, Told]] = [
    (Status.ACKNOWLEDGED, (c.Acknowledge(), 1)),
    (Status.INVESTIGATED, (c.Investigate(findings="he was"), 2)),
    (Status.ANSWERED, (c.AnswerComplaint(answer="we are sorry"), 3)),
    (Status.SATISFIED, (SATISFIED, 4)),
    (Status.CLOSED, (c.CloseComplaint(), 5)),
]
_COMPLAINTS: dict[Status, list[Told]] = {Status.LOGGED: []} | {
    status: [told for _, told in _FOLLOWED[: index + 1]]
    for index, (status, _) in enumerate(_FOLLOWED)
}
STATES: dict[Kind, dict[Status, list[Told]]] = {
    Kind.FAULT: _FAULTS,
    Kind.COMPLAINT: _COMPLAINTS,
}
"""How a ticket of a kind comes into each state that it can be in."""

SITUATIONS = [(kind, status) for kind, states in STATES.items() for status in states]


def in_state(status: Status, kind: Kind = Kind.FAULT) -> Course:
    """A course of which somebody could still go on: two engineers, of whom one acts."""
    return copy(_in_state(status, kind))


@cache
def _in_state(status: Status, kind: Kind) -> Course:
    course = Course(fault() if kind is Kind.FAULT else complaint(), other=other_ticket())
    for command, at in STATES[kind][status]:
        course.give(command, at)
    assert course.ticket.status is status
    return course


def told(*facts: Told, course: Course | None = None) -> Course:
    """A course of facts, each with its hour."""
    course = course or Course()
    for command, at in facts:
        course.give(command, at)
    return course


def every_course() -> Iterator[Course]:
    """A course in each state of each kind."""
    for kind, status in SITUATIONS:
        yield in_state(status, kind)
