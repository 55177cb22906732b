"""Many open tickets in the database of a demo: `generate.py DATABASE COUNT [SEED]`.

They are written through the journal, as the desk would: each row equals its folded journal.
"""

import asyncio
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from dispatch_tui.bootstrap import opened
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.people import FIELD_ROLES, Role, Staff
from dispatch_tui.domain.ticket import Priority, Ticket
from dispatch_tui.settings import Settings
from dispatch_tui.storage import files, journal, records, tickets

ZONE = ZoneInfo("Asia/Shanghai")
AT_ONCE = 500
NEWEST, OLDEST = 2.0, 36 * 60.0
"""Minutes ago at which they were reported: most limits are still ahead."""

FAULTS = (
    "扫描中断，报高压故障，重启三次一样",
    "No image after warm-up, rings in every slice",
    "血氧探头时好时坏，病房等着用",
    "Pump alarms occlusion with the line open",
    "开机自检不过，停在第二步",
    "Table does not move down, red lamp at the panel",
)


class Writer:
    """Makes courses of tickets by chance, always the same by the same seed."""

    def __init__(
        self, staff: dict[str, Staff], devices: list[Device], now: datetime, seed: int
    ) -> None:
        self._chance = random.Random(seed)
        self._staff = staff
        self._operator = next(one for one in staff.values() if one.role is Role.OPERATOR)
        self._manager = next(one for one in staff.values() if one.role is Role.MANAGER)
        self._engineers = [one.login for one in staff.values() if one.role in FIELD_ROLES]
        self._devices = devices
        self._now = now

    def reported_at(self, count: int) -> list[datetime]:
        """Return so many times in their order."""
        ago = (self._chance.uniform(NEWEST, OLDEST) for _ in range(count))
        return sorted(self._now - timedelta(minutes=minutes) for minutes in ago)

    def course(self, number: str, at: datetime) -> tuple[tuple[Entry, ...], Ticket]:
        """Return the journal of a ticket and what it folds to."""
        device = self._chance.choice(self._devices)
        emergency = self._chance.random() < 0.05
        call = c.LogCall(
            fault=self._chance.choice(FAULTS),
            customer=device.customer,
            device=device.id,
            department=device.department,
            contact="Dr Li",
            phone="13800000000",
            priority=Priority.EMERGENCY if emergency else Priority.NORMAL,
        )
        entries, ticket = self._decide(number, call, self._operator, at, ())
        for command, person in self._further(self._now - at):
            at += timedelta(minutes=self._chance.uniform(0.2, 0.9))
            more, ticket = self._decide(number, command, person, at, entries)
            entries += more
        return entries, ticket

    def _further(self, age: timedelta) -> Iterator[tuple[c.Command, Staff]]:
        steps = self._chance.randint(0 if age < timedelta(minutes=40) else 1, 3)
        lead = self._chance.choice(self._engineers)
        if steps >= 1:
            yield c.Respond(), self._operator
        if steps >= 2:
            yield c.Assign(engineers=(lead,)), self._manager
        if steps >= 3:
            yield c.Depart(engineers=(lead,)), self._operator

    def _decide(
        self,
        number: str,
        command: c.Command,
        actor: Staff,
        at: datetime,
        entries: tuple[Entry, ...],
    ) -> tuple[tuple[Entry, ...], Ticket]:
        facts = Facts(now=at, at=at, actor=actor, staff=self._staff, journal=entries)
        return decide(number, command, facts)


async def generate(database: Path, count: int, *, seed: int = 1, now: datetime) -> None:
    """Add open tickets to a database that has people and devices."""
    async with opened(Settings(database=str(database))) as storage:
        async with storage.read() as connection:
            staff = await files.all_staff(connection)
            devices = list((await records.everything(connection, Device)).values())
        writer = Writer(staff, devices, now, seed)
        times = writer.reported_at(count)
        for start in range(0, count, AT_ONCE):
            await storage.write(partial(_write, writer, times[start : start + AT_ONCE]))


async def _write(writer: Writer, times: list[datetime], connection: tickets.Connection) -> None:
    lines, cases = [], []
    for at in times:
        number = await tickets.next_number(connection, at, ZONE)
        entries, ticket = writer.course(number, at)
        lines += journal.ticket_lines(number, entries)
        cases.append((ticket, entries))
    await journal.append(connection, lines)
    await tickets.add(connection, cases, Policy())


def main(database: str, count: str, seed: str = "1") -> None:
    """Add so many open tickets as of now."""
    asyncio.run(generate(Path(database), int(count), seed=int(seed), now=datetime.now(UTC)))


if __name__ == "__main__":
    main(*sys.argv[1:])
