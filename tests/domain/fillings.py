"""How people fill in each command: from dice, well as a rule, and badly now and then."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from course import NUMBER, OTHER

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.away import EXCHANGE_STEPS, WORKSHOP_STEPS, Place, Step
from dispatch_tui.domain.correctable import CORRECTABLE
from dispatch_tui.domain.sections import Section
from dispatch_tui.domain.ticket import Priority, Severity, Ticket
from dispatch_tui.domain.visits import Purpose

T = TypeVar("T")


class Dice:
    """Choices made from bytes, so that one draw tells a long story and still shrinks."""

    def __init__(self, thrown: bytes) -> None:
        self.thrown = list(thrown)

    def one_of(self, *options: T) -> T:
        """One of the options."""
        return options[(self.thrown.pop() if self.thrown else 0) % len(options)]

    def sometimes(self, one_in: int) -> bool:
        """Whether something happens that happens once in so many times."""
        return not self.one_of(*reversed(range(one_in)))

    def words(self) -> str:
        """What somebody types: mostly something sensible."""
        return self.one_of(*WORDS) if self.sometimes(5) else "done"

    def team(self) -> tuple[str, ...]:
        """Logins, mostly of engineers."""
        if self.sometimes(5):
            return tuple(self.one_of(*LOGINS) for _ in range(self.one_of(1, 2, 3)))
        return self.one_of(*TEAMS)

    def thing(self, things: Sequence[str]) -> str:
        """Which thing is meant: one of those that are known, any other, or not said."""
        return self.one_of("", *(things or ("S1",)))

    def ahead(self, now: datetime) -> datetime:
        """A time to come, as a rule."""
        return now + self.one_of(*minutes(60, 600, 1500, 2900, 0, -61))


def minutes(*counts: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=count) for count in counts)


WORDS = ("", " ", "无图像", "{x}", "\x1b[2J", "null", "x" * 4001)
LOGINS = ("li", "wang", "zhao", "li", "wang", "zhao", "gone", "operator", "who", "", "\x1b")
TEAMS: tuple[tuple[str, ...], ...] = ((), (), (), ("li",), ("wang",), ("li", "wang"), ("zhao",))
SPANS = minutes(0, 0, 0, 1, 5, 20, 59, 61, 600, 1500, 2200, 2900)
_Make = Callable[[Dice, datetime, Ticket], c.Command]


def _assign(dice: Dice, _: datetime, __: Ticket) -> c.Command:
    lead = dice.one_of("", "", "", "li", "who")
    return c.Assign(engineers=dice.team() or ("li", "wang"), lead=lead)


def _depart(dice: Dice, now: datetime, _: Ticket) -> c.Command:
    expected_at = now + dice.one_of(*SPANS) if dice.sometimes(2) else None
    return c.Depart(engineers=dice.team(), expected_at=expected_at)


def _plan(dice: Dice, now: datetime, _: Ticket) -> c.Command:
    purpose = dice.one_of(*Purpose)
    return c.PlanVisit(planned_at=dice.ahead(now), engineers=dice.team(), purpose=purpose)


def _diagnose(dice: Dice, _: datetime, __: Ticket) -> c.Command:
    return c.Diagnose(
        severity=dice.one_of(Severity.MAJOR, Severity.MAJOR, None, Severity.ORDINARY),
        cause=dice.one_of(f.Cause.TUBE, None, f.Cause.BOARD),
        found=dice.words(),
    )


def _until(dice: Dice, ticket: Ticket) -> datetime:
    start = ticket.arrived_at or ticket.reported_at
    return start + timedelta(hours=dice.one_of(47, 47, 48, 40, 49, 36, 20))


def _consent(dice: Dice, _: datetime, ticket: Ticket) -> c.Command:
    return c.Consent(
        name=dice.words(),
        position="director",
        phone="1",
        how=dice.one_of(*f.How),
        why="the tube comes tomorrow",
        until=_until(dice, ticket),
    )


def _take_away(dice: Dice, now: datetime, _: Ticket) -> c.Command:
    return c.TakeAway(
        item="tube",
        serial=dice.one_of("S1", "S2", "S3", "S4"),
        signed_by=dice.words(),
        to=dice.one_of(*Place),
        word_due_at=dice.ahead(now),
        owner=dice.one_of("", "", "manager", "who"),
    )


def _away(ticket: Ticket) -> list[str]:
    return [one.serial for one in ticket.removals if one.out]


def _word(dice: Dice, now: datetime) -> datetime | None:
    return dice.one_of(None, dice.ahead(now))


def _workshop(dice: Dice, now: datetime, ticket: Ticket) -> c.Command:
    step = dice.one_of(Step.READY, *WORKSHOP_STEPS)
    serial = dice.thing(_away(ticket))
    return c.ReportWorkshop(step=step, word_due_at=_word(dice, now), serial=serial)


def _exchange(dice: Dice, now: datetime, ticket: Ticket) -> c.Command:
    step = dice.one_of(Step.EXCHANGED, *EXCHANGE_STEPS)
    serial = dice.thing(_away(ticket))
    return c.ReportExchange(step=step, word_due_at=_word(dice, now), serial=serial)


def _bring_back(dice: Dice, _: datetime, ticket: Ticket) -> c.Command:
    return c.BringBack(serial=dice.thing(_away(ticket)), new_serial=dice.one_of("", "N1"))


def _loan_back(dice: Dice, _: datetime, ticket: Ticket) -> c.Command:
    return c.TakeLoanBack(serial=dice.thing([one.serial for one in ticket.loans if one.out]))


def _call_back(dice: Dice, _: datetime, __: Ticket) -> c.Command:
    result = dice.one_of(f.CallBackResult.WORKS, f.CallBackResult.WORKS, *f.CallBackResult)
    scores = (None, None, None) if dice.sometimes(3) else tuple(dice.one_of(5, 4, 1) for _ in "abc")
    complains = f.Answer.YES if dice.sometimes(5) else f.Answer.NO
    return c.CallBack(
        result=result,
        attitude=scores[0],
        skill=scores[1],
        speed=scores[2],
        words=dice.one_of("", dice.words()),
        complaint=complains,
    )


def _suspect(dice: Dice, _: datetime, __: Ticket) -> c.Command:
    several = dice.one_of(f.Answer.NO, f.Answer.YES)
    return c.SuspectAdverse(harm=dice.one_of(*f.Harm), what=dice.words(), several=several)


def _correct_time(dice: Dice, now: datetime, ticket: Ticket) -> c.Command:
    known = dict(_known(ticket))
    what = dice.one_of(*known) if dice.sometimes(2) else dice.one_of(*CORRECTABLE, "lunch")
    at = known.get(what)
    if at is None or dice.sometimes(5):
        return c.CorrectTime(what=what, to=now - dice.one_of(*SPANS))
    moved = dice.one_of(*minutes(-600, -61, -30, -5, -1, 0, 1, 5, 30, 61, 600))
    return c.CorrectTime(what=what, to=at + moved)


def _known(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """The times of the facts that are there, and around which one is corrected."""
    for what in CORRECTABLE:
        if (at := getattr(ticket, f"{what}_at", None)) is not None:
            yield what, at
    for visit in ticket.visits:
        for trip in visit.trips:
            yield from (("departed", trip.departed_at),) if trip.departed_at else ()
            yield from (("left", trip.left_at),) if trip.left_at else ()
    yield from (("consented", one.at) for one in ticket.consents)
    yield from (("taken_away", one.taken_at) for one in ticket.removals)
    told = {"agreed": ticket.agreement, "called_back": ticket.call_back, "adverse": ticket.adverse}
    yield from ((what, one.at) for what, one in told.items() if one is not None)


MAKE: dict[str, _Make] = {
    "respond": lambda dice, _, __: c.Respond(note=dice.words()),
    "need-visit": lambda dice, _, __: c.NeedVisit(why=dice.words()),
    "solve-by-phone": lambda dice, _, __: c.SolveByPhone(what_was_done=dice.words()),
    "assign": _assign,
    "unassign": lambda dice, _, __: c.Unassign(engineers=dice.team(), reason=dice.words()),
    "plan-visit": _plan,
    "depart": _depart,
    "expect": lambda dice, now, _: c.Expect(expected_at=dice.ahead(now), engineers=dice.team()),
    "arrive": lambda dice, _, __: c.Arrive(engineers=dice.team()),
    "leave": lambda dice, _, __: c.Leave(engineers=dice.team(), note=dice.words()),
    "diagnose": _diagnose,
    "escalate": lambda dice, _, __: c.Escalate(
        reason=dice.one_of(*f.EscalationReason), specialist=dice.one_of("zhao", "", "li", "who")
    ),
    "end-escalation": lambda dice, _, __: c.EndEscalation(reason=dice.words()),
    "fit-part": lambda dice, _, __: c.FitPart(
        name=dice.words(), price=dice.one_of("", "12.50", "dear")
    ),
    "remove-part": lambda dice, _, __: c.RemovePart(name=dice.words()),
    "restore": lambda dice, _, __: c.Restore(what_was_done=dice.words()),
    "cannot-repair": lambda dice, _, __: c.CannotRepair(
        reduced=dice.words(), remains="no fast scans", report="MR-7"
    ),
    "agree-way": lambda dice, _, __: c.AgreeWay(way=dice.words(), name="Wu", document="letter"),
    "take-away": _take_away,
    "report-workshop": _workshop,
    "report-exchange": _exchange,
    "bring-back": _bring_back,
    "lend": lambda dice, _, __: c.Lend(
        item="monitor", serial=dice.one_of("S1", "S8", "S9"), signed_by=dice.words()
    ),
    "take-loan-back": _loan_back,
    "ask-consent": lambda dice, _, ticket: c.AskConsent(
        name=dice.words(), until=_until(dice, ticket)
    ),
    "consent": _consent,
    "refuse-consent": lambda dice, _, __: c.RefuseConsent(name=dice.words()),
    "call-back": _call_back,
    "close": lambda dice, _, __: c.Close(note=dice.words()),
    "keep-case": lambda dice, _, __: c.KeepCase(
        symptom=dice.words(), cause=dice.words(), cure=dice.words()
    ),
    "reopen": lambda dice, _, __: c.Reopen(reason=dice.words()),
    "cancel": lambda dice, _, __: c.Cancel(reason=dice.words()),
    "merge": lambda dice, _, __: c.Merge(into=dice.one_of(OTHER, OTHER, NUMBER)),
    "complain": lambda dice, _, __: c.Complain(text=dice.words()),
    "acknowledge": lambda dice, _, __: c.Acknowledge(note=dice.words()),
    "investigate": lambda dice, _, __: c.Investigate(
        findings=dice.words(), why_not=dice.one_of("", "", "no")
    ),
    "take-measures": lambda dice, _, __: c.TakeMeasures(measures=dice.words()),
    "answer": lambda dice, _, __: c.AnswerComplaint(answer=dice.words()),
    "record-satisfaction": lambda dice, _, __: c.RecordSatisfaction(
        satisfied=dice.one_of(*f.Answer), name=dice.words()
    ),
    "close-complaint": lambda dice, _, __: c.CloseComplaint(note=dice.words()),
    "suspect-adverse": _suspect,
    "report-adverse": lambda dice, _, __: c.ReportAdverse(
        how=dice.one_of(*f.AdverseReport), to=dice.words()
    ),
    "clear-adverse": lambda dice, _, __: c.ClearAdverse(reason=dice.words()),
    "record-test": lambda dice, _, __: c.RecordTest(
        item="noise", value=dice.words(), passed=dice.one_of(*f.Answer)
    ),
    "describe-service": lambda dice, _, __: c.DescribeService(
        state_after=dice.one_of(*f.AFTER_SERVICE), confirmed_by=dice.words()
    ),
    "finish-report": lambda *_: c.FinishReport(),
    "sign-report": lambda dice, _, __: c.SignReport(name=dice.words()),
    "amend-report": lambda dice, _, __: c.AmendReport(
        section=dice.one_of(*Section), text=dice.words()
    ),
    "note": lambda dice, _, __: c.Note(text=dice.words()),
    "add-call": lambda dice, _, __: c.AddCall(text=dice.words()),
    "set-priority": lambda dice, _, __: c.SetPriority(priority=dice.one_of(*Priority)),
    "correct": lambda dice, _, __: c.Correct(
        fault=dice.one_of(None, dice.words()), device=dice.words(), phone=dice.words()
    ),
    "correct-time": _correct_time,
    "undo": lambda *_: c.Undo(),
}
"""How people fill in each command: well, as a rule."""
