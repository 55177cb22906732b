"""What another process does to a database: `worker.py DATABASE LOGIN TASK [ARGUMENT ...]`."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from uuid import uuid4

from centre import ASSIGN, CALL, desk_of

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import Conflict
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


TASKS: dict[str, Callable[..., Awaitable[None]]] = {"log": log, "assign": assign}


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
