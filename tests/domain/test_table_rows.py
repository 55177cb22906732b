"""What the rows of the table say: fields that fit their commands, refusals that can be acted on."""

import string
from datetime import datetime, timedelta

import pytest
from course import (
    AGREE,
    CANNOT,
    CURE,
    MAJOR,
    WORKS,
    Course,
    hours,
    in_state,
    take_away,
)
from msgspec.structs import fields
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.correctable import BY_EVENT, CORRECTABLE
from dispatch_tui.domain.fold import standing
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.spec import LIMITS, FieldKind, Spec
from dispatch_tui.domain.table import COMMANDS, LOG, TAKE_IN, of_kind, state_obstacle
from dispatch_tui.domain.ticket import Kind, Status

SPECS = (LOG, TAKE_IN, *COMMANDS.values())
EACH = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: str(spec.name))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@EACH
def test_fields_of_the_row_are_the_fields_of_the_command(spec: Spec) -> None:
    names = [field.name for field in spec.fields]
    assert sorted(names) == sorted(field.name for field in fields(spec.command))
    assert len(set(names)) == len(names)


@EACH
def test_fields_that_the_command_demands_are_marked_as_required(spec: Spec) -> None:
    required = {field.name for field in spec.fields if field.required}
    demanded = {field.name for field in fields(spec.command) if field.required}
    assert demanded == required


@EACH
def test_fields_of_choice_have_choices_and_others_have_none(spec: Spec) -> None:
    for field in spec.fields:
        assert bool(field.choices) == (field.kind is FieldKind.CHOICE), field.name
        assert field.kind is FieldKind.TIME or not field.ahead, field.name
        assert field.label


@EACH
def test_refusals_of_the_row_can_be_filled(spec: Spec) -> None:
    obstacle = state_obstacle(COMMANDS["restore"], Course().ticket)
    assert obstacle is not None
    for template in (
        spec.refusal,
        spec.over_refusal,
        *(requirement.refusal for requirement in spec.requires),
    ):
        assert placeholders(template) <= set(obstacle.values)
    if spec.states < frozenset(Status):
        assert spec.refusal
    assert spec.label
    assert spec.help.endswith(".")


def test_texts_have_limits() -> None:
    assert LIMITS == {FieldKind.LINE: 200, FieldKind.TEXT: 4000}


def test_menu_of_a_kind_has_its_commands_only() -> None:
    faults = {spec.name for spec in of_kind(Kind.FAULT)}
    complaints = {spec.name for spec in of_kind(Kind.COMPLAINT)}
    assert faults | complaints == set(COMMANDS)
    assert faults & complaints == {
        *("note", "add-call", "correct", "correct-time", "undo", "reopen"),
        *("suspect-adverse", "report-adverse", "clear-adverse"),
    }


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("depart", Status.LOGGED, "assign an engineer first"),
        ("depart", Status.CLOSED, "closed; reopen it first"),
        ("depart", Status.RESTORED, "restored and nothing is away or on loan; reopen it first"),
        ("arrive", Status.CANCELLED, "cancelled; reopen it first"),
        ("restore", Status.UNDER_WAY, "record the arrival first"),
        ("restore", Status.RESTORED, "restored; reopen it first"),
        ("restore", Status.IN_WORKSHOP, "No engineer is on site"),
        ("unassign", Status.RESPONDED, "Nobody is assigned"),
        ("unassign", Status.CLOSED, "closed; reopen it first"),
        ("need-visit", Status.UNDER_WAY, "decided already that somebody goes"),
        ("solve-by-phone", Status.ON_SITE, "no longer what happened"),
        ("solve-by-phone", Status.CLOSED, "closed; reopen it first"),
        ("call-back", Status.ON_SITE, "nothing to call back about yet"),
        ("call-back", Status.CLOSED, "nothing to call back about any more"),
        ("call-back", Status.CANCELLED, "nothing to call back about any more"),
        ("close", Status.ON_SITE, "the fault must be gone"),
        ("close", Status.AGREED, "was not called back yet: do that first"),
        ("close", Status.CLOSED, "already closed"),
        ("close", Status.CANCELLED, "already cancelled"),
        ("reopen", Status.ASSIGNED, "still open"),
        ("cancel", Status.CLOSED, "can no longer be cancelled"),
        (
            "cancel",
            Status.AT_MANUFACTURER,
            "till away or on loan for ticket 260302-001: ('tube S1',)",
        ),
        ("merge", Status.ON_SITE, "has a course of its own and stays apart"),
        ("take-away", Status.MERGED, "merged; reopen it first"),
        ("suspect-adverse", Status.CANCELLED, "nothing can be entered on it any more"),
        ("finish-report", Status.ON_SITE, "the report is made once the fault is dealt with"),
        ("finish-report", Status.MERGED, "merged; reopen it first"),
    ],
)
def test_refusal_says_what_can_be_done(name: str, status: Status, says: str) -> None:
    assert says in str(state_obstacle(COMMANDS[name], in_state(status).ticket))


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("acknowledge", Status.ANSWERED, "was acknowledged already: it is answered"),
        ("investigate", Status.SATISFIED, "Complaint 260302-001 is satisfied"),
        ("answer", Status.ACKNOWLEDGED, "acknowledged: investigate it, or say why not, first"),
        ("answer", Status.CLOSED, "Complaint 260302-001 is closed"),
        ("record-satisfaction", Status.INVESTIGATED, "investigated: answer it first"),
        ("close-complaint", Status.ANSWERED, "closed when the customer said “satisfied”"),
        ("close-complaint", Status.CLOSED, "already closed"),
        ("reopen", Status.ANSWERED, "still open"),
    ],
)
def test_refusal_on_a_complaint_says_what_can_be_done(name: str, status: Status, says: str) -> None:
    assert says in str(state_obstacle(COMMANDS[name], in_state(status, Kind.COMPLAINT).ticket))


def test_who_has_set_out_or_arrived_needs_no_further_recording() -> None:
    course = in_state(Status.UNDER_WAY).give(c.Depart(), 2.5)
    assert "already set out" in str(state_obstacle(COMMANDS["depart"], course.ticket))
    course.give(c.Arrive(), 3)
    assert "already on site" in str(state_obstacle(COMMANDS["arrive"], course.ticket))


def test_state_obstacle_carries_its_values_for_the_translator() -> None:
    obstacle = state_obstacle(COMMANDS["respond"], in_state(Status.RESPONDED).ticket)
    assert isinstance(obstacle, Message)
    assert obstacle.values["responded_at"] == hours(0.5)


def test_cases_of_the_past_are_closed_without_a_call_back_but_not_without_a_repair() -> None:
    close, restore = COMMANDS["close"], COMMANDS["restore"]
    assert state_obstacle(close, in_state(Status.RESTORED).ticket) is not None
    assert state_obstacle(close, in_state(Status.RESTORED).ticket, past=True) is None
    assert state_obstacle(close, in_state(Status.ON_SITE).ticket, past=True) is not None
    assert state_obstacle(restore, in_state(Status.UNDER_WAY).ticket, past=True) is not None


def whole_course(what: str) -> Course:
    """A course in which the fact has its place."""
    course = in_state(Status.LOGGED).give(c.Respond(), 0.5)
    course.give(c.NeedVisit(why="burnt"), 0.55)
    course.give(SAMPLES["suspect-adverse"], 0.6)
    if what == "solved":
        course.give(c.SolveByPhone(what_was_done=CURE), 3)
    else:
        course.give(c.Assign(engineers=("li",)), 1).give(c.Depart(), 2).give(c.Arrive(), 3)
        course.give(MAJOR, 4).give(SAMPLES["consent"], 5).give(take_away(), 6).give(c.Leave(), 7)
        course.give(c.BringBack(), 8)
        if what == "agreed":
            course.give(CANNOT, 9).give(AGREE, 10)
        else:
            course.give(c.Arrive(), 9).give(c.Restore(what_was_done=CURE), 10).give(c.Leave(), 11)
    return course.give(WORKS, 12).give(c.Close(), 13)


def time_of(course: Course, what: str) -> datetime:
    """When the last fact of a kind is held to have happened."""
    found = [at for one, at in standing(course.journal) if BY_EVENT.get(type(one.event)) == what]
    return found[-1]


def known_times(course: Course) -> set[datetime]:
    """The times in the ticket itself, wherever they stand."""
    ticket = course.ticket
    return {
        at
        for at in (
            *(getattr(ticket, one.name) for one in fields(ticket)),
            *(one.at for one in ticket.consents),
            *(one.taken_at for one in ticket.removals),
            *(
                getattr(trip, f"{one}_at")
                for visit in ticket.visits
                for trip in visit.trips
                for one in ("departed", "arrived", "left")
            ),
            *(one.at for one in (ticket.agreement, ticket.call_back, ticket.adverse) if one),
        )
        if isinstance(at, datetime)
    }


@pytest.mark.parametrize("what", CORRECTABLE)
def test_every_correctable_fact_can_be_corrected(what: str) -> None:
    course = whole_course(what)
    at = time_of(course, what)
    sooner = at - timedelta(minutes=1)
    assert at in known_times(course)
    assert sooner not in known_times(course)
    course.give(c.CorrectTime(what=what, to=sooner), 14)
    assert time_of(course, what) == sooner
    assert sooner in known_times(course)
