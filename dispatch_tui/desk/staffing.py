"""The people of the centre: who works here, and the keys by which they are known."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from dispatch_tui.desk import filed
from dispatch_tui.desk.handing import Result
from dispatch_tui.desk.permission import active, note_refusal, one_of
from dispatch_tui.desk.revealing import Revealing
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import STEWARDS, Role, Staff, check_stays
from dispatch_tui.domain.rotation import RotationPlan
from dispatch_tui.domain.ssh_keys import StaffKey, read_public_key
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import files, records
from dispatch_tui.storage.engine import Duplicate
from dispatch_tui.storage.tickets import Connection

KIND, KEY = "staff", "staff_key"


class Staffing(Revealing):
    """What a person may do with the list of people, and with their keys."""

    @property
    def may_keep_staff(self) -> bool:
        """Whether this person says who works here."""
        return self.me.role in STEWARDS

    async def add_person(self, texts: Mapping[str, str]) -> Staff:
        """Put somebody on the list, told as in the columns of its file: returns them.

        Raises `NotAllowed`, and `InvalidInput` for a login that is known and for what cannot be.
        """
        values = filed.read(KIND, texts, self.zone)
        filed.check_needed(KIND, values)
        person = Staff(**{**values, "role": Role(values["role"])})

        async def work(connection: Connection) -> Staff:
            await self._steward(connection, KIND)
            if await files.person(connection, person.login) is not None:
                raise InvalidInput(
                    N_("{name} is on file already."), field="login", name=person.login
                )
            await _check_place(connection, person)
            await records.change(connection, person, "added", self.me.login, self.clock())
            return person

        return await self._kept(work, KIND)

    async def set_active(self, login: str, *, is_active: bool) -> Staff:
        """Let somebody in again, or no more from this moment on; it may be said twice.

        Whoever does it is there to undo it: nobody disables themselves, so somebody is left.
        Raises `NotAllowed`, `NotFound`, `NotPossible`.
        """
        login = clean_line(login)

        async def work(connection: Connection) -> Staff:
            for one in sorted({login, self.me.login}):
                await files.lock_person(connection, one)
            me = await self._steward(connection, KIND)
            person = await _person(connection, login)
            if person.active is is_active:
                return person
            after = msgspec.structs.replace(person, active=is_active)
            if login == me.login:
                check_stays(person, after)
            what = "enabled" if is_active else "disabled"
            await records.change(connection, after, what, me.login, self.clock())
            return after

        return await self._kept(work, KIND)

    async def staff_keys(self) -> list[StaffKey]:
        """Return the keys of everybody by login, the oldest first; raises `NotAllowed`."""
        async with self.database.read() as connection:
            me = await files.person(connection, self.me.login)
            found = await records.everything(connection, StaffKey)
        try:
            one_of(active(me, self.me.login), STEWARDS, KEY)
        except NotAllowed as refusal:
            now = self.clock()
            await note_refusal(self.database, self.me.login, refusal, now, command=KEY)
            raise
        return sorted(found.values(), key=lambda one: (one.login, one.added_at, one.fingerprint))

    async def add_staff_key(self, login: str, text: str) -> StaffKey:
        """Let somebody be known by the key in the text of a public key file: returns it.

        The same key may be given to the same person twice. Raises `NotAllowed`, `NotFound`, and
        `InvalidInput` for what is no key, and for one that is somebody else's.
        """
        key, login = read_public_key(text), clean_line(login)

        async def work(connection: Connection) -> StaffKey:
            await self._steward(connection, KEY)
            person = await _person(connection, login)
            known = await _key(connection, key.fingerprint)
            if known is not None and known.login == person.login:
                return known
            if known is not None:
                raise InvalidInput(
                    N_("This key is that of {person} ({login}) already: everybody has their own."),
                    person=known.login,
                    login=known.login,
                )
            new = StaffKey(login=login, added_at=self.clock(), **msgspec.structs.asdict(key))
            await records.change(connection, new, "added", self.me.login, self.clock())
            return new

        return await self._kept(work, KEY)

    async def remove_staff_key(self, fingerprint: str) -> StaffKey:
        """Let nobody be known by a key any more: returns it; raises `NotAllowed`, `NotFound`."""
        fingerprint = clean_line(fingerprint)

        async def work(connection: Connection) -> StaffKey:
            await self._steward(connection, KEY)
            key = await _key(connection, fingerprint)
            if key is None:
                raise NotFound(N_("There is no key {value}."), value=fingerprint[:80])
            await records.withdraw(connection, KEY, key, self.me.login, self.clock())
            return key

        return await self._kept(work, KEY)

    async def _steward(self, connection: Connection, what: str) -> Staff:
        me = await files.person(connection, self.me.login)
        return one_of(active(me, self.me.login), STEWARDS, what)

    async def _kept(self, work: Callable[[Connection], Awaitable[Result]], what: str) -> Result:
        try:
            return await self._noted(work, what)
        except Duplicate as error:
            raise Conflict(
                N_("Somebody else changed the list of people at this moment: look again.")
            ) from error


async def _person(connection: Connection, login: str) -> Staff:
    person = await files.person(connection, login)
    if person is None:
        raise NotFound(N_("Nobody has the login {value}."), field="login", value=login[:80])
    return person


async def _key(connection: Connection, fingerprint: str) -> StaffKey | None:
    found = (await records.with_keys(connection, KEY, [(fingerprint,)])).get((fingerprint,))
    assert found is None or isinstance(found, StaffKey)
    return found


async def _check_place(connection: Connection, person: Staff) -> None:
    """Raise `InvalidInput` for a station or a rotation group that there is none."""
    if person.station and person.station not in await files.all_stations(connection):
        raise InvalidInput(
            N_("There is no station {value}."), field="station", value=person.station
        )
    plans = await records.everything(connection, RotationPlan)
    groups = {group for plan in plans.values() for group in plan.groups}
    if person.group and groups and person.group not in groups:
        raise InvalidInput(
            N_("No rotation plan has a group {value}."), field="group", value=person.group
        )
