"""Every kind of entry is told as a sentence, with and without what may be left out."""

from datetime import date
from typing import get_args

import pytest
from course import ASSIGN, FRESH, OTHER, Course, every_course, hours, take_away, told
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.sections import Section
from dispatch_tui.domain.ticket import Kind, Priority, Severity
from dispatch_tui.domain.timeline import describe
from dispatch_tui.domain.visits import Purpose

NOON = "2026-03-02 12:00:00+00:00"
AT = hours(4)
TOLD: list[tuple[e.TicketEvent, str]] = [
    (e.CaseKept(symptom="arcs", cause="tube", cure="new tube"), "Kept as a case: arcs"),
    (e.LimitsSet(), "No contract sets its limits any more"),
    (
        e.LimitsSet(contract="K-7", response_minutes=30, on_site_hours=24, repair_hours=12),
        "Limits of contract K-7 (answer 30 min, on site 24 h, repair 12 h)",
    ),
    (e.CallLogged(fault="no image"), "Fault reported: no image"),
    (e.CallLogged(fault="rude", kind=Kind.COMPLAINT), "Complaint: rude"),
    (e.CallAdded(text="when?"), "Customer called again: when?"),
    (e.CallAdded(text="when?", merged_from=OTHER), "Merged from 260301-007: when?"),
    (e.Noted(text="{0}"), "Note: {0}"),
    (e.PrioritySet(priority=Priority.EMERGENCY), "Priority set to emergency"),
    (e.PrioritySet(priority=Priority.NORMAL, reason="calm"), "Priority set to normal: calm"),
    (e.Corrected(phone="1"), "Intake corrected"),
    (e.Corrected(phone="1", reason="typo"), "Intake corrected: typo"),
    (e.TimeCorrected(seq=1, to=AT), f"Time corrected: Reported at {NOON}"),
    (e.TimeCorrected(seq=1, to=AT, reason="{x}"), f"Time corrected: Reported at {NOON}: {{x}}"),
    (e.Withdrawn(seqs=(2, 3)), "Taken back: entry 2, 3"),
    (e.Responded(), "Customer answered"),
    (e.Responded(note="{smoke}"), "Customer answered: {smoke}"),
    (e.VisitNeeded(why="burnt"), "Needs a visit: burnt"),
    (e.SolvedByPhone(what_was_done="plug"), "Solved by phone: plug"),
    (e.Assigned(engineers=("li",), lead="li"), "Assigned: li"),
    (e.Assigned(engineers=(), lead="wang"), "wang leads now"),
    (e.Unassigned(engineers=("li",)), "Taken off: li"),
    (e.Unassigned(engineers=("li",), reason="ill"), "Taken off: li: ill"),
    (
        e.VisitPlanned(engineers=("li",), planned_at=AT, purpose=Purpose.REINSTALL),
        f"Visit planned for {NOON} (reinstall): li",
    ),
    (e.Departed(engineers=("li",)), "Set out: li"),
    (e.Departed(engineers=("li",), expected_at=AT), f"Set out: li, expected {NOON}"),
    (e.Expected(engineers=("li",), expected_at=AT), f"Now expected {NOON}: li"),
    (
        e.Expected(engineers=("li",), expected_at=AT, reason="snow"),
        f"Now expected {NOON}: li: snow",
    ),
    (e.Arrived(engineers=("li",)), "On site: li"),
    (e.LeftSite(engineers=("li",)), "Left: li"),
    (e.LeftSite(engineers=("li",), note="night"), "Left: li: night"),
    (e.Diagnosed(severity=Severity.MAJOR), "Diagnosed (major)"),
    (
        e.Diagnosed(severity=Severity.MAJOR, cause=f.Cause.TUBE, found="arcs", tried="reset"),
        "Diagnosed (major, tube): arcs; tried: reset",
    ),
    (e.Diagnosed(tried="reset"), "Diagnosed; tried: reset"),
    (
        e.Escalated(specialist="zhao", reason=f.EscalationReason.CORE_DOWN),
        "Specialist called in: zhao (core_down)",
    ),
    (
        e.Escalated(specialist="zhao", reason=f.EscalationReason.NOBODY_ELSE, note="soon"),
        "Specialist called in: zhao (nobody_else): soon",
    ),
    (e.EscalationEnded(reason="li manages"), "Specialist not needed: li manages"),
    (e.PartFitted(name="tube"), "Part in: tube"),
    (
        e.PartFitted(
            name="tube",
            model="T9",
            serial="S2",
            maker="M",
            made_on=date(2026, 1, 2),
            source=f.PartSource.STOCK,
            price="12.50",
        ),
        "Part in: tube (T9, S2, M, stock, 12.50)",
    ),
    (e.PartRemoved(name="tube", serial="S1"), "Part out: tube (S1)"),
    (e.Restored(what_was_done="tube"), "Works again: tube"),
    (
        e.FoundUnrepairable(reduced="slow scans", remains="fast scans", report="MR-7"),
        "Cannot be repaired: fast scans; reduced to: slow scans (report MR-7)",
    ),
    (
        e.WayAgreed(way="a new one", name="Dr. Chen", document="letter 12"),
        "Way forward agreed with Dr. Chen: a new one (in writing: letter 12)",
    ),
    (
        e.WayAgreed(way="a new one", name="Wu", document="letter 12", left_open="price"),
        "Way forward agreed with Wu: a new one (in writing: letter 12); still open: price",
    ),
    (
        e.TakenAway(
            item="tube",
            serial="S1",
            signed_by="Wu",
            to=Place.WORKSHOP,
            owner="li",
            word_due_at=AT,
        ),
        f"Taken away: tube S1, to the workshop; signed by Wu, next word by {NOON}",
    ),
    (
        e.LegReported(no=1, place=Place.WORKSHOP, step=Step.READY, owner="li"),
        "Word from the workshop on tube S1: ready",
    ),
    (
        e.LegReported(
            no=1,
            place=Place.MANUFACTURER,
            step=Step.SENT,
            owner="li",
            word_due_at=AT,
            note="by rail",
        ),
        f"Word from the manufacturer on tube S1: sent, next word by {NOON}: by rail",
    ),
    (e.BroughtBack(no=1), "Given back: tube S1"),
    (e.BroughtBack(no=1, new_serial="S2", received_by="Wu"), "Given back: tube S1 (S2, Wu)"),
    (
        e.Lent(item="monitor", serial="S9", signed_by="Wu"),
        "Left on loan: monitor S9; signed by Wu",
    ),
    (e.LoanReturned(no=1), "Loan is back: monitor S9"),
    (
        e.ConsentAsked(name="Dr. Chen", until=AT),
        f"Dr. Chen was asked for more time, until {NOON}",
    ),
    (
        e.ConsentAsked(name="Dr. Chen", until=AT, why="tube"),
        f"Dr. Chen was asked for more time, until {NOON}: tube",
    ),
    (
        e.Consented(
            name="Dr. Chen", position="director", phone="1", how=f.How.CALL, why="tube", until=AT
        ),
        f"Dr. Chen (director, 1) agreed by call to more time, until {NOON}: tube",
    ),
    (e.ConsentRefused(name="Dr. Chen"), "Dr. Chen did not agree to more time"),
    (e.ConsentRefused(name="Dr. Chen", words="no"), "Dr. Chen did not agree to more time: no"),
    (e.CalledBack(result=f.CallBackResult.UNREACHED), "Call-back: nobody was reached"),
    (
        e.CalledBack(result=f.CallBackResult.UNREACHED, words="lunch"),
        "Call-back: nobody was reached: lunch",
    ),
    (
        e.CalledBack(result=f.CallBackResult.WORKS, attitude=5, skill=4, speed=3),
        "Call-back: it works as it should, scores 5, 4, 3",
    ),
    (
        e.CalledBack(result=f.CallBackResult.BROKEN, words="no image"),
        "Call-back: it does not work: no image",
    ),
    (e.Closed(), "Case closed"),
    (e.Closed(note="happy"), "Case closed: happy"),
    (e.Cancelled(reason="twice"), "Cancelled: twice"),
    (e.Merged(into=OTHER), "Merged into 260301-007"),
    (e.Merged(into=OTHER, reason="same"), "Merged into 260301-007: same"),
    (e.Reopened(reason="fails"), "Reopened: fails"),
    (
        e.ComplaintOpened(number=FRESH, text="too slow"),
        "Customer complains, see 260302-002: too slow",
    ),
    (e.Acknowledged(), "Complaint acknowledged"),
    (e.Acknowledged(note="by mail"), "Complaint acknowledged: by mail"),
    (e.Investigated(findings="he was"), "Investigated: he was"),
    (e.Investigated(why_not="joke"), "Not investigated: joke"),
    (e.MeasuresTaken(measures="training"), "Measures: training"),
    (e.ComplaintAnswered(answer="sorry"), "Customer answered: sorry"),
    (e.SatisfactionRecorded(satisfied=f.Answer.YES, name="Wu"), "Wu is satisfied"),
    (
        e.SatisfactionRecorded(satisfied=f.Answer.NO, name="Wu", words="never"),
        "Wu is not satisfied: never",
    ),
    (
        e.AdverseSuspected(harm=f.Harm.DEATH, what="no alarm"),
        "Suspected adverse event (death): no alarm",
    ),
    (
        e.AdverseSuspected(harm=f.Harm.SERIOUS_INJURY, what="burns", several=f.Answer.YES),
        "Suspected adverse event, several patients (serious_injury): burns",
    ),
    (
        e.AdverseReported(how=f.AdverseReport.WRITTEN, to="the authority", reference="R1"),
        "Adverse event reported written to the authority (R1)",
    ),
    (e.AdverseCleared(reason="nobody there"), "No adverse event: nobody there"),
    (
        e.TestRecorded(item="noise", value="0.2 %", passed=f.Answer.YES),
        "Test passed: noise 0.2 %",
    ),
    (
        e.TestRecorded(
            item="noise", value="0.4 %", passed=f.Answer.NO, limit="<= 0.35 %", instrument="P1"
        ),
        "Test failed: noise 0.4 % (<= 0.35 %, P1)",
    ),
    (
        e.ServiceDescribed(state_after=f.DeviceState.LIMITED, confirmed_by="Wu", advice="cool it"),
        "Device limited, confirmed by Wu: cool it",
    ),
    (
        e.ReportFinished(document="{}", hash="0123456789abcdef"),
        "Service report final (0123456789ab)",
    ),
    (e.ReportSigned(name="Wu", position="nurse"), "Report signed by Wu (nurse)"),
    (e.ReportAmended(section=Section.PARTS, text="two"), "Report amended, parts: two"),
]


BEFORE = told((ASSIGN, 1), (c.Arrive(), 2), (take_away(), 3), (SAMPLES["lend"], 3)).journal


def said(value: object) -> str:
    """A message or value in plain words."""
    if isinstance(value, Message):
        return value.template.format(**{name: said(one) for name, one in value.values.items()})
    return ", ".join(said(one) for one in value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("event", "sentence"), TOLD, ids=lambda one: type(one).__name__)
def test_entry_is_told_as_a_sentence(event: e.TicketEvent, sentence: str) -> None:
    entry = e.Entry(seq=9, event=event, actor="li", occurred_at=AT, recorded_at=AT)
    assert said(describe(entry, (*BEFORE, entry))) == sentence


def test_every_kind_of_entry_has_a_sentence() -> None:
    assert {type(event) for event, _ in TOLD} == set(get_args(e.TicketEvent))


def test_courses_are_told_from_their_beginning_to_their_end() -> None:
    for course in every_course():
        for entry in course.journal:
            assert str(describe(entry, course.journal))


def test_an_undo_names_the_entries_that_it_took_back() -> None:
    course = Course().give(c.Note(text="x")).give(c.Undo())
    assert said(describe(course.journal[-1], course.journal)) == "Taken back: entry 2"


def test_a_corrected_time_is_told_even_where_the_journal_is_not_at_hand() -> None:
    course = Course().give(c.CorrectTime(what="reported", to=hours(-1)))
    assert "Time corrected: 1 at" in str(describe(course.journal[-1]))
