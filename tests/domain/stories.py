"""Stories: whatever people try on one ticket, in whatever order, by whomever."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from course import (
    CT,
    FRESH,
    MAJOR,
    NUMBER,
    OTHER,
    REPORTED,
    STAFF,
    STATES,
    Course,
    Told,
    complaint,
    fault,
    hours,
)
from fillings import MAKE, SPANS, Dice
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from matrix import SITUATIONS
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.table import BY_TYPE, COMMANDS, role_obstacle
from dispatch_tui.domain.ticket import AFTER_REPAIR, Kind, Severity, Status, Ticket

POLICY = Policy()
STARTS = (
    datetime(2026, 3, 28, 12, tzinfo=UTC),  # a night before London goes forward
    datetime(2025, 10, 25, 23, 40, tzinfo=UTC),  # an hour before London goes back
    datetime(2026, 4, 4, 13, tzinfo=UTC),  # before Lord Howe goes back by half an hour
    datetime(2026, 10, 3, 13, tzinfo=UTC),  # before it goes forward
    datetime(2011, 12, 29, 20, tzinfo=UTC),  # before Apia skips a day
    datetime(2026, 7, 1, 3, tzinfo=UTC),  # where nothing happens
)
EARLIER = Course(at=min(STARTS) - timedelta(days=30), number=OTHER).ticket
"""A ticket into which others can be merged."""


class Attempt(NamedTuple):
    """A command that was tried, and what was there before; `after` is None if it was refused."""

    command: c.Command
    facts: Facts
    before: Ticket | None
    after: Ticket | None
    refusal: DispatchError | None

    @property
    def now(self) -> datetime:
        """The time of entry."""
        return self.facts.now

    def __repr__(self) -> str:
        became = self.after.status if self.after else f"refused: {self.refusal}"[:80]
        at, now = self.facts.at, self.facts.now
        return f"{now:%d %H:%M} ({at:%d %H:%M}) {self.facts.actor.login} {self.command}: {became}"


class Accepted(NamedTuple):
    """A command that was accepted, with the ticket before and after it."""

    command: c.Command
    before: Ticket
    after: Ticket
    now: datetime


class Story(NamedTuple):
    """Everything that was tried on one ticket, and the journal that came of it."""

    attempts: Sequence[Attempt]
    journal: tuple[e.Entry, ...]

    def __repr__(self) -> str:
        return "\n".join(str(one)[:400] for one in self.attempts if one.after)[-9000:]

    @property
    def ticket(self) -> Ticket:
        """The ticket at the end."""
        found = fold(NUMBER, self.journal)
        assert found is not None
        return found

    @property
    def tickets(self) -> list[tuple[Ticket, datetime]]:
        """The ticket after each accepted command, and when that was entered."""
        return [(one.after, one.now) for one in self.attempts if one.after is not None]

    @property
    def accepted(self) -> list[Accepted]:
        """The accepted commands after the first."""
        return [
            Accepted(one.command, one.before, one.after, one.now)
            for one in self.attempts
            if one.before is not None and one.after is not None
        ]

    def taken_back(self, undo: Accepted) -> list[e.TicketEvent]:
        """What an accepted undo took back."""
        last = self.journal[undo.after.version - 1].event
        assert isinstance(last, e.Withdrawn)
        return [self.journal[seq - 1].event for seq in last.seqs]


def any_command(dice: Dice, now: datetime, ticket: Ticket) -> c.Command:
    """Any command, more often one that the state allows, often the one that is due."""
    possible = [name for name in COMMANDS if (ticket.kind, ticket.status) in SITUATIONS[name]]
    due = next_step(ticket, now).command
    if dice.sometimes(6):
        name = dice.one_of(*COMMANDS)
    elif dice.sometimes(3):
        name = due or dice.one_of("reopen", "correct-time", "undo")
    else:
        name = dice.one_of(*possible, *_likely(ticket))
    return MAKE[name](dice, now, ticket)


def _likely(ticket: Ticket) -> list[str]:
    """What people do more often than the rest."""
    names = ["correct-time"]
    if ticket.status is Status.ON_SITE:
        names += ["take-away", "leave", "cannot-repair", "restore", "diagnose"] * 2
    if ticket.severity is Severity.MAJOR and ticket.arrived_at:
        names += ["ask-consent", "consent", "consent", "consent"]
    if ticket.consent_asked:
        names += ["refuse-consent"] * 4
    if ticket.escalation:
        names += ["end-escalation"] * 4
    if ticket.report:
        names += ["sign-report", "amend-report"] * 4
    elif ticket.status in AFTER_REPAIR | {Status.CLOSED}:
        names += ["diagnose", "describe-service", "finish-report", "finish-report"] * 2
    if ticket.out:
        names += ["arrive", "bring-back", "take-loan-back"]
    if ticket.adverse is not None:
        names += ["suspect-adverse", "report-adverse"]
    return names


_REPORT = ("diagnose", "describe-service", "finish-report")
_FAULTS = STATES[Kind.FAULT]
OPENINGS: list[tuple[Kind, list[Told]]] = [
    *((Kind.FAULT, facts) for facts in _FAULTS.values()),
    *((Kind.COMPLAINT, facts) for facts in STATES[Kind.COMPLAINT].values()),
    *(
        (Kind.FAULT, [*_FAULTS[status], (MAJOR, 5), (SAMPLES[name], 6)])
        for status in (Status.ON_SITE, Status.IN_WORKSHOP, Status.UNREPAIRABLE)
        for name in ("ask-consent", "consent", "report-workshop", "lend", "escalate")
        if name != "report-workshop" or status is Status.IN_WORKSHOP
    ),
    *(
        (Kind.FAULT, [*_FAULTS[status], *((SAMPLES[name], 7) for name in _REPORT)])
        for status in (Status.RESTORED, Status.AGREED, Status.CLOSED)
    ),
]
"""How a story can begin that is to go far."""


WHO = (
    *("manager",) * 5,
    *("general_manager",) * 3,
    *("operator", "operator", "li", "zhao", "supervisor", "administrator"),
)
"""Who tries, as often as they stand here."""


class _Teller:
    """Tells one story, attempt by attempt."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.device = CT if dice.sometimes(4) else None
        self.journal: tuple[e.Entry, ...] = ()
        self.ticket: Ticket | None = None
        self.attempts: list[Attempt] = []

    def attempt(self, command: c.Command, at: datetime, now: datetime, by: str) -> None:
        facts = Facts(
            now=now,
            at=at,
            actor=STAFF[by],
            staff=STAFF,
            journal=self.journal,
            device=self.device,
            other=EARLIER,
            fresh_number=FRESH,
        )
        before = self.ticket
        if role_obstacle(BY_TYPE[type(command)], facts.actor, before) is not None:
            return
        try:
            entries, self.ticket = decide(NUMBER, command, facts)
        except DispatchError as error:
            self.attempts.append(Attempt(command, facts, before, None, error))
        else:
            self.journal = (*self.journal, *entries)
            self.attempts.append(Attempt(command, facts, before, self.ticket, None))

    def open(self) -> datetime:
        """Tell how it began; returns the time after that."""
        if self.dice.sometimes(2):
            now = self.dice.one_of(*STARTS)
            kind: Kind = self.dice.one_of(Kind.FAULT, Kind.FAULT, Kind.COMPLAINT)
            facts: list[Told] = []
        else:
            now = REPORTED
            kind, facts = self.dice.one_of(*OPENINGS)
        call = complaint() if kind is Kind.COMPLAINT else fault(device="D1", phone="1")
        self.attempt(call, now, now, "operator")
        for command, at in facts:
            self.attempt(command, hours(at), hours(at), "general_manager")
            now = hours(at)
        return now


@lru_cache(maxsize=2000)
def told(thrown: bytes) -> Story:
    """A ticket and everything that people tried to do with it, facts told late and early."""
    dice = Dice(thrown)
    teller = _Teller(dice)
    now = teller.open()
    while dice.thrown and teller.ticket:
        now += timedelta(seconds=3) if dice.sometimes(3) else dice.one_of(*SPANS)
        command = any_command(dice, now, teller.ticket)
        at = now
        if dice.sometimes(3):
            at -= dice.one_of(*SPANS)
        elif dice.sometimes(20):
            at += timedelta(minutes=5)
        teller.attempt(command, at, now, dice.one_of(*WHO))
    return Story(teller.attempts, teller.journal)


def stories() -> st.SearchStrategy[Story]:
    """Short stories and long ones."""
    short = st.binary(min_size=1, max_size=300)
    long = st.binary(min_size=300, max_size=600)
    return (short | long).map(told)


FEWER = settings(max_examples=80, deadline=None, database=None, derandomize=True)
"""For tests that draw more than a story, and so are told stories of their own."""
PROFILE = settings(max_examples=150, deadline=None, database=None)


def for_any_story(test: Callable[..., None]) -> Callable[..., None]:
    """Let a test hold for any story: the same ones for every test, so that each is told once."""
    return seed(20260302)(PROFILE(given(stories())(test)))
