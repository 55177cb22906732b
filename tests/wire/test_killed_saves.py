"""Calls whose processes are killed while they save: nothing acknowledged is lost, none is twice."""

import json
import random
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from program import CUSTOMER, OPERATOR, Program, ended

KILLS = 100
AT_ONCE = 3
SAID_TWICE = 10
"""Of the acknowledged ones, so many are tried again too."""

EARLIEST, LATEST = 0.85, 1.05
"""When to kill, in parts of the time that an undisturbed call takes now."""


class Try(msgspec.Struct, frozen=True):
    """One call that was killed: the number that it had acknowledged, "" for none."""

    key: str
    acknowledged: str
    killed: bool


class Saves:
    """Calls in processes that are killed at random moments about their commits."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._chance = random.Random(9)
        self._seconds = 1.0
        self._lock = threading.Lock()

    def start(self, key: str) -> "subprocess.Popen[str]":
        """Start one call."""
        words = ("call", "--customer", CUSTOMER, "--fault", f"Fault {key}", "--key", key, "--json")
        return self._program.start(OPERATOR, *words)

    def killed(self, key: str) -> Try:
        """Start a call and kill it; those that were faster teach how long a call takes now."""
        with self._lock:
            wait = self._seconds * self._chance.uniform(EARLIEST, LATEST)
        began = time.monotonic()
        process = self.start(key)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.kill()
        took = time.monotonic() - began
        out, _ = process.communicate()
        with self._lock:
            lived = process.returncode == 0
            self._seconds = took if lived else self._seconds * 1.01
        return Try(key, number_in(out), killed=process.returncode != 0)

    def retried(self, key: str) -> str:
        """Give the call once more, to its end; returns its number."""
        done = ended(self.start(key))
        assert (done.code, done.err) == (0, "")
        return number_in(done.out)


def number_in(out: str) -> str:
    """Return the number that a call printed, "" if its document is not whole."""
    try:
        number: str = json.loads(out)["number"]
    except ValueError:
        return ""
    return number


@pytest.mark.slow
def test_no_call_is_lost_or_doubled_by_a_hundred_kills(demo: Program) -> None:
    saves = Saves(demo)
    keys = [f"kill-{place}" for place in range(KILLS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tries = list(pool.map(saves.killed, keys))
        after_kills = Counter(by_fault(demo))
        acknowledged = {one.key: one.acknowledged for one in tries if one.acknowledged}
        again = [key for key in keys if key not in acknowledged]
        again += list(acknowledged)[:SAID_TWICE]
        retried = dict(zip(again, pool.map(saves.retried, again), strict=True))
    assert all(after_kills[f"Fault {key}"] == 1 for key in acknowledged)
    assert all(retried[key] == acknowledged[key] for key in list(acknowledged)[:SAID_TWICE])
    numbers = acknowledged | retried
    found = Counter(by_fault(demo))
    assert {key: found[f"Fault {key}"] for key in keys} == dict.fromkeys(keys, 1)
    assert len(set(numbers.values())) == KILLS
    assert demo.run(OPERATOR, "audit").code == 0
    killed = [one for one in tries if one.killed]
    unsaid = sum(after_kills[f"Fault {one.key}"] for one in killed if not one.acknowledged)
    print(  # noqa: T201
        f"\n{len(killed)} of {KILLS} killed, {unsaid} of them saved but not acknowledged, "
        f"{len(acknowledged)} acknowledged"
    )


def by_fault(program: Program) -> list[str]:
    """Return the faults of all open tickets."""
    return [one["fault"] for one in program.run(OPERATOR, "tickets", "--json").document]
