"""Raising flags, each once whoever watches, and remembering who has seen them."""

from collections.abc import Iterable, Sequence

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.permission import active
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.alarms import Alarm, Flag, flags
from dispatch_tui.storage import alarms, files
from dispatch_tui.storage.tickets import Connection


class Watch:
    """The flags as one person is to see them; several may watch, each flag is raised once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._raised: set[Flag] = set()

    async def start(self) -> None:
        """Learn which flags were raised before."""
        async with self._desk.database.read() as connection:
            self._raised = await alarms.raised(connection)

    def standing(self, cases: Iterable[Case]) -> list[Flag]:
        """Return what stands on these cases now and was not raised yet; asks nobody."""
        now = self._desk.clock()
        return [
            flag
            for case in cases
            for flag in flags(case.ticket, case.clocks, now)
            if flag not in self._raised
        ]

    async def raise_(self, fresh: Sequence[Flag]) -> None:
        """Raise flags; those that somebody else has raised stay as they are.

        Of many who watch one writes, the others read that it is done. Raises `DatabaseUnusable`.
        """
        await self.start()
        left, now = [one for one in fresh if one not in self._raised], self._desk.clock()
        if not left:
            return

        async def work(connection: Connection) -> None:
            await alarms.raise_once(connection, left, now)

        await self._desk.database.write(work)
        self._raised.update(left)

    async def scan(self, cases: Iterable[Case]) -> bool:
        """Raise what stands on these cases and was not raised yet; say whether there was any."""
        fresh = self.standing(cases)
        if fresh:
            await self.raise_(fresh)
        return bool(fresh)

    async def unseen(self) -> list[Alarm]:
        """Return the flags on open tickets that this person has not seen, the oldest first."""
        async with self._desk.database.read() as connection:
            return await alarms.unseen(connection, self._desk.me.login)

    async def see(self, alarm_ids: Sequence[int]) -> None:
        """Remember that this person has seen flags; raises `NotAllowed` for who has left."""
        login = self._desk.me.login

        async def work(connection: Connection) -> None:
            active(await files.person(connection, login), login)
            await alarms.see(connection, login, alarm_ids)

        await self._desk.database.write(work)
