"""A ticket's course, told command by command, as the tests of the domain tell it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Self

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Clock, ClockKind, Policy, clocks
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.ticket import Status, Ticket

NUMBER = "260302-001"
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


def hours(count: float) -> datetime:
    """The time so many hours after the fault was reported."""
    return REPORTED + timedelta(hours=count)


class Course:
    """One ticket and its journal; `logged` at hour 0 by the operator."""

    def __init__(self, intake: c.LogCall | None = None, *, at: datetime = REPORTED) -> None:
        self.journal: tuple[Entry, ...] = ()
        self.entered = at
        call = intake or c.LogCall(fault="no image", customer="H01", caller="Dr. Chen")
        self.give(call, at, by="operator")

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
    ) -> tuple[tuple[Entry, ...], Ticket]:
        """What would follow from a command, without doing it."""
        fact_at = hours(at) if isinstance(at, int | float) else at or self.entered
        facts = Facts(
            now=entered or max(fact_at, self.entered),
            at=fact_at,
            actor=STAFF[by],
            staff=STAFF,
            journal=self.journal,
        )
        return decide(NUMBER, command, facts)

    def clock(self, kind: ClockKind) -> Clock:
        """The clock of a kind."""
        return next(one for one in clocks(self.ticket, Policy()) if one.kind is kind)

    @property
    def kinds(self) -> set[ClockKind]:
        """The kinds of clocks that have started."""
        return {one.kind for one in clocks(self.ticket, Policy())}


def in_state(status: Status) -> Course:
    """A course of which somebody could still go on: two engineers, of whom one acts."""
    course = Course()
    assign = c.Assign(engineers=("li", "wang"), lead="li")
    match status:
        case Status.RESPONDED:
            course.give(c.Respond(), 0.5)
        case Status.ASSIGNED:
            course.give(assign, 1)
        case Status.UNDER_WAY:
            course.give(assign, 1).give(c.Depart(engineers=("li",)), 2)
        case Status.ON_SITE | Status.RESTORED | Status.CLOSED:
            course.give(assign, 1).give(c.Arrive(engineers=("li",)), 3)
        case Status.SOLVED:
            course.give(c.SolveByPhone(what_was_done="restarted"), 2)
        case Status.CANCELLED:
            course.give(c.Cancel(reason="logged twice"), 2)
    if status in (Status.RESTORED, Status.CLOSED):
        course.give(c.Restore(what_was_done="new tube"), 5)
    if status is Status.CLOSED:
        course.give(c.Close(), 6)
    assert course.ticket.status is status
    return course
