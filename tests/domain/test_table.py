"""The table of commands against the same table written by hand, role by command by state."""

import string
from datetime import timedelta
from itertools import product

import pytest
from course import REPORTED, STAFF, Course, hours, in_state
from matrix import OWN_ROLES, ROLES, STATES
from msgspec.structs import fields

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import (
    BY_TYPE,
    COMMANDS,
    CORRECTABLE,
    LOG,
    role_obstacle,
    state_obstacle,
)
from dispatch_tui.domain.ticket import ACTIVE, OPEN, OVER, WORKING_AGAIN, Priority, Status

SPECS = (LOG, *COMMANDS.values())

SAMPLES: dict[str, c.Command] = {
    "respond": c.Respond(note="smoke"),
    "assign": c.Assign(engineers=("zhao",)),
    "unassign": c.Unassign(engineers=("wang",)),
    "depart": c.Depart(engineers=("wang",)),
    "arrive": c.Arrive(engineers=("wang",)),
    "restore": c.Restore(what_was_done="new tube"),
    "solve-by-phone": c.SolveByPhone(what_was_done="restarted"),
    "close": c.Close(note="thanks"),
    "note": c.Note(text="beware of the dog"),
    "add-call": c.AddCall(text="when?"),
    "set-priority": c.SetPriority(priority=Priority.EMERGENCY),
    "correct": c.Correct(phone="123"),
    "correct-time": c.CorrectTime(what="reported", to=REPORTED - timedelta(hours=1)),
    "reopen": c.Reopen(reason="fails again"),
    "cancel": c.Cancel(reason="logged twice"),
    "undo": c.Undo(),
}
"""A command of each kind that nothing but the state can forbid to the tickets of `in_state`."""


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_command_has_one_row_and_a_sample() -> None:
    assert set(COMMANDS) == set(STATES) == set(SAMPLES)
    assert {spec.command for spec in SPECS} == set(c.Command.__subclasses__())
    assert len(BY_TYPE) == len(SPECS)


@pytest.mark.parametrize("name", COMMANDS)
def test_row_says_what_the_hand_written_table_says(name: str) -> None:
    spec = COMMANDS[name]
    assert spec.name == name
    assert spec.states == STATES[name]
    assert spec.roles == ROLES[name]
    assert spec.own_roles == OWN_ROLES[name]


@pytest.mark.parametrize(("name", "status"), list(product(COMMANDS, Status)), ids=str)
def test_command_is_possible_in_exactly_its_states(name: str, status: Status) -> None:
    course = in_state(status)
    expected = status in STATES[name]
    if name == "respond" and status is Status.RESPONDED:
        expected = False  # nobody answers for the first time twice
    obstacle = state_obstacle(COMMANDS[name], course.ticket)
    assert (obstacle is None) == expected
    if name == "undo" and status is Status.LOGGED:
        return  # possible in every state, but there is nothing yet to take back
    if expected:
        entries, after = course.decided(SAMPLES[name], course.entered)
        assert len(entries) == 1
        assert after.version == len(course.journal) + 1
    else:
        with pytest.raises(NotPossible) as refused:
            course.decided(SAMPLES[name], course.entered)
        assert str(refused.value) == str(obstacle)
        assert course.ticket.number in str(obstacle) or "already answered" in str(obstacle)


def test_a_call_that_was_just_logged_is_corrected_or_cancelled_not_undone() -> None:
    with pytest.raises(NotPossible, match="correct or cancel"):
        Course().decided(c.Undo(), by="operator")


@pytest.mark.parametrize(
    ("name", "role", "own"), list(product(COMMANDS, Role, (True, False))), ids=str
)
def test_role_may_give_exactly_its_commands(name: str, role: Role, own: bool) -> None:
    course = in_state(Status.ASSIGNED)
    login = {Role.ENGINEER: "li", Role.SPECIALIST: "zhao"}.get(role, role.value)
    course.give(c.Assign(engineers=("zhao",)))
    who = STAFF[login if own else role.value]
    mine = course.ticket.assignment(who.login) is not None
    expected = role in ROLES[name] or (role in OWN_ROLES[name] and mine)
    obstacle = role_obstacle(COMMANDS[name], who, course.ticket)
    assert (obstacle is None) == expected
    if obstacle is not None:
        assert name in str(obstacle)
        assert ("not yours" in str(obstacle)) == (role in OWN_ROLES[name])


@pytest.mark.parametrize("role", Role)
def test_calls_are_logged_by_the_desk(role: Role) -> None:
    obstacle = role_obstacle(LOG, STAFF[role.value], None)
    desk = {Role.OPERATOR, Role.MANAGER, Role.GENERAL_MANAGER}
    assert (obstacle is None) == (role in desk)
    assert obstacle is None or str(obstacle)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_administrator_gives_no_command_on_a_ticket(name: str) -> None:
    ticket = in_state(Status.ASSIGNED).ticket
    assert role_obstacle(COMMANDS[name], STAFF["administrator"], ticket) is not None


def test_an_engineer_taken_off_has_nothing_to_say_any_more() -> None:
    course = in_state(Status.ASSIGNED)
    assert role_obstacle(COMMANDS["note"], STAFF["li"], course.ticket) is None
    course.give(c.Unassign(engineers=("li",)))
    obstacle = role_obstacle(COMMANDS["note"], STAFF["li"], course.ticket)
    assert obstacle is not None
    assert "not yours" in str(obstacle)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: str(spec.name))
def test_fields_of_the_row_are_the_fields_of_the_command(spec: Spec) -> None:
    names = [field.name for field in spec.fields]
    assert sorted(names) == sorted(field.name for field in fields(spec.command))
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: str(spec.name))
def test_fields_that_the_command_demands_are_marked_as_required(spec: Spec) -> None:
    required = {field.name for field in spec.fields if field.required}
    demanded = {field.name for field in fields(spec.command) if field.required}
    assert demanded == required


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: str(spec.name))
def test_refusals_of_the_row_can_be_filled(spec: Spec) -> None:
    known = {"number", "status", "responded_at"}
    for template in (
        spec.refusal,
        spec.over_refusal,
        *(requirement.refusal for requirement in spec.requires),
    ):
        assert placeholders(template) <= known
    if spec.states < frozenset(Status):
        assert spec.refusal


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("depart", Status.LOGGED, "assign an engineer first"),
        ("depart", Status.CLOSED, "closed; reopen it first"),
        ("arrive", Status.CANCELLED, "cancelled; reopen it first"),
        ("restore", Status.UNDER_WAY, "record the arrival first"),
        ("restore", Status.RESTORED, "restored; reopen it first"),
        ("unassign", Status.RESPONDED, "Nobody is assigned"),
        ("unassign", Status.SOLVED, "solved; reopen it first"),
        ("solve-by-phone", Status.ON_SITE, "no longer what happened"),
        ("solve-by-phone", Status.CLOSED, "closed; reopen it first"),
        ("close", Status.ON_SITE, "the fault must be gone"),
        ("close", Status.CLOSED, "already closed"),
        ("close", Status.CANCELLED, "already cancelled"),
        ("reopen", Status.ASSIGNED, "still open"),
        ("cancel", Status.CLOSED, "can no longer be cancelled"),
    ],
)
def test_refusal_says_what_can_be_done(name: str, status: Status, says: str) -> None:
    assert says in str(state_obstacle(COMMANDS[name], in_state(status).ticket))


def test_who_has_set_out_or_arrived_needs_no_further_recording() -> None:
    course = in_state(Status.UNDER_WAY).give(c.Depart(), 2.5)
    assert "already set out" in str(state_obstacle(COMMANDS["depart"], course.ticket))
    course.give(c.Arrive(), 3)
    assert "already on site" in str(state_obstacle(COMMANDS["arrive"], course.ticket))


def test_a_logged_ticket_is_not_logged_again() -> None:
    with pytest.raises(NotPossible, match="already logged"):
        Course().decided(c.LogCall(fault="again", customer="H01"))


def test_states_are_parted_without_a_rest() -> None:
    assert frozenset(Status) == ACTIVE | WORKING_AGAIN | OVER
    assert OPEN == ACTIVE | WORKING_AGAIN
    assert not ACTIVE & WORKING_AGAIN
    assert not OPEN & OVER


@pytest.mark.parametrize("what", CORRECTABLE)
def test_every_correctable_fact_can_be_corrected(what: str) -> None:
    course = in_state(Status.ASSIGNED).give(c.Respond(), 1.5)
    course.give(c.Depart(), 2)
    if what == "solved":
        course.give(c.SolveByPhone(what_was_done="restarted"), 3)
    else:
        course.give(c.Arrive(), 3).give(c.Restore(what_was_done="new tube"), 4)
    course.give(c.Close(), 5)
    at = {
        "reported": course.ticket.reported_at,
        "responded": course.ticket.responded_at,
        "departed": course.ticket.engineers[0].departed_at,
        "arrived": course.ticket.arrived_at,
        "restored": course.ticket.restored_at,
        "solved": course.ticket.solved_at,
        "closed": course.ticket.closed_at,
    }[what]
    assert at is not None
    course.give(c.CorrectTime(what=what, to=at - timedelta(minutes=1)), 6)
    moved = {
        "reported": course.ticket.reported_at,
        "responded": course.ticket.responded_at,
        "departed": course.ticket.engineers[0].departed_at,
        "arrived": course.ticket.arrived_at,
        "restored": course.ticket.restored_at,
        "solved": course.ticket.solved_at,
        "closed": course.ticket.closed_at,
    }[what]
    assert moved == at - timedelta(minutes=1)


def test_state_obstacle_carries_its_values_for_the_translator() -> None:
    obstacle = state_obstacle(COMMANDS["respond"], in_state(Status.RESPONDED).ticket)
    assert isinstance(obstacle, Message)
    assert obstacle.values["responded_at"] == hours(0.5)
