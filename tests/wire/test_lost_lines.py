"""The connection dies, anywhere: nothing stays behind but what was typed.

`DISPATCH_LOST` says how many consoles are lost at any moment: 100 in the full run.
"""

import contextlib
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from program import CT, MANAGER, OPERATOR, OTHER_MANAGER, Program
from relay import Relay
from service import ALIVE, SILENT, Service
from sshd import WHY_NOT
from terminal import REPEAT, Terminal

pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)

GONE = 10.0
"""Seconds within which a process is gone once its connection is."""

KEPT = 1.0
"""Seconds before the end of which what was typed may be lost."""

USUAL = 10.0
"""Seconds that a call from the command line takes at most, far less than a lock is waited for."""

LOST = int(os.environ.get("DISPATCH_LOST", "40"))
LATEST = 8.0
"""Each is lost within so many seconds after its start."""

PEOPLE = (OPERATOR, MANAGER, OTHER_MANAGER, "yue.wenjing")
HALF = "half a form"


@pytest.fixture
def service(demo: Program) -> Iterator[Service]:
    """The program behind a server, as it is deployed."""
    with Service(demo, *ALIVE) as service:
        yield service


def client_killed(console: Terminal, relay: Relay, pids: list[int]) -> None:
    """The program that shows the terminal dies."""
    console.signal(signal.SIGKILL)


def window_closed(console: Terminal, relay: Relay, pids: list[int]) -> None:
    """The person closes the window."""
    console.hang_up()


def line_cut(console: Terminal, relay: Relay, pids: list[int]) -> None:
    """The connection is broken in the middle."""
    relay.cut()


def line_frozen(console: Terminal, relay: Relay, pids: list[int]) -> None:
    """Nothing passes any more, and nobody is told."""
    relay.freeze()


def server_killed(console: Terminal, relay: Relay, pids: list[int]) -> None:
    """The server's process that serves this connection dies."""
    for pid in pids:
        with contextlib.suppress(OSError):
            os.kill(parent_of(pid), signal.SIGKILL)


Way = Callable[[Terminal, Relay, list[int]], None]
WAYS: tuple[Way, ...] = (client_killed, window_closed, line_cut, line_frozen, server_killed)


def parent_of(pid: int) -> int:
    """Return the process that started another."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def wait_until_gone(service: Service, login: str, way: Way, relay: Relay) -> float:
    """Wait until no console of a person runs; returns the seconds since its server knew."""
    began = time.monotonic()
    known_at = None if way is line_frozen else began
    while service.processes(login):
        now = time.monotonic()
        if known_at is None and service.server.has_given_up(relay.ports):
            known_at = now
        assert now < (began + SILENT if known_at is None else known_at + GONE), "it still runs"
        time.sleep(0.05)
    return 0.0 if known_at is None else time.monotonic() - known_at


def draft_of(program: Program, login: str) -> str:
    """Return what is kept of the form that somebody was filling in."""
    with closing(sqlite3.connect(f"{program.database.as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT body FROM drafts WHERE login = ?", (login,)).fetchall()
    return " ".join(body for (body,) in found)


def type_until_the_end(console: Terminal, end_at: float) -> str:
    """Type letters up to a time; returns those that were typed early enough to be kept."""
    typed: list[tuple[float, str]] = []
    while time.monotonic() < end_at:
        letter = "abcdefghij"[len(typed) % 10]
        typed.append((time.monotonic(), letter))
        console.hold(letter, times=1)
    return "".join(letter for at, letter in typed if at <= end_at - KEPT)


@pytest.mark.parametrize(
    "way",
    [
        client_killed,
        line_cut,
        *(pytest.param(one, marks=pytest.mark.slow) for one in WAYS[1:] if one is not line_cut),
    ],
)
def test_a_lost_console_is_gone_and_leaves_a_draft_and_no_lock(service: Service, way: Way) -> None:
    with service.open_queue(OPERATOR) as console:
        console.send("<f2>")
        console.shows("Type what")
        console.send("8139x")
        console.shows(CT)
        console.send("<enter>")
        console.shows("> Fault")
        early = type_until_the_end(console, time.monotonic() + 3 * KEPT)
        way(console, service.relay, service.processes(OPERATOR))
        began = time.monotonic()
        service.program.call("Logged meanwhile", login=MANAGER)
        assert time.monotonic() - began < USUAL
        wait_until_gone(service, OPERATOR, way, service.relay)
    assert early
    assert early in draft_of(service.program, OPERATOR)
    found = service.program.run(MANAGER, "tickets", "--json").document
    assert not [one for one in found if early in one["fault"]]
    assert service.program.run(MANAGER, "audit").code == 0
    service.relay.thaw()
    with service.open_queue(OPERATOR) as again:
        again.send("<f2>")
        again.shows("Draft of", early[-20:])


@pytest.mark.slow
def test_a_line_that_freezes_is_given_up_however_much_others_do(service: Service) -> None:
    with service.open_queue(OPERATOR) as console:
        service.program.call("Before it froze", login=MANAGER)
        console.shows("Before it froze")
        service.relay.freeze()
        began = time.monotonic()
        while service.processes(OPERATOR):
            assert time.monotonic() < began + SILENT, "it still runs"
            service.program.call("Drawn for nobody", login=MANAGER)


@pytest.mark.slow
def test_consoles_lost_at_any_moment_are_gone(service: Service) -> None:
    chance = random.Random(5)
    deaths = [(WAYS[place % len(WAYS)], chance.uniform(0.0, LATEST)) for place in range(LOST)]
    chance.shuffle(deaths)
    people = [deaths[place :: len(PEOPLE)] for place in range(len(PEOPLE))]
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        took = [
            one
            for found in pool.map(
                lambda pair: lose(service, *pair), zip(PEOPLE, people, strict=True)
            )
            for one in found
        ]
    print(f"\n{len(took)} lost, gone after {max(took):.1f} s at most")  # noqa: T201
    assert len(took) == len(deaths) == LOST
    assert service.processes() == []
    began = time.monotonic()
    service.program.call("After all of them")
    assert time.monotonic() - began < USUAL
    tickets = service.program.run(MANAGER, "tickets", "--json").document
    assert not [one for one in tickets if HALF in one["fault"]]
    assert service.program.run(MANAGER, "audit").code == 0


def lose(service: Service, login: str, deaths: list[tuple[Way, float]]) -> list[float]:
    """Sign somebody in again and again, and break off; returns how long each console stayed."""
    took = []
    for way, at in deaths:
        with (
            Relay(service.server.port) as relay,
            service.console(login, drawn=False, relay=relay) as console,
        ):
            console.hold("n", HALF, times=max(1, int(at / REPEAT / 2)))
            way(console, relay, service.processes(login))
            took.append(wait_until_gone(service, login, way, relay))
    return took
