"""Whatever happened on a ticket: its files tell it, and of them come the same files again."""

from datetime import timedelta

import pytest
from course import CT, STAFF
from hypothesis import given
from msgspec.structs import replace
from stories import FEWER, NUMBER, Story, for_any_story, stories, told

from dispatch_tui.desk.bringing.asked import command_of
from dispatch_tui.desk.bringing.course import course_of
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.desk.exporting.cases import Told
from dispatch_tui.desk.exporting.cases import told as told_case
from dispatch_tui.desk.exporting.flat import Known
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.table import COMMANDS, role_obstacle

NOBODY_S = {"undo", "correct", "correct-time", "merge", "complain"}
"""What a file holds corrected, ended or as another case."""


def known(story: Story) -> Known:
    """What is on file when the story is told, a day after its end."""
    now = max(one.recorded_at for one in story.journal) + timedelta(days=1)
    facts = story.attempts[0].facts
    terms = Terms(actor="manager", now=now, zone=facts.zone, policy=facts.policy)
    ids = {one.device for one, _ in story.tickets} - {""}
    devices = {one: replace(CT, id=one, serial=one) for one in ids}
    return Known(terms=terms, staff=STAFF, customers={}, devices=devices if facts.device else {})


def brought(case: Told, on_file: Known) -> tuple[e.Entry, ...]:
    """The journal that an import makes of a row and its acts."""
    device = on_file.devices.get(case.row["device_serial"])
    journal = course_of(NUMBER, case.row, device, on_file.terms)
    for act in sorted(case.acts, key=lambda one: one["at"]):
        spec, by = COMMANDS[act["command"]], STAFF[act["by"]]
        ticket = fold(NUMBER, journal)
        assert ticket is not None
        assert role_obstacle(spec, by, ticket) is None
        facts = Facts(
            now=on_file.terms.now,
            at=act["at"],
            actor=by,
            staff=STAFF,
            journal=journal,
            policy=on_file.terms.policy,
            device=on_file.devices.get(ticket.device),
            zone=on_file.terms.zone,
        )
        command = command_of(spec, act["fields"], on_file.terms.zone)
        journal += decide(NUMBER, command, facts)[0]
    return journal


@for_any_story
def test_of_what_is_told_comes_the_same_again(story: Story) -> None:
    on_file = known(story)
    case = told_case(NUMBER, story.journal, on_file)
    journal = brought(case, on_file)
    assert told_case(NUMBER, journal, on_file) == case._replace(left_out=0)


@for_any_story
def test_a_case_that_is_over_is_over_when_all_of_it_fits(story: Story) -> None:
    on_file = known(story)
    case = told_case(NUMBER, story.journal, on_file)
    ticket = fold(NUMBER, brought(case, on_file))
    assert ticket is not None
    if not case.left_out:
        merged = story.ticket.merged_at is not None
        assert ticket.is_open == story.ticket.is_open
        assert merged or ticket.status is story.ticket.status
        assert ticket.engineers == story.ticket.engineers or merged
        assert (ticket.cause, ticket.found) == (story.ticket.cause, story.ticket.found)


@pytest.fixture(scope="module")
def told_commands() -> set[str]:
    """The commands of which acts were told in any of many stories."""
    found: set[str] = set()

    @FEWER
    @given(stories())
    def tell(story: Story) -> None:
        found.update(act["command"] for act in told_case(NUMBER, story.journal, known(story)).acts)

    tell()
    return found


def test_every_command_that_can_be_an_act_becomes_one(told_commands: set[str]) -> None:
    assert told_commands & NOBODY_S == set()
    assert len(told_commands) > 25
    assert told(b"1").journal
