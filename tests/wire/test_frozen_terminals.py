"""A terminal that stops reading holds nothing that others wait for, and misses nothing."""

import sqlite3
import time
from contextlib import closing
from statistics import median

from program import CT, MANAGER, OPERATOR, Opened, Program
from terminal import PATIENCE, Terminal
from test_resizes import still

SCREENS = 60
"""So many screens that no buffer of the system holds what they would write."""

SCREENS_KEPT = 6
"""Of these, so many may be in the buffers of the system."""

SAVES = 3

A_WAIT = 5.0
"""Seconds that somebody who waits for a lock waits longer than."""


def saving(program: Program) -> float:
    """Return how long a call from elsewhere takes now."""
    took = []
    for place in range(SAVES):
        began = time.monotonic()
        program.call(f"Saved from elsewhere {place}")
        took.append(time.monotonic() - began)
    return median(took)


def freeze(console: Terminal) -> None:
    """Stop reading, and let the console write more than anything between holds."""
    console.stop_reading()
    for place in range(SCREENS):
        console.send("<pageup>" if place % 2 else "<pagedown>")


def test_others_save_as_fast_as_ever_and_the_log_can_be_written_back(
    demo: Program, opened: Opened
) -> None:
    usual = saving(demo)
    console = opened(demo.open_queue(MANAGER))
    freeze(console)
    assert saving(demo) < usual + A_WAIT
    with closing(sqlite3.connect(demo.database)) as connection:
        connection.execute("PRAGMA busy_timeout=5000")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0
    console.read_on()
    console.shows("Saved from")


def test_keys_still_count_and_what_was_missed_comes_as_one_screen(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.open_queue(OPERATOR))
    at_start = console.count
    console.send("<f2>")
    console.shows("Type what")
    console.stop_reading()
    for _ in range(SCREENS):
        console.send("a", "<backspace>")
    console.type("8139x\rTyped blindly\r")
    give_up_at = time.monotonic() + PATIENCE
    while not logged(demo, "Typed blindly"):
        assert time.monotonic() < give_up_at, "the call was not logged"
    before = console.count
    console.read_on()
    console.shows("Call logged as")
    console.quiet()
    assert console.count - before < SCREENS_KEPT * at_start
    with demo.open_queue(OPERATOR) as fresh:
        console.send("<home>")
        console.until(lambda: still(console)[:12] == still(fresh)[:12], what=fresh.text)


def logged(program: Program, fault: str) -> bool:
    """Whether a call with this fault is in the queue."""
    found = program.run(MANAGER, "tickets", "--json").document
    return any((one["fault"], one["device"]) == (fault, CT) for one in found)
