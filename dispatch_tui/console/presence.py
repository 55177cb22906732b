"""Who else has a ticket open, and telling others which one stands open here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.presence import Beside, Present, beside

if TYPE_CHECKING:
    from dispatch_tui.desk.standing_by import StandingBy

EVERY = timedelta(seconds=30)
"""So often at most it is told that keys are still pressed."""

SETTLE_SECONDS = 0.15
"""A menu that makes way for a form is told of once."""

WRITE_SECONDS = 5.0
"""After so long telling is given up: nothing waits for it."""

LEAVE_SECONDS = 0.5
"""So long the end of a console waits for it; what is not told then fades."""

Standing = tuple[str, str]
"""A ticket and what is done with it: a command's name, "" for looking."""

NOTHING: Standing = ("", "")


class Presence:
    """What stands open in this console, the latest on top, and what in those of others.

    Telling it is never in the way of anything, and where it fails it is simply not told.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.console = uuid4().hex
        self._clock = clock
        self._open: dict[object, Standing] = {}
        self._rows: tuple[Present, ...] = ()
        self._pressed_at = self._tried_at = clock()
        self._me = ""
        self._told: Standing | None = NOTHING
        self._wake = asyncio.Event()

    def enter(self, screen: object, ticket: str, doing: str) -> None:
        """Remember that a ticket stands open in a screen."""
        self._open[screen] = (ticket, doing)
        self._wake.set()

    def leave(self, screen: object) -> None:
        """Remember that a screen has gone."""
        if self._open.pop(screen, None) is not None:
            self._wake.set()

    def pressed(self) -> None:
        """Remember that a key was pressed just now."""
        self._pressed_at = self._clock()
        if self._open and self._pressed_at - self._tried_at >= EVERY:
            self._wake.set()

    def heard(self, rows: Iterable[Present]) -> None:
        """Take over who has what open."""
        self._rows = tuple(rows)

    def beside(self, ticket: str) -> tuple[Beside, ...]:
        """Return who else has a ticket open now."""
        return beside(self._rows, self._me, ticket, self._clock())

    @asynccontextmanager
    async def told(self, by: "StandingBy", me: str) -> AsyncIterator[None]:
        """Keep telling while the block runs; at its end nothing stands open any more."""
        self._me = me
        self._wake.set()
        telling = asyncio.create_task(self._tell(by), name="presence")
        try:
            yield
        finally:
            telling.cancel()
            await asyncio.wait([telling])
            if self._told != NOTHING:
                await _within(LEAVE_SECONDS, by.leave)
                self._told = NOTHING

    async def _tell(self, by: "StandingBy") -> None:
        told_at = self._clock()
        while True:
            await self._wake.wait()
            await asyncio.sleep(SETTLE_SECONDS)
            self._wake.clear()
            here = list(self._open.values())[-1] if self._open else NOTHING
            pressed_at = self._pressed_at
            if here == self._told and (here == NOTHING or pressed_at - told_at < EVERY):
                continue
            self._tried_at = self._clock()
            self._told = None  # until it is done nobody knows
            stand = partial(by.stand, *here, pressed_at)
            if await _within(WRITE_SECONDS, by.leave if here == NOTHING else stand):
                self._told, told_at = here, pressed_at


async def _within(seconds: float, write: Callable[[], Awaitable[None]]) -> bool:
    """Write, unless it takes too long or cannot be done; returns whether it was done."""
    with contextlib.suppress(DispatchError, TimeoutError):
        async with asyncio.timeout(seconds):
            await write()
            return True
    return False
