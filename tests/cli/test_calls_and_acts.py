"""Calls, commands on tickets, and how they are refused."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.desk.demo import sample_folder

Dispatch = Callable[..., Any]
Sample = Callable[[str], str]

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def operator(sample: Sample) -> str:
    return sample("operator")


@pytest.fixture
def manager(sample: Sample) -> str:
    return sample("manager")


@pytest.fixture
def ct() -> str:
    """The serial of the first machine of customer C001."""
    with (sample_folder() / "devices.csv").open(encoding="utf-8", newline="") as file:
        return next(row["serial"] for row in csv.DictReader(file) if row["customer"] == "C001")


@pytest.fixture
def number(dispatch: Dispatch, operator: str) -> str:
    """A fresh ticket."""
    answer = dispatch("call", "--customer", "C001", "--fault", "黑屏", login=operator)
    assert answer.code == 0
    return str(answer.out.strip())


def test_a_call_prints_its_number(number: str) -> None:
    assert re.fullmatch(r"\d{6}-\d{3}", number)


def test_a_call_names_customer_and_device_in_few_characters(
    dispatch: Dispatch, operator: str, ct: str
) -> None:
    document = dispatch(
        *("call", "--customer", "jhyy", "--device", ct[-6:].lower(), "--fault", "No image"),
        *("--priority", "emergency", "--contact", "Dr Li", "--phone", "1", "--json"),
        login=operator,
    ).document
    assert document["customer"] == "C001"
    assert document["device"] == ct
    assert document["department"] == "放射科"
    assert (document["priority"], document["contact"]) == ("emergency", "Dr Li")


def test_a_device_alone_names_its_customer(dispatch: Dispatch, operator: str, ct: str) -> None:
    answer = dispatch("call", "--device", ct, "--fault", "No image", "--json", login=operator)
    assert answer.document["customer"] == "C001"


def test_an_unknown_caller_is_written_down(dispatch: Dispatch, operator: str) -> None:
    answer = dispatch("call", "--caller", "A clinic", "--fault", "x", "--json", login=operator)
    assert (answer.document["caller"], answer.document["customer_name"]) == ("A clinic",) * 2


def test_what_can_be_several_customers_lists_them(dispatch: Dispatch, operator: str) -> None:
    answer = dispatch("call", "--customer", "医院", "--fault", "x", login=operator)
    assert answer.code == 2
    assert answer.err.count("\n") == 1
    assert "C001 成都锦浣医院" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--customer", "nobody at all", "--fault", "x"),
        ("--customer", "C001"),
        ("--fault", "x"),
        ("--customer", "C001", "--fault", "x", "--priority", "high"),
        ("--customer", "C001", "--fault", "x", "--reported-at", "soon"),
        ("--customer", "C001", "--fault", "x", "--reported-at", ""),
        ("--customer", "C001", "--fault", "x", "--reported-at", "2100-01-01 08:00"),
        ("--customer", "C001", "--fault", "x", "--device", "nothing"),
        ("--customer", "C002", "--fault", "x", "--device", "C001's"),
        ("--customer", "C001", "--fault", "x", "--key", "k" * 81),
        ("--customer", "C001", "--fault", "x", "--key", "import:1"),
        ("--customer", "C001", "--fault", "x" * 4001),
        ("--customer", "C001", "--fault", " \x1b\u202e "),
        ("--unknown",),
    ],
)
def test_a_call_that_cannot_be_is_refused_in_one_line(
    dispatch: Dispatch, operator: str, ct: str, arguments: tuple[str, ...]
) -> None:
    arguments = tuple(ct if one == "C001's" else one for one in arguments)
    answer = dispatch("call", *arguments, login=operator)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1


def test_a_second_try_with_the_key_gives_the_first_number(
    dispatch: Dispatch, operator: str
) -> None:
    line = ("call", "--customer", "C001", "--fault", "x", "--key", "k1")
    first, second = dispatch(*line, login=operator), dispatch(*line, login=operator)
    assert first.out == second.out
    assert second.code == 0
    other = dispatch("call", "--customer", "C001", "--fault", "x", login=operator)
    assert other.out != first.out


def test_a_ticket_runs_its_course(dispatch: Dispatch, manager: str, number: str) -> None:
    def act(*words: str) -> Any:
        answer = dispatch("act", number, *words, "--json", login=manager)
        assert answer.code == 0, answer.err
        return answer.document

    assert act("respond", "note=looks like the tube")["status"] == "responded"
    assigned = act("assign", "engineers=shan.zhiyuan,qiu.haibo", "lead=qiu.haibo")
    assert assigned["engineers"] == ["qiu.haibo", "shan.zhiyuan"]
    assert act("depart", "expected_at=tomorrow 09:00")["status"] == "under_way"
    assert [clock["kind"] for clock in act("arrive")["clocks"]] == ["response", "on_site", "repair"]
    restored = act("restore", "what_was_done=new tube")
    assert [clock["kind"] for clock in restored["clocks"] if clock["outcome"] == "running"] == [
        "call_back"
    ]
    called = act("call-back", "result=works", "attitude=5", "skill=5", "speed=5")
    assert (called["status"], called["next_due_at"]) == ("confirmed", None)
    closed = act("close")
    assert (closed["status"], closed["version"]) == ("closed", 8)
    assert {clock["outcome"] for clock in closed["clocks"]} == {"met"}
    assert act("reopen", "reason=again")["status"] == "assigned"


def test_engineers_may_be_called_by_name(dispatch: Dispatch, manager: str, number: str) -> None:
    answer = dispatch("act", number, "assign", "engineers=单志远、仇海波", "--json", login=manager)
    assert answer.document["engineers"] == ["shan.zhiyuan", "qiu.haibo"]


def test_a_fact_told_later_keeps_its_time(dispatch: Dispatch, manager: str) -> None:
    said = ("--reported-at", "2026-01-05T08:00+08:00", "--json")
    called = dispatch("call", "--customer", "C001", "--fault", "x", *said, login=manager).document
    assert called["reported_at"] == "2026-01-05T00:00:00Z"
    answer = dispatch(
        *("act", called["number"], "respond", "--occurred-at", "2026-01-05 08:30", "--json"),
        login=manager,
    )
    [response, _] = answer.document["clocks"]
    assert response == {
        "kind": "response",
        "started_at": "2026-01-05T00:00:00Z",
        "due_at": "2026-01-05T01:00:00Z",
        "original_due_at": "2026-01-05T01:00:00Z",
        "stopped_at": "2026-01-05T00:30:00Z",
        "outcome": "met",
        "level": "normal",
    }


def test_a_command_may_be_retried_with_its_key(
    dispatch: Dispatch, manager: str, number: str
) -> None:
    line = ("act", number, "note", "text=once", "--key", "k2", "--json")
    versions = [dispatch(*line, login=manager).document["version"] for _ in range(2)]
    assert versions == [2, 2]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (1, ("close",)),
        (1, ("restore", "what_was_done=x")),
        (2, ()),
        (2, ("dance",)),
        (2, ("note",)),
        (2, ("note", "text=")),
        (2, ("note", "x")),
        (2, ("note", "text=a", "text=b")),
        (2, ("note", "colour=a")),
        (2, ("undo", "text=a")),
        (2, ("assign", "engineers=nobody")),
        (2, ("assign", "engineers=luo.xiaoyan")),
        (2, ("set-priority", "priority=high")),
        (2, ("correct-time", "what=reported", "to=soon")),
        (2, ("correct", "customer=医院")),
        (2, ("respond", "--occurred-at", "tomorrow 08:00")),
        (2, ("respond", "--version", "x")),
        (4, ("respond", "--version", "7")),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(
    dispatch: Dispatch, manager: str, number: str, code: int, words: tuple[str, ...]
) -> None:
    answer = dispatch("act", number, *words, login=manager)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.count("\n") == 1


def test_whoever_may_not_is_refused_and_journaled(
    dispatch: Dispatch, sample: Sample, number: str, demo: Path
) -> None:
    for login in (sample("operator"), sample("supervisor"), sample("administrator")):
        answer = dispatch("act", number, "assign", "engineers=shan.zhiyuan", login=login)
        assert answer.code == 3
        assert answer.err.count("\n") == 1
    assert dispatch("call", "--caller", "x", "--fault", "x", login="shan.zhiyuan").code == 3
    assert dispatch("audit", login=sample("manager")).code == 0


def test_a_collision_says_who_was_faster(
    dispatch: Dispatch, sample: Sample, manager: str, number: str
) -> None:
    assert dispatch("act", number, "respond", login=sample("operator")).code == 0
    answer = dispatch("act", number, "respond", "--version", "1", login=manager)
    assert answer.code == 4
    assert "罗晓燕" in answer.err


def test_help_lists_what_is_possible_now_and_why_not(
    dispatch: Dispatch, manager: str, number: str
) -> None:
    answer = dispatch("act", number, "--help", login=manager)
    assert answer.code == 0
    possible, impossible = answer.out.split("Not possible now:")
    assert "engineers=LOGIN[,LOGIN]*" in possible
    assert "priority=normal|emergency*" in possible
    assert "close" in impossible
    assert "the fault must be gone" in impossible
    one = dispatch("act", number, "close", "--help", login=manager)
    assert "note=TEXT" in one.out
    assert "the fault must be gone" in one.out


def test_help_without_a_ticket_lists_every_command(dispatch: Dispatch) -> None:
    answer = dispatch("act", "--help")
    assert answer.code == 0
    assert "solve-by-phone" in answer.out


def test_the_answer_for_people_is_one_sentence(
    dispatch: Dispatch, manager: str, number: str
) -> None:
    answer = dispatch("act", number, "assign", "engineers=shan.zhiyuan", login=manager)
    assert answer.out == (
        f"{number} is assigned. Call the customer back about the fault. 单志远 has to set out.\n"
    )
