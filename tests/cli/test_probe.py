"""What is understood of what terminals say, and which programs are seen in between."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.cli.between import between
from dispatch_tui.cli.probe import Answers, understood

ATTRIBUTES = b"\x1b[?62;22c"


@given(st.binary(max_size=200))
def test_nonsense_before_the_last_answer_does_no_harm(said: bytes) -> None:
    answers = understood(said + ATTRIBUTES)
    assert answers.answered
    assert answers.name.isprintable()


@given(st.binary(max_size=200).filter(lambda said: b"c" not in said))
def test_without_the_last_answer_nothing_is_believed(said: bytes) -> None:
    assert understood(said + b"\x1b[1;3R\x1b[1;2R") == Answers(asked=True)


def test_no_answer_but_the_last_says_that_there_is_a_terminal() -> None:
    answers = understood(ATTRIBUTES)
    assert answers.answered
    assert answers.wide_cells is None
    assert answers.synchronized_output is None
    assert answers.kitty_keys is False


@pytest.mark.parametrize(
    ("said", "light"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x07", True),
        (b"\x1b]11;rgb:ff/ff/ee\x1b\\", True),
        (b"\x1b]11;rgb:0/0/0\x1b\\", False),
        (b"\x1b]11;rgba:1414/1616/1a1a/ffff\x07", False),
        (b"", None),
    ],
)
def test_the_ground_is_light_or_dark(said: bytes, light: bool | None) -> None:
    assert understood(said + ATTRIBUTES).light_ground is light


def test_a_mode_that_is_not_known_is_said_to_be_missing() -> None:
    answers = understood(b"\x1b[?2026;0$y\x1b[?1006;1$y" + ATTRIBUTES)
    assert answers.synchronized_output is False
    assert answers.mouse is True


def test_one_place_of_two_says_nothing_of_either() -> None:
    answers = understood(b"\x1b[1;3R" + ATTRIBUTES)
    assert answers.wide_cells is None
    assert answers.ambiguous_cells is None


def process(folder: Path, number: int, name: str, parent: int) -> None:
    """Make a process as the system shows it."""
    (folder / str(number)).mkdir()
    (folder / str(number) / "stat").write_text(f"{number} ({name}) S {parent} 1 1 0")


def test_what_is_in_between_is_known_by_the_processes_above(tmp_path: Path) -> None:
    process(tmp_path, os.getppid(), "odd ) name", 71)
    process(tmp_path, 71, "tmux: server", 72)
    process(tmp_path, 72, "mosh-server", 73)
    process(tmp_path, 73, "sshd-session", 1)
    assert between({}, tmp_path) == ("tmux", "mosh", "sshd")


def test_what_is_in_between_is_known_by_variables_too(tmp_path: Path) -> None:
    assert between({"STY": "1.screen", "TMUX": ""}, tmp_path) == ("screen",)
    assert between({}, tmp_path) == ()
