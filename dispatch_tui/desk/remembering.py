"""Where this person was and what they chose, kept for their next console at any terminal."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from dispatch_tui.desk.permission import active
from dispatch_tui.desk.reading import Reading
from dispatch_tui.domain.session import Place, Session, clean_choices, clean_place
from dispatch_tui.storage import files, sessions
from dispatch_tui.storage.tickets import Connection


class Remembering(Reading):
    """One's own session; of two consoles of one person the last one wins, part by part."""

    async def session(self) -> Session:
        """Return where this person was, and what they chose."""
        async with self.database.read() as connection:
            return await sessions.load(connection, self.me.login)

    async def keep_place(self, place: Place) -> None:
        """Remember where this person is; raises `NotAllowed` for somebody who has left."""
        place = clean_place(place)
        await self._remember(lambda session: replace(session, place=place))

    async def choose(self, chosen: Mapping[str, str]) -> None:
        """Remember what this person switched, "" for what is to be as if they had said nothing.

        Raises `NotAllowed` for somebody who has left.
        """
        news = clean_choices(chosen)

        def change(session: Session) -> Session:
            known = {name: one for name, one in {**session.chosen, **news}.items() if one}
            return replace(session, chosen=clean_choices(known))

        await self._remember(change)

    async def keep_toured(self) -> None:
        """Remember that this person was shown around; raises `NotAllowed` for who has left."""
        await self._remember(lambda session: replace(session, toured=True))

    async def _remember(self, change: Callable[[Session], Session]) -> None:
        async def work(connection: Connection) -> None:
            login = self.me.login
            active(await files.person(connection, login), login)
            before = await sessions.load(connection, login)
            if (after := change(before)) != before:
                await sessions.save(connection, login, after, self.clock())

        await self.database.write(work)
