"""A company with its past on disk: `generate.py DATABASE [--tickets 1000000 …]`.

Every row is what the product would have stored: `dispatch-tui audit` finds nothing.
"""

import argparse
import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bulk
import msgspec
from planning import Plan, Planned, Planner
from reference import MANAGER, OPERATOR, Reference
from shapes import courses
from stamping import ZONE, Stamper, World

from dispatch_tui.bootstrap import opened
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.settings import Settings

AT_ONCE = 1_000
"""Tickets of one batch."""


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How much of everything; `open` of the tickets go on now."""

    customers: int = 2_000
    devices: int = 50_000
    tickets: int = 1_000_000
    open: int = 1_000
    years: int = 5
    seed: int = 1


def generate(path: Path, size: Size, now: datetime, processes: int = 1) -> None:
    """Make the database of a company: the same bytes by the same size and time."""
    now = now.replace(microsecond=0)
    begin = now - timedelta(days=365 * size.years)
    with _told("files"):
        reference = Reference(
            size.customers, size.devices, seed=size.seed, today=now.astimezone(ZONE).date()
        )
        asyncio.run(_store(path, reference, begin))
    with _told("plan"):
        found, often = courses(size.seed)
        planner = Planner(found, often, size.devices, size.seed)
        plan = planner.plan(size.tickets - size.open, size.open, begin, now)
    world = World(
        staff=reference.staff,
        customers={one.code: one for one in reference.customers},
        contacts=reference.contacts,
        devices=reference.devices,
    )
    press = bulk.Press(Stamper(world), found, world.devices, size.seed, now)
    with _told(f"{size.tickets:,} tickets"):
        bulk.write(path, _batches(press, plan, processes), plan.days, (OPERATOR, MANAGER))


async def _store(path: Path, reference: Reference, at: datetime) -> None:
    async with opened(Settings(database=str(path))) as database:
        await reference.store(database, at)


def _batches(press: bulk.Press, plan: Plan, processes: int) -> Iterator[bulk.Batch]:
    starts = range(0, len(plan.tickets), AT_ONCE)
    parts = (plan.tickets[start : start + AT_ONCE] for start in starts)
    if processes < 2:
        yield from map(press.batch, parts)
        return
    context = multiprocessing.get_context("fork")
    with context.Pool(processes, _take, (press,)) as pool:
        yield from _shown(pool.imap(_pressed, parts), len(starts))


def _shown(batches: Iterable[bulk.Batch], count: int) -> Iterator[bulk.Batch]:
    for place, batch in enumerate(batches, start=1):
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{place * 100 // count:3} %\r")
        yield batch


_presses: list[bulk.Press] = []
"""The press of a worker, which has it from the process that it was forked from."""


def _take(press: bulk.Press) -> None:
    _presses.append(press)


def _pressed(part: list[Planned]) -> bulk.Batch:
    try:
        return _presses[0].batch(part)
    except DispatchError as error:  # it cannot be sent to another process as it is
        raise AssertionError(str(error)) from None


@contextmanager
def _told(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    sys.stderr.write(f"{what}: {time.monotonic() - began:.1f} s\n")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    defaults = Size()
    for name in Size.__struct_fields__:
        parser.add_argument(f"--{name}", type=int, default=getattr(defaults, name))
    parser.add_argument("--now", type=datetime.fromisoformat, default=datetime.now(UTC))
    parser.add_argument("--processes", type=int, default=max(2, os.cpu_count() or 1))
    asked = vars(parser.parse_args())
    path, now, processes = (asked.pop(name) for name in ("database", "now", "processes"))
    if path.exists():
        parser.error(f"{path} is there already")
    generate(path, Size(**asked), now, processes)


if __name__ == "__main__":
    main()
