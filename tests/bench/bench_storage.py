"""What saving, listening and reading cost, against floors measured in the same run.

Run it with `uv run python tests/bench/bench_storage.py`; nothing is asserted.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from centre import ASSIGN, CALL, NOON, desk_of, settle
from msgspec.structs import replace

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage import driver, journal, proof, schema, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.feed import FileFeed
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import place_of, prepare
from dispatch_tui.storage.tickets import Connection

TIMES = 300
OPEN_TICKETS = 10_000
MILLISECOND, MICROSECOND = 1e-3, 1e-6


async def saving(database: Database) -> None:
    """A call and an assignment, against raw inserts of the same rows and one row through Core."""
    path = database.place.path
    assert path is not None
    ola, mia = desk_of("ola", database), desk_of("mia", database)
    raw = driver.connect(path)
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA busy_timeout=5000")
    rows = await _rows_of_a_call(ola)
    core, close_core = _plain_core(path)
    spans: dict[str, list[float]] = {name: [] for name in ("raw", "core", "row", "call", "act")}
    for index in range(TIMES):
        began = time.perf_counter()
        _insert_raw(raw, rows, index)
        spans["raw"].append(time.perf_counter() - began)
        await _timed(spans["core"], core(f"core-{index}"))
        await _timed(spans["row"], _one_row(database, f"row-{index}"))
        done = await _timed(spans["call"], ola.log_call(CALL))
        await _timed(spans["act"], mia.act(done.number, ASSIGN, version=1))
    raw.close()
    await close_core()
    floor, one_row = median(spans["raw"]), median(spans["core"])
    _heading("saving (synchronous=FULL)", "median", "x raw", "x Core async")
    for name, words in (
        ("raw", "raw sqlite3, the rows of a call"),
        ("core", "one row, SQLAlchemy Core async"),
        ("row", "one row, Database.write"),
        ("call", "Desk.log_call"),
        ("act", "Desk.act (assign)"),
    ):
        span = median(spans[name])
        _line(words, f"{span / MILLISECOND:.2f} ms", f"{span / floor:.1f}", f"{span / one_row:.2f}")


async def listening(database: Database) -> None:
    """A look of the feed while nobody commits."""
    feed = FileFeed(database)
    await feed.start()
    began = time.perf_counter()
    for _ in range(10_000):
        feed.committed()
    span = (time.perf_counter() - began) / 10_000
    feed.stop()
    _heading("listening", "each", "of the time", "")
    _line("a look while idle", f"{span / MICROSECOND:.1f} µs", f"{span / feed.SECONDS:.4%}", "")


async def reading(database: Database) -> None:
    """The queue of many open tickets, and one of them that changed."""
    await database.write(_many_open)
    mia = desk_of("mia", database)
    queue: list[float] = []
    one: list[float] = []
    blocked: list[float] = []
    for _ in range(7):
        async with _longest_block(blocked):
            await _timed(queue, mia.open_cases())
    number = (await mia.open_cases())[0].number
    for _ in range(TIMES):
        await _timed(one, mia.cases([number]))
    _heading(f"reading ({OPEN_TICKETS:,} open tickets)", "median", "best", "loop held up")
    _line(
        "Desk.open_cases",
        f"{median(queue) / MILLISECOND:.0f} ms",
        f"{min(queue) / MILLISECOND:.0f} ms",
        f"{median(blocked) / MILLISECOND:.0f} ms",
    )
    _line(
        "Desk.cases of one",
        f"{median(one) / MILLISECOND:.2f} ms",
        f"{min(one) / MILLISECOND:.2f} ms",
        "",
    )


async def _timed(spans: list[float], work: Awaitable[Any]) -> Any:
    began = time.perf_counter()
    result = await work
    spans.append(time.perf_counter() - began)
    return result


async def _rows_of_a_call(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    number = (await desk.log_call(CALL)).number
    async with desk.database.read() as connection:
        (line,) = await journal.ticket_journal(connection, number)
        row = (await proof.ticket_rows(connection, [number]))[number]
    line_values = {name: getattr(line, name) for name in line.__struct_fields__}
    return [("journal", line_values), ("tickets", row)]


def _insert_raw(connection: Any, rows: list[tuple[str, dict[str, Any]]], index: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE day_numbers SET last = last + 0")
    for table, row in rows:
        names = {"subject": f"raw-{index}", "number": f"raw-{index}", "command_key": f"raw-{index}"}
        values = {name: names.get(name, one) for name, one in row.items()}
        holders = ", ".join("?" * len(values))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({holders})",
            [str(one) if hasattr(one, "tzinfo") else one for one in values.values()],
        )
    connection.execute("COMMIT")


def _plain_core(
    path: Path,
) -> tuple[Callable[[str], Awaitable[None]], Callable[[], Awaitable[None]]]:
    """One row by SQLAlchemy's own means: its driver, its pool, BEGIN IMMEDIATE, FULL."""
    from sqlalchemy import event, insert
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    async def add(name: str) -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(schema.settings), {"name": name, "value": ""})

    return add, engine.dispose


async def _one_row(database: Database, name: str) -> None:
    from sqlalchemy import insert

    async def work(connection: Connection) -> None:
        await connection.execute(insert(schema.settings), {"name": name, "value": ""})

    await database.write(work)


async def _many_open(connection: Connection) -> None:
    from sqlalchemy import delete

    await connection.execute(delete(schema.tickets))
    first = Ticket(
        number="",
        fault=CALL.fault,
        customer="H1",
        device="CT-1",
        contact="Dr Li",
        logged_by="ola",
        reported_at=NOON,
        original_reported_at=NOON,
        version=3,
    )
    many = (
        replace(
            first,
            number=f"2603{index // 1000:02}-{index % 1000:03}",
            reported_at=NOON - timedelta(minutes=index),
            talked_at=NOON if index % 2 else None,
        )
        for index in range(OPEN_TICKETS)
    )
    await tickets.add(connection, [tickets.ready((one, ()), Policy()) for one in many])


@asynccontextmanager
async def _longest_block(blocked: list[float]) -> Any:
    """Note the longest time for which the event loop did nothing else."""
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - began)

    beating = asyncio.create_task(beat())
    yield
    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating
    blocked.append(longest)


def _heading(*words: str) -> None:
    _line(*words)
    _line(*("-" * len(one) for one in words))


def _line(first: str, *rest: str) -> None:
    sys.stdout.write(f"{first:36}" + "".join(f"{one:>14}" for one in rest) + "\n")


async def main() -> None:
    """Measure on a fresh file in the temporary folder."""
    name, version, _ = driver.library()
    sys.stdout.write(f"{name}, SQLite {version}, Python {sys.version.split()[0]}\n\n")
    with tempfile.TemporaryDirectory() as folder:
        place = place_of(Path(folder) / "bench.db")
        assert place.path is not None
        prepare(place.path)
        database = Database(place)
        await migrate(database)
        await settle(database)
        for measure in (saving, listening, reading):
            await measure(database)
            sys.stdout.write("\n")
        await database.close()


if __name__ == "__main__":
    asyncio.run(main())
