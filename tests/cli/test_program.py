"""The program as a process: what it loads, how it ends, what it says on the way out."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.cli import main as outermost
from dispatch_tui.cli.main import root
from dispatch_tui.cli.run import Run

Dispatch = Callable[..., Any]
Program = Callable[..., "subprocess.CompletedProcess[str]"]

LOADED = """
import sys
from dispatch_tui.cli.main import outcome
code = outcome(sys.argv[1:])
names = {name.partition(".")[0] for name in sys.modules}
print(code, *sorted(names & {"textual", "rich", "sqlalchemy", "alembic", "pypinyin"}))
"""


@pytest.mark.parametrize(
    ("line", "loaded"),
    [
        ("--help", []),
        ("act --help", ["sqlalchemy"]),
        ("nonsense", []),
        ("tickets --json", ["sqlalchemy"]),
        ("call --customer C001 --fault x", ["sqlalchemy"]),
        ("doctor", ["sqlalchemy"]),
    ],
)
def test_only_what_is_needed_is_loaded(demo: Path, line: str, loaded: list[str]) -> None:
    command = [sys.executable, "-c", LOADED, "--as", "chen.jing", *line.split()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    _code, *found = done.stdout.splitlines()[-1].split()
    assert found == loaded


def test_the_help_names_every_command(dispatch: Dispatch) -> None:
    answer = dispatch("--help")
    assert answer.code == 0
    for name in root.entries:
        assert f"  {name} " in answer.out


@pytest.mark.parametrize("name", list(root.entries))
def test_every_command_has_its_help(dispatch: Dispatch, name: str) -> None:
    answer = dispatch(name, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert f"Usage: dispatch-tui {name}" in answer.out
    assert "--database PATH|URL" in answer.out


@pytest.mark.parametrize(
    "line",
    [("--nonsense",), ("nonsense",), ("tickets", "--view", "x"), ("show",), ("tickets", "x")],
)
def test_wrong_usage_is_said_in_one_line(dispatch: Dispatch, line: tuple[str, ...]) -> None:
    answer = dispatch(*line)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert "--help" in answer.err


def test_the_common_options_hold_before_the_command_and_after_it(
    dispatch: Dispatch, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPATCH_DATABASE")
    options = ("--database", str(demo), "--as", "chen.jing", "--lang", "en")
    assert dispatch(*options, "tickets").out == dispatch("tickets", *options).out != ""


def test_the_console_needs_a_terminal(program: Program, environment: Path) -> None:
    for line in ((), ("demo",)):
        done = program(*line)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
    assert not environment.exists()


def test_a_reader_that_leaves_is_no_error(demo: Path) -> None:
    command = [sys.executable, "-m", "dispatch_tui", "--as", "chen.jing"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*command, "tickets", "--view", "all"],
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=30,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (outermost.BROKEN_PIPE, b"")


def test_an_interrupt_ends_with_its_code(demo: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from dispatch_tui.cli import main, run\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "run.Run.at_desk = lambda *_: (os.kill(os.getpid(), signal.SIGINT), signal.pause())\n"
        "sys.exit(main.outcome(['roster']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr.strip() == ""


def test_what_nobody_expected_is_logged_privately(
    dispatch: Dispatch, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(Run, "at_desk", fails)
    answer = dispatch("tickets")
    assert (answer.code, answer.out) == (outermost.UNEXPECTED, "")
    assert answer.err.count("\n") == 1
    log = Path(answer.err.split()[-1])
    assert log.is_relative_to(environment.parent)
    assert "the secret of the house" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_text_that_is_no_text_does_not_break_anything(program: Program, demo: Path) -> None:
    line = ("call", "--customer", "C001", "--fault", b"\xff broken", "--json")
    done = program("--as", "chen.jing", *line)  # type: ignore[arg-type]
    assert done.returncode == 0, done.stderr
    assert "\ufffd" in done.stdout


def test_what_a_terminal_cannot_show_is_a_question_mark(program: Program, demo: Path) -> None:
    program("--as", "chen.jing", "call", "--customer", "C001", "--fault", "冒烟 \N{FIRE}")
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    done = program("--as", "chen.jing", "tickets", env=environment, encoding="gbk")
    assert (done.returncode, done.stderr) == (0, "")
    assert "冒烟 ?" in done.stdout
