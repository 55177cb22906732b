"""What must happen next, by which command: in every state, and where it depends on more."""

import pytest
from course import CANNOT, CURE, SITUATIONS, WORKS, Course, hours, in_state, take_away
from matrix import Situation
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.facts import AdverseReport, Answer, Cause
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.ticket import Kind, Status

FAULT, COMPLAINT = Kind.FAULT, Kind.COMPLAINT
NEXT: dict[Situation, tuple[str, str]] = {
    (FAULT, Status.LOGGED): ("respond", "Call the customer back about the fault."),
    (FAULT, Status.RESPONDED): ("assign", "Assign an engineer, or solve it by phone."),
    (FAULT, Status.ASSIGNED): (
        "respond",
        "Call the customer back about the fault. li has to set out.",
    ),
    (FAULT, Status.UNDER_WAY): (
        "respond",
        "Call the customer back about the fault. li is on the way: record the arrival.",
    ),
    (FAULT, Status.ON_SITE): (
        "diagnose",
        "li is on site: record the diagnosis, or when it works again.",
    ),
    (FAULT, Status.IN_WORKSHOP): (
        "report-workshop",
        "Wait for the word of manager on tube by 2026-03-03 14:00:00+00:00.",
    ),
    (FAULT, Status.AT_MANUFACTURER): (
        "report-exchange",
        "Wait for the word of manager on tube by 2026-03-03 14:00:00+00:00.",
    ),
    (FAULT, Status.UNREPAIRABLE): (
        "agree-way",
        "Agree with the customer in writing how it goes on.",
    ),
    (FAULT, Status.RESTORED): (
        "call-back",
        "Call the customer back: does it work as it should?",
    ),
    (FAULT, Status.SOLVED): ("call-back", "Call the customer back: does it work as it should?"),
    (FAULT, Status.AGREED): ("call-back", "Call the customer back: does it go as was agreed?"),
    (FAULT, Status.CONFIRMED): (
        "close",
        "Close the case; the service report is not final yet.",
    ),
    (FAULT, Status.CLOSED): ("", "Nothing: the case is closed."),
    (FAULT, Status.CANCELLED): ("", "Nothing: the ticket was cancelled."),
    (FAULT, Status.MERGED): ("", "Nothing: the case goes on as another ticket."),
    (COMPLAINT, Status.LOGGED): (
        "acknowledge",
        "Tell the customer that the complaint is looked into.",
    ),
    (COMPLAINT, Status.ACKNOWLEDGED): (
        "investigate",
        "Investigate the complaint, or say why not.",
    ),
    (COMPLAINT, Status.INVESTIGATED): ("answer", "Take measures and answer the customer."),
    (COMPLAINT, Status.ANSWERED): (
        "record-satisfaction",
        "Ask the customer whether they are satisfied.",
    ),
    (COMPLAINT, Status.SATISFIED): ("close-complaint", "Close the complaint."),
    (COMPLAINT, Status.CLOSED): ("", "Nothing: the case is closed."),
}
BY_PHONE = {"respond", "agree-way", "call-back", "acknowledge", "answer", "record-satisfaction"}
"""Steps for which the customer has to be called."""


def told(course: Course, at: float | None = None) -> tuple[str, str]:
    step = next_step(course.ticket, course.entered if at is None else hours(at))
    return step.command, str(step.sentence)


def test_every_state_has_a_next_step() -> None:
    assert set(NEXT) == set(SITUATIONS)


@pytest.mark.parametrize(("kind", "status"), SITUATIONS, ids=str)
def test_next_step_of_a_state(kind: Kind, status: Status) -> None:
    course = in_state(status, kind)
    assert told(course) == NEXT[kind, status]
    assert next_step(course.ticket, course.entered).phone == (NEXT[kind, status][0] in BY_PHONE)


def test_next_step_names_who_is_on_the_way_not_the_lead_who_is_not() -> None:
    course = in_state(Status.ASSIGNED).give(c.Respond()).give(c.Depart(engineers=("wang",)))
    assert told(course) == ("arrive", "wang is on the way: record the arrival.")
    course.give(c.Arrive(engineers=("wang",)))
    assert told(course)[1] == "wang is on site: record the diagnosis, or when it works again."


def test_next_step_does_not_ask_to_call_who_was_talked_to_on_site() -> None:
    course = in_state(Status.ON_SITE).give(c.Unassign())
    assert told(course) == ("assign", "Assign an engineer, or solve it by phone.")


def test_who_needs_a_visit_is_not_to_be_solved_by_phone() -> None:
    course = Course().give(c.NeedVisit(why="burnt"), 0.5)
    assert told(course) == ("assign", "Assign an engineer: a visit is needed.")


def test_after_the_diagnosis_it_has_to_work_again() -> None:
    course = in_state(Status.ON_SITE).give(c.Diagnose(cause=Cause.TUBE))
    assert told(course) == ("restore", "li is on site: record when it works again.")


def test_what_cannot_be_repaired_is_talked_over_while_the_engineer_is_there() -> None:
    assert told(in_state(Status.ON_SITE).give(CANNOT))[0] == "agree-way"


def test_a_fault_that_is_there_when_the_engineer_has_left_needs_another_visit() -> None:
    course = in_state(Status.ON_SITE).give(c.Leave(), 4)
    assert told(course) == ("plan-visit", "The fault is still there: plan the next visit.")
    course.give(c.PlanVisit(planned_at=hours(20)))
    assert told(course)[0] == "depart"
    assert "li has to set out, planned for 2026-03-03 04:00" in told(course)[1]


def test_a_silent_engineer_is_called_first() -> None:
    course = in_state(Status.ASSIGNED).give(c.Respond())
    course.give(c.Depart(engineers=("wang",), expected_at=hours(5)), 2)
    assert told(course, 5.49)[0] == "arrive"
    assert told(course, 5.5) == ("expect", "Call wang: where are they?")
    assert next_step(course.ticket, hours(5.5)).person == "wang"


@pytest.mark.parametrize(
    ("status", "command"),
    [
        (Status.IN_WORKSHOP, "report-workshop"),
        (Status.AT_MANUFACTURER, "report-exchange"),
    ],
)
def test_a_word_that_is_overdue_is_asked_for(status: Status, command: str) -> None:
    course = in_state(status)
    assert told(course, 29.9)[1].startswith("Wait for the word of manager")
    assert told(course, 30) == (command, "Ask manager: the word on tube is due.")
    assert next_step(course.ticket, hours(30)).person == "manager"


def test_what_is_ready_is_put_in_again_by_a_visit() -> None:
    course = in_state(Status.IN_WORKSHOP).give(c.ReportWorkshop(step=Step.READY), 20)
    assert told(course) == ("plan-visit", "tube is ready: plan the visit to put it in again.")
    planned = in_state(Status.IN_WORKSHOP).give(c.ReportWorkshop(step=Step.READY), 20)
    planned.give(c.PlanVisit(planned_at=hours(24)))
    assert told(planned)[0] == "depart"
    course.give(c.Unassign())
    assert told(course) == ("assign", "tube is ready: assign who puts it in again.")


def test_of_several_things_the_overdue_one_comes_first() -> None:
    course = in_state(Status.ON_SITE).give(take_away("S1", due=40), 4)
    course.give(take_away("S2", Place.MANUFACTURER, due=20), 4).give(c.Leave(), 5)
    assert told(course, 21)[0] == "report-exchange"
    assert told(course, 41)[0] == "report-workshop"


def test_a_case_is_not_closed_before_everything_is_back_and_told() -> None:
    course = in_state(Status.RESTORED).give(take_away(), 5).give(SAMPLES["lend"], 5)
    course.give(SAMPLES["suspect-adverse"], 5)
    course.give(WORKS, 6)
    seen = []
    for command in (
        c.BringBack(),
        c.TakeLoanBack(),
        c.ReportAdverse(how=AdverseReport.WRITTEN, to="the authority"),
        SAMPLES["diagnose"],
        SAMPLES["describe-service"],
        c.FinishReport(),
    ):
        seen.append(told(course)[1])
        course.give(command)
    assert seen == [
        "Give back what is still away.",
        "Take back what the customer has on loan.",
        "Report the suspected adverse event to the authority.",
        *["Close the case; the service report is not final yet."] * 3,
    ]
    assert told(course) == ("close", "Close the case.")


def test_what_was_solved_by_phone_is_closed_without_a_report() -> None:
    course = in_state(Status.SOLVED).give(WORKS, 3)
    assert told(course) == ("close", "Close the case.")


@pytest.mark.parametrize("kind", Kind)
def test_a_closed_case_with_an_adverse_event_waits_for_its_report(kind: Kind) -> None:
    course = in_state(Status.CLOSED, kind).give(SAMPLES["suspect-adverse"], 10)
    assert told(course) == (
        "report-adverse",
        "Report the suspected adverse event to the authority.",
    )
    course.give(c.ReportAdverse(how=AdverseReport.WRITTEN, to="the authority"))
    assert told(course)[0] == ""


def test_who_is_not_satisfied_is_answered_again() -> None:
    course = in_state(Status.ANSWERED, COMPLAINT)
    course.give(c.RecordSatisfaction(satisfied=Answer.NO, name="Dr. Chen"))
    assert told(course)[0] == "answer"


def test_restored_at_once_needs_no_diagnosis_first() -> None:
    course = in_state(Status.ON_SITE).give(c.Restore(what_was_done=CURE))
    assert told(course)[0] == "call-back"
