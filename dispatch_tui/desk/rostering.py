"""The roster: what is on it, and what the manager changes of it."""

from collections.abc import Sequence

import msgspec

from dispatch_tui.desk.handing import HandingOver
from dispatch_tui.desk.permission import active, one_of
from dispatch_tui.desk.suggesting import WEIGHTS
from dispatch_tui.domain import lending
from dispatch_tui.domain.duty import Override
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotFound
from dispatch_tui.domain.lending import Lending
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.overriding import ROSTER_ROLES, check
from dispatch_tui.domain.people import Certificate
from dispatch_tui.domain.roster_quality import Flaw, flaws
from dispatch_tui.domain.suggestion import Weights
from dispatch_tui.storage import files, journal, records
from dispatch_tui.storage.engine import Duplicate
from dispatch_tui.storage.tickets import Connection

KIND, LENDING = "override", "lending"


class Rostering(HandingOver):
    """What a person may do with the roster."""

    async def override(self, *overrides: Override) -> None:
        """Write overrides, all or none; one that is there already is left as it is.

        Raises `NotAllowed`, `NotFound`, `InvalidInput`, `NotPossible` where one of the persons has
        another at that time, and `Conflict` where somebody else wrote such a one this moment.
        """

        async def work(connection: Connection) -> None:
            await self._may_roster(connection)
            staff = await files.all_staff(connection)
            known = {one.id: one for one in await self._overrides(connection)}
            for one in overrides:
                if one.id not in known:
                    check(one, known.values(), staff)
                    known[one.id] = one
                    await records.keep(connection, KIND, [(one, True)], self.me.login, self.clock())

        try:
            await self._noted(work, KIND)
        except Duplicate as error:
            raise Conflict(
                N_("Somebody else changed the roster at this moment: look at it again.")
            ) from error

    async def withdraw_override(self, id: str) -> None:  # noqa: A002
        """Take an override back; raises `NotAllowed`, and `NotFound` where there is none."""

        async def work(connection: Connection) -> None:
            await self._may_roster(connection)
            found = next((one for one in await self._overrides(connection) if one.id == id), None)
            if found is None:
                raise NotFound(N_("There is no override {id}."), field="id", id=id)
            await records.withdraw(connection, KIND, found, self.me.login, self.clock())

        await self._noted(work, KIND)

    async def set_weights(self, weights: Weights) -> None:
        """Say how much each part of a suggestion counts; raises `NotAllowed`, `InvalidInput`."""
        if any(not 0 <= one <= 1000 for one in msgspec.structs.astuple(weights)):
            raise InvalidInput(N_("A weight is a number from 0 to 1000."), field="weights")

        async def work(connection: Connection) -> None:
            await self._may_roster(connection)
            value = msgspec.json.encode(weights).decode()
            await files.put_setting(connection, WEIGHTS, value)
            me, now = self.me.login, self.clock()
            await journal.append_to(
                connection, "setting", WEIGHTS, "set", {"value": value}, me, now
            )

        await self._noted(work, KIND)

    async def lendings(self) -> list[Lending]:
        """Return who is or will be lent, the earliest first."""
        async with self.database.read() as connection:
            found = await records.everything(connection, Lending)
        now = self.clock()
        ahead = (self._as_seen(one) for one in found.values() if one.ends_at > now)
        return sorted(ahead, key=lambda one: one.since)

    async def lend(self, new: Lending) -> None:
        """Lend somebody to another station; one that is there already is left as it is.

        Raises `NotAllowed`, `NotFound`, `InvalidInput`, `NotPossible` for who is lent already.
        """

        async def work(connection: Connection) -> None:
            await self._may_roster(connection, LENDING)
            await files.lock_person(connection, new.login)
            known = await records.everything(connection, Lending)
            if (new.id,) not in known:
                staff = await files.all_staff(connection)
                stations = await files.all_stations(connection)
                lending.check(new, known.values(), staff, stations)
                me, now = self.me.login, self.clock()
                await records.keep(connection, LENDING, [(new, True)], me, now)

        await self._noted(work, LENDING)

    async def bring_back(self, id: str) -> None:  # noqa: A002
        """Note that somebody who was lent is back; raises `NotAllowed`, `NotFound`."""

        async def work(connection: Connection) -> None:
            await self._may_roster(connection, LENDING)
            found = (await records.everything(connection, Lending)).get((id,))
            now = self.clock()
            if found is None or found.ends_at <= now:
                raise NotFound(N_("Nobody is lent under {id}."), field="id", id=id)
            back = msgspec.structs.replace(found, back_at=max(now, found.since))
            await records.keep(connection, LENDING, [(back, False)], self.me.login, now)

        await self._noted(work, LENDING)

    async def roster_flaws(self) -> list[Flaw]:
        """Return what is wrong with the roster of the next 90 days."""
        rules = await self.rules()
        if rules is None:
            return []
        async with self.database.read() as connection:
            staff = await files.all_staff(connection)
            papers = await records.everything(connection, Certificate)
        return flaws(rules, staff, self.clock(), papers.values())

    async def overrides(self) -> list[Override]:
        """Return the overrides that are not over yet, the earliest first."""
        rules = await self.rules()
        now = self.clock()
        ahead = rules.overrides if rules is not None else ()
        return [self._as_seen(one) for one in ahead if one.until > now]

    async def _overrides(self, connection: Connection) -> Sequence[Override]:
        return list((await records.everything(connection, Override)).values())

    async def _may_roster(self, connection: Connection, what: str = KIND) -> None:
        me = active(await files.person(connection, self.me.login), self.me.login)
        one_of(me, ROSTER_ROLES, what)
