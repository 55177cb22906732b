"""What `decide` answers: the events of each command, and each refusal with its sentence."""

from datetime import datetime, timedelta, timezone

import pytest
from course import NUMBER, REPORTED, STAFF, Course, hours, in_state

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import CLOCK_SKEW, Facts, decide
from dispatch_tui.domain.errors import DispatchError, InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.ticket import Priority, Status

NAIVE = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
EAST = timezone(timedelta(hours=8))


def event_of(course: Course, command: c.Command, at: float | None = None) -> e.TicketEvent:
    (entry,), _ = course.decided(command, at)
    return entry.event


def first_call(command: c.Command, at: datetime = REPORTED, now: datetime = REPORTED) -> e.Entry:
    (entry,), _ = decide(NUMBER, command, Facts(now=now, at=at, actor=STAFF["operator"]))
    return entry


def test_a_call_becomes_the_first_entry() -> None:
    call = c.LogCall(
        fault=" no image \x1b[2J",
        customer="H01",
        device="D7",
        department="Radiology",
        contact="Dr. Chen",
        phone="0571 1234",
        priority=Priority.EMERGENCY,
    )
    entry = first_call(call, at=hours(-1))
    assert entry == e.Entry(
        seq=1,
        event=e.CallLogged(
            fault="no image [2J",
            customer="H01",
            device="D7",
            department="Radiology",
            contact="Dr. Chen",
            phone="0571 1234",
            priority=Priority.EMERGENCY,
        ),
        actor="operator",
        occurred_at=hours(-1),
        recorded_at=REPORTED,
    )


def test_times_are_kept_in_utc_whatever_zone_they_were_told_in() -> None:
    entry = first_call(
        c.LogCall(fault="x", customer="H01"), REPORTED.astimezone(EAST), hours(1).astimezone(EAST)
    )
    assert (entry.occurred_at.utcoffset(), entry.recorded_at.utcoffset()) == (timedelta(),) * 2
    course = Course().give(c.Assign(engineers=("li",)), 1)
    departed = event_of(course, c.Depart(expected_at=hours(3).astimezone(EAST)), 2)
    assert isinstance(departed, e.Departed)
    assert departed.expected_at is not None
    assert departed.expected_at.utcoffset() == timedelta()
    moved = event_of(course, c.CorrectTime(what="reported", to=hours(-1).astimezone(EAST)), 2)
    assert isinstance(moved, e.TimeCorrected)
    assert moved.to.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (c.Respond(note="n"), e.Responded(note="n")),
        (c.Note(text="t"), e.Noted(text="t")),
        (
            c.AddCall(text="t", contact="c", phone="p"),
            e.CallAdded(text="t", contact="c", phone="p"),
        ),
        (c.Assign(engineers=("li",)), e.Assigned(engineers=("li",), lead="li")),
        (
            c.Assign(engineers=("li", "wang", "li"), lead="wang"),
            e.Assigned(engineers=("li", "wang"), lead="wang"),
        ),
        (c.SolveByPhone(what_was_done="w"), e.SolvedByPhone(what_was_done="w")),
        (c.Cancel(reason="r"), e.Cancelled(reason="r")),
        (
            c.SetPriority(priority=Priority.EMERGENCY, reason="r"),
            e.PrioritySet(priority=Priority.EMERGENCY, reason="r"),
        ),
        (c.Correct(phone="1"), e.Corrected(phone="1")),
        (c.Correct(customer="H02", reason="r"), e.Corrected(customer="H02", reason="r")),
    ],
    ids=lambda one: type(one).__name__,
)
def test_command_becomes_its_event(command: c.Command, event: e.TicketEvent) -> None:
    assert event_of(Course(), command, 0.5) == event


def test_entries_are_numbered_on_and_name_who_entered_them() -> None:
    course = Course().give(c.Note(text="one"), 1, by="supervisor")
    (entry,), after = course.decided(c.Note(text="two"), 2, by="operator")
    assert (entry.seq, entry.actor, after.version) == (3, "operator", 3)


def test_an_engineer_added_later_does_not_take_the_lead() -> None:
    course = in_state(Status.ASSIGNED)
    assert event_of(course, c.Assign(engineers=("zhao",))) == e.Assigned(
        engineers=("zhao",), lead="li"
    )


def test_the_lead_can_be_handed_over_without_adding_anybody() -> None:
    course = in_state(Status.ASSIGNED)
    assert event_of(course, c.Assign(engineers=("wang",), lead="wang")) == e.Assigned(
        engineers=(), lead="wang"
    )
    assert course.give(c.Assign(engineers=("wang",), lead="wang")).ticket.lead == "wang"


def test_taking_the_lead_off_makes_the_next_one_lead() -> None:
    course = in_state(Status.ASSIGNED).give(c.Unassign(engineers=("li",)))
    assert course.ticket.lead == "wang"
    assert [one.login for one in course.ticket.engineers] == ["wang"]


def test_taking_off_nobody_named_takes_off_all() -> None:
    course = in_state(Status.ASSIGNED).give(c.Unassign())
    assert course.ticket.engineers == ()
    assert course.ticket.lead == ""


def test_all_who_wait_set_out_and_those_on_the_way_arrive_when_nobody_is_named() -> None:
    course = in_state(Status.ASSIGNED)
    assert event_of(course, c.Depart()) == e.Departed(engineers=("li", "wang"))
    assert event_of(course, c.Arrive()) == e.Arrived(engineers=("li", "wang"))
    course = in_state(Status.UNDER_WAY)
    assert event_of(course, c.Depart()) == e.Departed(engineers=("wang",))
    assert event_of(course, c.Arrive()) == e.Arrived(engineers=("li",))


def test_who_is_already_on_the_ticket_is_not_assigned_anew() -> None:
    course = in_state(Status.UNDER_WAY).give(c.Assign(engineers=("li", "zhao")))
    li, wang, zhao = course.ticket.engineers
    assert li.departed_at == hours(2)
    assert li.assigned_at == wang.assigned_at == hours(1)
    assert zhao.assigned_at == hours(2)


def test_a_visit_after_a_reopening_is_a_new_visit() -> None:
    course = in_state(Status.CLOSED).give(c.Reopen(reason="fails again"), 8)
    assert course.ticket.status is Status.ASSIGNED
    assert event_of(course, c.Arrive(), 9) == e.Arrived(engineers=("li", "wang"))


REFUSED: dict[str, tuple[Status, c.Command, float, type[DispatchError], str]] = {
    "future": (Status.LOGGED, c.Respond(), 1, InvalidInput, "is in the future"),
    "no engineers": (Status.LOGGED, c.Assign(engineers=()), 0, InvalidInput, "engineers is miss"),
    "blank engineer": (
        Status.LOGGED,
        c.Assign(engineers=("", " ")),
        0,
        InvalidInput,
        "engineers is missing",
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
        "urgent is no priority; it can be .*normal.*emergency",
    ),
    "no priority": (
        Status.LOGGED,
        c.SetPriority(priority=""),  # type: ignore[arg-type]
        0,
        InvalidInput,
        "priority is missing",
    ),
    "no cure": (Status.ON_SITE, c.Restore(what_was_done=" \n "), 0, InvalidInput, "what_was_done"),
    "no words": (Status.LOGGED, c.Note(text="\u200b\x07"), 0, InvalidInput, "text is missing"),
    "no reason": (Status.LOGGED, c.Cancel(reason=""), 0, InvalidInput, "reason is missing"),
    "a novel": (
        Status.LOGGED,
        c.Note(text="x" * 4001),
        0,
        InvalidInput,
        "text is 4001 characters long; at most 4000",
    ),
    "a long line": (
        Status.LOGGED,
        c.AddCall(text="x", phone="1" * 201),
        0,
        InvalidInput,
        "phone is 201 characters long; at most 200",
    ),
    "a long login": (
        Status.LOGGED,
        c.Assign(engineers=("x" * 201,)),
        0,
        InvalidInput,
        "engineers is 201 characters long",
    ),
    "nothing new": (Status.LOGGED, c.Correct(), 0, NotPossible, "Nothing would change"),
    "the same again": (
        Status.LOGGED,
        c.Correct(customer="H01", fault=" no image "),
        0,
        NotPossible,
        "Nothing would change on ticket 260302-001",
    ),
    "no fault left": (Status.LOGGED, c.Correct(fault=""), 0, InvalidInput, "fault is missing"),
    "correct the unknown": (
        Status.LOGGED,
        c.CorrectTime(what="lunch", to=REPORTED),
        0,
        InvalidInput,
        "lunch is no what; it can be .*reported.*closed",
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
    with pytest.raises(InvalidInput, match="fault is missing"):
        first_call(c.LogCall(fault="", customer="H01"))


def test_an_unknown_caller_cannot_lose_the_customer_that_was_found() -> None:
    known = Course(c.LogCall(fault="x", customer="H01"))
    with pytest.raises(InvalidInput, match="customer is missing"):
        known.decided(c.Correct(customer=""))
    called = Course(c.LogCall(fault="x", customer="H01", caller="a nurse"))
    assert event_of(called, c.Correct(customer="")) == e.Corrected(customer="")


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


@pytest.mark.parametrize("char", ["x", "中", "\u0301", "\u0301\u0323", "\n", "\x00", "\ud800"])
def test_a_megabyte_is_refused_with_one_sentence_at_once(char: str) -> None:
    flood = (char * 1_000_000)[:1_000_000]
    for command in (c.Note(text=flood), c.AddCall(text="x", phone=flood), c.Correct(device=flood)):
        with pytest.raises(InvalidInput, match="is 1000000 characters long") as refused:
            Course().decided(command)
        assert len(str(refused.value)) < 100


def test_limits_count_what_is_kept_not_what_was_pasted() -> None:
    noted = event_of(Course(), c.Note(text=" \x00\u200b" * 1000 + "x" * 4000))
    assert noted == e.Noted(text="x" * 4000)


def test_words_that_look_like_values_stay_words() -> None:
    corrected = event_of(Course(), c.Correct(phone="null", contact="NULL", device="{x}"))
    assert corrected == e.Corrected(phone="null", contact="NULL", device="{x}")


def test_refusals_say_braces_of_people_literally() -> None:
    with pytest.raises(NotFound, match=r"Nobody is called \{login\}"):
        Course().decided(c.Assign(engineers=("{login}",)))
