"""Many open tickets in the database of a demo: `open_tickets.py DATABASE COUNT [SEED]`.

They are written through the journal, as the desk would: each row equals its folded journal.
"""

import asyncio
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from planning import Planned, Planner
from shapes import Course, courses
from stamping import ZONE, Stamper, World

from dispatch_tui.bootstrap import opened
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.settings import Settings
from dispatch_tui.storage import files, journal, records, tickets

AT_ONCE = 500


async def add(database: Path, count: int, *, seed: int = 1, now: datetime) -> None:
    """Add open tickets to a database that has people and devices."""
    async with opened(Settings(database=str(database))) as storage:
        async with storage.read() as connection:
            customers = await records.everything(connection, Customer)
            devices = list((await records.everything(connection, Device)).values())
            world = World(
                staff=await files.all_staff(connection),
                customers={one.code: one for one in customers.values()},
                contacts={},
                devices=devices,
            )
        found, often = courses(seed)
        plan = Planner(found, often, len(devices), seed).plan(0, count, now, now)
        write = partial(_write, Stamper(world), found, devices, random.Random(seed), now)
        for start in range(0, count, AT_ONCE):
            await storage.write(partial(write, plan.tickets[start : start + AT_ONCE]))


async def _write(
    stamper: Stamper,
    found: Sequence[Course],
    devices: Sequence[Device],
    chance: random.Random,
    now: datetime,
    plan: Sequence[Planned],
    connection: tickets.Connection,
) -> None:
    lines, cases = [], []
    for one in plan:
        number = await tickets.next_number(connection, one.at, ZONE)
        course, device = found[one.course], devices[one.device]
        stamped = stamper.ticket(number, course, one.at, device, chance, until=now)
        lines += stamped.lines
        cases.append((stamped.ticket, stamped.entries))
    await journal.append(connection, lines)
    await tickets.add(connection, [tickets.ready(case, Policy()) for case in cases])


def main(database: str, count: str, seed: str = "1") -> None:
    """Add so many open tickets as of now."""
    asyncio.run(add(Path(database), int(count), seed=int(seed), now=datetime.now(UTC)))


if __name__ == "__main__":
    main(*sys.argv[1:])
