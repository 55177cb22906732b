"""Keeping what is typed, soon after it is typed and never after it was saved."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from dispatch_tui.domain.errors import DatabaseUnusable, DispatchError

KEEP_AFTER = 0.25
"""Seconds of typing that a killed terminal may lose."""

AGAIN_AFTER = 1.0
"""Seconds after which it is tried again to keep what could not be kept."""


class DraftKeeper:
    """Saves the newest state of one form, one write at a time, and goes on until it is saved.

    It outlives the form: what could not be saved is offered when the form is opened again.
    """

    def __init__(self, save: Callable[[Mapping[str, str]], Awaitable[None]]) -> None:
        self._save = save
        self._tell: Callable[[DispatchError | None], None] = _tell_nobody
        self._failed = False
        self._wanted: Mapping[str, str] | None = None
        self._soon: asyncio.Task[None] | None = None
        self._saving = asyncio.Lock()
        self._held = False

    @property
    def waiting(self) -> Mapping[str, str] | None:
        """What was typed and is not kept yet, None where all is kept."""
        return self._wanted

    def begin(self, tell: Callable[[DispatchError | None], None]) -> None:
        """Keep what is typed into a form that opens; `tell` hears of a failure, and of its end."""
        self._tell, self._failed = tell, False
        self.resume()

    def leave(self) -> None:
        """Have nobody to tell any more."""
        self._tell = _tell_nobody

    def keep(self, body: Mapping[str, str]) -> None:
        """Save this in a moment, unless something newer comes."""
        self._wanted = body
        if not self._held and (self._soon is None or self._soon.done()):
            self._soon = asyncio.create_task(self._keep_soon(), name="draft")

    def hold(self) -> None:
        """Save nothing while the form itself is being saved."""
        self._held = True
        self._stop_waiting()

    def resume(self) -> None:
        """Go on: the form was not saved."""
        self._held = False
        if self._wanted is not None:
            self.keep(self._wanted)

    def forget(self) -> None:
        """Save nothing any more: the form was saved."""
        self._held = True
        self._wanted = None
        self._stop_waiting()

    async def flush(self) -> None:
        """Save at once what is waiting."""
        self._stop_waiting()
        if not self._held and not await self._keep():
            self._soon = asyncio.create_task(self._keep_soon(AGAIN_AFTER), name="draft")

    async def _keep_soon(self, seconds: float = KEEP_AFTER) -> None:
        while True:
            await asyncio.sleep(seconds)
            if await self._keep():
                return
            seconds = AGAIN_AFTER

    async def _keep(self) -> bool:
        """Save what is wanted; returns whether that is the end of it."""
        async with self._saving:
            while self._wanted is not None and not self._held:
                body = self._wanted
                try:
                    await self._save(body)
                except DispatchError as error:
                    self._told(error)
                    return not isinstance(error, DatabaseUnusable)
                self._told(None)
                if self._wanted is body:
                    self._wanted = None
            return True

    def _told(self, error: DispatchError | None) -> None:
        if self._failed != (error is not None):
            self._failed = error is not None
            self._tell(error)

    def _stop_waiting(self) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None


def _tell_nobody(error: DispatchError | None) -> None:
    """The form has been left."""
