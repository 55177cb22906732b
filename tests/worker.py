"""What another process does to a database: `worker.py DATABASE LOGIN TASK [ARGUMENT ...]`."""

import asyncio
import re
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from centre import ASSIGN, CALL, DAY, NOON, desk_of

from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.sheets import sources_in
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.errors import Conflict, DatabaseUnusable, NotPossible
from dispatch_tui.domain.lending import lending
from dispatch_tui.domain.overriding import override
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import place_of


def say(*words: object) -> None:
    """Tell the test: a whole line at once, even from a process that is killed."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def log(desk: Desk, count: str) -> None:
    """Log calls, telling each when it is acknowledged; in the end, the longest wait in seconds."""
    longest = 0.0
    for _ in range(int(count)):
        key = uuid4().hex
        say("try", key)
        began = time.perf_counter()
        done = await desk.log_call(CALL, key=key)
        longest = max(longest, time.perf_counter() - began)
        say("done", done.number, key)
    say("longest", longest)


async def assign(desk: Desk, *numbers: str) -> None:
    """Assign tickets as they were at their first version."""
    for number in numbers:
        try:
            await desk.act(number, ASSIGN, version=1)
            say("won", number)
        except Conflict as conflict:
            say("lost", number, conflict.message.values["person"])


async def stand_in(desk: Desk, first: str, races: str) -> None:
    """Race for a person: in each race everybody writes an override of Ann for the same hours."""
    for race in range(int(races)):
        await asyncio.sleep(max(0.0, float(first) + race * 0.03 - time.time()))
        since = NOON + race * DAY
        kind = OverrideKind.ADD if desk.me.login == "mia" else OverrideKind.REMOVE
        try:
            await desk.override(override(kind, "ann", since, since + DAY / 2))
            say("won", race)
        except (Conflict, NotPossible):
            say("lost", race)


async def lend(desk: Desk, first: str, races: str) -> None:
    """Race for a person: in each race everybody lends Ann for the same day to their station."""
    station = "S1" if desk.me.login == "mia" else "S2"
    for race in range(int(races)):
        await asyncio.sleep(max(0.0, float(first) + race * 0.03 - time.time()))
        since = NOON + 10_000 * DAY + race * DAY
        try:
            await desk.lend(lending("ann", station, since, since + DAY, "race"))
            say("won", race)
        except NotPossible:
            say("lost", race)


def peak() -> int:
    """Return the most megabytes of this program; ``ru_maxrss`` counts who started it, too."""
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) >> 10


async def bring_in(desk: Desk, *paths: str) -> None:
    """Bring files in, telling how far it is; in the end megabytes, and what became of it."""
    try:
        found = await bring(
            *(desk.database, sources_in([Path(one) for one in paths]), desk.me.login),
            zone=desk.zone,
            now=datetime.now(UTC),
            progress=lambda stage, done, total, rows: say("at", stage, done),
        )
    except DatabaseUnusable as refusal:
        say("refused", refusal)
        return
    say("memory", peak())
    told = [(one.adds, one.changes, one.same, one.refuses) for one in found.counts]
    say("kept" if found.kept else "nothing", *(number for one in told for number in one))


TASKS: dict[str, Callable[..., Awaitable[None]]] = {
    "log": log,
    "assign": assign,
    "stand_in": stand_in,
    "lend": lend,
    "bring": bring_in,
}


async def main(database: str, login: str, task: str, *arguments: str) -> None:
    """Open the database, wait for the start, do the task."""
    opened = Database(place_of(database))
    try:
        await migrate(opened)
        desk = desk_of(login, opened)
        await desk.staff()
        say("ready")
        sys.stdin.readline()
        await TASKS[task](desk, *arguments)
    finally:
        await opened.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
