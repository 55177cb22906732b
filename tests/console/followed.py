"""A `Live` without a screen, and all that it told."""

import asyncio
from collections.abc import Callable
from typing import Any

from centre import FrozenClock
from textual.message import Message

from dispatch_tui.console.live import Live, Opened, Refused
from dispatch_tui.settings import Settings


class Followed:
    """A `Live` that runs; `waits` as long as nobody can sign in yet."""

    def __init__(self, settings: Settings, clock: FrozenClock, *, waits: bool = False) -> None:
        self.told: list[Message] = []
        self.live = Live(settings, self.told.append, clock)
        self.task: asyncio.Task[None] | None = None
        self._waits = waits

    async def __aenter__(self) -> "Followed":
        self.task = asyncio.create_task(self.live.run())
        if not self._waits:
            await self.until(lambda: any(isinstance(one, Opened | Refused) for one in self.told))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.task is not None
        self.task.cancel()
        await asyncio.wait([self.task])
        if not self.task.cancelled() and (error := self.task.exception()):
            raise error

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for a condition."""
        async with asyncio.timeout(15):
            while not holds():  # noqa: ASYNC110 - what is waited for sets no event
                await asyncio.sleep(0.005)

    def of(self, kind: type[Message]) -> list[Any]:
        """What was told of a kind."""
        return [one for one in self.told if isinstance(one, kind)]
