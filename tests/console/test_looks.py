"""What the console makes of a terminal: how many colours, which theme."""

import shutil
import subprocess
from typing import get_args

import pytest

from dispatch_tui.console.looks import Shown, colors_of, theme_for
from dispatch_tui.console.shades import SHADES
from dispatch_tui.preferences import Colors, ThemeName


@pytest.mark.parametrize(
    ("term", "colorterm", "expected"),
    [
        ("xterm-256color", "truecolor", "truecolor"),
        ("xterm-256color", "24bit", "truecolor"),
        ("xterm-256color", "", "256"),
        ("tmux-256color", "", "256"),
        ("xterm-kitty", "", "256"),
        ("xterm", "", "16"),
        ("screen", "", "16"),
        ("linux", "", "16"),
        ("putty", "", "16"),
        ("vt220", "", "none"),
        ("vt100", "", "none"),
        ("xterm-mono", "", "none"),
        ("vt220", "truecolor", "none"),
        ("", "", "none"),
    ],
)
def test_the_terminal_says_how_many_colours_it_has(
    term: str, colorterm: str, expected: Shown
) -> None:
    assert colors_of({"TERM": term, "COLORTERM": colorterm}) == expected


@pytest.mark.parametrize(
    "term",
    ["vt100", "vt220", "linux", "xterm", "xterm-256color", "screen", "tmux-256color", "xterm-mono"],
)
def test_terminfo_says_the_same_of_whether_there_are_colours(term: str) -> None:
    tput = shutil.which("tput")
    if tput is None:
        pytest.skip("there is no tput here")
    asked = subprocess.run([tput, "-T", term, "colors"], capture_output=True, check=False)
    if asked.returncode:
        pytest.skip(f"terminfo has no {term} here")
    assert (int(asked.stdout) > 0) == (colors_of({"TERM": term}) != "none")


@pytest.mark.parametrize("wanted", [one for one in get_args(Colors) if one != "auto"])
def test_what_the_file_of_settings_says_holds_over_the_environment(wanted: Colors) -> None:
    assert colors_of({"TERM": "vt220", "NO_COLOR": "1"}, wanted) == wanted


@pytest.mark.parametrize(
    ("wanted", "term", "expected"),
    [
        ("auto", "xterm-256color", "256"),
        ("auto", "linux", "256"),
        ("truecolor", "xterm-256color", "truecolor"),
    ],
)
def test_low_traffic_goes_without_the_longest_codes_unless_they_are_wanted(
    wanted: Colors, term: str, expected: Shown
) -> None:
    rich = {"TERM": term, "COLORTERM": "truecolor"}
    assert colors_of(rich, wanted, low=True) == expected


def test_no_color_is_respected_and_an_empty_one_says_nothing() -> None:
    plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert colors_of(plain | {"NO_COLOR": "1"}) == "none"
    assert colors_of(plain | {"NO_COLOR": ""}) == "truecolor"


def test_over_a_slow_line_256_colours_are_enough_unless_more_are_wanted() -> None:
    plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert colors_of(plain, low=True) == "256"
    assert colors_of({"TERM": "linux"}, low=True) == "16"
    assert colors_of(plain, "truecolor", low=True) == "truecolor"


@pytest.mark.parametrize(
    ("colors", "ground", "expected"),
    [
        ("truecolor", "", "dispatch-dark"),
        ("256", "0;15", "dispatch-dark"),
        ("16", "", "ansi-dark"),
        ("16", "15;0", "ansi-dark"),
        ("16", "0;15", "ansi-light"),
        ("16", "0;default;7", "ansi-light"),
        ("none", "0;15", "ansi-dark"),
    ],
)
def test_a_theme_suits_the_colours_and_the_ground(
    colors: Shown, ground: str, expected: str
) -> None:
    assert theme_for(colors, "auto", {"COLORFGBG": ground}) == expected


NAMES = [one for one in get_args(ThemeName) if one != "auto"]


def test_the_file_of_settings_offers_these_themes() -> None:
    assert set(NAMES) == set(SHADES)


@pytest.mark.parametrize("name", NAMES)
def test_a_wanted_theme_is_shown_wherever_there_are_colours_for_it(name: ThemeName) -> None:
    assert theme_for("truecolor", name) == theme_for("256", name) == name
    assert theme_for("16", name) == (name if name.startswith("ansi") else "ansi-dark")
    assert theme_for("none", name) == "ansi-dark"
