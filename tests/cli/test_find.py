"""Finding from the command line: the same answers, in lines and as a document."""

from collections.abc import Callable
from typing import Any

import pytest

Dispatch = Callable[..., Any]
MANAGER = "chen.jing"

pytestmark = pytest.mark.usefixtures("demo")


def found(dispatch: Dispatch, *arguments: str) -> list[dict[str, Any]]:
    """What is found, as scripts are told."""
    answer = dispatch("find", "--json", *arguments, login=MANAGER)
    assert answer.code == 0, answer.err
    document: list[dict[str, Any]] = answer.document
    return document


def test_a_customer_a_device_and_a_colleague_are_found_by_a_part(dispatch: Dispatch) -> None:
    assert found(dispatch, "jhyy")[0]["customer"] == "C001"
    assert found(dispatch, "8139x")[0] == {
        "found": "device",
        "device": "BH8K58139X",
        "name": "64排CT",
        "model": "Axiel 64",
        "serial": "BH8K58139X",
        "customer": "C001",
        "customer_name": "成都锦浣医院",
    }
    assert found(dispatch, "zengliqun")[0]["login"] == "zeng.liqun"
    assert found(dispatch, "盖雪梅")[0]["found"] == "contact"


def test_tickets_are_found_by_words_the_newest_first(dispatch: Dispatch) -> None:
    numbers = [one["number"] for one in found(dispatch, "高压", "--kind", "ticket")]
    assert len(numbers) > 5
    assert numbers == sorted(numbers, reverse=True)
    open_ones = found(dispatch, "高压", "status:open")
    assert 0 < len(open_ones) < len(numbers)
    assert {one["number"] for one in open_ones} < set(numbers)
    (number, *_) = numbers
    assert [one["number"] for one in found(dispatch, number)] == [number]


def test_lines_say_what_each_is(dispatch: Dispatch) -> None:
    answer = dispatch("find", "锦浣", login=MANAGER)
    assert answer.code == 0
    first = answer.out.splitlines()[0].split()
    assert first[:3] == ["customer", "C001", "成都锦浣医院"]


def test_so_many_are_found_as_are_asked_for_and_that_there_is_more_is_said(
    dispatch: Dispatch,
) -> None:
    answer = dispatch("find", "故障", "--limit", "2", login=MANAGER)
    assert (answer.code, len(answer.out.splitlines())) == (0, 2)
    assert "There is more" in answer.err
    assert len(found(dispatch, "故障", "--limit", "3")) == 3


def test_only_the_kinds_that_are_asked_for_are_found(dispatch: Dispatch) -> None:
    kinds = found(dispatch, "医院", "--kind", "customer", "--kind", "contact", "--limit", "100")
    assert {one["found"] for one in kinds} == {"customer"}


def test_nothing_found_is_an_answer(dispatch: Dispatch) -> None:
    answer = dispatch("find", "qqqq", "--json", login=MANAGER)
    assert (answer.code, answer.document) == (1, [])
    assert answer.err == "Nothing is found by that.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["colour:red"], "colour: is no filter, there are kind, status,"),
        (["status:lost"], "status: can be open, kept, logged,"),
        (["client:nobody"], "There is no customer nobody."),
        (["since:never"], "“never” is no day"),
        (["x", "--limit", "0"], "--limit"),
        (["x", "--kind", "bird"], "--kind"),
        ([], "WORDS"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    dispatch: Dispatch, words: list[str], sentence: str
) -> None:
    answer = dispatch("find", *words, login=MANAGER)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


def test_a_word_that_must_not_be_there_comes_after_two_dashes(dispatch: Dispatch) -> None:
    everything = found(dispatch, "故障", "--kind", "ticket", "--limit", "500")
    without = found(dispatch, "--kind", "ticket", "--limit", "500", "--", "故障", "-高压")
    assert 0 < len(without) < len(everything)
