"""The whole course of a case in its order: what contradicts it is refused, naming the two facts."""

import pytest
from course import (
    AGREE,
    CANNOT,
    MAJOR,
    OTHER,
    SATISFIED,
    WORKS,
    Course,
    complaint,
    hours,
    in_state,
    other_ticket,
    take_away,
    told,
)
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Step
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.facts import CallBackResult
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.ticket import Kind, Status

COMPLAINT = Kind.COMPLAINT
BROKEN = c.CallBack(result=CallBackResult.BROKEN, words="no image again")


def moved(what: str, to: float) -> c.CorrectTime:
    return c.CorrectTime(what=what, to=hours(to))


def reopened() -> Course:
    """Arrived at 3, restored at 5, closed at 6, reopened at 8."""
    return in_state(Status.CLOSED).give(c.Reopen(reason="fails"), 8)


def major(consented: bool = False) -> Course:
    """Arrived at 3 for a major fault; with consent at 10."""
    course = in_state(Status.ON_SITE).give(MAJOR, 4)
    return course.give(SAMPLES["consent"], 10) if consented else course


def final() -> Course:
    """Restored at 5; the report is final at 7."""
    course = in_state(Status.RESTORED).give(SAMPLES["diagnose"], 6)
    return course.give(SAMPLES["describe-service"], 6).give(c.FinishReport(), 7)


CONTRADICTIONS: dict[str, tuple[Course, c.Command, float, str, str]] = {
    "found to need a visit before the report": (
        Course(),
        c.NeedVisit(why="x"),
        -1,
        "answered",
        "reported",
    ),
    "left before the arrival": (in_state(Status.ON_SITE), c.Leave(), 2.5, "left", "arrived"),
    "leaving corrected before the arrival": (
        in_state(Status.IN_WORKSHOP),
        moved("left", 2.5),
        9,
        "left",
        "arrived",
    ),
    "taken away before the arrival": (
        in_state(Status.ON_SITE),
        take_away(),
        2.5,
        "taken away",
        "arrived",
    ),
    "arrival corrected past the taking away": (
        in_state(Status.IN_WORKSHOP),
        moved("arrived", 4.2),
        9,
        "taken away",
        "arrived",
    ),
    "heard of before it was taken": (
        in_state(Status.IN_WORKSHOP),
        c.ReportWorkshop(step=Step.READY),
        3.5,
        "heard of it",
        "taken away",
    ),
    "given back before it was taken": (
        in_state(Status.IN_WORKSHOP),
        c.BringBack(),
        3.5,
        "given back",
        "taken away",
    ),
    "taking away corrected past the giving back": (
        in_state(Status.IN_WORKSHOP).give(c.BringBack(), 20),
        moved("taken_away", 21),
        22,
        "given back",
        "taken away",
    ),
    "lent before the report": (Course(), SAMPLES["lend"], -1, "left on loan", "reported"),
    "loan back before it was lent": (
        Course().give(SAMPLES["lend"], 3),
        c.TakeLoanBack(),
        2,
        "loan came back",
        "left on loan",
    ),
    "consent before the arrival": (major(), SAMPLES["consent"], 2.5, "purchaser agreed", "arrived"),
    "arrival corrected past the consent": (
        major(consented=True),
        moved("arrived", 11),
        12,
        "purchaser agreed",
        "arrived",
    ),
    "found unrepairable before the arrival": (
        in_state(Status.ON_SITE),
        CANNOT,
        2.5,
        "cannot be repaired",
        "arrived",
    ),
    "agreed before it was found unrepairable": (
        in_state(Status.UNREPAIRABLE),
        AGREE,
        3.5,
        "way forward was agreed",
        "cannot be repaired",
    ),
    "agreement corrected before the finding": (
        in_state(Status.AGREED),
        moved("agreed", 3.5),
        9,
        "way forward was agreed",
        "cannot be repaired",
    ),
    "found unrepairable before the reopening": (
        reopened(),
        CANNOT,
        7,
        "cannot be repaired",
        "reopened",
    ),
    "called back before the repair": (
        in_state(Status.RESTORED),
        WORKS,
        4,
        "called back",
        "worked again",
    ),
    "called back before the solution": (
        in_state(Status.SOLVED),
        WORKS,
        1,
        "called back",
        "solved by phone",
    ),
    "called back before the agreement": (
        in_state(Status.AGREED),
        WORKS,
        4.5,
        "called back",
        "way forward was agreed",
    ),
    "still broken before the repair": (
        in_state(Status.RESTORED),
        BROKEN,
        4,
        "called back",
        "worked again",
    ),
    "repair corrected past the call-back": (
        in_state(Status.CONFIRMED),
        moved("restored", 5.6),
        9,
        "called back",
        "worked again",
    ),
    "call-back corrected past the closing": (
        in_state(Status.CLOSED),
        moved("called_back", 6.5),
        9,
        "closed",
        "called back",
    ),
    "call-back corrected past the reopening": (
        in_state(Status.CONFIRMED).give(c.Reopen(reason="dark"), 8),
        moved("called_back", 9),
        10,
        "reopened",
        "called back",
    ),
    "merged before the report": (
        Course(other=other_ticket()),
        c.Merge(into=OTHER),
        -1,
        "merged",
        "reported",
    ),
    "merged before the answer": (
        in_state(Status.RESPONDED),
        c.Merge(into=OTHER),
        0.4,
        "merged",
        "answered",
    ),
    "merged before the arrival": (
        in_state(Status.ON_SITE).give(c.Leave(), 4),
        c.Merge(into=OTHER),
        2,
        "merged",
        "arrived",
    ),
    "merged before the reopening": (
        in_state(Status.CANCELLED).give(c.Reopen(reason="x"), 4),
        c.Merge(into=OTHER),
        3,
        "merged",
        "reopened",
    ),
    "acknowledged before the complaint": (
        Course(complaint()),
        c.Acknowledge(),
        -1,
        "acknowledged",
        "reported",
    ),
    "answered before the complaint": (
        in_state(Status.INVESTIGATED, COMPLAINT),
        c.AnswerComplaint(answer="sorry"),
        -1,
        "answered",
        "reported",
    ),
    "satisfied before the answer": (
        in_state(Status.ANSWERED, COMPLAINT),
        SATISFIED,
        2.5,
        "satisfied",
        "answered",
    ),
    "closed before the customer was satisfied": (
        in_state(Status.SATISFIED, COMPLAINT),
        c.CloseComplaint(),
        3.5,
        "closed",
        "satisfied",
    ),
    "complaint closed and reopened, closing corrected past it": (
        in_state(Status.CLOSED, COMPLAINT).give(c.Reopen(reason="x"), 8),
        moved("closed", 9),
        10,
        "reopened",
        "closed",
    ),
    "answered before the complaint was reopened": (
        in_state(Status.CLOSED, COMPLAINT).give(c.Reopen(reason="x"), 8),
        c.AnswerComplaint(answer="sorry"),
        7,
        "answered",
        "reopened",
    ),
    "authority told before it was learnt of": (
        Course().give(SAMPLES["suspect-adverse"], 3),
        SAMPLES["report-adverse"],
        2,
        "authority was told",
        "learnt of",
    ),
    "learning corrected past the telling": (
        told((SAMPLES["suspect-adverse"], 3), (SAMPLES["report-adverse"], 4)),
        moved("adverse", 5),
        6,
        "authority was told",
        "learnt of",
    ),
    "cleared before it was learnt of": (
        Course().give(SAMPLES["suspect-adverse"], 3),
        SAMPLES["clear-adverse"],
        2,
        "cleared",
        "learnt of",
    ),
    "signed before it was final": (
        final(),
        SAMPLES["sign-report"],
        6,
        "signed",
        "made final",
    ),
    "set out for the second visit before the report": (
        in_state(Status.IN_WORKSHOP),
        c.Depart(),
        -1,
        "set out",
        "reported",
    ),
    "arrived for the second visit before setting out": (
        in_state(Status.IN_WORKSHOP).give(c.Depart(engineers=("wang",)), 20),
        c.Arrive(engineers=("wang",)),
        19,
        "arrived",
        "set out",
    ),
}
"""Course, command, hour of the fact, and words of what came then and of what came first."""


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradiction_names_both_facts(name: str) -> None:
    course, command, at, then, first = CONTRADICTIONS[name]
    with pytest.raises(InvalidInput, match=r"It cannot be that .* before .*check the times") as no:
        course.decided(command, at)
    values = no.value.message.values
    assert isinstance(values["then"], Message)
    assert then in str(values["then"])
    assert first in str(values["first"])
    assert values["then_at"] < values["first_at"]
