"""`export`, `phone`, `calendar` and `import journal.csv` on the command line."""

import csv
import io
import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import pytest
from cases import MANAGER

from dispatch_tui.cli.main import _write_log
from dispatch_tui.desk.bringing.formats import FORMATS

Answer = Any
Dispatch = Callable[..., Answer]
SUPERVISOR, OPERATOR, ENGINEER = "yue.wenjing", "luo.xiaoyan", "xie.xiaodong"


def rows(text: str | bytes) -> list[dict[str, str]]:
    said = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(said, newline="")))


def good(answer: Answer) -> Answer:
    assert answer.code == 0, answer.err
    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "out"
    found.mkdir()
    return found


def test_a_table_goes_to_stdout_or_into_a_new_file_for_its_owner(
    demo: Path, dispatch: Dispatch, folder: Path
) -> None:
    printed = good(dispatch("export", "customers", login=MANAGER))
    path = folder / "customers.csv"
    good(dispatch("export", "customers", "--output", str(path), login=MANAGER))
    assert printed.out.encode() == path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(folder) == ["customers.csv"]
    assert rows(printed.out)[0]["code"] == "C001"


def test_nothing_is_overwritten(demo: Path, dispatch: Dispatch, folder: Path) -> None:
    path = folder / "staff.csv"
    path.write_text("mine")
    answer = dispatch("export", "staff", "--output", str(path), login=MANAGER)
    assert (answer.code, answer.out) == (2, "")
    assert "already something at" in answer.err
    answer = dispatch("export", "staff", "travel", "--output", str(folder), login=MANAGER)
    assert answer.code == 2
    assert path.read_text() == "mine"
    assert os.listdir(folder) == ["staff.csv"]


@pytest.mark.parametrize("shape", ["csv", "json", "xlsx"])
def test_everything_comes_in_again_as_it_went_out(
    demo: Path, dispatch: Dispatch, tmp_path: Path, shape: str
) -> None:
    good(dispatch("export", "--all", "--output", str(tmp_path / "a"), login=MANAGER))
    good(
        dispatch(
            *("export", "--all", "--format", shape, "--output", str(tmp_path / "b")),
            login=MANAGER,
        )
    )
    assert {one.stem for one in (tmp_path / "b").iterdir()} == set(FORMATS)
    other = ("--database", str(tmp_path / "other.db"))
    good(dispatch(*other, "import", str(tmp_path / "b"), login=MANAGER))
    good(dispatch(*other, "export", "--all", "--output", str(tmp_path / "c"), login=MANAGER))
    for table in FORMATS:
        name = f"{table}.csv"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "c" / name).read_bytes(), table


@pytest.mark.parametrize("shape", ["csv", "json"])
def test_the_journal_makes_another_database_the_same(
    demo: Path, dispatch: Dispatch, tmp_path: Path, shape: str
) -> None:
    path = tmp_path / f"journal.{shape}"
    good(dispatch("export", "journal", "--output", str(path), login=MANAGER))
    other = ("--database", str(tmp_path / "other.db"))
    dry = good(dispatch(*other, "import", str(path), "--dry-run", "--json"))
    assert dry.document["kept"] is False
    assert not (tmp_path / "other.db").exists()
    moved = good(dispatch(*other, "import", str(path)))
    assert "every hash holds" in moved.out
    good(dispatch(*other, "audit"))
    again = good(dispatch(*other, "export", "journal", "--format", shape, login=MANAGER))
    assert again.out.encode() == path.read_bytes()
    refused = dispatch(*other, "import", str(path))
    assert refused.code == 1
    assert "has a journal" in refused.err


def test_a_journal_is_brought_in_alone(demo: Path, dispatch: Dispatch, tmp_path: Path) -> None:
    for name in ("journal.csv", "staff.csv"):
        (tmp_path / name).touch()
    paths = [str(tmp_path / name) for name in ("journal.csv", "staff.csv")]
    answer = dispatch("import", *paths)
    assert answer.code == 2
    assert "alone" in answer.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Which table"),
        (("--all", "staff"), "Name tables, or say --all"),
        (("--all",), "--output is missing"),
        (("staff", "travel"), "--output is missing"),
        (("nothing",), "TABLE"),
        (("staff", "--view", "open"), "--view and --at are for the lists"),
        (("staff", "--at", "yesterday 17:00"), "--view and --at are for the lists"),
        (("staff", "--format", "xlsx"), "needs a file"),
        (("staff", "--format", "pdf"), "--format can be csv, json, xlsx"),
        (("staff", "--output", "/nowhere/at/all.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_line(
    demo: Path, dispatch: Dispatch, arguments: tuple[str, ...], words: str
) -> None:
    answer = dispatch("export", *arguments, login=MANAGER)
    assert answer.code == 2
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_the_ending_of_a_path_says_as_what(demo: Path, dispatch: Dispatch, folder: Path) -> None:
    path = folder / "travel.json"
    good(dispatch("export", "travel", "--output", str(path), login=MANAGER))
    assert json.loads(path.read_bytes())[0]["minutes"] > 0


def test_a_list_of_tickets_is_what_the_screen_shows(demo: Path, dispatch: Dispatch) -> None:
    shown = good(dispatch("tickets", "--view", "near", "--json", login=ENGINEER)).document
    found = rows(good(dispatch("export", "tickets", "--view", "near", login=ENGINEER)).out)
    assert [one["number"] for one in found] == [one["number"] for one in shown]
    assert {one["level"] for one in found} <= {"near", "critical", "breached"}
    first, same = found[0], shown[0]
    for name in ("customer_name", "status", "phone", "fault", "next_due_at", "reported_at"):
        assert first[name].removeprefix("'") == (same[name] or "").removeprefix("'"), name
    assert first["engineers"] == "|".join(same["engineers"])


@pytest.mark.parametrize("name", ["roster", "handover"])
def test_the_other_lists_are_for_everybody(demo: Path, dispatch: Dispatch, name: str) -> None:
    for login in (MANAGER, SUPERVISOR, OPERATOR, ENGINEER):
        assert rows(good(dispatch("export", name, login=login)).out)
    as_json = good(dispatch("export", name, "--format", "json", login=MANAGER))
    assert isinstance(as_json.document, list)


def test_a_role_that_may_not_is_told_who_may(demo: Path, dispatch: Dispatch, folder: Path) -> None:
    path = folder / "customers.csv"
    answer = dispatch("export", "customers", "--output", str(path), login=OPERATOR)
    assert answer.code == 3
    assert "manager" in answer.err
    assert os.listdir(folder) == []


def mobiles(text: str) -> list[str]:
    return re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


def test_who_sees_masks_gets_masks_everywhere_and_is_told(
    demo: Path, dispatch: Dispatch, folder: Path
) -> None:
    number = good(dispatch("tickets", "--json", login=MANAGER)).document[0]["number"]
    for arguments in (
        ("tickets", "--json", "--view", "all"),
        ("show", number),
        ("show", number, "--json"),
        ("roster", "--json"),
        ("handover",),
        ("export", "tickets", "--view", "all"),
        ("export", "roster"),
        ("export", "contacts"),
        ("export", "staff"),
        ("export", "acts"),
    ):
        answer = good(dispatch(*arguments, login=SUPERVISOR))
        assert mobiles(answer.out) == [], arguments
    assert mobiles(good(dispatch("export", "contacts", login=MANAGER)).out)
    path = folder / "contacts.csv"
    answer = good(dispatch("export", "contacts", "--output", str(path), login=SUPERVISOR))
    assert "cannot be imported again" in answer.err
    refused = dispatch("import", str(path), login=MANAGER)
    assert refused.code == 1
    assert "masked phone number" in refused.err


def test_a_number_is_looked_up_and_noted(demo: Path, dispatch: Dispatch) -> None:
    tickets = good(dispatch("tickets", "--json", login=MANAGER)).document
    one = next(one for one in tickets if one["phone"])
    answer = good(dispatch("phone", one["number"], login=SUPERVISOR))
    assert one["phone"] in answer.out
    assert "noted in the journal" in answer.err
    as_json = good(dispatch("phone", one["number"], "--json", login=MANAGER)).document
    assert as_json == {
        "number": one["number"],
        "contact": one["contact"] or one["customer_name"],
        "phone": one["phone"],
        "noted": False,
    }
    assert dispatch("phone", "260101-999", login=MANAGER).code == 2


def test_an_unexpected_end_leaves_no_number_behind(environment: Path, tmp_path: Path) -> None:
    try:
        raise RuntimeError("Key (phone)=(13800138000) already exists")
    except RuntimeError:
        log = _write_log()
    text = log.read_text(encoding="utf-8")
    assert "138****8000" in text
    assert mobiles(text) == []


def test_a_calendar_is_printed_or_written(demo: Path, dispatch: Dispatch, folder: Path) -> None:
    path = folder / "xie.ics"
    good(dispatch("calendar", ENGINEER, "--output", str(path), login=SUPERVISOR))
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    kinds: set[Any] = {str(one["categories"].cats[0]) for one in events}
    assert "DUTY" in kinds
    again = dispatch("calendar", ENGINEER, "--output", str(path), login=SUPERVISOR)
    assert again.code == 2
    printed = good(dispatch("calendar", "BH8K58139X", login=MANAGER)).out
    assert icalendar.Calendar.from_ical(printed).walk("VEVENT")
    assert dispatch("calendar", "nothing like it", login=MANAGER).code == 2


def test_the_help_says_what_an_export_is(dispatch: Dispatch) -> None:
    answer = good(dispatch("export", "--help"))
    for word in ("tickets", "journal", "--view", "roster", "masks"):
        assert word in answer.out
