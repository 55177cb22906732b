"""`import` on the command line: what it says, what it writes, what it shows while it works."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.desk.bringing.mapping_file import read_mapping
from dispatch_tui.desk.demo import sample_folder

Dispatch = Callable[..., Any]
DEVICES = "serial,maker,name,customer,warranty_months\n"


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A file of two devices, of which nothing is wrong."""
    path = tmp_path / "devices-new.csv"
    path.write_text(DEVICES + "N-1,M,CT,C001,36\nN-2,M,CT,C001,24\n", encoding="utf-8")
    return path


def test_a_dry_run_says_in_words_what_would_become_of_the_rows(
    dispatch: Dispatch, demo: Path, tmp_path: Path
) -> None:
    rows = "".join(f"N-{place},M,CT,C001,36\n" for place in range(1204))
    path = tmp_path / "devices.csv"
    path.write_text(DEVICES + rows + "N-9,Z,CT,C001,x\n", encoding="utf-8")
    answer = dispatch("import", str(path), "--dry-run", login="chen.jing")
    assert answer.code == 1
    assert answer.out == "devices: adds 1,204, changes 0, leaves 0, refuses 1\n"


def test_each_refused_row_is_told_with_its_value_drawn_literally(
    dispatch: Dispatch, demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "devices.csv"
    path.write_bytes((DEVICES + f"N-1,M,CT,C001,3\x1b[31m{'y' * 200}\n").encode())
    answer = dispatch("import", str(path), login="chen.jing")
    [line, _] = answer.err.splitlines()
    assert line.startswith(f"{path}, line 2, column warranty_months: ")
    assert "“3[31m" in line
    assert "\x1b" not in answer.err
    assert len(line) < len(str(path)) + 300
    document = dispatch("import", str(path), "--json", login="chen.jing").document
    [problem] = document["problems"]
    assert (problem["line"], problem["unit"], problem["column"]) == (2, "line", "warranty_months")
    assert problem["value"].startswith("3[31my")
    assert len(problem["value"]) <= 80


def test_the_refused_rows_go_into_a_file_that_comes_in_when_it_is_mended(
    dispatch: Dispatch, demo: Path, devices: Path, tmp_path: Path
) -> None:
    devices.write_text(
        devices.read_text() + '"=1\n""x""",M,CT,C001,many\nN-4,M,,C001,36\nN-5,M,CT\n',
        encoding="utf-8",
    )
    target = tmp_path / "devices refused.csv"
    answer = dispatch("import", str(devices), "--refused", str(target), login="chen.jing")
    assert answer.code == 1
    assert f"The refused rows are in {target}" in answer.err
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        DEVICES.strip().split(","),
        ['\'=1\n"x"', "M", "CT", "C001", "many"],
        ["N-4", "M", "", "C001", "36"],
        ["N-5", "M", "CT"],
    ]
    mended = target.read_text(encoding="utf-8-sig").replace("many", "36").replace(",M,,", ",M,MR,")
    target.write_text(mended.replace("N-5,M,CT", "N-5,M,CT,C001,"), encoding="gb18030")
    again = dispatch("import", str(target), login="chen.jing")
    assert (again.code, again.out) == (0, "devices: adds 3, changes 0, leaves 0, refuses 0\n")


def test_refused_rows_of_several_files_go_into_a_folder(
    dispatch: Dispatch, demo: Path, devices: Path, tmp_path: Path
) -> None:
    devices.write_text(DEVICES + "N-1,M,,C001,36\n", encoding="utf-8")
    customers = tmp_path / "customers.json"
    customers.write_text(json.dumps([{"code": "N1", "name": "A"}, {"code": "N 2", "name": "B"}]))
    files = (str(devices), str(customers))
    for target, words in ((tmp_path / "one.csv", "name a folder"), (devices, "another file")):
        answer = dispatch("import", *files, "--refused", str(target), login="chen.jing")
        assert answer.code == 2
        assert words in answer.err
        assert devices.read_text(encoding="utf-8").startswith(DEVICES)
    folder = tmp_path / "refused"
    folder.mkdir()
    answer = dispatch("import", *files, "--refused", str(folder), "--json", login="chen.jing")
    assert [Path(one).name for one in answer.document["refused_in"]] == [
        "customers-refused.csv",
        "devices-new-refused.csv",
    ]
    text = (folder / "customers-refused.csv").read_text(encoding="utf-8-sig")
    assert text.split() == ["code,name", "N", "2,B"]
    assert dispatch("import", str(folder), login="chen.jing").code == 1


def test_a_place_that_cannot_be_written_is_named_after_what_was_refused(
    dispatch: Dispatch, demo: Path, devices: Path, tmp_path: Path
) -> None:
    devices.write_text(DEVICES + "N-1,M,,C001,36\n", encoding="utf-8")
    target = tmp_path / "nowhere" / "devices.csv"
    answer = dispatch("import", str(devices), "--refused", str(target), login="chen.jing")
    assert answer.code == 1
    first, second, _ = answer.err.splitlines()
    assert first.startswith(f"{devices}, line 2, column name")
    assert second.startswith(f"{target}: It cannot be written")


def test_a_mapping_is_asked_for_by_its_file(dispatch: Dispatch, demo: Path, tmp_path: Path) -> None:
    examples = sample_folder() / "mappings"
    mapping = ("--mapping", str(examples / "jira.toml"))
    answer = dispatch("import", str(examples / "jira.csv"), *mapping, login="chen.jing")
    assert answer.code == 0
    assert answer.out == (
        "tickets: adds 1, changes 0, leaves 0, refuses 0, passes over 2 as the mapping says\n"
    )
    (tmp_path / "bad.toml").write_text("table = tickets\n")
    mapping = ("--mapping", str(tmp_path / "bad.toml"))
    answer = dispatch("import", str(examples / "jira.csv"), *mapping, login="chen.jing")
    assert (answer.code, answer.out) == (2, "")
    assert "line 1" in answer.err


def test_every_example_of_a_mapping_can_be_used() -> None:
    examples = sorted((sample_folder() / "mappings").glob("*.toml"))
    assert len(examples) >= 3
    for path in examples:
        assert read_mapping(path).columns
        assert path.with_suffix(".csv").exists()


def test_a_code_page_that_is_not_the_usual_one_is_told(
    dispatch: Dispatch, demo: Path, devices: Path
) -> None:
    devices.write_text(devices.read_text().replace("CT", "磁共振"), encoding="gb18030")
    answer = dispatch("import", str(devices), login="chen.jing")
    assert answer.code == 0
    assert answer.err == f"{devices} was read as GB18030.\n"


def test_what_a_file_told_is_marked_as_imported(dispatch: Dispatch, demo: Path) -> None:
    examples = sample_folder() / "mappings"
    mapping = ("--mapping", str(examples / "jira.toml"))
    assert dispatch("import", str(examples / "jira.csv"), *mapping, login="chen.jing").code == 0
    found = dispatch("tickets", "--view", "all", "--limit", "500", "--json", login="chen.jing")
    number = next(
        one["number"] for one in found.document if one["fault"].startswith("Defibrillator")
    )
    dispatch("act", number, "note", "text=By hand", login="chen.jing")
    document = dispatch("show", number, "--json", login="chen.jing").document
    assert [one["imported"] for one in document["journal"]] == [True] * 4 + [False]
    told = dispatch("show", number, login="chen.jing").out
    assert told.count("(imported ") == 4


def test_no_bar_is_drawn_where_nobody_looks(dispatch: Dispatch, demo: Path, devices: Path) -> None:
    answer = dispatch("import", str(devices), login="chen.jing")
    assert answer.err == ""


def test_a_bar_with_the_rows_is_drawn_on_a_terminal(
    demo: Path, devices: Path, in_a_terminal: Callable[..., bytes]
) -> None:
    out = in_a_terminal("--lang", "en", "--as", "chen.jing", "import", str(devices))
    for words in (b"Reading", b"Checking", b"Storing", b"2 rows", b"100%"):
        assert words in out


@pytest.fixture
def in_a_terminal(environment: Path) -> Callable[..., bytes]:
    """Runs the program with a terminal of its own, and returns all that it drew."""
    import pty
    import sys

    def run(*arguments: str) -> bytes:
        pid, descriptor = pty.fork()
        if pid == 0:
            os.execv(sys.executable, [sys.executable, "-m", "dispatch_tui", *arguments])
        drawn = b""
        while True:
            try:
                part = os.read(descriptor, 65536)
            except OSError:
                break
            if not part:
                break
            drawn += part
        os.close(descriptor)
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, drawn
        return drawn

    return run
