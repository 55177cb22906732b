"""A console whose process was killed is gone on with: the same view, ticket, form and draft."""

import signal
import sqlite3
import time
from contextlib import closing

from program import OPERATOR, Opened, Program
from terminal import PATIENCE, Terminal

TYPED = "Half a sentence about a tube"


def state(program: Program) -> str:
    """What is kept of the operator's session."""
    with closing(sqlite3.connect(f"{program.database.as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT state FROM sessions WHERE login = ?", (OPERATOR,))
        return str(found.fetchone()[0])


def until_kept(program: Program, *words: str) -> None:
    """Wait until all of it is kept."""
    give_up_at = time.monotonic() + PATIENCE
    while not all(word in state(program) for word in words):
        assert time.monotonic() < give_up_at, state(program)
        time.sleep(0.02)


def cursor(terminal: Terminal) -> str:
    """The line that the cursor of the queue is on."""
    return next(one for one in terminal.lines if one.startswith("> "))


def test_view_ticket_form_and_draft_are_there_again(demo: Program, opened: Opened) -> None:
    console = opened(demo.open_queue(OPERATOR))
    console.send("v")
    console.shows("[Near")
    console.send("<down>", "<down>")
    console.quiet()
    here = cursor(console)
    console.send("t")
    console.shows("Write a note", "> Note")
    console.send(TYPED)
    console.shows(TYPED)
    number = next(word for word in here.split() if word.count("-") == 1 and len(word) == 10)
    until_kept(demo, f'"form":"act:{number}:note"', '"view":"near"', number)
    until_drafted(demo)
    console.signal(signal.SIGKILL)
    console.exit_status()

    again = opened(demo.open_queue(OPERATOR))
    again.shows(TYPED, "restored", number)
    again.send("<escape>")
    again.shows("[Near", "The draft is kept")
    again.until(lambda: cursor(again).split()[:5] == here.split()[:5], what=here)


def until_drafted(program: Program) -> None:
    """Wait until what was typed is kept."""
    give_up_at = time.monotonic() + PATIENCE
    question = "SELECT 1 FROM drafts WHERE body LIKE ?"
    with closing(sqlite3.connect(f"{program.database.as_uri()}?mode=ro", uri=True)) as connection:
        while not connection.execute(question, (f"%{TYPED}%",)).fetchone():
            assert time.monotonic() < give_up_at
            time.sleep(0.02)


def test_a_hang_up_keeps_the_place_too(demo: Program, opened: Opened) -> None:
    console = opened(demo.open_queue(OPERATOR, (80, 24)))
    console.send("V")
    console.shows("[Closed")
    console.signal(signal.SIGHUP)
    console.exit_status()
    assert '"view":"over"' in state(demo)
    again = opened(demo.open_queue(OPERATOR, (80, 24)))
    again.shows("[Closed", "Esc goes back")
