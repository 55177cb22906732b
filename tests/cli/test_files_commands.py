"""The files and the stock on the command line."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("demo")

Dispatch = Callable[..., Any]

MANAGER, OPERATOR, ENGINEER, SUPERVISOR = "chen.jing", "luo.xiaoyan", "xie.xiaodong", "yue.wenjing"
CT = "BH8K58139X"


def test_a_customer_is_shown_and_changed(dispatch: Dispatch) -> None:
    shown = dispatch("customer", "C001", login=OPERATOR)
    assert shown.code == 0
    assert "JH-2026-014" in shown.out
    version = dispatch("customer", "C001", "--json", login=OPERATOR).document["version"]
    changed = dispatch(
        *("file", "customers", "C001", "city=Leshan", "--version", str(version)), login=OPERATOR
    )
    assert changed.code == 0, changed.err
    found = dispatch("customer", "C001", "--json", login=OPERATOR).document
    assert (found["city"], found["version"]) == ("Leshan", version + 1)
    late = dispatch(
        *("file", "customers", "C001", "city=Mianyang", "--version", str(version)), login=MANAGER
    )
    assert late.code == 4
    assert "罗晓燕 was faster: City is “Leshan” now" in late.err
    assert dispatch("audit", login=MANAGER).code == 0


def test_a_device_tells_its_past_and_its_figures(dispatch: Dispatch) -> None:
    shown = dispatch("device", CT, login=ENGINEER)
    assert "failures" in shown.out
    found = dispatch("device", CT, "--json", login=ENGINEER).document
    assert found["failures"] >= 1
    assert 0 < found["availability"] <= 1
    assert {one["topic"] for one in found["history"]} >= {"fault", "visit", "file"}
    assert found["history"] == sorted(found["history"], key=lambda one: one["at"], reverse=True)


def test_a_device_that_moved_says_since_when(dispatch: Dispatch) -> None:
    told = "2026-01-05T08:00:00Z"
    moved = dispatch(
        *("file", "devices", CT, "customer=C002", "--occurred-at", told), login=OPERATOR
    )
    assert moved.code == 0, moved.err
    history = dispatch("device", CT, "--json", login=OPERATOR).document["history"]
    assert [one["at"] for one in history if one["topic"] == "moved"] == [told]


def test_a_contact_is_put_on_file_and_taken_off(dispatch: Dispatch) -> None:
    put = dispatch(
        *("file", "contacts", "-", "customer=C001", "name=Wu", "phone=1", "--new", "--json"),
        login=OPERATOR,
    )
    assert put.document == {"table": "contacts", "key": ["C001", "Wu", "1"]}
    again = dispatch(
        *("file", "contacts", "-", "customer=C001", "name=Wu", "phone=1", "--new"), login=OPERATOR
    )
    assert again.code == 2
    assert dispatch("file", "contacts", "C001/Wu/1", "--remove", login=OPERATOR).code == 0
    names = dispatch("customer", "C001", "--json", login=OPERATOR).document["contacts"]
    assert "Wu" not in [one["name"] for one in names]


def test_a_new_customer_takes_its_key_or_the_next_code(dispatch: Dispatch) -> None:
    next_one = dispatch("file", "customers", "-", "name=Moon Clinic", "--new", login=OPERATOR)
    assert next_one.out.strip() == "C017"
    named = dispatch("file", "customers", "X9", "name=Sun Clinic", "--new", login=OPERATOR)
    assert named.out.strip() == "X9"
    nothing = dispatch("file", "customers", "X9", login=OPERATOR)
    assert "Say what is to be changed" in nothing.err
    assert "C001" not in dispatch("file", "--help").out
    assert "customer/name/phone" in dispatch("file", "--help").out


@pytest.mark.parametrize(
    ("words", "login", "code", "said"),
    [
        (("file", "customers", "C999", "city=x"), OPERATOR, 2, "C999 is not on file"),
        (("file", "customers", "C001", "id=7"), OPERATOR, 2, "id is nothing that stands"),
        (("file", "customers", "C001", "city"), OPERATOR, 2, "field=value"),
        (("file", "customers", "C001", "city=x"), SUPERVISOR, 3, "Not for your role"),
        (("file", "devices", CT, "--remove"), MANAGER, 2, "it stays as it is"),
        (("part", "take", "NO", "--station", "CD"), ENGINEER, 2, "no part NO"),
        (("part", "take", "SPO2-A"), ENGINEER, 2, "--station is missing"),
        (("part", "take", "SPO2-A", "--station", "CD", "--count", "25"), ENGINEER, 2, "only 24"),
        (("part", "receive", "nothing"), ENGINEER, 2, "no consignment nothing"),
        (("customer", "C999"), OPERATOR, 2, "no customer C999"),
        (("device", "X"), OPERATOR, 2, "no device X"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    dispatch: Dispatch, words: tuple[str, ...], login: str, code: int, said: str
) -> None:
    answer = dispatch(*words, login=login)
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert answer.code == code


def test_parts_move_and_what_is_short_is_listed(dispatch: Dispatch) -> None:
    short = dispatch("parts", "--short", "--json", login=ENGINEER).document["shelves"]
    assert {one["short"] for one in short} == {1, 2}
    took = dispatch(
        *("part", "take", "SPO2-A", "--station", "CD", "--count", "4", "--key", "k1"),
        login=ENGINEER,
    )
    assert "20 of SPO2-A" in took.out
    again = dispatch(
        *("part", "take", "SPO2-A", "--station", "CD", "--count", "4", "--key", "k1"),
        login=ENGINEER,
    )
    assert "20 of SPO2-A" in again.out
    sent = dispatch(
        *("part", "send", "SPO2-A", "--station", "CD", "--to", "WH", "--count", "2", "--json"),
        login=ENGINEER,
    ).document
    listed = dispatch("parts", login=ENGINEER).out
    assert f"{sent['id']}: 2 of SPO2-A under way to WH" in listed
    received = dispatch("part", "receive", sent["id"], login=ENGINEER)
    assert "WH: 11 of SPO2-A" in received.out
    assert dispatch("part", "receive", sent["id"], login=MANAGER).code == 4
    ordered = dispatch(
        *("part", "order", "BAT-AL", "--station", "XA", "--count", "2", "--due", "2027-01-31"),
        login=MANAGER,
    )
    assert ordered.code == 0
    counted = dispatch(
        *("part", "count", "FLOW-S", "--station", "WH", "--count", "3", "--minimum", "4"),
        login=MANAGER,
    )
    assert "WH: 3 of FLOW-S" in counted.out
    assert dispatch("audit", login=MANAGER).code == 0


def test_a_solved_case_is_kept(dispatch: Dispatch) -> None:
    past = dispatch("tickets", "--view", "over", "--json", login=MANAGER).document[0]["number"]
    kept = dispatch(
        *("act", past, "keep-case", "symptom=no image", "cause=tube", "cure=new tube", "--json"),
        login=MANAGER,
    )
    assert kept.code == 0, kept.err
