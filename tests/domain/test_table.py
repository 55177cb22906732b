"""The table of commands against the same table written by hand, role by command by state."""

from itertools import product

import matrix
import pytest
from course import SITUATIONS, STAFF, Course, complaint, in_state
from matrix import LACKING, OWN_ROLES, REFUSED, ROLES, Situation
from msgspec.structs import replace
from samples import BEFORE, SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.decisions import DECISIONS, FIRST_EVENTS
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.table import (
    BY_TYPE,
    COMMANDS,
    LOG,
    SET_LIMITS,
    TAKE_IN,
    role_obstacle,
    state_obstacle,
)
from dispatch_tui.domain.ticket import (
    ACTIVE,
    AFTER_REPAIR,
    COMPLAINING,
    FAULT_OPEN,
    OPEN,
    OVER,
    Assignment,
    Kind,
    Status,
)

PAIRS = list(product(COMMANDS, SITUATIONS))
DESK = {Role.OPERATOR, Role.MANAGER, Role.GENERAL_MANAGER}


def named(pair: object) -> str:
    return "-".join(str(one) for one in pair) if isinstance(pair, tuple) else str(pair)


def test_every_command_has_one_row_a_decision_and_a_sample() -> None:
    assert set(COMMANDS) == set(matrix.SITUATIONS) == set(SAMPLES)
    specs = (LOG, TAKE_IN, SET_LIMITS, *COMMANDS.values())
    assert {spec.command for spec in specs} == set(c.Command.__subclasses__())
    assert len(BY_TYPE) == len(specs)
    assert set(DECISIONS) == set(BY_TYPE) - {c.LogCall}
    assert set(FIRST_EVENTS) == set(BY_TYPE)


def test_every_state_of_each_kind_is_in_the_hand_written_table() -> None:
    assert matrix.SITUATIONS["note"] == set(SITUATIONS)
    assert {status for _, status in SITUATIONS} == set(Status)
    assert {kind for kind, _ in SITUATIONS} == set(Kind)


@pytest.mark.parametrize("name", COMMANDS)
def test_row_says_what_the_hand_written_table_says(name: str) -> None:
    spec = COMMANDS[name]
    assert spec.name == name
    assert BY_TYPE[spec.command] is spec
    possible = {(kind, one) for kind, one in SITUATIONS if kind in spec.kinds}
    assert {pair for pair in possible if pair[1] in spec.states} == matrix.SITUATIONS[name]
    assert spec.roles == ROLES[name]
    assert spec.own_roles == OWN_ROLES[name]


@pytest.mark.parametrize(("name", "situation"), PAIRS, ids=named)
def test_command_is_possible_in_exactly_its_states(name: str, situation: Situation) -> None:
    kind, status = situation
    course = in_state(status, kind)
    lacking = LACKING.get(name, {}).get(situation)
    refused = REFUSED.get(name, {}).get(situation)
    obstacle = state_obstacle(COMMANDS[name], course.ticket)
    assert (obstacle is None) == (situation in matrix.SITUATIONS[name] and not lacking)
    if obstacle is None and not refused:
        entries, after = course.decided(SAMPLES[name])
        assert type(entries[0].event) is FIRST_EVENTS[COMMANDS[name].command]
        assert after.version == len(course.journal) + len(entries)
        return
    with pytest.raises(NotPossible) as no:
        course.decided(SAMPLES[name])
    assert (lacking or refused or course.ticket.number) in str(no.value)
    assert obstacle is None or str(no.value) == str(obstacle)


def test_exceptions_are_written_for_states_of_the_command_only() -> None:
    for table in (LACKING, REFUSED):
        for name, row in table.items():
            assert set(row) <= matrix.SITUATIONS[name], name


@pytest.mark.parametrize(("name", "letters", "before"), BEFORE, ids=named)
def test_command_is_possible_once_what_it_requires_is_there(
    name: str, letters: str, before: tuple[c.Command, ...]
) -> None:
    for situation in matrix.situations(letters):
        kind, status = situation
        assert situation in {**LACKING.get(name, {}), **REFUSED.get(name, {})}
        course = in_state(status, kind)
        for command in before:
            course.give(command)
        assert course.ticket.status is status
        entries, _ = course.decided(SAMPLES[name])
        assert type(entries[0].event) is FIRST_EVENTS[COMMANDS[name].command]


def test_every_command_is_accepted_somewhere() -> None:
    plain = {
        name
        for name, row in matrix.SITUATIONS.items()
        if row - set(LACKING.get(name, {})) - set(REFUSED.get(name, {}))
    }
    assert plain | {name for name, _, _ in BEFORE} == set(COMMANDS)


@pytest.mark.parametrize(("name", "situation"), PAIRS, ids=named)
def test_role_may_give_exactly_its_commands(name: str, situation: Situation) -> None:
    """In every state: neither it nor what is there changes who may."""
    kind, status = situation
    ticket = replace(in_state(status, kind).ticket, engineers=())
    for role in Role:
        who = STAFF[role.value]
        mine = Assignment(login=who.login, lead=True, assigned_at=ticket.reported_at)
        for own in (True, False):
            seen = replace(ticket, engineers=(mine,)) if own else ticket
            obstacle = role_obstacle(COMMANDS[name], who, seen)
            assert (obstacle is None) == (role in ROLES[name] or (own and role in OWN_ROLES[name]))
            if obstacle is not None:
                assert name in str(obstacle)
                assert ("not yours" in str(obstacle)) == (role in OWN_ROLES[name])


@pytest.mark.parametrize("role", Role)
def test_calls_are_logged_by_the_desk_and_taken_in_by_nobody(role: Role) -> None:
    obstacle = role_obstacle(LOG, STAFF[role.value], None)
    assert (obstacle is None) == (role in DESK)
    assert obstacle is None or str(obstacle)
    assert role_obstacle(TAKE_IN, STAFF[role.value], Course().ticket) is not None


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


def test_a_logged_ticket_is_not_logged_again() -> None:
    with pytest.raises(NotPossible, match="already logged"):
        Course().decided(c.LogCall(fault="again", customer="H01"))


def test_faults_and_complaints_do_not_take_each_other_s_commands() -> None:
    followed = Course(complaint())
    with pytest.raises(NotPossible, match="260302-001 is a complaint: restore is for faults"):
        followed.decided(c.Restore(what_was_done="x"))
    with pytest.raises(NotPossible, match="260302-001 is no complaint: acknowledge is for"):
        Course().decided(c.Acknowledge())


def test_states_are_parted_without_a_rest() -> None:
    assert frozenset(Status) == ACTIVE | AFTER_REPAIR | COMPLAINING | OVER
    assert len(Status) == len(ACTIVE) + len(AFTER_REPAIR) + len(COMPLAINING) + len(OVER)
    assert OPEN == ACTIVE | AFTER_REPAIR | COMPLAINING
    assert FAULT_OPEN == ACTIVE | AFTER_REPAIR
