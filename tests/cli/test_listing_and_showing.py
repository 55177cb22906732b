"""What can be looked at: tickets now and then, one ticket, the roster."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.desk.demo import sample_folder
from dispatch_tui.words.columns import width

Dispatch = Callable[..., Any]
MANAGER = "chen.jing"

pytestmark = pytest.mark.usefixtures("demo")

TICKET_FIELDS = {
    *("number", "kind", "priority", "severity", "status", "customer", "customer_name", "caller"),
    *("device", "device_name", "department", "contact", "phone", "fault", "engineers"),
    *("reported_at", "version", "next_due_at", "clocks", "next_step", "cause", "visits"),
    *("escalation", "consent_asked", "consents", "away", "loans", "parts", "unrepairable"),
    *("agreement", "failed_calls", "call_back", "report", "adverse", "complaints", "complaint"),
    *("about", "merged_into"),
}
OVER = {"closed", "cancelled", "merged"}
FILE_FIELDS = {"warranty", "repeats", "recent_faults"}


def sample_tickets() -> list[dict[str, str]]:
    """The tickets that the demo begins with."""
    with (sample_folder() / "tickets.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(answer: Any) -> list[str]:
    return [one["number"] for one in answer.document]


def test_tickets_are_listed_least_time_left_first(dispatch: Dispatch) -> None:
    answer = dispatch("tickets", "--json", login=MANAGER)
    assert answer.code == 0
    assert all(set(one) == TICKET_FIELDS for one in answer.document)
    due = [one["next_due_at"] or "9" for one in answer.document]
    assert due == sorted(due)
    over = numbers(dispatch("tickets", "--view", "over", "--json", login=MANAGER))
    assert len(due) == len(sample_tickets()) - len(over) > 14


def test_all_tickets_are_listed_with_what_is_over_last_the_newest_first(dispatch: Dispatch) -> None:
    shown = numbers(dispatch("tickets", "--view", "all", "--json", login=MANAGER))
    open_now = numbers(dispatch("tickets", "--json", login=MANAGER))
    over = numbers(dispatch("tickets", "--view", "over", "--json", login=MANAGER))
    assert shown == open_now + over
    assert over == sorted(over, reverse=True)
    lines = dispatch("tickets", "--view", "all", login=MANAGER).out.splitlines()
    assert [line.split()[0] for line in lines] == shown
    earlier = ("tickets", "--view", "all", "--at", "20 min ago", "--json")
    then = numbers(dispatch(*earlier, login=MANAGER))
    assert set(then) <= set(shown)
    assert len(set(then)) == len(then) > len(over)


@pytest.mark.parametrize("count", [1, 14, 250])
def test_no_more_tickets_are_listed_than_were_asked_for(dispatch: Dispatch, count: int) -> None:
    for options in ((), ("--at", "20 min ago")):
        view = ("tickets", "--view", "all", *options, "--json")
        every = numbers(dispatch(*view, login=MANAGER))
        assert numbers(dispatch(*view, "--limit", str(count), login=MANAGER)) == every[:count]


def test_a_limit_is_a_number_of_tickets(dispatch: Dispatch) -> None:
    assert dispatch("tickets", "--limit", "0", login=MANAGER).code == 2


def test_the_views_hold_what_they_say(dispatch: Dispatch) -> None:
    def view(name: str) -> list[Any]:
        found: list[Any] = dispatch("tickets", "--view", name, "--json", login=MANAGER).document
        return found

    def levels(one: Any) -> set[str]:
        return {clock["level"] for clock in one["clocks"] if clock["outcome"] == "running"}

    everything = view("all")
    assert len(everything) == len(sample_tickets())
    assert len({one["number"] for one in everything}) == len(everything)
    assert all("breached" in levels(one) for one in view("breached"))
    assert all(levels(one) & {"near", "critical", "breached"} for one in view("near"))
    assert {one["number"] for one in view("breached")} < {one["number"] for one in view("near")}
    assert {"closed", "cancelled"} <= {one["status"] for one in view("over")} <= OVER
    open_now = {one["number"] for one in view("open")}
    assert not open_now & {one["number"] for one in view("over")}


def test_what_waits_for_somebody_has_a_view_of_its_own(dispatch: Dispatch) -> None:
    def waiting(name: str, waits: Callable[[Any], bool]) -> None:
        found = numbers(dispatch("tickets", "--view", name, "--json", login=MANAGER))
        assert found == [one["number"] for one in open_now if waits(one)]
        assert found, name

    open_now = dispatch("tickets", "--json", login=MANAGER).document
    after_repair = {"restored", "solved", "agreed"}
    waiting("call-backs", lambda one: one["status"] in after_repair)
    waiting("away", lambda one: any(thing["out"] for thing in one["away"]))
    waiting("complaints", lambda one: one["kind"] == "complaint")
    waiting("consent", lambda one: one["consent_asked"] is not None)


def test_the_view_of_what_is_away_says_when_the_next_word_is_due(dispatch: Dispatch) -> None:
    documents = dispatch("tickets", "--view", "away", "--json", login=MANAGER).document
    lines = dispatch("tickets", "--view", "away", login=MANAGER).out.splitlines()
    promised = {
        one["number"]: any(thing["out"] and thing["word_due_at"] for thing in one["away"])
        for one in documents
    }
    assert True in promised.values()
    assert [line.split()[0] for line in lines] == list(promised)
    assert ["next word by" in line for line in lines] == list(promised.values())


def test_the_demo_has_something_new_something_near_and_something_breached(
    dispatch: Dispatch,
) -> None:
    now = datetime.now(UTC)
    open_now = dispatch("tickets", "--json", login=MANAGER).document
    assert any(one["status"] == "logged" for one in open_now)
    assert dispatch("tickets", "--view", "breached", "--json", login=MANAGER).document
    assert dispatch("tickets", "--view", "near", "--json", login=MANAGER).document
    newest = max(datetime.fromisoformat(one["reported_at"]) for one in open_now)
    assert timedelta() < now - newest < timedelta(minutes=30)


def test_the_queue_of_an_earlier_time_is_folded_up_to_it(dispatch: Dispatch) -> None:
    called = dispatch("call", "--customer", "C001", "--fault", "x", "--json", login=MANAGER)
    number = called.document["number"]
    dispatch("act", number, "respond", login=MANAGER)
    now = dispatch("tickets", "--json", login=MANAGER)
    assert number in numbers(now)
    before = dispatch("tickets", "--at", "30 min ago", "--json", login=MANAGER)
    assert before.code == 0
    assert number not in numbers(before)
    reported = dispatch(
        *("call", "--customer", "C001", "--fault", "y", "--reported-at", "50 min ago", "--json"),
        login=MANAGER,
    ).document
    dispatch("act", reported["number"], "solve-by-phone", "what_was_done=z", login=MANAGER)
    then = dispatch("tickets", "--at", "30 min ago", "--json", login=MANAGER).document
    [found] = [one for one in then if one["number"] == reported["number"]]
    assert found["status"] == "logged"
    assert {clock["outcome"] for clock in found["clocks"]} == {"running"}
    assert found["clocks"][0]["level"] == "normal"


def test_no_ticket_was_open_before_the_first(dispatch: Dispatch) -> None:
    then = ("--at", "2020-01-01 08:00")
    assert dispatch("tickets", *then, "--view", "all", "--json", login=MANAGER).document == []
    assert dispatch("tickets", *then, login=MANAGER).out == ""


def test_lines_are_aligned_in_cells_and_free_of_controls(dispatch: Dispatch) -> None:
    fault = "\x1b[31mred\u202e\nand more"
    dispatch("call", "--customer", "C001", "--fault", fault, login=MANAGER)
    lines = dispatch("tickets", login=MANAGER).out.splitlines()
    assert not any("\x1b" in line or "\u202e" in line for line in lines)
    [line] = [line for line in lines if "[31mred" in line]
    assert line.endswith("[31mred and more")
    of_customer = [line for line in lines if "锦浣医院" in line]
    assert len(of_customer) > 1
    assert len({width(line[: line.index("锦浣医院")]) for line in of_customer}) == 1


def test_show_prints_facts_clocks_the_next_step_and_the_timeline(dispatch: Dispatch) -> None:
    number = dispatch("call", "--customer", "C001", "--fault", "黑屏", login=MANAGER).out.strip()
    answer = dispatch("show", number, login=MANAGER)
    assert answer.code == 0
    for words in ("成都锦浣医院", "answer by", "Call the customer back", "陈敬"):
        assert words in answer.out
    assert answer.out.endswith("Fault reported: 黑屏\n")


def test_show_has_the_journal_with_its_hashes(dispatch: Dispatch) -> None:
    number = dispatch("tickets", "--json", login=MANAGER).document[0]["number"]
    document = dispatch("show", number, "--json", login=MANAGER).document
    assert set(document) == TICKET_FIELDS | FILE_FIELDS | {"journal"}
    assert [line["seq"] for line in document["journal"]] == list(range(1, document["version"] + 1))
    first = document["journal"][0]
    assert set(first) == {
        "seq",
        "kind",
        "actor",
        "occurred_at",
        "recorded_at",
        "imported",
        "data",
        "hash",
    }
    assert first["kind"] == "call_logged"
    assert first["data"]["fault"] == document["fault"]
    assert len(first["hash"]) == 64
    assert first["recorded_at"].endswith("Z")


def test_calls_and_commands_answer_with_the_ticket_as_it_is_shown(dispatch: Dispatch) -> None:
    line = ("call", "--customer", "C001", "--fault", "x", "--json")
    called = dispatch(*line, login=MANAGER).document
    assert set(called) == TICKET_FIELDS | FILE_FIELDS
    noted = dispatch("act", called["number"], "note", "text=y", "--json", login=MANAGER).document
    assert set(noted) == TICKET_FIELDS | FILE_FIELDS | {"other"}
    shown = dispatch("show", called["number"], "--json", login=MANAGER).document
    assert {name: shown[name] for name in shown if name != "journal"} == {
        name: noted[name] for name in noted if name != "other"
    }


def test_an_unknown_ticket_is_said_in_one_line(dispatch: Dispatch) -> None:
    for line in (("show", "1"), ("act", "1", "undo"), ("act", "1", "--help")):
        answer = dispatch(*line, login=MANAGER)
        assert (answer.code, answer.out, answer.err) == (2, "", "There is no ticket 1.\n")


def test_the_roster_says_who_is_on_duty_and_what_they_do(dispatch: Dispatch) -> None:
    document = dispatch("roster", "--json", login=MANAGER).document
    assert set(document) == {"at", "on_duty", "groups"}
    duty = document["on_duty"]
    assert set(duty) == {"group", "since", "until", "staff"}
    assert len(duty["staff"]) == 2
    members = [member for group in document["groups"] for member in group["members"]]
    assert len(members) == 5
    assert set(members[0]) == {
        *("login", "name", "phone", "station", "skills", "language", "on_duty", "off_until"),
        *("doing", "number", "since", "tickets"),
    }
    assert {one["doing"] for one in members} <= {"free", "planned", "under_way", "on_site"}
    assert "On duty: group" in dispatch("roster", login=MANAGER).out


def test_the_roster_turns_with_the_weeks(dispatch: Dispatch) -> None:
    def duty(at: str) -> str:
        document = dispatch("roster", "--at", at, "--json", login=MANAGER).document
        return str(document["on_duty"]["group"])

    assert duty("2026-01-05T08:00+08:00") != duty("2026-01-12T08:00+08:00")
    assert duty("2026-01-05T07:59+08:00") == duty("2026-01-12T08:00+08:00")


def test_who_is_not_on_the_staff_list_sees_nothing(dispatch: Dispatch) -> None:
    answer = dispatch("tickets", login="eve")
    assert (answer.code, answer.out) == (2, "")
    assert "--as LOGIN" in answer.err
    assert dispatch("tickets").code == 2


def test_json_is_utf8_and_readable(dispatch: Dispatch, demo: Path) -> None:
    answer = dispatch("tickets", "--json", login=MANAGER)
    assert "锦浣" in answer.out
    assert json.loads(answer.out)
