"""Every terminal that people have: drawn readably, told nothing it does not know, given back."""

import re
import signal

import pytest
from program import MANAGER, OPEN_MARK, Opened, Program
from terminal import CURSOR_SHOWN, Terminal

KINDS = ["xterm", "xterm-256color", "screen", "tmux-256color", "linux", "vt220", "putty"]
NO_SECOND_SCREEN = {"screen", "linux", "vt220"}
NO_QUESTIONS = {"linux", "vt220", "putty"}
QUESTION = re.compile(rb"\x1b\[(?:\?[0-9]+\$p|>[0-9]*u|<u|\?1004[hl])")
COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


def opened_in(term: str, demo: Program, opened: Opened) -> Terminal:
    """A console in a terminal of this kind, with its queue."""
    surroundings = demo.environment | {"TERM": term}
    console = opened(Terminal(demo.command(MANAGER), environment=surroundings, size=(80, 24)))
    console.until(lambda: OPEN_MARK in console.text, what="the queue")
    console.quiet()
    return console


@pytest.mark.parametrize("term", KINDS)
def test_a_console_is_drawn_worked_with_and_leaves_the_terminal_as_it_was(
    term: str, demo: Program, opened: Opened
) -> None:
    console = opened_in(term, demo, opened)
    first = next(line for line in console.lines if line.startswith(">"))
    console.send("<down>")
    console.hides(first)
    console.send("<f2>")
    console.shows("Caller", "Type what")
    console.send("<escape>")
    console.shows("Number")
    console.quiet()
    console.signal(signal.SIGTERM)
    assert console.exit_status() == 0
    console.quiet()
    assert console.modes[CURSOR_SHOWN]
    assert b"\x1b[m" in console.written[-120:]
    if term in NO_SECOND_SCREEN:
        assert console.text.strip() == ""
    assert bool(QUESTION.search(console.written)) is (term not in NO_QUESTIONS)


def test_without_colours_the_selected_row_is_in_reverse(demo: Program, opened: Opened) -> None:
    console = opened_in("vt220", demo, opened)
    assert not COLOUR.search(console.written)
    row = next(y for y, line in enumerate(console.lines) if line.startswith(">"))
    assert console.is_reversed(row)
    assert not console.is_reversed(row + 1)


@pytest.mark.parametrize("term", ["xterm", "linux", "putty", "screen"])
def test_sixteen_colours_are_all_that_such_a_terminal_is_told(
    term: str, demo: Program, opened: Opened
) -> None:
    console = opened_in(term, demo, opened)
    assert COLOUR.search(console.written)
    assert not re.search(rb"[34]8;[25];", console.written)
