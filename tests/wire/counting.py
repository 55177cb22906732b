"""How many bytes a console writes for what people do, counted at its terminal."""

from statistics import median

import msgspec
from program import MANAGER, OPEN_MARK, OPERATOR, Program
from terminal import Terminal

RESTED = 0.3
"""Seconds without a byte after which everything that follows a key has been drawn."""

TIMES = 5
LOW = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
"""What tells a program that its terminal is at the other end of a line."""


class Bytes(msgspec.Struct, frozen=True):
    """Medians of what was written, in bytes."""

    start: float
    letter: float
    search_key: float
    cursor: float
    page: float
    menu: float
    row: float
    row_and_roster: float


def count(program: Program, size: tuple[int, int], *, low: bool) -> Bytes:
    """Do in one console what people do, and count."""
    surroundings = program.environment | (LOW if low else {})
    with Terminal(program.command(MANAGER), environment=surroundings, size=size) as console:
        console.until(lambda: OPEN_MARK in console.text, what="the queue")
        console.quiet(RESTED)
        start = console.count
        cursor = _each(console, *["<down>", "<up>"] * TIMES)
        page = _each(console, *["<pagedown>", "<pageup>"] * TIMES)
        menu = _each(console, *["m", "<escape>"] * TIMES)
        rows, rosters = _changes(program, console)
        search = _in(console, "<f3>", "Find anything", "jhyy")
        letter = _letters(console)
    return Bytes(start, letter, search, cursor, page, menu, rows, rosters)


def _each(console: Terminal, *keys: str) -> float:
    """Press keys one after the other, the first of them once before it counts."""
    counts = []
    for key in keys:
        before = console.count
        console.send(key)
        console.writes_more(before)
        console.quiet(RESTED)
        counts.append(console.count - before)
    return median(counts)


def _in(console: Terminal, way: str, mark: str, keys: str) -> float:
    """Open something, press keys in it, and go back."""
    console.send(way)
    console.shows(mark)
    console.quiet(RESTED)
    found = _each(console, *keys)
    console.send("<escape>", "<escape>")
    console.hides(mark)
    console.quiet(RESTED)
    return found


def _letters(console: Terminal) -> float:
    """Type into the field of a form that nothing follows."""
    console.send("<f2>")
    console.shows("Type what")
    console.send("8139x")
    console.shows("BH8K58139X")
    console.send("<enter>")
    console.shows("> Fault")
    console.quiet(RESTED)
    return _each(console, *"no image since noon")


def _changes(program: Program, console: Terminal) -> tuple[float, float]:
    """Let somebody else change tickets that are in sight."""
    found = program.run(OPERATOR, "tickets", "--json").document
    waiting = [one for one in found if (one["kind"], one["status"]) == ("fault", "logged")]
    number = waiting[1]["number"]
    counts = []
    for command in (("correct", "fault=Corrected"), ("assign", "engineers=qiu.haibo")):
        before = console.count
        done = program.run(MANAGER, "act", number, *command)
        assert done.code == 0, done.err
        console.writes_more(before)
        console.quiet(2 * RESTED)
        counts.append(console.count - before)
    return counts[0], counts[1]
