"""`check` in real terminals: one that answers, one that never does, one that answers nonsense."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from answering import Answering, EastAsian, Garbling, Latin, Modern, Silent
from program import PROGRAM, Opened, environment
from terminal import Terminal

from dispatch_tui.cli import probe

SCRIPT = "stty -g >before; {program} check {options}; echo code=$? >code; stty -g >after"


def checked(
    kind: type[Terminal], home: Path, opened: Opened, options: str = "", **more: str
) -> Terminal:
    """Run the check in a terminal of a kind, to its end; its settings are noted around it."""
    script = f"cd {home} && " + SCRIPT.format(program=PROGRAM, options=options)
    terminal = opened(
        kind(["/bin/sh", "-c", script], environment=environment(home, **more), size=(100, 50))
    )
    assert terminal.exit_status() == 0
    return terminal


def document(
    kind: type[Terminal], home: Path, opened: Opened, **more: str
) -> tuple[Any, list[str]]:
    """What a check in a terminal of a kind finds, and what is wrong."""
    checked(kind, home, opened, "--json >found.json 2>wrong", **more)
    found = json.loads((home / "found.json").read_text())
    assert (home / "code").read_text() == f"code={1 if found['problems'] else 0}\n"
    assert (home / "before").read_text() == (home / "after").read_text()
    return found, (home / "wrong").read_text().splitlines()


def test_a_terminal_that_answers_is_described(tmp_path: Path, opened: Opened) -> None:
    terminal = checked(Modern, tmp_path, opened)
    terminal.shows("xterm-256color (Example(1.2))", "100x50", "2 cells", "1 cells")
    terminal.shows("dispatch-light", "! near the limit", "X breached", "theme    dispatch-dark")
    terminal.shows("Nothing is known to be wrong.")
    first, second = (line for line in terminal.lines if line.lstrip().startswith("|"))
    assert first.count("|") == second.count("|") == 3
    assert "中" not in terminal.text
    assert "●" not in terminal.text
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()
    assert b"\x1b[38;5;" in terminal.written


def test_the_answers_are_in_the_document(tmp_path: Path, opened: Opened) -> None:
    found, _ = document(Modern, tmp_path, opened, COLORTERM="truecolor")
    answers = found["terminal"]["answers"]
    assert answers == {
        "asked": True,
        "answered": True,
        "name": "Example(1.2)",
        "wide_cells": 2,
        "ambiguous_cells": 1,
        "synchronized_output": True,
        "mouse": True,
        "kitty_keys": True,
        "clipboard": True,
        "light_ground": False,
    }
    assert found["terminal"]["colors"] == found["chosen"]["colors"] == "truecolor"


@pytest.mark.parametrize("kind", [Silent, Garbling])
def test_a_terminal_that_says_nothing_of_use_is_not_waited_for(
    kind: type[Terminal], tmp_path: Path, opened: Opened
) -> None:
    found, wrong = document(kind, tmp_path, opened)
    answers = found["terminal"]["answers"]
    assert answers["asked"]
    assert not answers["answered"]
    assert answers["wide_cells"] is None
    assert any("does not answer" in one for one in wrong)
    assert not any(char in "".join(wrong) for char in "\x1b\x00\x9b")


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        (EastAsian, {}, "set its ambiguous width to one cell"),
        (EastAsian, {"TERM": "linux"}, 'theme = "ansi-light"'),
        (Latin, {}, "does not read UTF-8"),
        (Modern, {"TERM": "xterm"}, "xterm-256color"),
        (Modern, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, "set LANG to one with UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    kind: type[Answering], more: dict[str, str], said: str, tmp_path: Path, opened: Opened
) -> None:
    _, wrong = document(kind, tmp_path, opened, **more)
    assert any(said in one for one in wrong), wrong


def test_what_is_chosen_follows_line_and_settings(tmp_path: Path, opened: Opened) -> None:
    folder = tmp_path / "settings" / "dispatch-tui"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text('glyphs = "unicode"\ntheme = "high-contrast"\nsize = 3\n')
    found, wrong = document(
        Modern,
        tmp_path,
        opened,
        XDG_CONFIG_HOME=str(tmp_path / "settings"),
        SSH_CONNECTION="192.0.2.1 5 192.0.2.2 22",
    )
    assert found["terminal"]["remote"]
    assert found["chosen"] == {
        "theme": "high-contrast",
        "colors": "256",
        "glyphs": "unicode",
        "mouse": False,
        "traffic": "low",
    }
    assert len(wrong) == 1
    assert "settings.toml line 3" in wrong[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_terminal_is_as_before_after_an_end_in_the_middle(
    tmp_path: Path, opened: Opened, number: signal.Signals
) -> None:
    script = (
        f"cd {tmp_path} && stty -g >before; "
        f"{sys.executable} -c 'import os, signal, sys;"
        " signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])'"
        f" {PROGRAM} check & echo $! >number; wait $!; "
        "stty -g >after"
    )
    terminal = opened(
        Silent(["/bin/sh", "-c", script], environment=environment(tmp_path), size=(80, 24))
    )
    terminal.has_written(b"\x1b[c")
    os.kill(int((tmp_path / "number").read_text()), number)
    assert terminal.exit_status() == 0
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()


def test_without_a_terminal_it_says_so_and_asks_nobody(tmp_path: Path) -> None:
    done = subprocess.run(
        [PROGRAM, "check", "--json"],
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=30,
        check=False,
    )
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert not found["terminal"]["on_terminal"]
    assert not found["terminal"]["answers"]["asked"]
    assert "run this where the console will be opened" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_it_loads_neither_textual_nor_a_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", PROGRAM, "check"],
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=30,
        check=False,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "rich.color" in loaded
    assert not loaded & {"textual", "sqlalchemy"}


def test_a_lost_terminal_is_no_terminal() -> None:
    assert probe.ask("/nonexistent") == probe.Answers()
