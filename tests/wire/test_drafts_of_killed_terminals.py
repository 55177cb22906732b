"""What somebody typed outlives the terminal it was typed in."""

import signal
import sqlite3
import time
from contextlib import closing

from program import CT, OPERATOR, Opened, Program
from terminal import PATIENCE

TYPED = "Half a sentence about a tube"


def test_a_draft_survives_a_killed_terminal_and_is_offered_again(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.open_queue(OPERATOR, (80, 24)))
    console.send("<f2>")
    console.shows("Type what")
    console.send("8139x")
    console.shows(CT)
    console.send("<enter>")
    console.shows("> Fault")
    console.send(TYPED)
    console.shows(TYPED)
    wait_for_draft(demo, TYPED)
    console.signal(signal.SIGKILL)
    console.exit_status()

    again = opened(demo.open_queue(OPERATOR))
    again.send("<f2>")
    again.shows("Draft of", "restored", CT, TYPED)
    again.quiet()
    again.send("<ctrl+g>")
    again.shows("Call logged as")
    found = demo.run(OPERATOR, "tickets", "--json").document
    assert [one["device"] for one in found if one["fault"] == TYPED] == [CT]


def wait_for_draft(program: Program, text: str) -> None:
    """Wait until a text is kept in the database."""
    give_up_at = time.monotonic() + PATIENCE
    with closing(sqlite3.connect(f"{program.database.as_uri()}?mode=ro", uri=True)) as connection:
        while not connection.execute(
            "SELECT 1 FROM drafts WHERE body LIKE ?", (f"%{text}%",)
        ).fetchone():
            assert time.monotonic() < give_up_at, "the draft was not kept"
            time.sleep(0.01)
