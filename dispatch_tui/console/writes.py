"""The one queue through which the console writes: in order, and never cancelled by a screen."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic
from typing import Any, TypeVar

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_

T = TypeVar("T")

_Job = tuple[Callable[[], Awaitable[Any]], "asyncio.Future[Any]"]


class Writes:
    """Runs writes one after another; whoever waits may go away, the write goes on."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[_Job] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._end: asyncio.TimerHandle | None = None
        self._began_at: float | None = None

    @property
    def waiting(self) -> timedelta:
        """How long the write that is under way has taken so far, nothing where none is."""
        seconds = monotonic() - self._began_at if self._began_at is not None else 0.0
        return timedelta(seconds=seconds)

    def start(self) -> None:
        """Begin to work the queue off."""
        self._task = asyncio.create_task(self._work(), name="writes")

    async def do(self, job: Callable[[], Awaitable[T]]) -> T:
        """Wait for a write and return its result, or raise what it raised.

        Raises `DatabaseUnusable` for a write that is given up since the console ends.
        """
        if self._task is None or self._task.done():
            raise _given_up()
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((job, done))
        return await asyncio.shield(done)

    def end_within(self, seconds: float) -> None:
        """Give up what is not written by then, so that nobody waits for longer."""
        if self._end is None and self._task is not None:
            self._end = asyncio.get_running_loop().call_later(seconds, self._task.cancel)

    async def stop(self) -> None:
        """Finish what is queued, as far as there is time, then stop."""
        task, self._task = self._task, None
        if task is None:
            return
        finished = asyncio.create_task(self._queue.join())
        await asyncio.wait({task, finished}, return_when=asyncio.FIRST_COMPLETED)
        for one in (task, finished):
            one.cancel()
        await asyncio.wait({task, finished})
        if self._end is not None:
            self._end.cancel()

    async def _work(self) -> None:
        try:
            while True:
                job, done = await self._queue.get()
                self._began_at = monotonic()
                try:
                    done.set_result(await job())
                except Exception as error:
                    _tell(done, error)
                except BaseException:
                    _tell(done, _given_up())
                    raise
                finally:
                    self._began_at = None
                    self._queue.task_done()
        finally:
            with contextlib.suppress(asyncio.QueueEmpty):
                while True:
                    _tell(self._queue.get_nowait()[1], _given_up())


def _tell(done: "asyncio.Future[Any]", error: Exception) -> None:
    done.set_exception(error)
    done.exception()  # whoever waited may be gone, and nobody else has to hear of it


def _given_up() -> DatabaseUnusable:
    return DatabaseUnusable(N_("The console is closing: this was not saved."))
