"""What cannot be is refused in one line that says what to do, and leaves nothing behind."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cases import (
    CUSTOMER,
    ENGINEER,
    GENERAL_MANAGER,
    IN_WARRANTY,
    MANAGER,
    OPERATOR,
    OUT_OF_WARRANTY,
    SECOND_ENGINEER,
    ZONE,
    Case,
)

from dispatch_tui.domain.spec import Field, FieldKind, Spec
from dispatch_tui.domain.table import COMMANDS, LOG

Call = Callable[..., Case]

MEGABYTE = "黑屏" * 2**18
NOTHING = " \x07\x1b\u202e\u200b "
LONGEST_LINE = 600

_SOME = {
    FieldKind.TIME: "1 h ago",
    FieldKind.DAY: "2026-01-31",
    FieldKind.SCORE: "3",
    FieldKind.ENGINEERS: ENGINEER,
    FieldKind.ENGINEER: ENGINEER,
    FieldKind.PERSON: OPERATOR,
    FieldKind.CUSTOMER: CUSTOMER,
    FieldKind.DEVICE: IN_WARRANTY,
}


@pytest.fixture
def case(call: Call) -> Case:
    """A case whose engineer set out after 2 hours and is on site since hour 4."""
    found = call(OUT_OF_WARRANTY, "报警停机")
    found.act(1, "assign", MANAGER, engineers=ENGINEER)
    found.act(2, "depart")
    found.act(4, "arrive")
    return found


def follows(case: Case, first: Case) -> bool:
    """Whether a ticket has the number after another's, or is the first of a new day."""
    (day, place), (before, last) = (one.number.split("-") for one in (case, first))
    return int(place) == (int(last) + 1 if day == before else 1)


def written(spec: Spec, meant: Field, value: str) -> list[str]:
    """The fields of a command: one as it is meant, of the others those that it needs."""
    others = [one for one in spec.fields if one.required and one is not meant]
    return [
        *(f"{one.name}={one.choices[0] if one.choices else _some(one)}" for one in others),
        f"{meant.name}={value}",
    ]


def _some(field: Field) -> str:
    return "in 3 h" if field.ahead else _SOME.get(field.kind, "x")


def fields_of(specs: Iterable[Spec]) -> list[tuple[Spec, Field]]:
    """Every field of every command."""
    return [(spec, field) for spec in specs for field in spec.fields]


def test_a_megabyte_is_refused_by_every_field(case: Case) -> None:
    before = case.document
    for spec, field in fields_of(COMMANDS.values()):
        words = written(spec, field, MEGABYTE)
        answer = case.dispatch("act", case.number, spec.name, *words, login=GENERAL_MANAGER)
        assert (answer.code, answer.out) == (2, ""), (spec.name, field.name, answer.err[:200])
        assert answer.err.count("\n") == 1, (spec.name, field.name)
        assert len(answer.err) < LONGEST_LINE, (spec.name, field.name)
    assert case.document["journal"] == before["journal"]


def test_control_characters_alone_are_nothing_wherever_something_is_needed(case: Case) -> None:
    before = case.document
    needed = [one for one in fields_of(COMMANDS.values()) if one[1].required]
    assert len(needed) > 40
    for spec, field in needed:
        words = written(spec, field, NOTHING)
        answer = case.dispatch("act", case.number, spec.name, *words, login=GENERAL_MANAGER)
        assert (answer.code, answer.out) == (2, ""), (spec.name, field.name, answer.err)
        assert answer.err.count("\n") == 1
        assert any(word in answer.err for word in ("is missing", "is empty", "can be")), answer.err
    assert case.document["journal"] == before["journal"]


@pytest.mark.parametrize("value", [MEGABYTE, NOTHING])
def test_a_call_with_a_field_that_cannot_be_kept_takes_no_number(call: Call, value: str) -> None:
    first = call(IN_WARRANTY, "图像发白")
    meant = [field for field in LOG.fields if value is MEGABYTE or field.name == "fault"]
    for field in meant:
        options = {"--customer": CUSTOMER, "--fault": "图像发白", f"--{field.name}": value}
        words = [word for pair in options.items() for word in pair]
        answer = first.dispatch("call", *words, login=OPERATOR)
        assert (answer.code, answer.out) == (2, ""), (field.name, answer.err[:200])
        assert answer.err.count("\n") == 1
        assert len(answer.err) < LONGEST_LINE
    assert follows(call(IN_WARRANTY, "图像发白"), first)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("--kind", "complaint", "--about", "991231-001"), "check the number"),
        (("--kind", "complaint", "--fault", ""), "Fault is missing"),
        (("--about", "{number}"), "leave it out, or log a complaint"),
        (("--device", "no such machine"), "There is no device"),
        (("--reported-at", "2150-01-01 08:00"), "is in the future"),
        (("--reported-at", "when it rained"), "write 20 min ago, 08:15 or"),
        (("--customer", "C002", "--device", IN_WARRANTY), "belongs to customer C001"),
    ],
)
def test_a_call_that_cannot_be_takes_no_number(
    call: Call, fields: tuple[str, ...], words: str
) -> None:
    first = call(IN_WARRANTY, "图像发白")
    said = [one.format(number=first.number) for one in fields]
    answer = first.dispatch("call", "--customer", CUSTOMER, "--fault", "x", *said, login=OPERATOR)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert words in answer.err
    assert follows(call(IN_WARRANTY, "图像发白"), first)


def test_a_complaint_about_nothing_is_refused(call: Call, case: Case) -> None:
    assert "text is missing: write text=TEXT" in case.refused(2, 5, "complain")
    assert "is missing" in case.refused(2, 5, "complain", text=NOTHING)
    assert "channel can be call, message" in case.refused(2, 5, "complain", text="x", channel="tv")
    assert follows(call(IN_WARRANTY, "图像发白"), case)


def test_what_has_not_happened_yet_is_refused(case: Case) -> None:
    ahead = (datetime.now(ZONE) - case.reported_at) / timedelta(hours=1) + 1
    for command, fields in (
        ("respond", {}),
        ("leave", {}),
        ("diagnose", {"cause": "board"}),
        ("restore", {"what_was_done": "换板"}),
        ("take-away", {"item": "板", "serial": "1", "signed_by": "查", "to": "workshop"}),
        ("suspect-adverse", {"harm": "death", "what": "x"}),
    ):
        due = {"word_due_at": case.at(ahead + 9)} if command == "take-away" else {}
        said = case.refused(2, ahead, command, **fields, **due)
        assert said.endswith("a fact can only be entered once it happened."), command


def test_what_happened_in_another_order_is_refused(case: Case) -> None:
    receipt = {"item": "板", "serial": "B-1", "signed_by": "查文彬"}
    taken = {**receipt, "to": "workshop", "word_due_at": case.at(30)}
    assert "before the fault was reported" in case.refused(2, -1, "respond")
    assert "the device worked again" in case.refused(2, 3, "restore", what_was_done="换板")
    assert "before the engineer arrived" in case.refused(2, 3.5, "leave")
    assert "before the engineer arrived" in case.refused(2, 3, "take-away", **taken)
    assert "before the fault was reported" in case.refused(2, -1, "lend", **receipt)
    case.act(5, "take-away", **taken)
    assert "before it was taken away" in case.refused(2, 4.5, "bring-back")
    assert "before it was taken away" in case.refused(2, 4.5, "report-workshop", step="ready")
    case.act(5, "lend", **receipt)
    assert "before it was left on loan" in case.refused(2, 4.5, "take-loan-back")
    case.act(6, "restore", what_was_done="借板")
    said = case.refused(2, 5.5, "call-back", result="works", attitude=5, skill=5, speed=5)
    assert said.endswith("check the times.")
    case.act(6, "leave")
    case.act(7, "assign", MANAGER, engineers=SECOND_ENGINEER)
    case.act(8, "depart", engineers=SECOND_ENGINEER)
    said = case.refused(2, 7.5, "arrive", engineers=SECOND_ENGINEER)
    assert "before the engineer set out" in said
    assert said.endswith("check the times.")


def test_somebody_who_does_not_exist_or_cannot_is_refused(case: Case) -> None:
    nobody, operator = "zhang.san", "罗晓燕 is not an engineer and cannot be sent."
    assert case.refused(2, 5, "assign", MANAGER, engineers=nobody) == (
        "Nobody is called zhang.san; see the roster for the logins."
    )
    assert case.refused(2, 5, "assign", MANAGER, engineers=OPERATOR) == operator
    both = f"{SECOND_ENGINEER},{nobody}"
    assert "zhang.san" in case.refused(2, 5, "assign", MANAGER, engineers=both)
    assert "already have ticket" in case.refused(1, 5, "assign", MANAGER, engineers=ENGINEER)
    assert "assign them first" in case.refused(2, 5, "leave", engineers=SECOND_ENGINEER)
    assert "assign them first" in case.refused(2, 5, "leave", engineers=nobody)
    assert "one of the engineers" in case.refused(
        2, 5, "assign", MANAGER, engineers=ENGINEER, lead=SECOND_ENGINEER
    )
    taken = {"item": "板", "serial": "B-1", "signed_by": "查文彬", "to": "workshop"}
    assert "Nobody is called" in case.refused(
        2, 5, "take-away", **taken, word_due_at=case.at(9), owner=nobody
    )


def test_values_that_cannot_be_are_refused(case: Case) -> None:
    tomorrow = (datetime.now(ZONE) + timedelta(days=1)).date().isoformat()
    part = {"name": "电池"}
    for price in ("abc", "-5", "1.234", "1e9", "12 元"):
        said = case.refused(2, 5, "fit-part", **part, price=price)
        assert said.endswith("write it in yuan, such as 1280 or 1280.50.")
    for command in ("fit-part", "remove-part"):
        assert "check the day" in case.refused(2, 5, command, **part, made_on=tomorrow)
        assert "written like 2026-01-31" in case.refused(2, 5, command, **part, made_on="spring")
    assert "source can be stock" in case.refused(2, 5, "fit-part", **part, source="market")
    assert "severity can be" in case.refused(2, 5, "diagnose", severity="awful")
    assert "Say at least one of" in case.refused(2, 5, "diagnose")
    taken: dict[str, Any] = {"item": "板", "serial": "B-1", "signed_by": "查文彬", "to": "workshop"}
    assert "has passed already" in case.refused(2, 5, "take-away", **taken, word_due_at=case.at(4))
    assert "write 20 min ago" in case.refused(2, 5, "take-away", **taken, word_due_at="soon")
    case.act(5, "take-away", **taken, word_due_at=case.at(9))
    late = {"step": "received", "word_due_at": case.at(6)}
    assert "such as 15:30 or tomorrow 09:00" in case.refused(2, 7, "report-workshop", **late)
    assert "has passed already" in case.refused(2, 7, "plan-visit", planned_at=case.at(6))
    case.act(8, "restore", what_was_done="借板")
    for score in ("6", "0", "-1", "best", "9" * 1000):
        said = case.refused(2, 9, "call-back", result="works", attitude=5, skill=score, speed=5)
        assert said.endswith("give 1 (worst) to 5 (best).")


def test_a_ticket_that_is_not_there_is_said_in_one_line(case: Case) -> None:
    for number in ("991231-001", "x", MEGABYTE, NOTHING):
        for line in (("act", number, "note", "text=x"), ("show", number)):
            answer = case.dispatch(*line, login=OPERATOR)
            assert (answer.code, answer.out) == (2, "")
            assert answer.err.startswith("There is no ticket")
            assert answer.err.count("\n") == 1
            assert len(answer.err) < LONGEST_LINE
