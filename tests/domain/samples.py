"""A command of each kind, and what has to happen before some of them are possible."""

from course import AGREE, CANNOT, CURE, MAJOR, OTHER, REPORTED, SATISFIED, WORKS, hours, take_away

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Step
from dispatch_tui.domain.facts import (
    AdverseReport,
    Answer,
    Cause,
    DeviceState,
    EscalationReason,
    Harm,
    How,
)
from dispatch_tui.domain.sections import Section
from dispatch_tui.domain.ticket import Priority

SAMPLES: dict[str, c.Command] = {
    "respond": c.Respond(note="smoke"),
    "need-visit": c.NeedVisit(why="smells burnt"),
    "solve-by-phone": c.SolveByPhone(what_was_done="restarted"),
    "assign": c.Assign(engineers=("zhao",)),
    "unassign": c.Unassign(engineers=("wang",)),
    "plan-visit": c.PlanVisit(planned_at=hours(20), engineers=("wang",)),
    "depart": c.Depart(engineers=("wang",)),
    "expect": c.Expect(expected_at=hours(20)),
    "arrive": c.Arrive(engineers=("wang",)),
    "leave": c.Leave(engineers=("li",)),
    "diagnose": c.Diagnose(cause=Cause.TUBE),
    "escalate": c.Escalate(reason=EscalationReason.CORE_DOWN, specialist="zhao"),
    "end-escalation": c.EndEscalation(reason="li manages"),
    "fit-part": c.FitPart(name="tube"),
    "remove-part": c.RemovePart(name="tube"),
    "restore": c.Restore(what_was_done=CURE),
    "cannot-repair": CANNOT,
    "agree-way": AGREE,
    "take-away": take_away("S9"),
    "report-workshop": c.ReportWorkshop(step=Step.READY),
    "report-exchange": c.ReportExchange(step=Step.EXCHANGED),
    "bring-back": c.BringBack(),
    "lend": c.Lend(item="monitor", serial="S9", signed_by="Nurse Wu"),
    "take-loan-back": c.TakeLoanBack(),
    "ask-consent": c.AskConsent(name="Dr. Chen", until=hours(50)),
    "consent": c.Consent(
        name="Dr. Chen",
        position="director",
        phone="1",
        how=How.LETTER,
        why="the tube comes tomorrow",
        until=hours(50),
    ),
    "refuse-consent": c.RefuseConsent(name="Dr. Chen"),
    "call-back": WORKS,
    "keep-case": c.KeepCase(symptom="arcs", cause="tube", cure="new tube"),
    "close": c.Close(note="thanks"),
    "reopen": c.Reopen(reason="fails again"),
    "cancel": c.Cancel(reason="logged twice"),
    "merge": c.Merge(into=OTHER),
    "complain": c.Complain(text="too slow"),
    "acknowledge": c.Acknowledge(note="told"),
    "investigate": c.Investigate(findings="he was"),
    "take-measures": c.TakeMeasures(measures="talk with him"),
    "answer": c.AnswerComplaint(answer="we are sorry"),
    "record-satisfaction": SATISFIED,
    "close-complaint": c.CloseComplaint(note="at last"),
    "suspect-adverse": c.SuspectAdverse(harm=Harm.DEATH, what="the alarm did not sound"),
    "report-adverse": c.ReportAdverse(how=AdverseReport.WRITTEN, to="the authority"),
    "clear-adverse": c.ClearAdverse(reason="nobody was there"),
    "record-test": c.RecordTest(item="noise", value="0.2 %", passed=Answer.YES),
    "describe-service": c.DescribeService(state_after=DeviceState.IN_USE, confirmed_by="Wu"),
    "finish-report": c.FinishReport(),
    "sign-report": c.SignReport(name="Dr. Chen"),
    "amend-report": c.AmendReport(section=Section.WORK, text="the cable too"),
    "note": c.Note(text="beware of the dog"),
    "add-call": c.AddCall(text="when?"),
    "set-priority": c.SetPriority(priority=Priority.EMERGENCY),
    "correct": c.Correct(phone="123"),
    "correct-time": c.CorrectTime(what="reported", to=REPORTED.replace(hour=7)),
    "undo": c.Undo(),
}
"""A command of each kind that a manager can give on the tickets of `in_state`."""

_LENT = (SAMPLES["lend"],)
_SENT = (*_LENT, c.Assign(engineers=("li", "wang", "zhao"), lead="zhao"))
_ARRIVED = (*_SENT, c.Arrive(engineers=("li",)))
_VISITED = (c.Assign(engineers=("li",)), c.Arrive(), c.Leave(), c.Unassign())
_TAKEN = (take_away(),)
_SUSPECTED = (SAMPLES["suspect-adverse"],)
_FACTS = (SAMPLES["diagnose"], SAMPLES["describe-service"])
_FINAL = (*_FACTS, c.FinishReport())

BEFORE: list[tuple[str, str, tuple[c.Command, ...]]] = [
    ("assign", "WPGK", _LENT),
    ("unassign", "WPGK", _SENT),
    ("plan-visit", "WPGK", _SENT),
    ("depart", "WPGK", _SENT),
    ("expect", "WPGK", (*_SENT, c.Depart(engineers=("wang",)))),
    ("expect", "S", (c.Depart(engineers=("wang",)),)),
    ("arrive", "WPGK", _SENT),
    ("leave", "PG", _ARRIVED),
    ("end-escalation", "AUSIFN", (SAMPLES["escalate"],)),
    ("fit-part", "R", _VISITED),
    ("fit-part", "P", _ARRIVED),
    ("remove-part", "R", _VISITED),
    ("remove-part", "P", _ARRIVED),
    ("cannot-repair", "R", _VISITED),
    ("agree-way", "SIF", (CANNOT,)),
    ("take-away", "R", _VISITED),
    ("take-away", "P", _ARRIVED),
    ("report-workshop", "SWGK", _TAKEN),
    ("report-exchange", "SWGK", _TAKEN),
    ("bring-back", "SWGK", _TAKEN),
    ("take-loan-back", "LRAUSIFNWPGK", _LENT),
    ("ask-consent", "SIFN", (MAJOR,)),
    ("consent", "SIFN", (MAJOR,)),
    ("refuse-consent", "SIFN", (MAJOR, SAMPLES["ask-consent"])),
    ("report-adverse", "LRAUSIFNWPGKClkiasc", _SUSPECTED),
    ("clear-adverse", "LRAUSIFNWPGKClkiasc", _SUSPECTED),
    ("finish-report", "WPGKC", _FACTS),
    ("sign-report", "WPGKC", _FINAL),
    ("amend-report", "WPGKC", _FINAL),
    ("undo", "LMl", (SAMPLES["note"],)),
]
"""What is given before a command, in which states, by letter: it leaves them and is possible."""
