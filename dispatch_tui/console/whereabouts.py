"""Where one is in the console, kept quietly so that the next console goes on from there."""

import asyncio
import contextlib
from time import monotonic
from typing import TYPE_CHECKING

from dispatch_tui.console.tastes import change
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.session import Kept, Place, Session

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp

PAUSE = 10.0
"""Seconds until it is tried again after it could not be kept."""


class Whereabouts:
    """Looks once a second where one is; keeps a place at which one stayed until the next look."""

    def __init__(self, app: "DispatchApp") -> None:
        self._app = app
        self._kept: Place | None = None
        self._seen: Place | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._not_before = 0.0

    def here(self) -> Place | None:
        """Return where one is; None while nobody is signed in."""
        main = self._app.main
        if main is None or not main.standing or not self._app.live.signed_in:
            return None
        over = self._app.screen_stack[1:2]
        form = getattr(over[0], "form", "") if over else ""
        return main.place(form)

    async def begin(self, kept: Kept | None) -> None:
        """Go on where one was; what was not known before the database was open is so now."""
        app = self._app
        if kept is None:
            try:
                session: Session = await app.desk.session()
            except DispatchError:
                return
            change(app, lambda: app.tastes.learn(session.chosen, app.desk.me.language))
            if app.main is not None:
                app.main.resume(session.place)
                app.main.go_on()
        else:
            session = kept.session
        self._kept = session.place
        if app.main is not None and session.place.form:
            app.main.reopen(session.place.form)
        elif app.main is not None and app.settings.tour and not session.toured:
            app.main.action_tour()
            with contextlib.suppress(DispatchError):
                await app.write(app.desk.keep_toured)

    def look(self) -> None:
        """Keep where one is if that is new, one write at a time; a form at once."""
        if self._kept is None or (place := self.here()) is None:
            return
        stayed = place == self._seen or place.form != self._kept.form
        self._seen = place
        busy = self._keeping is not None and not self._keeping.done()
        if place != self._kept and stayed and not busy and monotonic() >= self._not_before:
            self._keeping = asyncio.create_task(self._keep(place), name="place")

    async def end(self, seconds: float) -> None:
        """Keep the last place that was seen, if that can be done in so many seconds."""
        if self._kept is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                if self._keeping is not None:
                    await asyncio.wait([self._keeping])
                if self._seen is not None and self._seen != self._kept:
                    await self._keep(self._seen)

    def leave(self) -> None:
        """See once more where one is, before the screens go."""
        self._seen = self.here() or self._seen

    async def _keep(self, place: Place) -> None:
        """Keep a place; that it cannot be kept is no trouble to whoever works."""
        try:
            await self._app.desk.keep_place(place)
        except DispatchError:
            self._not_before = monotonic() + PAUSE
        else:
            self._kept = place
