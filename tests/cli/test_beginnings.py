"""How a database begins: init, import, demo; and the checks: audit, doctor."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.desk.demo import sample_folder
from dispatch_tui.storage import driver
from dispatch_tui.storage.place import Place

Dispatch = Callable[..., Any]
CUSTOMERS = "code,name\nH1,First Hospital\n"


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, encoding="utf-8")
    return path


def test_init_makes_a_private_database_with_one_manager(
    dispatch: Dispatch, environment: Path
) -> None:
    answer = dispatch("init", "--login", "mia", "--name", "Mia")
    assert answer.code == 0
    assert "Mia" in answer.err
    assert stat.S_IMODE(environment.stat().st_mode) == 0o600
    assert dispatch("tickets", login="mia").code == 0
    assert dispatch("audit").code == 0
    again = dispatch("init", "--login", "eve")
    assert again.code == 1
    assert "staff already" in again.err


def test_init_takes_as_and_else_the_login_of_the_computer(
    dispatch: Dispatch, environment: Path, tmp_path: Path
) -> None:
    assert "mia" in dispatch("init", login="mia").err
    other = ("--database", str(tmp_path / "other.db"))
    assert "somebody" in dispatch(*other, "init").err
    assert dispatch(*other, "roster").code == 0


@pytest.mark.parametrize("bad", [("--login", "a b"), ("--zone", "Mars/One"), ("--zone", "../x")])
def test_init_refuses_what_cannot_be(
    dispatch: Dispatch, environment: Path, bad: tuple[str, str]
) -> None:
    assert dispatch("init", *bad).code == 2
    assert not environment.exists() or dispatch("tickets").code == 2


def test_the_zone_of_the_company_numbers_its_tickets(dispatch: Dispatch) -> None:
    dispatch("init", "--zone", "Pacific/Apia", login="mia")
    called = dispatch("call", "--caller", "x", "--fault", "y", "--json", login="mia").document
    from zoneinfo import ZoneInfo

    day = datetime.fromisoformat(called["reported_at"]).astimezone(ZoneInfo("Pacific/Apia"))
    assert called["number"] == f"{day:%y%m%d}-001"


def test_looking_at_nothing_says_what_to_do_and_makes_no_file(
    dispatch: Dispatch, environment: Path
) -> None:
    for line in (("tickets",), ("roster",), ("audit",), ("call", "--caller", "x", "--fault", "y")):
        answer = dispatch(*line)
        assert answer.code == 2
        assert "dispatch-tui demo" in answer.err
        assert answer.err.count("\n") == 1
    assert not environment.exists()


def test_an_import_says_in_words_what_it_did(dispatch: Dispatch, customers: Path) -> None:
    answer = dispatch("import", str(customers))
    assert answer.code == 0
    assert answer.out == "customers: adds 1, changes 0, leaves 0, refuses 0\n"


def test_a_dry_run_keeps_nothing(dispatch: Dispatch, customers: Path, environment: Path) -> None:
    answer = dispatch("import", str(customers), "--dry-run", "--json")
    assert answer.code == 0
    assert answer.document == {
        "kept": False,
        "dry_run": True,
        "tables": {"customers": {"adds": 1, "changes": 0, "same": 0, "refuses": 0}},
        "problems": [],
        "refused_in": [],
    }
    assert not environment.exists()
    assert dispatch("import", str(customers)).out.startswith("customers: adds 1")
    assert dispatch("import", str(customers), "--dry-run").out.startswith("customers: adds 0")


def test_a_refused_import_names_every_row(dispatch: Dispatch, customers: Path) -> None:
    customers.write_text(CUSTOMERS + "H 2,A\nH3,\n", encoding="utf-8")
    answer = dispatch("import", str(customers))
    assert answer.code == 1
    assert answer.out == "customers: adds 1, changes 0, leaves 0, refuses 2\n"
    first, second, last = answer.err.splitlines()
    assert first.startswith(f"{customers}, line 3, column code: ")
    assert second == f"{customers}, line 4, column name: It is empty, but it is needed."
    assert last == "Nothing of this import was kept."
    document = dispatch("import", str(customers), "--json").document
    assert [one["line"] for one in document["problems"]] == [3, 4]
    assert document["kept"] is False


def test_who_may_not_import_is_refused(dispatch: Dispatch, demo: Path, customers: Path) -> None:
    answer = dispatch("import", str(customers), login="luo.xiaoyan")
    assert (answer.code, answer.out) == (3, "")
    assert dispatch("import", str(customers), login="eve").code == 2
    assert dispatch("import", str(customers), login="chen.jing").code == 0


def test_the_sample_folder_comes_in_by_the_command_line(dispatch: Dispatch) -> None:
    answer = dispatch("import", str(sample_folder()), "--json", login="chen.jing")
    assert answer.code == 0, answer.err
    assert answer.document["tables"]["tickets"]["adds"] > 300
    assert answer.document["tables"]["acts"]["adds"] > 100
    assert dispatch("audit", login="chen.jing").code == 0


def test_a_demo_without_a_console_prints_the_command_that_joins_it(
    dispatch: Dispatch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    folder = tmp_path / "a demo"
    answer = dispatch("demo", "--as", "manager", "--prepare", str(folder))
    assert answer.code == 0
    path = folder / "demo.db"
    assert answer.out == f"dispatch-tui --database '{path}' --as chen.jing\n"
    assert dispatch("--database", str(path), "audit").code == 0
    assert dispatch("demo", "--prepare", str(folder)).code == 2
    assert dispatch("demo", "--as", "nobody", "--prepare", str(tmp_path / "b")).code == 2


def test_the_demo_gives_dense_numbers_per_day(dispatch: Dispatch, demo: Path) -> None:
    days: dict[str, list[int]] = {}
    for one in dispatch("tickets", "--view", "all", "--json", login="chen.jing").document:
        day, _, ordinal = one["number"].partition("-")
        days.setdefault(day, []).append(int(ordinal))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in days.values())


@pytest.mark.parametrize(
    "view", ["open", "near", "breached", "mine", "call-backs", "away", "complaints", "consent"]
)
def test_the_demo_has_something_in_every_view(dispatch: Dispatch, demo: Path, view: str) -> None:
    found = dispatch("tickets", "--view", view, "--json", login="luo.xiaoyan").document
    assert 0 < len(found) < 31


def facts_of(dispatch: Dispatch, kind: str) -> dict[str, dict[str, Any]]:
    """The last entry of a kind of the open tickets that have one."""
    return {
        one["number"]: line["data"]
        for one in dispatch("tickets", "--json", login="chen.jing").document
        for line in dispatch("show", one["number"], "--json", login="chen.jing").document["journal"]
        if line["kind"] == kind
    }


def test_what_is_to_come_in_the_demo_moves_with_what_happened(
    dispatch: Dispatch, demo: Path
) -> None:
    now = datetime.now(UTC)

    def hours(at: str) -> float:
        return (datetime.fromisoformat(at) - now) / timedelta(hours=1)

    words = {
        number: hours(one["word_due_at"])
        for number, one in facts_of(dispatch, "leg_reported").items()
        if one.get("word_due_at")
    }
    assert len([due for due in words.values() if -3 < due < 0]) == 1
    assert len([due for due in words.values() if 0 < due < 2]) == 1
    planned = [hours(one["planned_at"]) for one in facts_of(dispatch, "visit_planned").values()]
    assert min(planned) > 2
    assert any(due < 12 for due in planned)
    agreed = [hours(one["until"]) for one in facts_of(dispatch, "consented").values()]
    assert 0 < max(agreed) < 12
    expected = facts_of(dispatch, "expected").values()
    assert [True for one in expected if hours(one["expected_at"]) < -0.5] == [True]


def test_complaints_of_the_demo_are_about_the_tickets_that_were_renumbered(
    dispatch: Dispatch, demo: Path
) -> None:
    calls = facts_of(dispatch, "call_logged")
    about = {one["about"]: one for one in calls.values() if one.get("about")}
    assert len(about) == 2
    for number, complaint in about.items():
        ticket = dispatch("show", number, "--json", login="chen.jing").document
        assert (ticket["kind"], ticket["device"]) == ("fault", complaint["device"])


def test_a_repeat_fault_of_the_demo_names_the_one_before(dispatch: Dispatch, demo: Path) -> None:
    open_now = dispatch("tickets", "--json", login="chen.jing").document
    shown = [dispatch("show", one["number"], login="chen.jing").out for one in open_now]
    assert len([text for text in shown if "Repeat of" in text]) == 1
    assert len([text for text in shown if "is silent" in text]) == 1


def test_an_audit_names_the_first_bad_row(dispatch: Dispatch, demo: Path) -> None:
    sound = dispatch("audit", "--json")
    assert (sound.code, sound.document["ok"], sound.document["first"]) == (0, True, None)
    [one, *_] = dispatch("tickets", "--json", login="chen.jing").document
    with closing(driver.connect(demo)) as connection:
        connection.execute("UPDATE tickets SET status = 'closed' WHERE number = ?", [one["number"]])
    answer = dispatch("audit")
    assert answer.code == 1
    assert one["number"] in answer.err
    assert "status" in answer.err
    document = dispatch("audit", "--json").document
    assert (document["ok"], document["bad"]) == (False, 1)
    assert document["first"]["subject"] == one["number"]


def test_doctor_tells_what_is_in_force(dispatch: Dispatch, demo: Path) -> None:
    demo.chmod(0o600)
    answer = dispatch("doctor", "--json")
    document = answer.document
    assert document["problems"] == []
    assert answer.code == 0
    assert document["database"]["settings"]["foreign_keys"] == 1
    assert document["database"]["settings"]["synchronous"] == "FULL"
    assert document["database"]["schema"] == document["database"]["newest_schema"]
    assert document["versions"]["sqlalchemy"]
    assert document["sqlite"]["safe_with_wal"]
    assert "sqlalchemy" in dispatch("doctor").out


def test_doctor_works_where_there_is_no_database(dispatch: Dispatch, environment: Path) -> None:
    answer = dispatch("doctor", "--json")
    assert (answer.code, answer.document["database"]["exists"]) == (0, False)
    assert not environment.exists()


def test_doctor_says_why_a_database_cannot_be_used(dispatch: Dispatch, environment: Path) -> None:
    environment.write_text("no database")
    answer = dispatch("doctor", "--json")
    assert answer.code == 1
    [problem] = answer.document["problems"]
    assert "not a database" in problem
    assert answer.err.strip() == problem


def test_doctor_warns_of_others_who_can_read(dispatch: Dispatch, demo: Path) -> None:
    demo.chmod(0o644)
    answer = dispatch("doctor", "--json")
    assert answer.code == 1
    assert "chmod 600" in answer.document["problems"][0]


def test_doctor_knows_an_sqlite_that_loses_commits(
    dispatch: Dispatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "library", lambda: ("sqlite3", "3.40.1", False))
    answer = dispatch("doctor", "--json")
    assert answer.code == 1
    assert "3.40.1" in answer.document["problems"][0]
    assert answer.document["sqlite"]["stand_in"] is False


@pytest.mark.parametrize(
    ("database", "code"),
    [
        ("{folder}", 5),
        ("{folder}/text.db", 5),
        ("{folder}/other.db", 5),
        ("postgresql+asyncpg://nobody:secret@127.0.0.1:1/x", 5),
        ("mysql://nobody:secret@h/x", 2),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_one_line(
    dispatch: Dispatch, tmp_path: Path, database: str, code: int
) -> None:
    (tmp_path / "text.db").write_text("hello")
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE somebody_elses (x)")
    answer = dispatch("--database", database.format(folder=tmp_path), "tickets")
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.count("\n") == 1
    assert "secret" not in answer.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(dispatch: Dispatch, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    answer = dispatch("--database", str(tmp_path / "a" / "b.db"), "init")
    tmp_path.chmod(0o700)
    assert answer.code == 5


def test_a_whole_course_goes_on_either_engine(dispatch: Dispatch, place: Place) -> None:
    database = ("--database", place.url or str(place.path))
    folder = str(sample_folder())
    assert dispatch(*database, "import", folder, login="chen.jing").code == 0
    as_manager = (*database, "--as", "chen.jing")
    number = dispatch(*as_manager, "call", "--customer", "C001", "--fault", "x").out.strip()
    assert dispatch(*as_manager, "act", number, "assign", "engineers=qiu.haibo").code == 0
    assert number in dispatch(*as_manager, "tickets").out
    assert dispatch(*as_manager, "show", number, "--json").document["version"] == 2
    assert dispatch(*as_manager, "audit", "--json").document["ok"]
    assert dispatch(*as_manager, "init").code == 1
    assert dispatch(*as_manager, "doctor", "--json").document["database"]["settings"]
