"""Looks and places are changed in as few bytes as a terminal needs."""

import pytest
from rich.style import Style

from dispatch_tui.console.terminal.moves import move
from dispatch_tui.console.terminal.pens import PLAIN, REVERSE, change, pen, pen_of
from dispatch_tui.console.terminal.traffic import Traffic

BOLD_BLUE = pen(1, "34", "")
BLUE = pen(0, "34", "")


@pytest.mark.parametrize(
    ("here", "there", "written"),
    [
        ((4, 2), (4, 2), ""),
        ((4, 2), (5, 2), "\x1b[C"),
        ((4, 2), (2, 2), "\x1b[2D"),
        ((40, 2), (0, 2), "\r"),
        ((40, 2), (0, 3), "\x1b[4H"),
        ((40, 2), (40, 1), "\x1b[A"),
        ((40, 2), (41, 12), "\x1b[13;42H"),
        (None, (0, 0), "\x1b[H"),
        (None, (7, 0), "\x1b[;8H"),
    ],
)
def test_the_cursor_goes_the_shortest_way(
    here: tuple[int, int] | None, there: tuple[int, int], written: str
) -> None:
    assert move(here, there) == written


def test_a_pen_changes_by_what_differs() -> None:
    assert change(BLUE, BLUE) == ""
    assert change(BLUE, BOLD_BLUE) == "\x1b[1m"
    assert change(BOLD_BLUE, BLUE) == "\x1b[22m"
    assert change(BOLD_BLUE, PLAIN) == "\x1b[m"
    assert change(None, BLUE) == "\x1b[;34m"


def test_switching_bold_off_leaves_dim_on() -> None:
    assert change(pen(1 | 2, "34", ""), pen(2, "34", "")) == "\x1b[22;2m"


def test_a_terminal_that_switches_nothing_off_is_told_all_of_a_pen() -> None:
    assert change(BOLD_BLUE, BLUE, whole=True) == "\x1b[;34m"
    assert change(PLAIN, BLUE, whole=True) == "\x1b[34m"


def test_a_blank_has_the_same_ground_whatever_its_text_colour() -> None:
    assert pen(1, "34", "41").ground is pen(0, "31", "41").ground
    assert pen(REVERSE, "34", "41").ground is not pen(0, "", "41").ground


def test_without_colours_what_stands_out_is_in_reverse() -> None:
    selected = pen_of(Style(color="black", bgcolor="white"), None)
    assert (selected.attributes & REVERSE, selected.fore, selected.back) == (REVERSE, "", "")
    assert pen_of(Style(color="blue", bgcolor="default"), None) is PLAIN


@pytest.mark.parametrize(
    ("choice", "remote", "low"),
    [
        ("auto", True, True),
        ("auto", False, False),
        ("full", True, False),
        ("low", False, True),
    ],
)
def test_traffic_is_low_over_a_line_unless_somebody_says_otherwise(
    choice: str, remote: bool, low: bool
) -> None:
    assert Traffic(choice, remote=remote).low is low  # type: ignore[arg-type]
