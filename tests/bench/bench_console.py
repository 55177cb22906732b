"""What the console costs, against bare Textual apps and raw sqlite3 measured in the same run.

Run it with `uv run python tests/bench/bench_console.py`; nothing is asserted. Everything happens
in real pseudo-terminals of a 256-colour kind.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "wire"))

from bare import PAINTED
from figures import heading, line, ms, ratio, size
from open_tickets import add
from program import MANAGER, OPERATOR, PROGRAM, Program, environment, show_around
from terminal import Terminal

BARE = str(Path(__file__).parent / "bare.py")
SIZES = ((120, 40), (80, 24))
MANY = 10_000
ROUNDS, ROUNDS_OF_MANY, KEYS, CHANGES = 7, 3, 24, 5
IDLE_SECONDS = 60.0
RESTED = 0.25
"""Seconds without a byte after which everything that follows a key has been drawn."""

FIRST_PAINT = re.compile(rb"New call")
QUEUE = re.compile(rb"\d{6}-\d{3}")
BARE_PAINT = re.compile(PAINTED.encode())


class Start:
    """Times and bytes of starts of one program."""

    def __init__(self) -> None:
        self.painted: list[float] = []
        self.filled: list[float] = []
        self.bytes: list[float] = []
        self.rss = self.pss = 0


def begun(command: list[str], home: Path, columns_lines: tuple[int, int]) -> Terminal:
    """Start a program in a terminal that draws nothing, for speed."""
    return Terminal(command, environment=environment(home), size=columns_lines, drawn=False)


def once(found: re.Pattern[bytes], terminal: Terminal) -> float:
    """Wait until something was written; returns the seconds since the start."""
    return terminal.until(lambda: found.search(terminal.output)) - terminal.started_at


def start(into: Start, terminal: Terminal, *patterns: re.Pattern[bytes]) -> None:
    """Note when a program paints first, and when it is full."""
    with terminal:
        into.painted.append(once(patterns[0], terminal))
        into.filled.append(once(patterns[-1], terminal))
        terminal.quiet(RESTED)
        into.bytes.append(terminal.count)
        into.rss, into.pss = memory(terminal.pid)


def memory(pid: int) -> tuple[int, int]:
    """Return resident and proportional kilobytes of a process."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = dict(re.findall(r"^(Rss|Pss):\s+(\d+) kB", text, re.MULTILINE))
    return int(found["Rss"]), int(found["Pss"])


def starts(programs: dict[str, Program]) -> None:
    """First paint, queue on screen, bytes and memory, in turns with the bare app."""
    home = next(iter(programs.values())).database.parent
    for columns_lines in SIZES:
        found = {name: Start() for name in ("bare", *programs)}
        for place in range(ROUNDS):
            start(found["bare"], begun([sys.executable, BARE], home, columns_lines), BARE_PAINT)
            for name, program in programs.items():
                if name == "few" or place < ROUNDS_OF_MANY:
                    terminal = begun(program.command(OPERATOR), home, columns_lines)
                    start(found[name], terminal, FIRST_PAINT, QUEUE)
        bare = found["bare"]
        heading(
            "start at {}x{}".format(*columns_lines),
            "first paint", "x bare", "queue there", "x bare", "bytes", "RSS MB", "PSS MB",
        )  # fmt: skip
        for name, words in NAMES.items():
            one = found[name]
            line(
                words,
                ms(one.painted),
                ratio(one.painted, bare.painted),
                ms(one.filled),
                ratio(one.filled, bare.painted),
                size(median(one.bytes)),
                f"{one.rss / 1024:.1f}",
                f"{one.pss / 1024:.1f}",
            )
        line("")


NAMES = {
    "bare": "bare Textual app",
    "few": "console, the demo's open tickets",
    "many": f"console, {MANY:,} open tickets",
}


def keys(programs: dict[str, Program]) -> None:
    """Cursor down to the first byte of its paint, and the bytes with the panes following."""
    home = next(iter(programs.values())).database.parent
    for columns_lines in SIZES:
        heading(
            "cursor down at {}x{}".format(*columns_lines),
            "to paint", "x bare", "worst", "bytes", "panes after",
        )  # fmt: skip
        floor: list[float] = []
        commands = {"bare": [sys.executable, BARE, "100"]} | {
            name: program.command(OPERATOR) for name, program in programs.items()
        }
        for name, command in commands.items():
            with begun(command, home, columns_lines) as terminal:
                once(BARE_PAINT if name == "bare" else QUEUE, terminal)
                terminal.quiet(0.5)
                reached, followed, count = pressed(terminal)
            floor = floor or reached
            line(
                "bare line-API table" if name == "bare" else NAMES[name],
                ms(reached),
                ratio(reached, floor),
                f"{max(reached) * 1000:.1f} ms",
                size(median(count)),
                ms(followed) if name != "bare" else "",
            )
        line("")


def pressed(terminal: Terminal) -> tuple[list[float], list[float], list[int]]:
    """Press the cursor down; returns seconds to the paint and to the last byte, and the bytes."""
    reached, followed, counts = [], [], []
    for place in range(KEYS):
        before = terminal.count
        began = time.monotonic()
        terminal.send("<up>" if place % 12 >= 6 else "<down>")
        reached.append(terminal.writes_more(before) - began)
        terminal.quiet(RESTED)
        followed.append(terminal.written_at - began)
        counts.append(terminal.count - before)
    return reached, followed, counts


def changes(program: Program) -> None:
    """What others change, in bytes on a console that shows it."""
    heading("changes by others at 120x40", "bytes")
    with begun(program.command(MANAGER), program.database.parent, SIZES[0]) as terminal:
        once(QUEUE, terminal)
        terminal.quiet(0.5)
        found = program.run(OPERATOR, "tickets", "--json").document
        waiting = [one for one in found if (one["kind"], one["status"]) == ("fault", "logged")]
        numbers = [one["number"] for one in waiting][1:]
        for words, command in CHANGED.items():
            counts = []
            for number in numbers[:CHANGES]:
                before = terminal.count
                done = program.run(MANAGER, "act", number, *command)
                assert done.code == 0, done.err
                terminal.writes_more(before)
                terminal.quiet(RESTED)
                counts.append(terminal.count - before)
            line(words, size(median(counts)))
    line("")


CHANGED = {
    "a row alone (fault corrected)": ("correct", "fault=Corrected by somebody else"),
    "a row and the roster (assigned)": ("assign", "engineers=qiu.haibo,zhou.guodong"),
}


@contextmanager
def idling(programs: dict[str, Program]) -> Iterator[Callable[[], None]]:
    """Consoles that nobody touches, on copies of their own; yields what prints their bytes."""
    with ExitStack() as stack:
        watched: list[tuple[str, Terminal]] = []
        for columns_lines in SIZES:
            for name, program in programs.items():
                copy = program.database.with_name(f"idle-{columns_lines[0]}.db")
                shutil.copy(program.database, copy)
                command = Program(copy).command(OPERATOR)
                terminal = stack.enter_context(begun(command, copy.parent, columns_lines))
                once(QUEUE, terminal)
                watched.append(("{} at {}x{}".format(NAMES[name], *columns_lines), terminal))
        for _, terminal in watched:
            terminal.quiet(1.0)
        began = time.monotonic()
        before = [terminal.count for _, terminal in watched]

        def tell() -> None:
            time.sleep(max(0.0, IDLE_SECONDS - (time.monotonic() - began)))
            minutes = (time.monotonic() - began) / 60
            heading("idle", "per minute")
            for (words, terminal), count in zip(watched, before, strict=True):
                line(words, size((terminal.count - count) / minutes))

        yield tell


def reading(program: Program) -> None:
    """The rows of the open queue by raw sqlite3, and as cases by the desk."""
    from dispatch_tui import bootstrap
    from dispatch_tui.settings import Settings
    from dispatch_tui.storage import driver

    question = "SELECT folded FROM tickets WHERE is_open ORDER BY next_due_at"
    raw: list[float] = []
    with closing(driver.connect(program.database)) as connection:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            rows = connection.execute(question).fetchall()
            raw.append(time.perf_counter() - began)

    async def by_desk() -> list[float]:
        found = []
        settings = Settings(database=str(program.database), login=OPERATOR)
        async with bootstrap.desk(settings) as desk:
            for _ in range(ROUNDS):
                began = time.perf_counter()
                await desk.open_cases()
                found.append(time.perf_counter() - began)
        return found

    desk = asyncio.run(by_desk())
    heading(f"the open queue, {len(rows):,} tickets", "median", "x raw")
    line("raw sqlite3, the stored rows", ms(raw), "")
    line("Desk.open_cases, with clocks and order", ms(desk), ratio(desk, raw))
    line("")


def prepared(folder: Path, count: int) -> Program:
    """Make the database of a demo, with so many more open tickets."""
    command = [PROGRAM, "demo", "--prepare", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env=environment(folder))
    show_around(folder / "demo.db")
    program = Program(folder / "demo.db")
    if count:
        asyncio.run(add(program.database, count, now=datetime.now(UTC)))
    with begun(program.command(OPERATOR), folder, SIZES[0]) as terminal:
        once(QUEUE, terminal)  # raises the flags that are due, once for all
        terminal.quiet(1.0)
    return program


def main() -> None:
    """Measure on fresh files in the temporary folder."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = {"few": prepared(folder / "few", 0), "many": prepared(folder / "many", MANY)}
        with idling(programs) as tell:
            starts(programs)
            keys(programs)
            changes(programs["few"])
            reading(programs["many"])
            tell()
    line("")
    line(f"measured in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
