"""What cannot be entered: each refusal with the sentence that says what to do."""

from datetime import datetime, timedelta, timezone

import pytest
from course import NUMBER, REPORTED, STAFF, Course, fault, hours, in_state

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import CLOCK_SKEW, Facts, decide
from dispatch_tui.domain.errors import DispatchError, InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.ticket import Kind, Priority, Status

NAIVE = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
EAST = timezone(timedelta(hours=8))


def only_event(course: Course, command: c.Command) -> e.TicketEvent:
    (event,) = course.events(command)
    return event


def first_call(command: c.Command, at: datetime = REPORTED, now: datetime = REPORTED) -> e.Entry:
    (entry,), _ = decide(NUMBER, command, Facts(now=now, at=at, actor=STAFF["operator"]))
    return entry


REFUSED: dict[str, tuple[Status, c.Command, float, type[DispatchError], str]] = {
    "future": (Status.LOGGED, c.Respond(), 1, InvalidInput, "is in the future"),
    "no engineers": (
        Status.LOGGED,
        c.Assign(engineers=()),
        0,
        InvalidInput,
        "Engineers is missing",
    ),
    "blank engineer": (
        Status.LOGGED,
        c.Assign(engineers=("", " ")),
        0,
        InvalidInput,
        "Engineers is missing",
    ),
    "unknown": (Status.LOGGED, c.Assign(engineers=("who",)), 0, NotFound, "Nobody is called who"),
    "who left": (Status.LOGGED, c.Assign(engineers=("gone",)), 0, NotFound, "is called gone"),
    "no engineer": (
        Status.LOGGED,
        c.Assign(engineers=("operator",)),
        0,
        InvalidInput,
        "Operator is not an engineer",
    ),
    "unknown lead": (
        Status.LOGGED,
        c.Assign(engineers=("li",), lead="who"),
        0,
        NotFound,
        "Nobody is called who",
    ),
    "lead elsewhere": (
        Status.LOGGED,
        c.Assign(engineers=("li",), lead="wang"),
        0,
        InvalidInput,
        "The lead must be one of",
    ),
    "assigned twice": (
        Status.ASSIGNED,
        c.Assign(engineers=("li", "wang")),
        0,
        NotPossible,
        "Li Wei.*Wang Fang.*already have ticket 260302-001",
    ),
    "too many": (
        Status.LOGGED,
        c.Assign(engineers=tuple(f"e{i}" for i in range(51))),
        0,
        InvalidInput,
        "51 people are too many; name at most 50",
    ),
    "take off a stranger": (
        Status.ASSIGNED,
        c.Unassign(engineers=("zhao",)),
        0,
        NotFound,
        "Zhao Lei is not on ticket 260302-001; assign them first",
    ),
    "stranger sets out": (
        Status.ASSIGNED,
        c.Depart(engineers=("who\x1b",)),
        0,
        NotFound,
        "^who is not on ticket",
    ),
    "stranger arrives": (
        Status.ASSIGNED,
        c.Arrive(engineers=("zhao",)),
        0,
        NotFound,
        "Zhao Lei is not on ticket",
    ),
    "set out twice": (
        Status.UNDER_WAY,
        c.Depart(engineers=("wang", "li")),
        0,
        NotPossible,
        "already recorded for .*Li Wei.* on ticket 260302-001; correct the time",
    ),
    "set out after arriving": (
        Status.ON_SITE,
        c.Depart(engineers=("li",)),
        0,
        NotPossible,
        "already recorded for",
    ),
    "arrived twice": (
        Status.ON_SITE,
        c.Arrive(engineers=("li",)),
        0,
        NotPossible,
        "already recorded for",
    ),
    "expected before leaving": (
        Status.ASSIGNED,
        c.Depart(expected_at=hours(0.9)),
        0,
        InvalidInput,
        "cannot be expected before",
    ),
    "expected in no zone": (
        Status.ASSIGNED,
        c.Depart(expected_at=NAIVE),
        0,
        InvalidInput,
        "without its time zone",
    ),
    "expected in another age": (
        Status.ASSIGNED,
        c.Depart(expected_at=datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))),
        0,
        InvalidInput,
        "9999-12-31.* cannot be meant",
    ),
    "same priority": (
        Status.LOGGED,
        c.SetPriority(priority=Priority.NORMAL),
        0,
        NotPossible,
        "already has the priority normal",
    ),
    "no such priority": (
        Status.LOGGED,
        c.SetPriority(priority="urgent"),  # type: ignore[arg-type]
        0,
        InvalidInput,
        "urgent is not possible for Priority; it can be .*normal.*emergency",
    ),
    "no priority": (
        Status.LOGGED,
        c.SetPriority(priority=""),  # type: ignore[arg-type]
        0,
        InvalidInput,
        "Priority is missing",
    ),
    "no cure": (
        Status.ON_SITE,
        c.Restore(what_was_done=" \n "),
        0,
        InvalidInput,
        "What was done is missing",
    ),
    "no words": (Status.LOGGED, c.Note(text="\u200b\x07"), 0, InvalidInput, "Note is missing"),
    "no reason": (Status.LOGGED, c.Cancel(reason=""), 0, InvalidInput, "Reason is missing"),
    "a novel": (
        Status.LOGGED,
        c.Note(text="x" * 4001),
        0,
        InvalidInput,
        "Note is 4001 characters long; at most 4000",
    ),
    "a long line": (
        Status.LOGGED,
        c.AddCall(text="x", phone="1" * 201),
        0,
        InvalidInput,
        "Phone is 201 characters long; at most 200",
    ),
    "a long login": (
        Status.LOGGED,
        c.Assign(engineers=("x" * 201,)),
        0,
        InvalidInput,
        "Engineers is 201 characters long",
    ),
    "nothing new": (Status.LOGGED, c.Correct(), 0, NotPossible, "Nothing would change"),
    "the same again": (
        Status.LOGGED,
        c.Correct(customer="H01", fault=" no image "),
        0,
        NotPossible,
        "Nothing would change on ticket 260302-001",
    ),
    "no fault left": (Status.LOGGED, c.Correct(fault=""), 0, InvalidInput, "fault cannot be empty"),
    "correct the unknown": (
        Status.LOGGED,
        c.CorrectTime(what="lunch", to=REPORTED),
        0,
        InvalidInput,
        "lunch is not possible for What happened; it can be .*reported.*closed",
    ),
    "correct what was not": (
        Status.LOGGED,
        c.CorrectTime(what="arrived", to=REPORTED),
        0,
        NotPossible,
        "Nothing of that kind was recorded on ticket 260302-001: Engineer on site",
    ),
    "correct into the future": (
        Status.LOGGED,
        c.CorrectTime(what="reported", to=hours(2)),
        0,
        InvalidInput,
        "is in the future",
    ),
    "correct into no zone": (
        Status.LOGGED,
        c.CorrectTime(what="reported", to=NAIVE),
        0,
        InvalidInput,
        "without its time zone",
    ),
    "correct into another age": (
        Status.LOGGED,
        c.CorrectTime(what="reported", to=datetime.min.replace(tzinfo=EAST)),
        0,
        InvalidInput,
        "0001-01-01.* cannot be meant",
    ),
    "reopened before its end": (
        Status.CLOSED,
        c.Reopen(reason="fails"),
        -0.5,
        InvalidInput,
        "before it ended",
    ),
    "another's act": (Status.RESPONDED, c.Undo(), 0, NotPossible, "was not yours"),
}
"""State, command, hours after the last entry, and the refusal."""


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_has_its_sentence(name: str) -> None:
    status, command, later, error, sentence = REFUSED[name]
    course = in_state(status)
    at = course.entered + timedelta(hours=later)
    by = "operator" if isinstance(command, c.Undo) else "manager"
    with pytest.raises(error, match=sentence) as refused:
        course.decided(command, at, entered=course.entered, by=by)
    assert type(refused.value) is error
    assert "\x1b" not in str(refused.value)


def test_refusal_names_the_field_that_is_meant() -> None:
    with pytest.raises(InvalidInput) as refused:
        Course().decided(c.Note(text=""))
    assert refused.value.field == "text"
    with pytest.raises(InvalidInput) as refused:
        Course().decided(c.CorrectTime(what="reported", to=NAIVE))
    assert refused.value.field == "to"


def test_who_calls_must_be_known_or_written_down() -> None:
    with pytest.raises(InvalidInput, match="Who calls") as refused:
        first_call(c.LogCall(fault="x", customer=" ", caller="\u200b"))
    assert refused.value.field == "customer"
    assert first_call(c.LogCall(fault="x", caller="a night nurse")).seq == 1


def test_a_call_without_a_fault_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Fault is missing"):
        first_call(c.LogCall(fault="", customer="H01"))


def test_an_unknown_caller_cannot_lose_the_customer_that_was_found() -> None:
    known = Course(c.LogCall(fault="x", customer="H01"))
    with pytest.raises(InvalidInput, match="Name the customer"):
        known.decided(c.Correct(customer=""))
    called = Course(c.LogCall(fault="x", customer="H01", caller="a nurse"))
    assert only_event(called, c.Correct(customer="")) == e.Corrected(customer="")


def test_no_command_but_a_call_begins_a_ticket() -> None:
    with pytest.raises(NotFound, match="no such ticket"):
        first_call(c.Note(text="x"))


def test_a_fact_may_be_ahead_by_the_skew_of_clocks_and_no_more() -> None:
    call = c.LogCall(fault="x", customer="H01")
    assert first_call(call, at=REPORTED + CLOCK_SKEW).seq == 1
    with pytest.raises(InvalidInput, match="in the future"):
        first_call(call, at=REPORTED + CLOCK_SKEW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("at", "now"), [(NAIVE, REPORTED), (REPORTED, NAIVE)], ids=["fact", "entry"]
)
def test_times_without_a_zone_are_refused(at: datetime, now: datetime) -> None:
    with pytest.raises(InvalidInput, match="without its time zone"):
        first_call(c.LogCall(fault="x", customer="H01"), at, now)


@pytest.mark.parametrize("at", [datetime.min, datetime(1969, 12, 31)])  # noqa: DTZ001, DTZ901
def test_times_of_another_age_are_refused(at: datetime) -> None:
    with pytest.raises(InvalidInput, match="cannot be meant"):
        first_call(c.LogCall(fault="x", customer="H01"), at.replace(tzinfo=EAST))


def test_only_a_complaint_is_about_another_ticket() -> None:
    with pytest.raises(InvalidInput, match="Only a complaint is about another ticket") as no:
        first_call(fault(about="260301-007"))
    assert no.value.field == "about"
    assert first_call(fault(about="260301-007", kind=Kind.COMPLAINT)).seq == 1


def test_refusals_say_braces_of_people_literally() -> None:
    with pytest.raises(NotFound, match=r"Nobody is called \{login\}"):
        Course().decided(c.Assign(engineers=("{login}",)))
