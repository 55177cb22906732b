"""The one queue through which the console writes: in order, and never cancelled by a screen."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")

_Job = tuple[Callable[[], Awaitable[Any]], "asyncio.Future[Any]"]


class Writes:
    """Runs writes one after another; whoever waits may go away, the write goes on."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[_Job] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work the queue off."""
        self._task = asyncio.create_task(self._work(), name="writes")

    async def do(self, job: Callable[[], Awaitable[T]]) -> T:
        """Wait for a write and return its result, or raise what it raised."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((job, done))
        return await asyncio.shield(done)

    async def stop(self) -> None:
        """Finish what is queued, then stop."""
        await self._queue.join()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _work(self) -> None:
        while True:
            job, done = await self._queue.get()
            try:
                result = await job()
            except Exception as error:
                if done.cancelled():
                    raise
                done.set_exception(error)
                done.exception()
            else:
                if not done.cancelled():
                    done.set_result(result)
            finally:
                self._queue.task_done()
