"""Telling others which ticket stands open in a console."""

from datetime import datetime

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.permission import active
from dispatch_tui.domain.presence import FADES_AFTER, Present
from dispatch_tui.storage import files, presence
from dispatch_tui.storage.tickets import Connection


class StandingBy:
    """The presence of one console, under the name of whoever is signed in at it."""

    def __init__(self, desk: Desk, console: str) -> None:
        self._desk = desk
        self._console = console

    async def stand(self, ticket: str, doing: str, pressed_at: datetime) -> None:
        """Tell that a ticket stands open, and forget whoever has faded.

        Raises `NotAllowed` for somebody who has left, and `DatabaseUnusable`.
        """
        login = self._desk.me.login
        here = Present(
            console=self._console, login=login, ticket=ticket, doing=doing, pressed_at=pressed_at
        )

        async def work(connection: Connection) -> None:
            active(await files.person(connection, login), login)
            await presence.sweep(connection, self._desk.clock() - FADES_AFTER)
            await presence.keep(connection, here)

        await self._desk.database.write(work)

    async def leave(self) -> None:
        """Tell that nothing stands open any more; raises `DatabaseUnusable`."""

        async def work(connection: Connection) -> None:
            await presence.drop(connection, self._console)

        await self._desk.database.write(work)

    async def try_out(self) -> None:
        """Write something that leaves no trace; raises `DatabaseUnusable` where that fails."""
        me, now = self._desk.me.login, self._desk.clock()
        nowhere = Present(console=_TRIAL, login=me, ticket="", doing="", pressed_at=now)

        async def work(connection: Connection) -> None:
            await presence.keep(connection, nowhere)
            await presence.drop(connection, _TRIAL)

        await self._desk.database.write(work)


_TRIAL = "trial"
