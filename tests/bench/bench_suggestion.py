"""What ranking everybody for a ticket costs: 200 engineers, 1,000 more open tickets.

Run it with `uv run python tests/bench/bench_suggestion.py`; nothing is asserted.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from figures import heading, line, ms, ratio

from dispatch_tui.bootstrap import desk as open_desk
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.settings import Settings
from dispatch_tui.storage import records
from dispatch_tui.storage.tickets import Connection

ENGINEERS, TICKETS, TIMES = 200, 1_000, 15
MANAGER = "chen.jing"


async def crowd(desk: Desk) -> None:
    """Give the centre as many engineers, each with a paper."""
    people = [
        Staff(
            login=f"engineer.{count:03}",
            name=f"Engineer {count:03}",
            role=Role.ENGINEER,
            group="AB"[count % 2],
            station=("CD", "WH", "XA")[count % 3],
            phone="1",
        )
        for count in range(ENGINEERS - 5)
    ]
    papers = [Certificate(login=one.login, kind="ct") for one in people]

    async def work(connection: Connection) -> None:
        now = desk.clock()
        await records.keep(connection, "staff", [(one, True) for one in people], MANAGER, now)
        await records.keep(connection, "certificate", [(one, True) for one in papers], MANAGER, now)

    await desk.database.write(work)


async def measure(path: Path) -> None:
    """Rank everybody again and again, against reading the open queue, and look at the loop."""
    async with open_desk(Settings(database=str(path), login=MANAGER)) as desk:
        await crowd(desk)
        cases = await desk.open_cases()
        numbers = [one.number for one in cases[:TIMES]]
        reading, ranking, held = [], [], []
        watch = asyncio.create_task(_watch(held))
        for number in numbers:
            began = time.perf_counter()
            await desk.open_cases()
            reading.append(time.perf_counter() - began)
            began = time.perf_counter()
            found = await desk.suggestions(number)
            ranking.append(time.perf_counter() - began)
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        heading(f"{len(found.ranked)} engineers, {len(cases):,} open", "median", "x reading")
        line("Desk.open_cases", ms(reading), ratio(reading, reading))
        line("Desk.suggestions", ms(ranking), ratio(ranking, reading))
        line("the loop was held up for at most", f"{max(held) * 1000:.1f} ms")


async def _watch(held: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        held.append(time.perf_counter() - began - 0.001)


def main() -> None:
    """Measure on a demo with many tickets in the temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        here = Path(__file__).parent
        program = [sys.executable, "-m", "dispatch_tui", "demo", "--prepare", folder]
        subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
        adding = [sys.executable, str(here / "open_tickets.py"), str(path), str(TICKETS)]
        subprocess.run(adding, check=True, stdout=subprocess.DEVNULL)
        asyncio.run(measure(path))


if __name__ == "__main__":
    main()
