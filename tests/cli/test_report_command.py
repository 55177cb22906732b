"""`report`: text, HTML and JSON of a service report, printed or written to a new file."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.words.columns import width

Dispatch = Callable[..., Any]
MANAGER = "chen.jing"
VENTILATOR = "NV-8009-26"
CHECKS = ("leakage_current", "tidal_volume", "oxygen", "pressure", "alarms", "battery")

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def number(dispatch: Dispatch) -> str:
    """A call about a ventilator, half an hour ago."""
    call = ("--customer", "C001", "--device", VENTILATOR, "--fault", "自检不过\n<b>报漏气</b>")
    done = dispatch("call", *call, "--reported-at", "30 min ago", login=MANAGER)
    assert done.code == 0
    return str(done.out.strip())


@pytest.fixture
def finished(dispatch: Dispatch, number: str) -> str:
    """A ventilator repaired, tested, and its report made final and signed."""
    for line in (
        ("need-visit", "why=leak"),
        ("assign", "engineers=zeng.liqun"),
        ("arrive",),
        ("diagnose", "cause=consumable", "found=膜片老化"),
        *(("record-test", f"item={one}", "value=ok", "passed=yes") for one in CHECKS),
        ("restore", "what_was_done=更换膜片"),
        ("describe-service", "state_after=in_use", "confirmed_by=护士长"),
        ("finish-report",),
        ("sign-report", "name=盖雪梅", "position=护士长"),
        ("amend-report", "section=work", "text=又换了滤网"),
    ):
        answer = dispatch("act", number, *line, login=MANAGER)
        assert (answer.code, line) == (0, line), answer.err
    return number


def report(dispatch: Dispatch, *arguments: str) -> Any:
    return dispatch("report", *arguments, login=MANAGER)


def test_a_report_is_printed_as_text_that_fits_a_terminal(dispatch: Dispatch, number: str) -> None:
    answer = report(dispatch, number)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == f"Service report  {number}  [DRAFT - not valid]"
    assert max(map(width, lines)) <= 80
    assert "Fault as reported  自检不过" in lines
    assert "- the cause (diagnose)" in lines


def test_a_report_is_printed_in_the_language_that_was_asked_for(
    dispatch: Dispatch, number: str
) -> None:
    english = report(dispatch, number).out
    chinese = report(dispatch, number, "--lang", "zh_CN").out
    assert number in chinese.splitlines()[0]
    assert not set(english.split()) & {"服务报告"}
    assert "Service report" not in chinese
    assert "自检不过" in chinese


def test_html_is_one_page_in_itself(dispatch: Dispatch, finished: str) -> None:
    page = report(dispatch, finished, "--format", "html").out
    assert page.startswith("<!DOCTYPE html>\n")
    assert "自检不过\n&lt;b&gt;报漏气&lt;/b&gt;" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_json_has_the_document_of_which_anybody_can_prove_the_hash(
    dispatch: Dispatch, finished: str
) -> None:
    document = report(dispatch, finished, "--format", "json").document
    assert set(document) == {
        *("number", "no", "state", "hash", "intact", "finished_at", "finished_by"),
        *("signed_by", "position", "signed_at", "document", "amendments", "lacking"),
    }
    assert (document["number"], document["state"]) == (finished, "signed")
    assert (document["signed_by"], document["position"]) == ("盖雪梅", "护士长")
    text = json.dumps(document["document"], ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == document["hash"]
    assert document["intact"] is True
    assert document["document"]["what_was_done"] == "更换膜片"
    [amendment] = document["amendments"]
    assert (amendment["no"], amendment["section"], amendment["text"]) == (1, "work", "又换了滤网")
    assert amendment["by"] == "陈敬"
    assert amendment["at"].endswith("Z")
    assert document["lacking"] == []


def test_json_of_a_draft_says_what_it_lacks(dispatch: Dispatch, number: str) -> None:
    document = report(dispatch, number, "--format", "json").document
    assert (document["state"], document["hash"], document["signed_at"]) == ("draft", None, None)
    assert "the cause (diagnose)" in document["lacking"]
    assert document["document"]["serial"] == VENTILATOR


def test_a_reopened_case_has_its_earlier_report_by_its_number(
    dispatch: Dispatch, finished: str
) -> None:
    assert dispatch("act", finished, "reopen", "reason=again", login=MANAGER).code == 0
    json_of = ("--format", "json")
    assert report(dispatch, finished, *json_of).document["state"] == "draft"
    assert report(dispatch, finished, *json_of, "--no", "1").document["state"] == "signed"
    answer = report(dispatch, finished, "--no", "3")
    assert (answer.code, answer.out) == (2, "")
    assert "no. 3" in answer.err


# A file


@pytest.mark.parametrize("shape", ["html", "text", "json"])
def test_a_file_holds_what_would_have_been_printed(
    dispatch: Dispatch, finished: str, tmp_path: Path, shape: str
) -> None:
    path = tmp_path / "report"
    answer = report(dispatch, finished, "--format", shape, "--output", str(path))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert path.read_text("utf-8") == report(dispatch, finished, "--format", shape).out


def test_a_file_that_is_there_is_never_overwritten(
    dispatch: Dispatch, number: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_text("mine")
    for taken in (path, tmp_path):
        answer = report(dispatch, number, "--output", str(taken))
        assert (answer.code, answer.out) == (2, "")
        assert answer.err == (
            f"There is already something at {taken}: name a file that is not there yet.\n"
        )
    assert path.read_text() == "mine"


def test_a_link_to_nowhere_is_not_followed(dispatch: Dispatch, number: str, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "target")
    assert report(dispatch, number, "--output", str(link)).code == 2
    assert not (tmp_path / "target").exists()


@pytest.mark.parametrize("path", ["no/such/folder/report.html", "nul\0", ""])
def test_a_place_that_cannot_be_written_to_is_said_in_one_sentence(
    dispatch: Dispatch, number: str, path: str
) -> None:
    answer = report(dispatch, number, "--output", path)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1


# What there is not


def test_an_unknown_ticket_and_a_complaint_have_none(dispatch: Dispatch, finished: str) -> None:
    answer = report(dispatch, "1")
    assert (answer.code, answer.out, answer.err) == (2, "", "There is no ticket 1.\n")
    dispatch("act", finished, "complain", "text=too late", login=MANAGER)
    tickets = dispatch("tickets", "--json", login=MANAGER).document
    [complaint] = [one["number"] for one in tickets if one["about"] == finished]
    answer = report(dispatch, complaint)
    assert (answer.code, answer.out) == (1, "")
    assert f"{complaint} is a complaint" in answer.err


def test_a_report_whose_text_was_changed_ends_with_one(
    dispatch: Dispatch, finished: str, demo: Path
) -> None:
    with sqlite3.connect(demo) as database:
        database.execute(
            "UPDATE journal SET data = replace(data, '更换膜片', '更换主机')"
            " WHERE kind = 'report_finished'"
        )
    database.close()
    answer = report(dispatch, finished)
    assert answer.code == 1
    assert "was changed after it was made final" in answer.err
    assert "[NOT VALID - text was changed]" in answer.out.splitlines()[0]
    assert report(dispatch, finished, "--format", "json").document["intact"] is False


# What is loaded for it

LOADED = """
import sys
from dispatch_tui.cli.main import outcome
code = outcome(sys.argv[1:])
print(code, *sorted({"jinja2", "textual", "rich"} & set(sys.modules)))
"""


@pytest.mark.parametrize(("shape", "loaded"), [("html", "0 jinja2"), ("text", "0"), ("json", "0")])
def test_html_alone_loads_the_templates_and_nothing_loads_a_screen(
    number: str, tmp_path: Path, shape: str, loaded: str, run_python: Callable[..., str]
) -> None:
    output = ("--output", str(tmp_path / "report"))
    done = run_python(LOADED, "--as", MANAGER, "report", number, "--format", shape, *output)
    assert done.strip() == loaded
