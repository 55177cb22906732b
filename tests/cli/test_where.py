"""`where`: every path, what is wrong with the files of settings and keys, and such files."""

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.cli.templates import ABOUT
from dispatch_tui.console.keys.keymap import Keymap, keymap_of
from dispatch_tui.console.keys.registry import REGISTRY
from dispatch_tui.preferences import CHOICES, Preferences, read_preferences

Dispatch = Callable[..., Any]

WRONG_SETTINGS = 'theme = "pink"\nglyphs = "unicode"\n'
WRONG_KEYS = 'undo = "U"\nassign = "ctrl+s"\nasign = "z"\n'


@pytest.fixture
def folder(environment: Path) -> Path:
    """The folder of the files of settings and keys."""
    path = environment.parent / "config" / "dispatch-tui"
    path.mkdir(parents=True)
    return path


def test_every_path_is_told_and_whether_it_is_there(
    dispatch: Dispatch, environment: Path, folder: Path
) -> None:
    (folder / "keys.toml").write_text("")
    answer = dispatch("where", "--json")
    assert (answer.code, answer.err) == (0, "")
    paths = answer.document["paths"]
    assert list(paths) == [
        *("database", "settings", "keys", "log", "exports", "sample_data", "program", "python")
    ]
    assert paths["database"] == {"path": str(environment), "exists": False}
    assert paths["settings"] == {"path": str(folder / "settings.toml"), "exists": False}
    assert paths["keys"] == {"path": str(folder / "keys.toml"), "exists": True}
    assert paths["python"] == {"path": sys.executable, "exists": True}
    for name in ("log", "exports", "sample_data", "program"):
        assert paths[name]["exists"] == Path(paths[name]["path"]).exists()
    assert answer.document["problems"] == []


def test_people_read_the_same_in_lines(dispatch: Dispatch, environment: Path) -> None:
    answer = dispatch("where")
    assert (answer.code, answer.err) == (0, "")
    lines = [line.split(maxsplit=2) for line in answer.out.splitlines()]
    assert ["database", str(environment), "(not there yet)"] in lines
    assert ["python", sys.executable] in lines


def test_a_server_is_told_without_its_password(dispatch: Dispatch) -> None:
    url = "postgresql+asyncpg://ann:secret@db.example/dispatch"
    answer = dispatch("--database", url, "where", "--json")
    assert answer.document["paths"]["database"] == {
        "path": "PostgreSQL db.example/dispatch",
        "exists": None,
    }
    assert "secret" not in answer.out


@pytest.mark.parametrize("command", ["where", "doctor"])
def test_every_wrong_line_of_both_files_is_named(
    dispatch: Dispatch, folder: Path, command: str
) -> None:
    (folder / "settings.toml").write_text(WRONG_SETTINGS)
    (folder / "keys.toml").write_text(WRONG_KEYS)
    answer = dispatch(command)
    said = answer.err.splitlines()
    assert said[0].startswith(f'{folder}/settings.toml line 1: theme is one of "auto", ')
    assert said[1:] == [
        f"{folder}/keys.toml line 2: ctrl+s is kept back by some terminals.",
        f"{folder}/keys.toml line 3: there is no action asign; assign is the nearest.",
    ]
    assert dispatch(command, "--json").document["problems"] == said
    assert answer.code == (command == "doctor")


def uncommented(text: str) -> str:
    """A file whose entries are no comments any more."""
    return re.sub(r"^# ", "", text, flags=re.M)


def test_the_file_of_settings_says_nothing_new_and_all_that_there_is(
    dispatch: Dispatch, tmp_path: Path
) -> None:
    assert set(ABOUT) == set(CHOICES)
    path = tmp_path / "settings.toml"
    path.write_text(dispatch("where", "--settings").out)
    assert read_preferences(path).preferences == Preferences()
    path.write_text(uncommented(path.read_text()))
    assert list(tomllib.loads(path.read_text())) == list(CHOICES)
    assert read_preferences(path).preferences == Preferences()
    assert read_preferences(path).problems == ()


def test_the_file_of_keys_moves_nothing_and_holds_every_action(
    dispatch: Dispatch, tmp_path: Path
) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(dispatch("where", "--keys").out)
    assert keymap_of(path) == Keymap()
    path.write_text(uncommented(path.read_text()))
    found = keymap_of(path)
    assert found.problems == ()
    assert set(found.moved) == {one.name for one in REGISTRY if one.movable}
    for action in REGISTRY:
        assert set(found.keys(action)) == set(action.said)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_both_files_keep_what_was_changed(dispatch: Dispatch, folder: Path, language: str) -> None:
    (folder / "settings.toml").write_text('glyphs = "unicode"\n')
    (folder / "keys.toml").write_text('undo = ["U", "F9"]\nfilter = "\\\\"\n')
    settings = dispatch("--lang", language, "where", "--settings").out
    keys = dispatch("--lang", language, "where", "--keys").out
    assert tomllib.loads(settings) == {"glyphs": "unicode"}
    assert tomllib.loads(keys) == {"undo": ["U", "F9"], "filter": "\\"}


def test_one_thing_is_printed_at_a_time(dispatch: Dispatch) -> None:
    assert dispatch("where", "--keys", "--json").code == 2
    assert dispatch("where", "--keys", "--settings").code == 2


def test_no_file_keeps_a_command_from_its_work(dispatch: Dispatch, folder: Path) -> None:
    (folder / "settings.toml").write_bytes(b"\xff\x00[[[")
    (folder / "keys.toml").mkdir()
    answer = dispatch("where", "--json")
    assert answer.code == 0
    assert [one.partition("toml ")[2] for one in answer.document["problems"]] == [
        "cannot be read: UTF-8.",
        "cannot be read: Is a directory.",
    ]
    assert dispatch("commands").code == 0
