"""Many people on one database: writers, consoles that note what they show, what it all costs."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from program import Program
from terminal import PATIENCE, Terminal

HANDS = str(Path(__file__).with_name("hands.py"))
NUMBER = re.compile(r"\b\d{6}-\d{3}\b")
TROUBLE = ("is locked", "is busy", "given up", " s old")
"""What a console says when it could not read or save in time."""

WATCHED = "noon"
"""A word of one of the faults that `hands.py` tells, in a tenth of the calls."""

CALLS = "SELECT number, is_open FROM tickets WHERE folded LIKE ?"

TICKS = os.sysconf("SC_CLK_TCK")


class Saved(msgspec.Struct, frozen=True):
    """One write that was acknowledged; times are monotonic seconds."""

    key: str
    number: str
    began_at: float
    took: float

    @property
    def acknowledged_at(self) -> float:
        """When whoever wrote it was told."""
        return self.began_at + self.took


class Writer:
    """A process of `hands.py`, and what it had acknowledged."""

    def __init__(
        self, program: Program, name: str, *, cases: int, hours: float, pace: float = 0.0
    ) -> None:
        words = (str(program.database), name, str(cases), str(hours), str(pace))
        self.saved: list[Saved] = []
        self.refused: list[str] = []
        self.tried: set[str] = set()
        self._process = subprocess.Popen(
            [sys.executable, HANDS, *words],
            env=program.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        if self._reader.is_alive():
            self._reader.join()

    def go(self) -> None:
        """Let it begin."""
        assert self._process.stdin is not None
        self._reader.start()
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    @property
    def done(self) -> bool:
        """Whether it has entered all it had to."""
        return self._process.poll() is not None

    def end(self, seconds: float) -> None:
        """Wait for its end, which must be a good one."""
        assert self._process.wait(seconds) == 0
        self._reader.join()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            what, key, *rest = line.split()
            if what == "saved":
                self.saved.append(Saved(key, rest[0], float(rest[1]), float(rest[2])))
            elif what == "refused":
                self.refused.append(line)
            else:
                self.tried.add(key)


class Witness(Terminal):
    """A console on which it is noted when the number of a ticket was first seen.

    Only lines that were drawn are read: what looks on is not to be a burden for who works.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.seen_at: dict[str, float] = {}
        self.troubles: list[str] = []
        super().__init__(*arguments, **named)

    def _draw(self, data: bytes) -> None:
        super()._draw(data)
        assert self._screen is not None
        now = time.monotonic()
        for text in map(self._line, self._screen.dirty):
            for number in NUMBER.findall(text):
                self.seen_at.setdefault(number, now)
            if trouble_in(text.encode()):
                self.troubles.append(text)
        self._screen.dirty.clear()


def trouble_in(output: bytes) -> list[str]:
    """Return which words of trouble there are in what a console wrote."""
    return [word for word in TROUBLE if word.encode() in output]


def witness(program: Program, login: str) -> Witness:
    """Open a console that notes what it shows of the calls about `WATCHED`.

    What it looks for is always in sight there: below the last line nobody sees anything.
    """
    one = Witness(program.command(login), environment=program.environment, size=(120, 80))
    one.until(lambda: bool(one.seen_at), 60, "the queue")
    one.send("/", WATCHED, "<enter>")
    one.quiet()
    return one


def watched(program: Program) -> dict[str, bool]:
    """Return the tickets that witnesses look for, and whether they are open."""
    with closing(sqlite3.connect(program.database)) as connection:
        found = connection.execute(CALLS, [f"%{WATCHED}%"])
        return {number: bool(is_open) for number, is_open in found}


def memory(pid: int) -> tuple[int, int]:
    """Return resident and proportional kilobytes of a process."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = dict(re.findall(r"^(Rss|Pss):\s+(\d+) kB", text, re.MULTILINE))
    return int(found["Rss"]), int(found["Pss"])


def cpu(pid: int) -> float:
    """Return the seconds of a processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value under which a part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def wait_until(holds: Callable[[], object], seconds: float = PATIENCE, what: str = "it") -> None:
    """Wait for something that no terminal tells."""
    give_up_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up_at, f"{what} did not come within {seconds:g} s"
        time.sleep(0.02)
