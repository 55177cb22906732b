"""Every sentence that the domain hands out can be filled; timeline and next step say what is so."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from course import Course, hours, in_state

import dispatch_tui.domain
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain import next_step as next_step_module
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.message import Message, say
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.ticket import Priority, Status
from dispatch_tui.domain.timeline import describe

SOURCES = sorted(Path(next_step_module.__file__).parent.glob("*.py"))
SAYERS = {"say", "Message", *(one.__name__ for one in DispatchError.__subclasses__()), "NotFound"}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def sentences(path: Path) -> Iterator[tuple[str, set[str]]]:
    """The sentences said in a module with a literal template, and the values they are given."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in SAYERS or not node.args:
            continue
        marked = node.args[0]
        if not (isinstance(marked, ast.Call) and isinstance(marked.func, ast.Name)):
            continue
        assert marked.func.id == "N_", ast.unparse(node)
        (template,) = marked.args
        assert isinstance(template, ast.Constant), ast.unparse(node)
        values = {one.arg for one in node.keywords if one.arg}
        yield str(template.value), values | ({"field"} if node.func.id == "InvalidInput" else set())


SENTENCES = [(path.name, *one) for path in SOURCES for one in sentences(path)]


def test_the_search_for_sentences_finds_them() -> None:
    assert Path(dispatch_tui.domain.__file__).parent == SOURCES[0].parent
    assert len(SENTENCES) > 40


@pytest.mark.parametrize(("module", "template", "values"), SENTENCES)
def test_sentence_is_given_every_value_that_it_names(
    module: str, template: str, values: set[str]
) -> None:
    assert placeholders(template) <= values, module


def test_a_sentence_within_a_sentence_is_filled_too() -> None:
    assert str(say("{a}: {b}", a=say("x {n}", n=1), b="{n}")) == "x 1: {n}"


def test_errors_are_their_sentence_and_keep_its_parts() -> None:
    error = InvalidInput("{field} is {value}", field="phone", value="{x}")
    assert str(error) == "phone is {x}"
    assert error.message == Message("{field} is {value}", {"field": "phone", "value": "{x}"})


def last(course: Course) -> str:
    return str(describe(course.journal[-1], course.journal))


@pytest.mark.parametrize(
    ("status", "command", "sentence"),
    [
        (Status.LOGGED, c.Respond(), "Customer answered"),
        (Status.LOGGED, c.Respond(note="{smoke}"), "Customer answered: {smoke}"),
        (Status.LOGGED, c.Note(text="{0}"), "Note: {0}"),
        (Status.LOGGED, c.AddCall(text="when?"), "Customer called again: when?"),
        (Status.LOGGED, c.Assign(engineers=("li",)), "Assigned: ('li',)"),
        (Status.ASSIGNED, c.Assign(engineers=("wang",), lead="wang"), "wang leads now"),
        (Status.ASSIGNED, c.Unassign(), "Taken off: ('li', 'wang')"),
        (Status.ASSIGNED, c.Unassign(reason="ill"), "Taken off: ('li', 'wang'): ill"),
        (Status.ASSIGNED, c.Depart(), "Set out: ('li', 'wang')"),
        (
            Status.ASSIGNED,
            c.Depart(expected_at=hours(4)),
            "Set out: ('li', 'wang'), expected 2026-03-02 12:00:00+00:00",
        ),
        (Status.ASSIGNED, c.Arrive(), "On site: ('li', 'wang')"),
        (Status.ON_SITE, c.Restore(what_was_done="tube"), "Works again: tube"),
        (Status.LOGGED, c.SolveByPhone(what_was_done="plug"), "Solved by phone: plug"),
        (Status.RESTORED, c.Close(), "Case closed"),
        (Status.RESTORED, c.Close(note="happy"), "Case closed: happy"),
        (Status.LOGGED, c.Cancel(reason="twice"), "Cancelled: twice"),
        (Status.CLOSED, c.Reopen(reason="fails"), "Reopened: fails"),
        (
            Status.LOGGED,
            c.SetPriority(priority=Priority.EMERGENCY),
            "Priority set to emergency",
        ),
        (Status.LOGGED, c.Correct(phone="1"), "Intake corrected"),
        (Status.LOGGED, c.Correct(phone="1", reason="typo"), "Intake corrected: typo"),
        (
            Status.LOGGED,
            c.CorrectTime(what="reported", to=hours(-1), reason="{x}"),
            "Time corrected: Fault reported at 2026-03-02 07:00:00+00:00: {x}",
        ),
    ],
    ids=lambda one: type(one).__name__,
)
def test_entry_is_told_as_a_sentence(status: Status, command: c.Command, sentence: str) -> None:
    assert last(in_state(status).give(command)) == sentence


def test_logged_call_and_undo_are_told() -> None:
    course = Course()
    assert last(course) == "Fault reported: no image"
    assert last(course.give(c.Note(text="x")).give(c.Undo())) == "Taken back: entry (2,)"


def test_a_corrected_time_is_told_even_where_the_journal_is_not_at_hand() -> None:
    course = Course().give(c.CorrectTime(what="reported", to=hours(-1)))
    assert "Time corrected: 1 at" in str(describe(course.journal[-1]))


def test_every_kind_of_entry_has_a_sentence() -> None:
    """By type: what the timeline does not know would come out as None."""
    told = {
        type(entry.event)
        for status in Status
        for entry in in_state(status).journal
        if str(describe(entry))
    }
    assert told >= {e.CallLogged, e.Responded, e.Assigned, e.Departed, e.Arrived, e.Restored}


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.LOGGED, "Call the customer back about the fault."),
        (Status.RESPONDED, "Assign an engineer, or solve it by phone."),
        (Status.ASSIGNED, "Call the customer back about the fault. li has to set out."),
        (
            Status.UNDER_WAY,
            "Call the customer back about the fault. li is on the way: record the arrival.",
        ),
        (Status.ON_SITE, "li is on site: record when it works again."),
        (Status.RESTORED, "Call the customer and close the case."),
        (Status.SOLVED, "Call the customer and close the case."),
        (Status.CLOSED, "Nothing: the case is closed."),
        (Status.CANCELLED, "Nothing: the ticket was cancelled."),
    ],
)
def test_next_step_of_a_state(status: Status, sentence: str) -> None:
    assert str(next_step(in_state(status).ticket)) == sentence


def test_next_step_names_who_is_on_the_way_not_the_lead_who_is_not() -> None:
    course = in_state(Status.ASSIGNED).give(c.Respond()).give(c.Depart(engineers=("wang",)))
    assert str(next_step(course.ticket)) == "wang is on the way: record the arrival."
    course.give(c.Arrive(engineers=("wang",)))
    assert str(next_step(course.ticket)) == "wang is on site: record when it works again."


def test_next_step_does_not_ask_to_call_who_was_talked_to_on_site() -> None:
    course = in_state(Status.ON_SITE).give(c.Unassign())
    assert str(next_step(course.ticket)) == "Assign an engineer, or solve it by phone."
