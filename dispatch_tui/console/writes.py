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
        if self._task is None:
            raise RuntimeError("nothing is written before the start or after the end")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((job, done))
        return await asyncio.shield(done)

    async def stop(self) -> None:
        """Finish what is queued, then stop; cancelled, it gives up what is not committed."""
        task, self._task = self._task, None
        if task is None:
            return
        try:
            await self._queue.join()
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _work(self) -> None:
        while True:
            job, done = await self._queue.get()
            try:
                done.set_result(await job())
            except Exception as error:
                done.set_exception(error)
                done.exception()  # whoever waited may be gone, and nobody else has to hear of it
            except BaseException:
                done.cancel()
                raise
            finally:
                self._queue.task_done()
