"""How cases go: some hundred courses that were really decided, to be stamped again and again.

Words between tildes stand for who and what differs from ticket to ticket.
"""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.checklists import CHECKLISTS
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.facts import (
    Answer,
    CallBackResult,
    Cause,
    DeviceState,
    How,
    PartSource,
)
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.ticket import Kind, Priority, Severity

BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""When every course begins before it is stamped."""

OPERATOR, MANAGER, GENERAL = "~operator~", "~manager~", "~general~"
ENGINEER, SECOND = "~engineer~", "~second~"
NUMBER, OTHER = "~number~", "~other~"
"""The ticket itself, and the case or the complaint that belongs to it."""

TESTS = tuple(f"~test{place}~" for place in range(max(map(len, CHECKLISTS.values()))))
"""As many tests as the longest checklist has."""

_STAFF = {
    login: Staff(login=login, name=login, role=role)
    for login, role in (
        (OPERATOR, Role.OPERATOR),
        (MANAGER, Role.MANAGER),
        (GENERAL, Role.GENERAL_MANAGER),
        (ENGINEER, Role.ENGINEER),
        (SECOND, Role.ENGINEER),
    )
}
_CALL = c.LogCall(
    fault="~fault~",
    customer="~customer~",
    device="~device~",
    department="~department~",
    contact="~contact~",
    phone="~phone~",
)


class Course(msgspec.Struct, frozen=True):
    """One way in which a case went; `complaint` is the course of the complaint that it led to."""

    shape: str
    entries: tuple[Entry, ...]
    complaint: "Course | None" = None

    @property
    def lasts(self) -> timedelta:
        """From the call to the last entry."""
        return self.entries[-1].recorded_at - BEGIN


class _Case:
    """A case in the making: each command is decided some minutes after the one before."""

    def __init__(self, chance: random.Random, call: c.LogCall = _CALL) -> None:
        self.chance = chance
        self.now = BEGIN
        self.entries: tuple[Entry, ...] = ()
        self.team = (ENGINEER, SECOND) if chance.random() < 0.2 else (ENGINEER,)
        self.act(OPERATOR, call, 0)

    def act(self, actor: str, command: c.Command, minutes: float) -> None:
        """Give a command so long after the last one; now and then it is told later than it was."""
        gap = timedelta(seconds=int(minutes * 60 * self.chance.uniform(0.7, 1.3)))
        late = gap * self.chance.uniform(0, 0.4) if self.chance.random() < 0.3 else timedelta(0)
        self.now += gap
        facts = Facts(
            now=self.now,
            at=self.now - timedelta(seconds=int(late.total_seconds())),
            actor=_STAFF[actor],
            staff=_STAFF,
            journal=self.entries,
            fresh_number=OTHER,
        )
        added, _ = decide(NUMBER, command, facts)
        self.entries += added

    def answer(self) -> None:
        """Talk with the customer, mostly within the hour, and send somebody."""
        slow = self.chance.random() < 0.04
        self.act(
            OPERATOR, c.Respond(note="~answer~"), self.chance.uniform(*(_LATE if slow else _SOON))
        )

    def send(self) -> None:
        """Assign engineers and let them arrive, mostly within two days."""
        chance = self.chance
        if chance.random() < 0.4:
            self.act(OPERATOR, c.NeedVisit(why="~answer~"), 5)
        self.act(MANAGER, c.Assign(engineers=self.team, why="~why~"), chance.uniform(5, 90))
        if chance.random() < 0.5:
            planned = self.now + timedelta(hours=chance.randint(2, 20))
            self.act(MANAGER, c.PlanVisit(planned_at=planned), 5)
        waits = chance.uniform(2900, 3600) if chance.random() < 0.03 else chance.uniform(60, 1500)
        self.act(ENGINEER, c.Depart(), waits)
        self.act(ENGINEER, c.Arrive(), chance.uniform(20, 240))

    def diagnose(self, severity: Severity = Severity.ORDINARY) -> None:
        """Say what it is."""
        cause = self.chance.choice(list(Cause))
        found = c.Diagnose(severity=severity, cause=cause, found="~found~")
        self.act(ENGINEER, found, self.chance.uniform(15, 90))

    def change_part(self) -> None:
        """Take a part out and put another in."""
        old = c.RemovePart(name="~part~", serial="~old~")
        source = self.chance.choice(list(PartSource))
        new = c.FitPart(name="~part~", serial="~fitted~", source=source)
        self.act(ENGINEER, old, 40)
        self.act(ENGINEER, new, 20)

    def restore(self) -> None:
        """Make it work again, test it, and leave."""
        chance = self.chance
        self.act(ENGINEER, c.Restore(what_was_done="~cure~"), chance.uniform(20, 300))
        if chance.random() < 0.5:
            test = c.RecordTest(item="protective_earth", value="0.08 ohm", passed=Answer.YES)
            self.act(ENGINEER, test, 15)
        if chance.random() < 0.15:
            self.report()
        self.act(ENGINEER, c.Leave(), 20)

    def report(self) -> None:
        """Make the tests that belong to it, make the service report final, let it be signed."""
        for test in TESTS:
            done = c.RecordTest(item=test, value="in range", passed=Answer.YES)
            self.act(ENGINEER, done, 3)
        state = c.DescribeService(state_after=DeviceState.IN_USE, confirmed_by="~contact~")
        self.act(ENGINEER, state, 10)
        self.act(ENGINEER, c.FinishReport(), 5)
        self.act(ENGINEER, c.SignReport(name="~contact~"), 5)

    def end(self) -> None:
        """Call the customer back, at the second try sometimes, and close."""
        chance = self.chance
        if chance.random() < 0.15:
            self.act(OPERATOR, c.CallBack(result=CallBackResult.UNREACHED), 120)
        late = 1500 if chance.random() < 0.05 else chance.uniform(60, 1000)
        self.act(OPERATOR, _works(chance, chance.randint(3, 5), "~words~"), late)
        self.act(OPERATOR, c.Close(), 5)


_SOON, _LATE = (2, 40), (62, 150)


def _works(chance: random.Random, speed: int, words: str) -> c.CallBack:
    return c.CallBack(
        result=CallBackResult.WORKS,
        attitude=chance.randint(3, 5),
        skill=chance.randint(3, 5),
        speed=speed,
        words=words,
    )


def _begun(chance: random.Random) -> _Case:
    """A case with its call, an emergency now and then, and what was noted meanwhile."""
    emergency = chance.random() < 0.04
    priority = Priority.EMERGENCY if emergency else Priority.NORMAL
    case = _Case(chance, msgspec.structs.replace(_CALL, priority=priority))
    case.answer()
    if chance.random() < 0.2:
        case.act(OPERATOR, c.Note(text="~note~"), 10)
    if chance.random() < 0.1:
        case.act(OPERATOR, c.AddCall(text="~note~", contact="~contact~"), 20)
    return case


def _by_phone(chance: random.Random) -> Course:
    case = _begun(chance)
    if chance.random() < 0.5:
        case.act(OPERATOR, c.Diagnose(cause=Cause.OPERATION, found="~found~"), 10)
    case.act(OPERATOR, c.SolveByPhone(what_was_done="~cure~"), chance.uniform(5, 60))
    case.end()
    return Course("phone", case.entries)


def _one_visit(chance: random.Random) -> Course:
    case = _begun(chance)
    case.send()
    case.diagnose()
    if chance.random() < 0.4:
        case.change_part()
    case.restore()
    case.end()
    return Course("one visit", case.entries)


def _two_visits(chance: random.Random) -> Course:
    case = _begun(chance)
    case.send()
    major = chance.random() < 0.4
    arrived_at = case.now
    case.diagnose(Severity.MAJOR if major else Severity.ORDINARY)
    if major:
        until = arrived_at + timedelta(hours=46)
        case.act(MANAGER, c.AskConsent(name="~contact~", until=until, why="~why~"), 20)
        agreed = c.Consent(
            name="~contact~",
            position="主任",
            phone="~phone~",
            how=How.CALL,
            why="~why~",
            until=until,
        )
        case.act(MANAGER, agreed, 60)
    case.act(ENGINEER, c.Leave(note="~note~"), 20)
    again = case.now + timedelta(hours=chance.randint(6, 18))
    case.act(MANAGER, c.PlanVisit(planned_at=again), 30)
    case.act(ENGINEER, c.Depart(), chance.uniform(300, 1500))
    case.act(ENGINEER, c.Arrive(), chance.uniform(30, 180))
    case.change_part()
    case.restore()
    case.end()
    return Course("two visits", case.entries)


def _workshop(chance: random.Random) -> Course:
    case = _begun(chance)
    case.send()
    case.diagnose()
    place = chance.choice(list(Place))
    word = case.now + timedelta(hours=24)
    taken = c.TakeAway(
        item="~part~", serial="~old~", signed_by="~contact~", to=place, word_due_at=word
    )
    case.act(ENGINEER, taken, 30)
    lent = chance.random() < 0.4
    if lent:
        case.act(ENGINEER, c.Lend(item="~part~", serial="~fitted~", signed_by="~contact~"), 10)
    case.act(ENGINEER, c.Leave(), 10)
    word = case.now + timedelta(hours=96)
    if place is Place.WORKSHOP:
        case.act(MANAGER, c.ReportWorkshop(step=Step.RECEIVED, word_due_at=word), 900)
        case.act(
            MANAGER, c.ReportWorkshop(step=Step.READY, note="~note~"), chance.uniform(900, 5000)
        )
    else:
        case.act(MANAGER, c.ReportExchange(step=Step.SENT, word_due_at=word), 900)
        changed = c.ReportExchange(step=Step.EXCHANGED, note="~note~")
        case.act(MANAGER, changed, chance.uniform(1500, 9000))
    case.act(ENGINEER, c.Depart(), 600)
    case.act(ENGINEER, c.Arrive(), chance.uniform(30, 180))
    case.act(ENGINEER, c.BringBack(received_by="~contact~"), 10)
    if lent:
        case.act(ENGINEER, c.TakeLoanBack(), 5)
    case.restore()
    case.end()
    return Course("workshop", case.entries)


def _cancelled(chance: random.Random) -> Course:
    case = _Case(chance)
    if chance.random() < 0.5:
        case.answer()
    case.act(OPERATOR, c.Cancel(reason="~why~"), chance.uniform(2, 40))
    return Course("cancelled", case.entries)


def _followed(chance: random.Random, about: str) -> Course:
    call = msgspec.structs.replace(_CALL, kind=Kind.COMPLAINT, fault="~complaint~", about=about)
    case = _Case(chance, call)
    case.act(OPERATOR, c.Acknowledge(note="~note~"), chance.uniform(20, 300))
    case.act(GENERAL, c.Investigate(findings="~found~"), chance.uniform(300, 3000))
    if chance.random() < 0.6:
        case.act(GENERAL, c.TakeMeasures(measures="~cure~"), 300)
    case.act(GENERAL, c.AnswerComplaint(answer="~answer~"), chance.uniform(60, 1500))
    said = c.RecordSatisfaction(satisfied=Answer.YES, name="~contact~", words="~note~")
    case.act(OPERATOR, said, chance.uniform(300, 4000))
    case.act(GENERAL, c.CloseComplaint(), 60)
    return Course("complaint", case.entries)


def _complaint(chance: random.Random) -> Course:
    return _followed(chance, about="")


def _complained(chance: random.Random) -> Course:
    case = _begun(chance)
    case.send()
    case.diagnose()
    case.restore()
    case.act(OPERATOR, _works(chance, 1, "~complaint~"), chance.uniform(60, 900))
    case.act(OPERATOR, c.Close(), 5)
    return Course("complained", case.entries, _followed(chance, about=OTHER))


_SHAPES: dict[Callable[[random.Random], Course], float] = {
    _by_phone: 0.36,
    _one_visit: 0.36,
    _two_visits: 0.11,
    _workshop: 0.06,
    _cancelled: 0.08,
    _complaint: 0.01,
    _complained: 0.02,
}
"""How cases go, and how often."""


def courses(seed: int, count: int = 60) -> tuple[Sequence[Course], Sequence[float]]:
    """Return so many courses of each shape, and how often each is to come."""
    chance = random.Random(seed)
    found = [
        (shape(chance), often / count) for shape, often in _SHAPES.items() for _ in range(count)
    ]
    return [course for course, _ in found], [often for _, often in found]
