"""Keeping what is typed, soon after it is typed and never after it was saved."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from dispatch_tui.domain.errors import DispatchError

KEEP_AFTER = 0.25
"""Seconds of typing that a killed terminal may lose."""


class DraftKeeper:
    """Saves the newest state of one form, one write at a time."""

    def __init__(
        self,
        save: Callable[[Mapping[str, str]], Awaitable[None]],
        trouble: Callable[[DispatchError], None],
    ) -> None:
        self._save = save
        self._trouble = trouble
        self._wanted: Mapping[str, str] | None = None
        self._soon: asyncio.Task[None] | None = None
        self._saving = asyncio.Lock()
        self._held = False

    @property
    def waiting(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._wanted is not None

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
        if not self._held:
            await self._keep()

    async def _keep_soon(self) -> None:
        await asyncio.sleep(KEEP_AFTER)
        await self._keep()

    async def _keep(self) -> None:
        async with self._saving:
            while self._wanted is not None and not self._held:
                body, self._wanted = self._wanted, None
                try:
                    await self._save(body)
                except DispatchError as error:
                    self._wanted = self._wanted or body
                    self._trouble(error)
                    return

    def _stop_waiting(self) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
