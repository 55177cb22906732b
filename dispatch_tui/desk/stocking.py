"""The stock of parts: taken for a ticket, sent between stations, ordered, received, counted."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec

from dispatch_tui.desk.carrying import new_key
from dispatch_tui.desk.filing import Filing
from dispatch_tui.desk.permission import active, one_of
from dispatch_tui.desk.retrying import done_before
from dispatch_tui.domain import stocking
from dispatch_tui.domain.errors import Conflict, NotFound
from dispatch_tui.domain.files import Consignment, Part, Stock
from dispatch_tui.domain.filing import DECIDERS
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.stocking import STOCK_KEEPERS, Move, Shelf
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import files, journal, records, stock, tickets
from dispatch_tui.storage.engine import Duplicate
from dispatch_tui.storage.journal import Line
from dispatch_tui.storage.tickets import Connection

Kept = TypeVar("Kept", Stock, Consignment)

KIND, CONSIGNMENT = "stock", "consignment"


class Stocking(Filing):
    """What a person may do with the parts on the shelves."""

    @property
    def may_move_parts(self) -> bool:
        """Whether this person takes parts from the shelves."""
        return self.me.role in STOCK_KEEPERS

    async def shelves(self) -> list[Shelf]:
        """Return every part at every station, the short ones first."""
        async with self.database.read() as connection:
            return stocking.shelves(
                (await records.everything(connection, Stock)).values(),
                await stock.under_way(connection),
                await self._parts(connection),
                await files.all_stations(connection),
            )

    async def consignments(self) -> list[Consignment]:
        """Return what is under way, the longest first."""
        async with self.database.read() as connection:
            return await stock.under_way(connection)

    async def take_part(
        self, part: str, station: str, count: int = 1, *, ticket: str = "", key: str = ""
    ) -> Stock:
        """Take parts from a shelf for a ticket: returns what is left.

        A second try with the same `key` takes nothing more. Raises `NotAllowed`, `NotFound`, and
        `InvalidInput` where there are not so many.
        """
        stocking.checked_count(count)
        return await self._move(part, station, -count, Move.TAKEN, clean_line(ticket), key)

    async def put_part_back(
        self, part: str, station: str, count: int = 1, *, ticket: str = "", key: str = ""
    ) -> Stock:
        """Put parts that were not needed back on a shelf: returns how many are there."""
        stocking.checked_count(count)
        return await self._move(part, station, count, Move.PUT_BACK, clean_line(ticket), key)

    async def count_stock(
        self,
        part: str,
        station: str,
        count: int,
        *,
        minimum: int | None = None,
        key: str = "",
    ) -> Stock:
        """Note how many are on a shelf, counted by hand, and how few there should be."""
        stocking.checked_count(count, least=0)
        if minimum is not None:
            stocking.checked_count(minimum, least=0)

        async def work(connection: Connection) -> Stock:
            await self._check(connection, part, station, "")
            was = await stock.lock(connection, part, station)
            least = was.minimum if minimum is None else minimum
            found = msgspec.structs.replace(was, count=count, minimum=least)
            told = {"move": {"by": found.count - was.count}}
            await self._journal(connection, found, Move.COUNTED, told, key or None)
            return found

        def fits(line: Line) -> bool:
            told = msgspec.json.decode(line.data, type=Stock)
            return line.kind == Move.COUNTED and (told.part, told.station, told.count) == (
                part,
                station,
                count,
            )

        return await self._stocked(work, key, fits, Stock)

    async def send_parts(
        self,
        part: str,
        origin: str,
        destination: str,
        count: int = 1,
        *,
        ticket: str = "",
        key: str = "",
    ) -> Consignment:
        """Send parts from one station to another; they are there once they are received."""
        return await self._set_out(part, count, destination, key, origin=origin, ticket=ticket)

    async def order_parts(
        self,
        part: str,
        destination: str,
        count: int = 1,
        *,
        ticket: str = "",
        due_on: date | None = None,
        key: str = "",
    ) -> Consignment:
        """Order parts from the manufacturer for a station, or for an exchange on a ticket."""
        return await self._set_out(part, count, destination, key, ticket=ticket, due_on=due_on)

    async def receive_parts(self, id: str) -> Stock:  # noqa: A002
        """Note that a consignment has arrived: returns how many are there now.

        The same person may note it twice. Raises `NotFound`, and `Conflict` where somebody else
        noted it already.
        """

        async def work(connection: Connection) -> Stock:
            await self._one_of(connection, STOCK_KEEPERS)
            found = (await records.with_keys(connection, CONSIGNMENT, [(id,)])).get((id,))
            if not isinstance(found, Consignment):
                raise NotFound(N_("There is no consignment {value}."), field="id", value=id)
            now = self.clock()
            arrived = msgspec.structs.replace(found, received_at=now)
            if not await stock.receive(connection, arrived):
                lines = await journal.lines_about(connection, CONSIGNMENT, id)
                if lines[-1].actor == self.me.login:
                    return await stock.held(connection, found.part, found.destination)
                raise Conflict(N_("Somebody noted already that {value} has arrived."), value=id)
            await records.change(connection, arrived, "received", self.me.login, now)
            return await self._moved(
                connection,
                found.part,
                found.destination,
                found.count,
                Move.RECEIVED,
                {"consignment": id, "ticket": found.ticket},
            )

        return await self._stocked(work)

    async def _set_out(
        self, part: str, count: int, destination: str, key: str, **more: Any
    ) -> Consignment:
        ticket = clean_line(more.pop("ticket", ""))
        new = stocking.consignment(
            part, count, destination, self.clock(), key or new_key(), ticket=ticket, **more
        )

        async def work(connection: Connection) -> Consignment:
            await self._check(connection, part, destination, ticket)
            if new.origin:
                stocking.named(await files.all_stations(connection), new.origin, "from")
                told = {"consignment": new.id, "ticket": ticket}
                await self._moved(connection, part, new.origin, -count, Move.SENT, told)
            else:
                await self._one_of(connection, DECIDERS)
            me, now = self.me.login, self.clock()
            await records.change(connection, new, "added", me, now, key=key or None)
            return new

        def fits(line: Line) -> bool:
            if line.subject_kind != CONSIGNMENT:
                return False
            told = msgspec.json.decode(line.data, type=Consignment)
            return msgspec.structs.replace(told, sent_at=new.sent_at) == new

        return await self._stocked(work, key, fits, Consignment)

    async def _move(
        self, part: str, station: str, by: int, what: Move, ticket: str, key: str
    ) -> Stock:
        async def work(connection: Connection) -> Stock:
            await self._check(connection, part, station, ticket)
            told = {"ticket": ticket}
            return await self._moved(connection, part, station, by, what, told, key or None)

        def fits(line: Line) -> bool:
            here = (line.subject_kind, line.subject, line.kind)
            same = here == (KIND, f"{part}/{station}", what)
            return same and msgspec.json.decode(line.data)["move"] == {"by": by, "ticket": ticket}

        return await self._stocked(work, key, fits, Stock)

    async def _moved(
        self,
        connection: Connection,
        part: str,
        station: str,
        by: int,
        what: Move,
        told: Mapping[str, str],
        key: str | None = None,
    ) -> Stock:
        found = await stock.move(connection, part, station, by)
        if found is None:
            there = (await stock.held(connection, part, station)).count
            raise stocking.lacking(part, station, -by, there)
        await self._journal(connection, found, what, {"move": {"by": by, **told}}, key)
        return found

    async def _journal(
        self,
        connection: Connection,
        found: Stock,
        what: Move,
        told: Mapping[str, Any],
        key: str | None = None,
    ) -> None:
        me, now = self.me.login, self.clock()
        await records.change(connection, found, what.value, me, now, told=told, key=key)

    async def _check(self, connection: Connection, part: str, station: str, ticket: str) -> None:
        await self._one_of(connection, STOCK_KEEPERS)
        stocking.named(await self._parts(connection), part, "part")
        stocking.named(await files.all_stations(connection), station, "station")
        if ticket and not await tickets.rows(connection, [ticket]):
            raise NotFound(
                N_("There is no ticket {number}: check the number."), field="ticket", number=ticket
            )

    async def _one_of(self, connection: Connection, roles: frozenset[Role]) -> None:
        me = active(await files.person(connection, self.me.login), self.me.login)
        one_of(me, roles, KIND)

    async def _parts(self, connection: Connection) -> dict[str, Part]:
        found = await records.everything(connection, Part)
        return {one.code: one for one in found.values()}

    async def _stocked(
        self,
        work: Callable[[Connection], Awaitable[Kept]],
        key: str = "",
        fits: Callable[[Line], bool] = lambda _: True,
        kept: type[Kept] | None = None,
    ) -> Kept:
        """Run a write; where its key has done it before, return what that gave."""

        async def once(connection: Connection) -> Kept:
            line = await done_before(connection, key, self.me.login, fits)
            if line is not None and kept is not None:
                return msgspec.json.decode(line.data, type=kept)
            return await work(connection)

        try:
            return await self._noted(once, KIND)
        except Duplicate as error:
            raise Conflict(
                N_("Somebody else changed this shelf at this moment: look again.")
            ) from error
