"""Other processes at work in a database of a test."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from dispatch_tui.storage.place import Place

WORKER = Path(__file__).parent / "worker.py"


class Worker:
    """One process that runs `worker.py`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def line(self) -> list[str]:
        """Return the words of its next line, none after the last."""
        assert self._process.stdout is not None
        return (await self._process.stdout.readline()).decode().split()

    async def ready(self) -> None:
        """Wait until it is about to start."""
        assert await self.line() == ["ready"]

    def go(self) -> None:
        """Let it start."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")

    async def lines(self) -> list[list[str]]:
        """Return what else it says; it must come to a good end."""
        found = []
        while line := await self.line():
            found.append(line)
        assert await self._process.wait() == 0
        return found

    async def kill(self) -> list[list[str]]:
        """End it in the midst of its work, and return what it said before."""
        self._process.kill()
        found = []
        while line := await self.line():
            found.append(line)
        await self._process.wait()
        return found


@asynccontextmanager
async def worker(place: Place, login: str, *task: str) -> AsyncIterator[Worker]:
    """A process that has opened the database and waits for the start of its task."""
    database = str(place.path) if place.path else place.url
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(WORKER), database, login, *task, stdin=PIPE, stdout=PIPE
    )
    try:
        yield Worker(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def at_once(place: Place, tasks: list[tuple[str, ...]]) -> list[list[list[str]]]:
    """Run (login, task, argument ...) in a process each, all at once; return what they said."""
    async with AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(worker(place, *task)) for task in tasks]
        for one in workers:
            await one.ready()
        for one in workers:
            one.go()
        return list(await asyncio.gather(*(one.lines() for one in workers)))
