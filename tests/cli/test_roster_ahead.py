"""The roster of the days ahead, and what is changed of it, on the command line."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("demo")

Dispatch = Callable[..., Any]

MANAGER, OPERATOR = "chen.jing", "luo.xiaoyan"
SATURDAY, SUNDAY = "2027-03-06T08:00+08:00", "2027-03-07T08:00+08:00"


def changed(dispatch: Dispatch, *words: str, login: str = MANAGER, code: int = 0) -> str:
    """Give an override; what is said of it."""
    answer = dispatch("override", *words, login=login)
    assert answer.code == code, answer.err
    return answer.err if code else answer.out


def ahead(dispatch: Dispatch, since: str, until: str) -> list[dict[str, object]]:
    found = dispatch("roster", "--from", since, "--to", until, "--json", login=OPERATOR)
    assert found.code == 0, found.err
    document: list[dict[str, object]] = found.document
    return document


def test_leave_and_a_stand_in_are_in_the_preview(dispatch: Dispatch) -> None:
    [before] = ahead(dispatch, SATURDAY, SUNDAY)
    assert set(before) == {"from", "until", "group", "staff"}
    group = before["group"]
    first, second = list(before["staff"])  # type: ignore[call-overload]
    other = "qiu.haibo"
    noon = "2027-03-06T12:00+08:00"
    changed(dispatch, "remove", first, "--from", SATURDAY, "--to", noon, "--reason", "探亲")
    changed(dispatch, "replace", second, "--by", other, "--from", noon, "--to", SUNDAY)
    assert [(one["group"], one["staff"]) for one in ahead(dispatch, SATURDAY, SUNDAY)] == [
        (group, [second]),
        (group, [first, other]),
    ]
    listed = changed(dispatch)
    assert "探亲" in listed
    [found] = [
        one
        for one in dispatch("override", "--json", login=MANAGER).document
        if one["reason"] == "探亲"
    ]
    assert (found["kind"], found["login"], found["by"]) == ("remove", first, "")
    changed(dispatch, "withdraw", found["id"])
    assert "探亲" not in changed(dispatch)


def test_a_preview_goes_on_for_two_weeks_where_no_end_is_given(dispatch: Dispatch) -> None:
    found = dispatch("roster", "--from", SATURDAY, "--json", login=OPERATOR).document
    assert (found[0]["from"], found[-1]["until"]) == (
        "2027-03-06T00:00:00Z",
        "2027-03-20T00:00:00Z",
    )
    words = dispatch("roster", "--from", SATURDAY, login=OPERATOR).out
    assert "03-06 08:00" in words
    assert len(words.splitlines()) == len(found)


def test_what_overlaps_is_refused_and_names_what_is_there(dispatch: Dispatch) -> None:
    times = ("--from", SATURDAY, "--to", SUNDAY)
    changed(dispatch, "remove", "shan.zhiyuan", *times)
    said = changed(dispatch, "add", "shan.zhiyuan", *times, code=1)
    assert "has leave from" in said
    assert "withdraw that first" in said
    assert changed(dispatch, "remove", "shan.zhiyuan", *times).count("leave") >= 1


def test_a_swap_needs_its_times_back(dispatch: Dispatch) -> None:
    there = ("swap", "shan.zhiyuan", "--by", "xie.xiaodong", "--from", SATURDAY, "--to", SUNDAY)
    assert "--back-from is missing" in changed(dispatch, *there, code=2)
    back = ("--back-from", "2027-03-13T08:00+08:00", "--back-to", "2027-03-14T08:00+08:00")
    assert changed(dispatch, *there, *back).count("a stand-in") >= 2


def test_bad_words_are_refused_in_one_sentence(dispatch: Dispatch) -> None:
    assert "There is no action" in changed(dispatch, "holiday", code=2)
    assert "--from is missing" in changed(dispatch, "remove", "shan.zhiyuan", code=2)
    times = ("--from", SATURDAY, "--to", SUNDAY)
    assert "nobody who is sent" in changed(dispatch, "remove", OPERATOR, *times, code=2)
    refused = changed(dispatch, "remove", "shan.zhiyuan", *times, login=OPERATOR, code=3)
    assert "Ask: general manager, manager" in refused
    said = dispatch("roster", "--from", SUNDAY, "--to", SATURDAY, login=OPERATOR)
    assert (said.code, said.err) == (2, "The end must be after the beginning.\n")
    far = dispatch("roster", "--from", SATURDAY, "--to", "2029-01-01T00:00", login=OPERATOR)
    assert (far.code, far.err) == (2, "A preview covers at most 400 days.\n")


def test_a_suggestion_ranks_everybody_in_words_and_as_a_document(dispatch: Dispatch) -> None:
    tickets = dispatch("tickets", "--json", login=OPERATOR).document
    number = next(one["number"] for one in tickets if one["status"] == "logged")
    words = dispatch("suggest", number, login=OPERATOR)
    assert words.code == 0
    assert "leave by" in words.out
    document = dispatch("suggest", number, "--json", login=OPERATOR).document
    ranked = document["ranked"]
    assert len(ranked) == 5
    may = [one["login"] for one in ranked if not one["obstacles"]]
    assert document["first"] == (may[0] if may else None)
    for one in ranked:
        points = sum(part["value"] * part["weight"] for part in one["parts"].values())
        assert abs(points - one["score"]) < 0.1
    assert dispatch("suggest", "1", login=OPERATOR).code == 2


def test_the_plan_of_the_day_proposes_and_does_nothing(dispatch: Dispatch) -> None:
    before = dispatch("tickets", "--json", login=OPERATOR).document
    document = dispatch("plan", "--json", login=MANAGER).document
    waiting = {
        one["number"]
        for one in before
        if one["kind"] == "fault"
        and not one["engineers"]
        and any(c["kind"] == "on_site" and c["outcome"] == "running" for c in one["clocks"])
    }
    assert {one["number"] for one in document} == waiting
    assert all(one["reasons"] for one in document)
    words = dispatch("plan", login=MANAGER).out
    assert all(number in words for number in waiting)
    after = dispatch("tickets", "--json", login=OPERATOR).document
    assert [one["engineers"] for one in after] == [one["engineers"] for one in before]


def test_weights_are_shown_changed_and_refused_in_one_sentence(dispatch: Dispatch) -> None:
    assert dispatch("weights", "--json", login=OPERATOR).document["travel"] == 20
    changed_to = dispatch("weights", "travel=40", "fair=0", "--json", login=MANAGER).document
    assert (changed_to["travel"], changed_to["fair"], changed_to["duty"]) == (40, 0, 30)
    assert "40" in dispatch("weights", login=OPERATOR).out
    for bad in ("travel", "way=3", "travel=far", "travel=nan"):
        answer = dispatch("weights", bad, login=MANAGER)
        assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert dispatch("weights", "fair=9", login=OPERATOR).code == 3


def test_somebody_is_lent_listed_and_brought_back(dispatch: Dispatch) -> None:
    lent = ("lend", "zeng.liqun", "WH", "--to", "2027-03-06T08:00+08:00", "--for", "大修")
    words = dispatch(*lent, login=MANAGER)
    assert words.code == 0
    assert "大修" in words.out
    [one] = dispatch("lend", "--json", login=OPERATOR).document
    assert (one["login"], one["station"], one["for"]) == ("zeng.liqun", "WH", "大修")
    assert dispatch("lend", "back", one["id"], login=OPERATOR).code == 3
    assert dispatch("lend", "back", one["id"], login=MANAGER).out == ""
    missing = dispatch("lend", "zeng.liqun", "WH", "--for", "x", login=MANAGER)
    assert (missing.code, missing.err) == (2, "--to is missing: it needs a time.\n")


def test_a_shift_is_handed_over_and_taken_over(dispatch: Dispatch) -> None:
    document = dispatch("handover", "--json", login=OPERATOR).document
    assert document["pending"] is None
    topics = {one["topic"] for one in document["items"]}
    assert {"concern", "promise", "call_back", "away"} <= topics
    words = dispatch("handover", "--note", "夜里等厂家电话", login=OPERATOR).out
    assert "夜里等厂家电话" in words
    assert "nobody has taken over yet" in dispatch("handover", login=MANAGER).out
    assert dispatch("handover", "--accept", "--json", login=MANAGER).document["pending"] is None
    again = dispatch("handover", "--accept", login=MANAGER)
    assert (again.code, again.err) == (2, "Nothing waits to be taken over.\n")
    assert dispatch("audit", login=MANAGER).code == 0
