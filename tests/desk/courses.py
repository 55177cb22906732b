"""How each command becomes possible: what people of the centre do before it."""

from datetime import timedelta
from typing import NamedTuple

from centre import CALL, NOON, NOTE, STAFF, FrozenClock, desk_of
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.facts import (
    AdverseReport,
    Answer,
    CallBackResult,
    Cause,
    DeviceState,
    EscalationReason,
    Harm,
    How,
)
from dispatch_tui.domain.sections import Section
from dispatch_tui.domain.ticket import Kind, Priority, Severity
from dispatch_tui.storage.engine import Database

BY_ROLE = {one.role: one.login for one in reversed(STAFF.values()) if one.active}
"""Who acts for a role; the engineer and the specialist are those who have the tickets here."""

ME = ""
"""Stands for whoever gives the command itself."""

EARLIER = "260303-001"
"""The ticket that was there before any other."""

Act = tuple[str, c.Command]
Acts = tuple[Act, ...]

WORKS = c.CallBack(result=CallBackResult.WORKS, attitude=5, skill=5, speed=4)
SLOW = c.CallBack(
    result=CallBackResult.WORKS, attitude=5, skill=5, speed=1, words="Three days without a scan"
)
COMPLAINT = c.LogCall(kind=Kind.COMPLAINT, fault="Nobody called", customer="H1")
COMPLAIN = c.Complain(text="The engineer was rude", channel=How.LETTER, contact="Dr Wu")
TAKE_TUBE = c.TakeAway(
    item="tube",
    serial="T-1",
    signed_by="Nurse Wu",
    to=Place.WORKSHOP,
    word_due_at=NOON + timedelta(hours=20),
)
ASK_CONSENT = c.AskConsent(name="Dr Li", until=NOON + timedelta(hours=47))
CONSENT = c.Consent(
    name="Dr Li",
    position="Director",
    phone="027-1",
    how=How.CALL,
    why="The tube comes tomorrow",
    until=NOON + timedelta(hours=47),
)
SUSPECT = c.SuspectAdverse(harm=Harm.DEATH, what="The alarm did not sound")
REPORTED = c.ReportAdverse(how=AdverseReport.WRITTEN, to="The authority")
SATISFIED = c.RecordSatisfaction(satisfied=Answer.YES, name="Dr Li")

ASSIGNED: Acts = (("mia", c.Assign(engineers=("ann", "spe"))),)
UNDER_WAY: Acts = (*ASSIGNED, ("ann", c.Depart(engineers=("ann",))))
ON_SITE: Acts = (*UNDER_WAY, ("ann", c.Arrive(engineers=("ann",))))
MAJOR: Acts = (*ON_SITE, ("ann", c.Diagnose(severity=Severity.MAJOR, cause=Cause.TUBE)))
AWAY: Acts = (*ON_SITE, ("ann", TAKE_TUBE))
RESTORED: Acts = (*ON_SITE, ("ann", c.Restore(what_was_done="New tube")))
CONFIRMED: Acts = (*RESTORED, ("ola", WORKS))
CLOSED: Acts = (*CONFIRMED, ("ola", c.Close()))
SUSPECTED: Acts = (*ASSIGNED, ("ola", SUSPECT))
SOLVED: Acts = (*ASSIGNED, ("ola", c.SolveByPhone(what_was_done="Power cycle")))
DESCRIBED: Acts = (
    *SOLVED,
    ("ola", c.Diagnose(cause=Cause.POWER)),
    ("ola", c.DescribeService(state_after=DeviceState.IN_USE, confirmed_by="Dr Li")),
)
FINAL: Acts = (*DESCRIBED, ("ola", c.FinishReport()))
INVESTIGATED: Acts = (("ola", c.Acknowledge()), ("gina", c.Investigate(findings="So it was")))
ANSWERED: Acts = (*INVESTIGATED, ("gina", c.AnswerComplaint(answer="We are sorry")))


class Course(NamedTuple):
    """A command, and what is done before it on a ticket that `call` begins."""

    before: Acts
    command: c.Command
    call: c.LogCall = CALL


COURSES: dict[str, Course] = {
    "respond": Course(ASSIGNED, c.Respond(note="Tube?")),
    "need-visit": Course(ASSIGNED, c.NeedVisit(why="Smells burnt")),
    "solve-by-phone": Course(ASSIGNED, c.SolveByPhone(what_was_done="Power cycle")),
    "assign": Course(ASSIGNED, c.Assign(engineers=("bob",))),
    "unassign": Course(ASSIGNED, c.Unassign(engineers=("spe",))),
    "plan-visit": Course(ASSIGNED, c.PlanVisit(planned_at=NOON + timedelta(hours=20))),
    "depart": Course(ASSIGNED, c.Depart(engineers=("ann",))),
    "expect": Course(UNDER_WAY, c.Expect(expected_at=NOON + timedelta(hours=2))),
    "arrive": Course(UNDER_WAY, c.Arrive(engineers=("ann",))),
    "leave": Course(ON_SITE, c.Leave()),
    "diagnose": Course(ON_SITE, c.Diagnose(cause=Cause.TUBE)),
    "escalate": Course(ASSIGNED, c.Escalate(reason=EscalationReason.CORE_DOWN)),
    "end-escalation": Course(
        (*ASSIGNED, ("mia", c.Escalate(reason=EscalationReason.CORE_DOWN))),
        c.EndEscalation(reason="Ann manages"),
    ),
    "fit-part": Course(ON_SITE, c.FitPart(name="tube", price="1280.50")),
    "remove-part": Course(ON_SITE, c.RemovePart(name="tube")),
    "restore": Course(ON_SITE, c.Restore(what_was_done="New tube")),
    "cannot-repair": Course(
        ON_SITE, c.CannotRepair(reduced="One bed of two", remains="Bed 2", report="M-7")
    ),
    "agree-way": Course(
        (*ON_SITE, ("ann", c.CannotRepair(reduced="One bed", remains="Bed 2", report="M-7"))),
        c.AgreeWay(way="A new one in May", name="Dr Li", document="Letter of 3 March"),
    ),
    "take-away": Course(ON_SITE, TAKE_TUBE),
    "report-workshop": Course(AWAY, c.ReportWorkshop(step=Step.READY)),
    "report-exchange": Course(AWAY, c.ReportExchange(step=Step.EXCHANGED)),
    "bring-back": Course(AWAY, c.BringBack(received_by="Nurse Wu")),
    "lend": Course(ASSIGNED, c.Lend(item="monitor", serial="M-1", signed_by="Nurse Wu")),
    "take-loan-back": Course(
        (*ASSIGNED, ("ann", c.Lend(item="monitor", serial="M-1", signed_by="Nurse Wu"))),
        c.TakeLoanBack(),
    ),
    "ask-consent": Course(MAJOR, ASK_CONSENT),
    "consent": Course(MAJOR, CONSENT),
    "refuse-consent": Course((*MAJOR, ("mia", ASK_CONSENT)), c.RefuseConsent(name="Dr Li")),
    "call-back": Course(RESTORED, WORKS),
    "keep-case": Course(RESTORED, c.KeepCase(symptom="Dark", cause="Tube", cure="New tube")),
    "close": Course(CONFIRMED, c.Close()),
    "reopen": Course(RESTORED, c.Reopen(reason="Dark again")),
    "cancel": Course(ASSIGNED, c.Cancel(reason="Logged twice")),
    "merge": Course(ASSIGNED, c.Merge(into=EARLIER)),
    "complain": Course(ASSIGNED, COMPLAIN),
    "acknowledge": Course((), c.Acknowledge(), COMPLAINT),
    "investigate": Course((), c.Investigate(why_not="It was another company"), COMPLAINT),
    "take-measures": Course((), c.TakeMeasures(measures="Talk with him"), COMPLAINT),
    "answer": Course(INVESTIGATED, c.AnswerComplaint(answer="We are sorry"), COMPLAINT),
    "record-satisfaction": Course(ANSWERED, SATISFIED, COMPLAINT),
    "close-complaint": Course((*ANSWERED, ("ola", SATISFIED)), c.CloseComplaint(), COMPLAINT),
    "suspect-adverse": Course(ASSIGNED, SUSPECT),
    "report-adverse": Course(SUSPECTED, REPORTED),
    "clear-adverse": Course(SUSPECTED, c.ClearAdverse(reason="Nobody was there")),
    "record-test": Course(ASSIGNED, c.RecordTest(item="noise", value="1", passed=Answer.YES)),
    "describe-service": Course(
        ASSIGNED, c.DescribeService(state_after=DeviceState.LIMITED, confirmed_by="Dr Li")
    ),
    "finish-report": Course(DESCRIBED, c.FinishReport()),
    "sign-report": Course(FINAL, c.SignReport(name="Dr Li")),
    "amend-report": Course(FINAL, c.AmendReport(section=Section.WORK, text="The cable too")),
    "note": Course(ASSIGNED, NOTE),
    "add-call": Course(ASSIGNED, c.AddCall(text="When?")),
    "set-priority": Course(ASSIGNED, c.SetPriority(priority=Priority.EMERGENCY)),
    "correct": Course(ASSIGNED, c.Correct(contact="Dr Wu")),
    "correct-time": Course(
        ASSIGNED, c.CorrectTime(what="reported", to=NOON - timedelta(minutes=1))
    ),
    "undo": Course((*ASSIGNED, (ME, NOTE)), c.Undo()),
}
"""By the name of the command."""

UNRELATED = replace(CALL, device="MR-1")
"""A call on another device."""


async def begun(
    database: Database,
    clock: FrozenClock,
    acts: Acts = (),
    *,
    call: c.LogCall = CALL,
    me: str = "ola",
) -> str:
    """Log a call, let people act on its ticket a second apart, and return its number."""
    number = (await desk_of("ola", database, clock).log_call(call)).number
    for login, command in acts:
        clock.pass_(seconds=1)
        await desk_of(login or me, database, clock).act(number, command)
    clock.pass_(seconds=1)
    return number
