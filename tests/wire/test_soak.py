"""A long night in some minutes: nothing grows, nothing is left over, nothing acknowledged is lost.

`DISPATCH_SOAK` says how many tickets the twelve hours have: 2,000 in the full run.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic

import pytest
from crowd import Writer, memory, wait_until
from program import MANAGER, OPERATOR, Opened, Program
from restless import LEFT, SCREENS, Commuter, Restless
from terminal import Terminal

from dispatch_tui.desk.views import View
from dispatch_tui.storage import driver

CASES = int(os.environ.get("DISPATCH_SOAK", "160"))
HOURS = 12.0
SUPERVISOR = "yue.wenjing"
WRITERS = 3
SEATS = ((OPERATOR, (80, 24)), (MANAGER, (120, 40)), (SUPERVISOR, (160, 50)))
WARM, RIDE = 400, 60
"""Keys before the night begins, and keys between two cuts of a line."""

SECONDS = max(40.0, CASES / 15)
"""In so many seconds the twelve hours are entered, where the machine is as fast as that."""

PACE = 7 * CASES / WRITERS / SECONDS
"""Saves a second of each writer; a ticket has about seven."""

GROWTH = 10 << 10
"""Kilobytes that a console may grow by in the second half of the night.

In the first one the number of open tickets grows to what it stays at, as many closed ones as are
kept are closed, and the caches of strings, drawn lines and pages of the file are filled.
"""

HAND = 0.3
"""Seconds from one key to the next of a hand that waits for what it sees."""


@pytest.fixture
def working() -> Iterator[ExitStack]:
    """Ends whoever works when the test is over."""
    with ExitStack() as stack:
        yield stack


@pytest.mark.slow
def test_a_long_night_leaves_nothing_behind_and_loses_nothing(
    demo: Program, opened: Opened, working: ExitStack
) -> None:
    consoles = [opened(demo.open_queue(login, size)) for login, size in SEATS]
    see_everything(consoles)
    warming = [Restless(one, seed, pause=0.03, keys=WARM) for seed, one in enumerate(consoles)]
    for hand in warming:
        hand.finish()
    writers = [
        working.enter_context(
            Writer(demo, f"writer{place}", cases=CASES // WRITERS, hours=HOURS, pace=PACE)
        )
        for place in range(WRITERS)
    ]
    commuter = Commuter(lambda: demo.console(MANAGER), 3)
    for writer in writers:
        writer.go()
    pressed = ride(commuter, consoles, 10, lambda: entered(writers) > CASES / 2)
    assert not [gone(console, demo) for console in consoles if not console.alive]
    before = [at_rest(console) for console in consoles]
    pressed += ride(commuter, consoles, 20, lambda: all(writer.done for writer in writers))
    for writer in writers:
        writer.end(5)
    assert not [gone(console, demo) for console in consoles if not console.alive]
    after = [at_rest(console) for console in consoles]
    saved = [one for writer in writers for one in writer.saved]
    print(  # noqa: T201
        f"\n{CASES} cases, {len(saved)} saved, "
        f"{sum(len(writer.refused) for writer in writers)} refused since others were faster; "
        f"{pressed} keys, {len(commuter.pids)} cuts; "
        f"MB before {_mb(before)}, after {_mb(after)}"
    )
    assert not lost(demo.database, {one.key for one in saved})
    assert demo.run(OPERATOR, "audit").code == 0
    newest = demo.call("After the long night", "--priority", "emergency")
    for console in consoles:
        console.shows(newest)
    assert not [pid for pid in commuter.pids if Path(f"/proc/{pid}").exists()]
    grown = [late - early for early, late in zip(before, after, strict=True)]
    assert max(grown) < GROWTH
    leave(consoles)
    with closing(driver.connect(demo.database)) as connection:
        connection.execute("BEGIN EXCLUSIVE")  # nobody holds a lock any more


def gone(console: Terminal, program: Program) -> str:
    """Say how a console ended: its code, its last words, the logs of crashes."""
    logs = program.database.parent.rglob("crash-*.log")
    told = "\n".join(one.read_text() for one in logs)
    return f"{console.exit_status()} {bytes(console.output[-300:])!r}\n{told}"


def lost(database: Path, keys: set[str]) -> set[str]:
    """Return the keys of acknowledged writes that the journal does not have."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT DISTINCT command_key FROM journal")
        return keys - {key for (key,) in found}


def see_everything(consoles: list[Terminal]) -> None:
    """Open every screen and view once: what is loaded with them does not grow later."""
    looks = [keys for screen in SCREENS for keys in ((screen,), LEFT)]
    for keys in (*looks, *[("v",), ("<end>", "<home>")] * len(View)):
        for console in consoles:
            console.send(*keys)
        consoles[0].pause_until(monotonic() + HAND)


def entered(writers: list[Writer]) -> int:
    """Return how many tickets were logged so far."""
    return len({one.number for writer in writers for one in writer.saved})


def ride(commuter: Commuter, consoles: list[Terminal], seed: int, over: Callable[[], bool]) -> int:
    """Let hands work at the consoles, and lines be cut, until it is over; returns their keys."""
    hands = [Restless(one, place, pause=0.05) for place, one in enumerate(consoles, seed)]
    while not over():
        commuter.ride(RIDE)
    for hand in hands:
        hand.stop()
    return sum(hand.pressed for hand in hands)


def at_rest(console: Terminal) -> int:
    """Return the kilobytes of a console that was left anyhow, once it shows its queue again.

    A window of 200 by 60 with a form on it takes some megabytes more than one of 7 by 3.
    """
    for _ in range(6):
        console.send("<escape>")
        console.pause_until(monotonic() + HAND)
    console.resize(120, 40)
    wait_until(lambda: len(console.lines) == 40, what="the size")
    console.shows("Help")
    console.send("<home>")
    console.pause_until(monotonic() + HAND)
    return memory(console.pid)[0]


def leave(consoles: list[Terminal]) -> None:
    """Leave every console by its key."""
    for console in consoles:
        console.send("<f10>")
        assert console.exit_status() == 0


def _mb(kilobytes: list[int]) -> list[int]:
    return [one >> 10 for one in kilobytes]
