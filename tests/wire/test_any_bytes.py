"""Whatever a terminal sends: keys, clicks, answers nobody asked for, and nonsense.

`DISPATCH_NONSENSE` says how many terminals send it: none in the gate, since no two runs are alike.
"""

import os
import random
import time
from collections.abc import Iterator

import pytest
from program import MANAGER, OPERATOR, OTHER_MANAGER, Opened, Program
from terminal import KEYS

TERMINALS = int(os.environ.get("DISPATCH_NONSENSE", "0"))
SECONDS = 5.0
PIECE = 0.05
"""Seconds between two pieces of what is sent."""

LONG = 60.0
"""Seconds in which a console has answered all that was sent, on a busy machine too."""

SIZE = COLUMNS, LINES = 80, 24
NONSENSE = (
    *(b"\x1b[200~", b"\x1b[201~", b"\x1b[1114112u", b"\x1b[1;1:3u", b"\x1b[55296u", b"\x1b[I"),
    *(b"\x1b[O", b"\x1b[?2048;1$y", b"\x1b[?2026;2$y", b"\x1b[0;0R", b"\x1b[5;5R", b"\x1b[48;0;0"),
    *(b"\x1b[48;9999;9999;1;1t", b"\x1b[48;24;80;0;0t", b"\x1b]11;rgb:0/0/0\x07", b"\x1b", b" "),
)
LEAVE = (b"q", KEYS["f10"].encode())
"""What ends a console, and is not sent before the end."""

ENOUGH = b"\x1b[201~\x1b[48;24;80;0;0t" + b"\x1b[27u" * 12
"""The end of any paste, the true size, and out of all that is open."""


def nonsense(chance: random.Random) -> bytes:
    """Return some of what a terminal could send, in one piece."""
    return b"".join(_one(chance) for _ in range(chance.randint(1, 12)))


def _one(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.3:
        return b"".join(_click(chance)) * chance.randint(1, 3)
    if kind < 0.6:
        return chance.choice([one.encode() for one in KEYS.values() if one.encode() not in LEAVE])
    if kind < 0.7:
        return chance.choice(NONSENSE)
    return chance.choice([one for one in map(_byte, range(256)) if one not in LEAVE])


def _byte(number: int) -> bytes:
    return bytes([number])


def _click(chance: random.Random) -> Iterator[bytes]:
    """Press and release a button somewhere, or turn the wheel there."""
    button, at = (
        chance.choice([0, 0, 0, 2, 32, 35, 64, 65]),
        (
            chance.randint(1, COLUMNS),
            chance.randint(1, LINES),
        ),
    )
    for end in "Mm":
        yield f"\x1b[<{button};{at[0]};{at[1]}{end}".encode()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(TERMINALS))
def test_nothing_that_a_terminal_sends_ends_a_console(
    demo: Program, opened: Opened, seed: int
) -> None:
    chance = random.Random(seed)
    console = opened(demo.open_queue([OPERATOR, MANAGER, OTHER_MANAGER][seed % 3], SIZE))
    began = time.monotonic()
    while time.monotonic() < began + SECONDS and console.alive:  # "Quit" can be clicked, too
        console.type(nonsense(chance))
        console.pause_until(time.monotonic() + PIECE)
    console.type(ENOUGH)
    console.send("<f10>")
    assert console.exit_status(LONG) == 0
    assert not list(demo.database.parent.glob(".local/state/*/log/*"))
    assert demo.run(MANAGER, "audit").code == 0
