"""Raising flags, each once whoever watches, and remembering who has seen them."""

from collections.abc import Iterable, Sequence

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.alarms import Alarm, Flag, flags
from dispatch_tui.storage import alarms
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

    async def check(self) -> None:
        """Raise `DatabaseUnusable` unless what is written now would be acknowledged."""

        async def nothing(connection: Connection) -> None:
            """What is asked is only whether there is a commit."""

        await self._desk.database.write(nothing)

    async def scan(self, cases: Iterable[Case]) -> bool:
        """Raise what stands on these cases and was not raised yet; say whether there was any."""
        now = self._desk.clock()
        fresh = [
            flag
            for case in cases
            for flag in flags(case.ticket, case.clocks, now)
            if flag not in self._raised
        ]
        if not fresh:
            return False

        async def work(connection: Connection) -> None:
            await alarms.raise_once(connection, fresh, now)

        await self._desk.database.write(work)
        self._raised.update(fresh)
        return True

    async def unseen(self) -> list[Alarm]:
        """Return the flags on open tickets that this person has not seen, the oldest first."""
        async with self._desk.database.read() as connection:
            return await alarms.unseen(connection, self._desk.me.login)

    async def see(self, alarm_ids: Sequence[int]) -> None:
        """Remember that this person has seen flags."""

        async def work(connection: Connection) -> None:
            await alarms.see(connection, self._desk.me.login, alarm_ids)

        await self._desk.database.write(work)
