"""Naughty texts on every screen of a real terminal: each byte that is written is one of ours.

The database is filled past all cleaning, as whatever else writes into it could: what the screens
show is then cleaned by the drawing alone. What they are typed into is cleaned by the fields.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from naughty import RAW, SENTINEL, is_harmless
from program import MANAGER, Opened, Program
from rich.cells import cell_len
from terminal import Terminal

from dispatch_tui.domain.text import MAX_COMBINING_MARKS

KEYS = ("m", "e", "d", "f", "c", "h", "p", "?", "t", "r", "<f2>", "<f4>", "\x10")
"""What opens the menu, papers, files, roster, forms, help and palette."""

OURS = re.compile(
    rb"\x1b\[[0-9;]*m"  # colours
    rb"|\x1b\[[0-9;]*[HABCDGJKXd]"  # where the cursor goes, what is erased
    rb"|\x1b\[\?[0-9;]+(?:h|l|\$p)|\x1b\[[<=>][0-9;]*u|\x1b\[\?u"  # modes, and questions about them
    rb"|\x1b\[[0-9 ]*q|\x1b\[6n|\x1b\[c|\x1b\[>q|\x1b\[[0-9;]*t|\x1b[=>78]|\x1b\(B"
    rb"|\x1b\]22;[a-z-]*\x07"  # the shape of the pointer
    rb"|\x1bP=[12]s\x1b\\|\x1bP\+q[0-9A-Fa-f;]*\x1b\\"
)
THEIRS = (
    f"\x1b[{SENTINEL}m".encode(),
    *(b"\x1b]8;", b"\x1b]52;", b"\x1b]0;", b"\x1b_", b"\x1b^", b"\x1bc", b"\x1b#", b"\x1b(0"),
)
"""Orders that only the naughty texts give."""

ROWS = 5
MARKS = 2 * MAX_COMBINING_MARKS
"""Those of a character, and those of a blank that a line broke away from under them."""

BRIEFLY = 0.12
"""Seconds without a byte after which a screen counts as drawn."""

BELL = "\x07"
COLUMNS = ("customers", "contacts", "devices", "staff", "stations", "parts", "contracts")
PLAIN = re.compile("name|city|fault|text|note|notes|department|model|maker|contact|found")
"""Fields of words that no program relies on."""


def soil(database: Path, text: str) -> None:
    """Write a text into every field of words of a database."""
    with closing(sqlite3.connect(database)) as connection:
        for table in COLUMNS:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for column in columns:
                if PLAIN.fullmatch(column) and not (table == "contacts" and column == "name"):
                    connection.execute(f"UPDATE {table} SET {column} = ?", (text,))
        rows = connection.execute("SELECT number, folded FROM tickets").fetchall()
        for number, folded in rows:
            soiled = msgspec.json.encode(_soiled(msgspec.json.decode(folded), text)).decode()
            connection.execute("UPDATE tickets SET folded = ? WHERE number = ?", (soiled, number))
        connection.commit()


def _soiled(document: object, text: str) -> object:
    if isinstance(document, dict):
        return {
            name: text if isinstance(value, str) and PLAIN.fullmatch(name) else _soiled(value, text)
            for name, value in document.items()
        }
    if isinstance(document, list):
        return [_soiled(one, text) for one in document]
    return document


def foreign(output: bytes) -> list[str]:
    """Return what a console wrote that is neither text nor one of its own orders.

    A bell between two orders is the one that calls for what rang.
    """
    left = OURS.sub(b"\n", output).decode()
    return [
        part
        for part in re.split(r"[\r\n]+", left)
        if part != BELL and not is_harmless(part, marks=MARKS)
    ]


def look_at_everything(console: Terminal) -> None:
    """Open all that can be opened, look into it, and leave it."""
    for key in KEYS:
        console.send(key)
        console.quiet()
        console.send("<down>")
        console.quiet(BRIEFLY)
        straight(console)
        leave_it(console)


def leave_it(console: Terminal) -> None:
    """Go back to the queue, out of what opens late too: the first key waits for it."""
    console.send("<escape>")
    console.quiet()
    while "Esc " in console.text:
        console.send("<escape>")
        console.quiet()


def straight(console: Terminal) -> None:
    """No text has moved the cursor: no line is longer than the screen, and all are there."""
    lines = console.lines
    assert all(cell_len(line) <= 120 for line in lines)
    assert all(is_harmless(line, marks=MARKS) for line in lines)


def columns_line_up(console: Terminal) -> None:
    """Every number at the top of the queue begins in the column of its title."""
    lines = console.lines
    top = next(place for place, line in enumerate(lines) if "Number" in line)
    places = [
        cell_len(line[: found.start()])
        for line in lines[top : top + ROWS + 1]
        if (found := re.search(r"Number|\d{6}-\d{3}", line))
    ]
    assert len(places) == ROWS + 1
    assert len(set(places)) == 1


def check(demo: Program, opened: Opened, text: str) -> None:
    """Look at all screens of a database that is full of a text."""
    soil(demo.database, text)
    console = opened(demo.open_queue(MANAGER))
    columns_line_up(console)
    look_at_everything(console)
    console.resize(80, 24)
    console.send("1")
    console.shows("Number", "Help")
    console.quiet()
    columns_line_up(console)
    assert console.alive
    written = console.written
    assert foreign(written) == []
    assert not [one for one in THEIRS if one in written]


def test_all_naughty_texts_at_once_write_no_byte_of_theirs(demo: Program, opened: Opened) -> None:
    short = [text[:60] for name, text in RAW.items() if name not in ("unassigned", "private")]
    check(demo, opened, " ".join(short))


@pytest.mark.slow
@pytest.mark.parametrize("name", RAW)
def test_a_naughty_text_writes_no_byte_of_its_own(demo: Program, opened: Opened, name: str) -> None:
    check(demo, opened, RAW[name])


@pytest.mark.parametrize("name", ["escape", "clipboard", "eight bit", "breaks", "action", "tower"])
def test_what_is_typed_and_pasted_into_a_form_writes_no_byte_of_its_own(
    demo: Program, opened: Opened, name: str
) -> None:
    console = opened(demo.open_queue(MANAGER))
    console.send("t")
    console.shows("Write a note")
    console.quiet()
    console.type(f"\x1b[200~{RAW[name]}\x1b[201~")
    console.quiet()
    straight(console)
    assert foreign(console.written) == []
    assert not [one for one in THEIRS if one in console.written]
    assert console.alive
