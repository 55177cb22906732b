"""Somebody at work: `hands.py DATABASE NAME CASES HOURS PACE` lives a shift through the desk.

The calls of so many hours until now are entered with all that followed them, as fast as they are
saved, or so many a second. Every line tells what was acknowledged: `saved KEY NUMBER BEGAN TOOK`
in monotonic seconds, which all processes of a machine share.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from dispatch_tui.bootstrap import desk_on, opened
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import Conflict, NotPossible
from dispatch_tui.domain.facts import CallBackResult, Cause
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.ticket import Kind, Priority, Severity
from dispatch_tui.settings import Settings
from dispatch_tui.storage import records

OPERATOR, MANAGER = "luo.xiaoyan", "chen.jing"
ENGINEERS = ("shan.zhiyuan", "zeng.liqun", "xie.xiaodong", "zhou.guodong")
FAULTS = (
    "无图像，重启三次一样",
    "Alarm E22 at start",
    "漏水报警停机",
    "No image since noon",
    "探头不识别",
    "开机报 E07",
    "Table does not move up",
    "Printer feeds no paper",
    "屏幕闪烁",
    "Humming noise at the pump",
)


class Step(NamedTuple):
    """What somebody does about a case, at a time; the first step is the call."""

    at: datetime
    case: int
    login: str
    command: c.Command


def courses(cases: int, hours: float, chance: random.Random, devices: list[Device]) -> list[Step]:
    """Return what happened in the hours until now, in its order."""
    now = datetime.now(UTC)
    found: list[Step] = []
    for case in range(cases):
        at = now - timedelta(hours=hours * (1 - case / cases))
        device = chance.choice(devices)
        call = c.LogCall(
            fault=chance.choice(FAULTS),
            customer=device.customer,
            device=device.id,
            contact="Dr Li",
            priority=Priority.EMERGENCY if chance.random() < 0.05 else Priority.NORMAL,
            kind=Kind.COMPLAINT if chance.random() < 0.05 else Kind.FAULT,
        )
        found.append(Step(at, case, OPERATOR, call))
        engineer = chance.choice(ENGINEERS)
        for minutes, login, command in _after(call.kind, engineer, chance):
            at += timedelta(minutes=minutes * chance.uniform(0.5, 1.5))
            if at < now:
                found.append(Step(at, case, login, command))
    return sorted(found, key=lambda one: one.at)


def _after(
    kind: Kind, engineer: str, chance: random.Random
) -> Iterator[tuple[float, str, c.Command]]:
    """What follows a call, each some minutes after what was before."""
    if kind is Kind.COMPLAINT:
        yield 30, OPERATOR, c.Acknowledge()
        return
    yield 15, OPERATOR, c.Respond(note="Asked to restart it")
    way = chance.random()
    if way < 0.1:
        yield 5, MANAGER, c.Cancel(reason="Logged twice")
        return
    if way < 0.35:
        yield 10, OPERATOR, c.SolveByPhone(what_was_done="Restarted")
    else:
        yield 5, MANAGER, c.Assign(engineers=(engineer,))
        yield 10, OPERATOR, c.Depart(engineers=(engineer,))
        yield 60, OPERATOR, c.Arrive(engineers=(engineer,))
        yield 20, engineer, c.Diagnose(severity=Severity.ORDINARY, cause=Cause.BOARD, found="烧坏")
        yield 40, engineer, c.Restore(what_was_done="New board")
        yield 10, OPERATOR, c.Leave(engineers=(engineer,))
    works = c.CallBack(result=CallBackResult.WORKS, attitude=5, skill=5, speed=4)
    yield 20, OPERATOR, works
    yield 1, OPERATOR, c.Close()


class Hands:
    """Enters the steps of a shift in their order."""

    def __init__(self, name: str, desks: dict[str, Desk]) -> None:
        self._name = name
        self._desks = desks
        self._numbers: dict[int, str] = {}
        self._over: set[int] = set()

    async def enter(self, place: int, step: Step) -> None:
        """Enter one step; a case that somebody else took another way is left to them."""
        if step.case in self._over:
            return
        key = f"{self._name}-{place}"
        say("try", key)
        desk, began = self._desks[step.login], time.monotonic()
        try:
            if isinstance(step.command, c.LogCall):
                done = await desk.log_call(step.command, key=key, reported_at=step.at)
                self._numbers[step.case] = done.number
            else:
                number = self._numbers[step.case]
                done = await desk.act(number, step.command, key=key, occurred_at=step.at)
        except (NotPossible, Conflict) as refusal:
            self._over.add(step.case)
            say("refused", key, refusal)
            return
        say("saved", key, done.number, f"{began:.4f}", f"{time.monotonic() - began:.4f}")


def say(*words: object) -> None:
    """Tell whoever counts: a whole line at once, even from a process that is killed."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def main(database: str, name: str, cases: str, hours: str, pace: str) -> None:
    """Work a shift off; a pace of 0 is as fast as it goes."""
    chance = random.Random(name)
    async with AsyncExitStack() as stack:
        storage = await stack.enter_async_context(opened(Settings(database=database)))
        desks = {one: await desk_on(storage, one) for one in (OPERATOR, MANAGER, *ENGINEERS)}
        async with storage.read() as connection:
            devices = list((await records.everything(connection, Device)).values())
        hands = Hands(name, desks)
        say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        began = time.monotonic()
        for place, step in enumerate(courses(int(cases), float(hours), chance, devices)):
            if float(pace):
                await asyncio.sleep(began + place / float(pace) - time.monotonic())
            await hands.enter(place, step)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
