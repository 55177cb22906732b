"""What five years of tickets cost the console: `bench_files.py [DATABASE]`, nothing is asserted.

Everything is measured in one run beside a raw sqlite3 query on the same file, and beside a company
with the same files and the same open queue, but no past. Without DATABASE one is generated first.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "wire"))

import msgspec
from bench_console import FIRST_PAINT, QUEUE, Start, begun, memory, once, start
from figures import heading, line, ms, ratio
from generate import Size, generate
from program import Program
from reference import OPERATOR
from terminal import Terminal

from dispatch_tui.bootstrap import desk as open_desk
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.watching import Watch
from dispatch_tui.settings import Settings
from dispatch_tui.storage import driver

AIM = 100.0
"""Milliseconds that nothing on the screen waits longer than."""

ROUNDS, STARTS, KEYS, PAGES = 9, 7, 12, 9
SIZE = (120, 40)
FEW, MANY = "no past", "five years"


class Case(NamedTuple):
    """Something that is measured: what it is called, what is done, what raw sqlite3 does."""

    words: str
    work: Callable[[Desk], Awaitable[Any]]
    question: str
    values: tuple[Any, ...] = ()


class Known(NamedTuple):
    """What is looked for in the file."""

    device: str
    serial: str
    customer: str
    initials: str
    number: str


def known(connection: Any) -> Known:
    """Return a device with a long past, and what belongs to it."""
    device, number = connection.execute(
        "SELECT device, max(number) FROM tickets WHERE device <> '' AND NOT is_open "
        "GROUP BY device ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    serial, customer = connection.execute(
        "SELECT serial, customer FROM devices WHERE id = ?", (device,)
    ).fetchone()
    (initials,) = connection.execute(
        "SELECT initials FROM customers WHERE code = ?", (customer,)
    ).fetchone()
    return Known(device, serial, customer, initials.split()[0], number)


_FOLDED = "SELECT folded FROM tickets WHERE "


def cases(what: Known) -> Iterator[Case]:
    """Yield what the console asks."""
    yield Case("the open queue", Desk.open_cases, _FOLDED + "is_open")
    yield Case(
        "a device's history",
        lambda desk: desk.device(what.device),
        _FOLDED + "device = ? ORDER BY number DESC LIMIT 50",
        (what.device,),
    )
    yield Case(
        "a device's whole timeline",
        lambda desk: desk.device_history(what.device),
        _FOLDED + "device = ? ORDER BY number DESC",
        (what.device,),
    )
    yield Case(
        "a customer's file",
        lambda desk: desk.customer_file(what.customer),
        _FOLDED + "customer = ? ORDER BY number DESC",
        (what.customer,),
    )
    yield Case(
        "a ticket's file",
        lambda desk: desk.ticket(what.number),
        "SELECT data FROM journal WHERE subject_kind = 'ticket' AND subject = ? ORDER BY seq",
        (what.number,),
    )
    yield Case(
        "the first page of what is over",
        Desk.over_cases,
        _FOLDED + "NOT is_open ORDER BY number DESC LIMIT 200",
    )
    yield Case(
        "a page from the middle of it",
        lambda desk: desk.over_cases(what.number),
        _FOLDED + "NOT is_open AND number < ? ORDER BY number DESC LIMIT 200",
        (what.number,),
    )
    yield Case(
        "who should go",
        lambda desk: desk.suggestions(what.number),
        _FOLDED + "customer = ? ORDER BY number DESC LIMIT 100",
        (what.customer,),
    )
    yield Case("flags that nobody saw", lambda desk: Watch(desk).unseen(), _FOLDED + "is_open")
    yield from searches(what)


_TERM = "SELECT kind, subject FROM terms WHERE way = ? AND term >= ? AND term < ? LIMIT 50"
_TEXT = "SELECT rowid FROM texts_index WHERE texts_index MATCH ? ORDER BY rowid DESC LIMIT 50"


def searches(what: Known) -> Iterator[Case]:
    """Yield what is typed into the search field, each as it stands after its last key."""
    tail = what.serial[-4:].casefold()
    for words, said, question, values in (
        ("by initials", what.initials, _TERM, (2, what.initials, what.initials + "z")),
        ("by a serial's tail", tail, _TERM, (4, tail[::-1], tail[::-1] + "z")),
        ("by two characters, frequent", "报警", _TEXT, ('"报警"',)),
        ("by two characters, rare", "滑环", _TEXT, ('"滑环"',)),
        ("by three characters", "不能用", _TEXT, ('"不能 能用"',)),
        ("by two words", "球管 打火", _TEXT, ('"球管" AND "打火"',)),
        ("by a word of English", "replaced", _TEXT, ('"replaced"',)),
        ("by a phrase", '"连续运行"', _TEXT, ('"连续 续运 运行"',)),
        (
            "by filters",
            f"status:open client:{what.customer}",
            _FOLDED + "is_open AND customer = ?",
            (what.customer,),
        ),
        (
            "by words and a filter",
            f"电池 client:{what.customer}",
            _FOLDED + "customer = ? ORDER BY number DESC LIMIT 50",
            (what.customer,),
        ),
        ("by a number", what.number, _FOLDED + "number = ?", (what.number,)),
        ("for what is nowhere", "彗星猫头鹰", _TEXT, ('"彗星 星猫 猫头 头鹰"',)),
    ):
        yield Case(f"search {words}", _finding(said), question, values)


def _finding(said: str) -> Callable[[Desk], Awaitable[Any]]:
    return lambda desk: desk.find(said, growing=True)


async def questions(path: Path) -> None:
    """Ask everything at the desk, each beside the raw query, and look at the event loop."""
    heading(
        f"asked of {MANY}",
        "raw sqlite3",
        "desk",
        "x raw",
        "best",
        "worst",
        "loop held",
        f"aim {AIM:.0f} ms",
    )
    async with open_desk(Settings(database=str(path), login=OPERATOR)) as desk:
        with closing(driver.connect(path)) as connection:
            for case in cases(known(connection)):
                raw, asked, held = [], [], []
                await case.work(desk)  # what is loaded once is loaded
                for _ in range(ROUNDS):
                    began = time.perf_counter()
                    connection.execute(case.question, case.values).fetchall()
                    raw.append(time.perf_counter() - began)
                    watch = asyncio.create_task(_watch(held))
                    await asyncio.sleep(0)
                    began = time.perf_counter()
                    await case.work(desk)
                    asked.append(time.perf_counter() - began)
                    watch.cancel()
                    with suppress(asyncio.CancelledError):
                        await watch
                line(
                    case.words,
                    ms(raw),
                    ms(asked),
                    ratio(asked, raw),
                    f"{min(asked) * 1000:.1f} ms",
                    f"{max(asked) * 1000:.1f} ms",
                    f"{max(held, default=0) * 1000:.1f} ms",
                    verdict(asked),
                )
    line("")


async def _watch(held: list[float]) -> None:
    """Note for how long the event loop did nothing else."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        held.append(time.perf_counter() - began - 0.001)


def verdict(seconds: Sequence[float]) -> str:
    """Say whether a median keeps the aim."""
    return "kept" if median(seconds) * 1000 <= AIM else "MISSED"


def starts(programs: dict[str, Program]) -> None:
    """Start to queue in a terminal, in turns."""
    found = {name: Start() for name in programs}
    for _ in range(STARTS):
        for name, program in programs.items():
            terminal = begun(program.command(OPERATOR), program.database.parent, SIZE)
            start(found[name], terminal, FIRST_PAINT, QUEUE)
    heading("console start", "first paint", "queue there", f"x {FEW}", "RSS MB")
    for name, one in found.items():
        times = ratio(one.filled, found[FEW].filled)
        line(name, ms(one.painted), ms(one.filled), times, f"{one.rss / 1024:.1f}")
    line("")


def walks(programs: dict[str, Program]) -> None:
    """Memory of a console before and after somebody walked through it, and what a key waits."""
    heading(
        "walking through",
        "key to paint",
        "panes after",
        "worst",
        "page of past",
        "RSS before",
        "RSS after",
    )
    for name, program in programs.items():
        with begun(program.command(OPERATOR), program.database.parent, SIZE) as terminal:
            once(QUEUE, terminal)
            terminal.quiet(1.0)
            before, _ = memory(terminal.pid)
            painted, followed = zip(
                *(pressed(terminal, "<down>") for _ in range(KEYS)), strict=True
            )
            terminal.send("V")  # the view before the first: what is over
            terminal.quiet(1.0)
            turns = range(PAGES if name == MANY else 0)
            pages = [pressed(terminal, "<end>")[1] for _ in turns]
            after, _ = memory(terminal.pid)
        line(
            name,
            ms(painted),
            ms(followed),
            f"{max(followed) * 1000:.0f} ms",
            ms(pages) if pages else "",
            f"{before / 1024:.1f} MB",
            f"{after / 1024:.1f} MB",
        )
    line("")


def pressed(terminal: Terminal, key: str) -> tuple[float, float]:
    """Press a key; returns the seconds to the first and to the last byte that it caused."""
    before, began = terminal.count, time.monotonic()
    terminal.send(key)
    painted = terminal.writes_more(before) - began
    terminal.quiet(0.25)
    return painted, terminal.written_at - began


def processes(programs: dict[str, Program]) -> None:
    """Whole runs of the command line."""
    past = f"{datetime.now(UTC) - timedelta(days=400):%Y-%m-%dT%H:%M}"
    heading("whole processes", *programs, f"x {FEW}")
    for words in (
        ("tickets",),
        ("tickets", "--view", "over", "--limit", "200"),
        ("tickets", "--at", past),
        ("find", "报警"),
        ("roster",),
        ("--help",),
    ):
        found: dict[str, list[float]] = {}
        for _ in range(3):
            for name, program in programs.items():
                began = time.perf_counter()
                done = program.run(OPERATOR, *words)
                found.setdefault(name, []).append(time.perf_counter() - began)
                assert done.code == 0, done.err
        line(" ".join(words), *map(ms, found.values()), ratio(found[MANY], found[FEW]))
    line("")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path, nargs="?")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        size, now = Size(), datetime.now(UTC)
        many = asked.database or Path(folder) / "many.db"
        if asked.database is None:
            generate(many, size, now, os.cpu_count() or 1)
        few = Path(folder) / "few.db"
        generate(few, msgspec.structs.replace(size, tickets=size.open), now)
        programs = {FEW: Program(few), MANY: Program(many)}
        line(f"{many.stat().st_size / 2**30:.1f} GiB, load {os.getloadavg()[0]:.1f}")
        for program in programs.values():  # raises the flags that are due, once for all
            with begun(program.command(OPERATOR), program.database.parent, SIZE) as terminal:
                once(QUEUE, terminal)
                terminal.quiet(2.0)
        asyncio.run(questions(many))
        starts(programs)
        walks(programs)
        processes(programs)
        line(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
