"""The file of settings: what it says, and what is said of each wrong line."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.preferences import CHOICES, MOST_BYTES, Preferences, read_preferences


def read(folder: Path, content: str | bytes) -> tuple[Preferences, list[str]]:
    """What a file says, and what is wrong with it, without its path."""
    path = folder / "settings.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = read_preferences(path)
    return found.preferences, [str(one).partition("settings.toml ")[2] for one in found.problems]


def test_no_file_says_nothing(tmp_path: Path) -> None:
    found = read_preferences(tmp_path / "settings.toml")
    assert (found.preferences, found.problems) == (Preferences(), ())


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing", "\ufeff".encode()[:0]])
def test_an_empty_file_says_nothing(tmp_path: Path, content: str | bytes) -> None:
    assert read(tmp_path, content) == (Preferences(), [])


def test_every_setting_can_be_each_of_its_choices(tmp_path: Path) -> None:
    for name, choices in CHOICES.items():
        for value in choices or ("/srv/dispatch.db",):
            found, problems = read(tmp_path, f'{name} = "{value}"')
            assert problems == []
            assert getattr(found, name) == value


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('colour = "16"', "line 3: there is no setting colour; known are "),
        ('theme = "pink"', "line 3: theme is one of "),
        ("theme = 16", "line 3: theme is one of "),
        ("theme = true", "line 3: theme is one of "),
        ('theme = ["auto"]', "line 3: theme is one of "),
        ("theme = {}", "line 3: theme is one of "),
        ("theme = 2026-01-31", "line 3: theme is one of "),
        ('"theme" = "pink"', "line 3: theme is one of "),
        ('  theme   =  "pink"  # mine', "line 3: theme is one of "),
        ("database = 7", 'line 3: database takes a text in "quotes".'),
        ('"\\u001b[31m" = 1', "line 3: there is no setting [31m; known are "),
        ('"" = 1', "line 3: there is no setting ; known are "),
        ("[theme]\ndark = true", "line 3: theme is one of "),
    ],
)
def test_a_wrong_line_is_named_and_alone_passed_over(
    tmp_path: Path, line: str, sentence: str
) -> None:
    found, problems = read(tmp_path, f'glyphs = "unicode"\n\n{line}\n')
    assert len(problems) == 1
    assert problems[0].startswith(sentence)
    assert found == Preferences(glyphs="unicode")


def test_every_wrong_line_is_named(tmp_path: Path) -> None:
    found, problems = read(tmp_path, 'a = 1\nmouse = "perhaps"\nlanguage = "en"\nb = 2\n')
    assert [one.partition(":")[0] for one in problems] == ["line 1", "line 2", "line 4"]
    assert found == Preferences(language="en")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("theme = ", "cannot be understood: Invalid value"),
        ('theme = "auto"\ntheme = "auto"', "cannot be understood: Cannot overwrite a value"),
        (b"\x00\x01\x02\x03", "cannot be understood: "),
        (b"\xff\xfet\x00h\x00", "cannot be read: UTF-8."),
        (b"\x89PNG\r\n\x1a\n", "cannot be read: UTF-8."),
        (b"#" * (MOST_BYTES + 1), "is too large for a file of settings."),
        ("x" * 50 + " = [" * 200, "cannot be understood: "),
    ],
)
def test_a_file_that_is_no_file_of_settings_says_so_in_one_sentence(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    found, problems = read(tmp_path, content)
    assert found == Preferences()
    assert len(problems) == 1
    assert problems[0].startswith(sentence)


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    line = 'glyphs = "unicode"\n'
    found, problems = read(tmp_path, line + "#" * (MOST_BYTES - len(line)))
    assert (found, problems) == (Preferences(glyphs="unicode"), [])


def test_deep_nesting_and_long_names_are_only_wrong(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "a = " + "[" * 900 + "]" * 900)
    assert len(problems) == 1
    _, problems = read(tmp_path, f"{'n' * 5000} = 1")
    assert "n" * 80 + ";" in problems[0]
    assert "n" * 81 not in problems[0]


def test_thousands_of_wrong_lines_are_named_at_once(tmp_path: Path) -> None:
    wrong = "".join(f"a{number} = 1\n" for number in range(5000))
    _, problems = read(tmp_path, wrong)
    assert problems[-1].startswith("line 5000: there is no setting a4999;")


def test_a_folder_in_its_place_says_so(tmp_path: Path) -> None:
    [problem] = read_preferences(tmp_path).problems
    assert str(problem) == f"{tmp_path} cannot be read: Is a directory."


def test_a_path_through_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    [problem] = read_preferences(tmp_path / "config" / "settings.toml").problems
    assert "cannot be read: Not a directory." in str(problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "auto"')
    path.chmod(0)
    assert "Permission denied" in str(read_preferences(path).problems[0])


def test_what_could_move_the_cursor_is_cleaned_from_a_value(tmp_path: Path) -> None:
    found, problems = read(tmp_path, 'database = "/srv/\\u001b[2Jx\\u202e.db"')
    assert problems == []
    assert found.database == "/srv/[2Jx.db"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_crash_it(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    found, problems = read(tmp_path_factory.mktemp("settings"), content)
    assert isinstance(found, Preferences)
    assert all(one and "\x1b" not in one for one in problems)
