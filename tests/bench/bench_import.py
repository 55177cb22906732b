"""What an import of 100,000 rows takes, and how long others wait for it.

`python tests/bench/bench_import.py [ROWS]`; a raw executemany of the same journal lines into the
same schema is the ratio.
"""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from centre import ZONE, desk_of, settle

from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.report import Stage
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.domain.commands import LogCall
from dispatch_tui.storage import driver
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import place_of, prepare

PER_DAY = 500


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def devices(count: int) -> Iterator[str]:
    """The lines of a file of devices."""
    yield "serial,maker,model,name,kind,customer,department,asset_number,made_on,accepted_on,udi\n"
    for place in range(count):
        yield (
            f"SN{place:07},M{place % 30},Axiel 64,64排CT,ct,H1,放射科,ZC{place:09},2023-04-27,"
            f"2023-09-29,(01)0299{place:010}(21)SN{place:07}\n"
        )


def tickets(count: int) -> Iterator[str]:
    """The lines of a file of past tickets, each with eight lines in its journal."""
    yield (
        "number,customer,device_serial,reported_at,fault,responded_at,engineers,arrived_at,"
        "left_at,cause,found,restored_at,what_was_done,closed_at\n"
    )
    first = datetime(2024, 1, 1, tzinfo=ZONE)
    for place in range(count):
        day = first + timedelta(days=place // PER_DAY)
        at = f"{day:%Y-%m-%d}T"
        yield (
            f"{day:%y%m%d}-{place % PER_DAY + 1:03},H1,SN{place % 1000:07},{at}08:00,"
            f"胶片打印排队不出片，今天积了十几张,{at}08:20,ann,{at}10:00,{at}16:00,board,"
            f"球管打火,{at}15:30,更换了球管并校准,{at}17:00\n"
        )


class Waiting:
    """Somebody who logs calls all the time, and how long the longest took."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.longest = 0.0
        self.saves = 0

    async def log(self, over: asyncio.Event) -> None:
        """Log a call every 50 ms, until the import is over."""
        database = Database(place_of(self._path))
        try:
            desk = desk_of("ola", database)
            while not over.is_set():
                began = time.perf_counter()
                await desk.log_call(LogCall(fault="x", customer="H1"))
                self.longest = max(self.longest, time.perf_counter() - began)
                self.saves += 1
                await asyncio.sleep(0.05)
        finally:
            await database.close()


async def _import(path: Path, table: str, lines: Iterator[str]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="dispatch-bench-"))
    file = folder / f"{table}.csv"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(lines)
    stages: dict[Stage, float] = {}
    began = time.perf_counter()
    database = Database(place_of(path))
    over = asyncio.Event()
    waiting = Waiting(path)
    calling = asyncio.create_task(waiting.log(over))
    found = await bring(
        *(database, [Source(str(file), file)], "mia"),
        zone=ZONE,
        now=datetime.now(UTC),
        progress=lambda stage, *_: stages.setdefault(stage, time.perf_counter()),
    )
    ended = time.perf_counter()
    over.set()
    await calling
    await database.close()
    assert found.kept, found.problems[:3]
    _say(
        f"{table}: {found.counts[0].adds:,} rows in {ended - began:.1f} s; read "
        f"{stages[Stage.CHECKING] - began:.1f} s, checked "
        f"{stages[Stage.KEEPING] - stages[Stage.CHECKING]:.1f} s, stored (the lock) "
        f"{ended - stages[Stage.KEEPING]:.1f} s; {waiting.saves} saves of others, the longest "
        f"{waiting.longest:.1f} s; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}"
        " MB"
    )


def _raw(path: Path) -> float:
    """Seconds for the same journal lines by executemany into a copy of the table."""
    connection = driver.connect(path)
    rows = connection.execute("SELECT * FROM journal").fetchall()
    sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal'").fetchone()[0]
    connection.execute(sql.replace("journal", "raw", 1))
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    marks = ",".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO raw VALUES({marks})", rows)
    connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - began


async def main(count: int) -> None:
    """Measure devices, then tickets, on a fresh file."""
    path = Path(tempfile.mkdtemp(prefix="dispatch-bench-")) / "dispatch.db"
    prepare(path)
    database = Database(place_of(path))
    await migrate(database)
    await settle(database)
    await database.close()
    await _import(path, "devices", devices(count))
    await _import(path, "tickets", tickets(count))
    _say(f"raw executemany of all journal lines: {_raw(path):.1f} s")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
