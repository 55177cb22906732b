"""Finding anything by whatever is said of it, best first, a page at a time."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from dispatch_tui.desk.reading import Reading
from dispatch_tui.desk.views import Belongings, Case, Found, Further, Hit
from dispatch_tui.desk.ways import CALLERS, Step, ways_of
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.phones import CUSTOMERS, Sight, guessed_numbers, reads_as_ticket
from dispatch_tui.domain.query import KEPT, Filter, Query, parse
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import files, records, tickets
from dispatch_tui.storage.terms import BETWEEN, Subject
from dispatch_tui.storage.tickets import Connection

PAGE = 50
"""How much is found at once: some screens."""

FEWEST = 30
"""So many are asked for at once at least: several words may lead to the same thing."""

EVERYTHING = frozenset(Thing)
_BARE = frozenset({Thing.DEVICE})
"""What has no phone number."""

Record = TypeVar("Record", bound=Customer | Contact | Device | Staff)


class Searching(Reading):
    """What a person can find; each page is one read, and only what is on it is loaded."""

    async def find(
        self,
        said: str,
        things: Collection[Thing] = EVERYTHING,
        *,
        further: Further | None = None,
        limit: int = PAGE,
        growing: bool = False,
    ) -> Found:
        """Return what is meant by words, phrases and filters, best first, at most `limit`.

        `further` goes on where a page ended; `growing` is what is still being typed. Raises
        `InvalidInput` for a filter that there is not, `NotFound` for a name in it that nobody has.
        """
        return await self._page(parse(said, growing=growing), things, further or Further(), limit)

    async def named(
        self, said: str, things: Collection[Thing] = CALLERS, limit: int = PAGE
    ) -> list[Hit]:
        """Return what is called so of customers, their contacts, their devices, best first.

        All of it is names: nothing is a filter, and no text is looked through.
        """
        query = Query(names=tuple(clean_line(said).split()))
        found = await self._page(query, things, Further(), limit)
        return [one for one in found.hits if isinstance(one, Hit)]

    async def kept_cases(self, limit: int = 300) -> list[Case]:
        """Return the cases that were kept (S16), the newest first."""
        found = await self.find(f"{Filter.STATUS}:{KEPT}", {Thing.TICKET}, limit=limit)
        return [one for one in found.hits if isinstance(one, Case)]

    async def belongings(self, code: str) -> Belongings:
        """Return a customer with its contacts and devices; raises `NotFound`."""
        async with self.database.read() as connection:
            customer = await files.customer(connection, code)
            if customer is None:
                raise NotFound(N_("There is no customer {customer}."), customer=code)
            contacts = await files.contacts_of(connection, code)
            devices = await files.devices_of(connection, code)
        return self._as_seen(
            Belongings(customer=customer, contacts=tuple(contacts), devices=tuple(devices))
        )

    async def _page(
        self, query: Query, things: Collection[Thing], place: Further, limit: int
    ) -> Found:
        if CUSTOMERS[self.me.role] is not Sight.ALL and (numbers := guessed_numbers(query.names)):
            named = {Thing.DEVICE, Thing.TICKET} if all(map(reads_as_ticket, numbers)) else _BARE
            things = named & set(things)
        async with self.database.read() as connection:
            ways = await ways_of(connection, query, things)
            subjects, further = await _gone(connection, ways, place, limit)
            return Found(hits=await self._hits(connection, subjects), further=further)

    async def _hits(
        self, connection: Connection, subjects: Sequence[Subject]
    ) -> tuple[Hit | Case | Staff, ...]:
        numbers = [name for thing, name in subjects if thing is Thing.TICKET]
        contacts = await _records(connection, Contact, subjects, Thing.CONTACT)
        devices = await _records(connection, Device, subjects, Thing.DEVICE)
        owners = [one.customer for one in contacts.values()]
        owners += [one.customer for one in devices.values()]
        wanted = [*subjects, *((Thing.CUSTOMER, code) for code in owners)]
        customers = await _records(connection, Customer, wanted, Thing.CUSTOMER)
        people = await _records(connection, Staff, subjects, Thing.PERSON)
        rows = await tickets.rows(connection, numbers) if numbers else []
        found: dict[Subject, Hit | Case | Staff] = {}
        found |= {(Thing.CUSTOMER, code): Hit(customer=one) for code, one in customers.items()}
        found |= {
            (Thing.CONTACT, name): Hit(customer=customers[one.customer], contact=one)
            for name, one in contacts.items()
        }
        found |= {
            (Thing.DEVICE, name): Hit(customer=customers[one.customer], device=one)
            for name, one in devices.items()
        }
        found |= {(Thing.PERSON, login): one for login, one in people.items()}
        found = {subject: self._as_seen(one) for subject, one in found.items()}
        found |= {(Thing.TICKET, row.ticket.number): self._case(row) for row in rows}
        return tuple(found[one] for one in subjects if one in found)


async def _gone(
    connection: Connection, ways: Sequence[Step], place: Further, limit: int
) -> tuple[list[Subject], Further | None]:
    """Go the ways from a place until so much is found, and say where to go on."""
    seen, found = set(place.seen), list[Subject]()
    way, after = place.way, place.key
    while way < len(ways):
        wanted = max(limit - len(found), FEWEST)
        batch = await ways[way](connection, after, wanted)
        for key, subject in batch:
            if subject not in seen:
                seen.add(subject)
                found.append(subject)
            after = key
            if len(found) == limit:
                return found, Further(way, after, frozenset(seen))
        if len(batch) < wanted:
            way, after = way + 1, None
    return found, None


async def _records(
    connection: Connection, record: type[Record], subjects: Sequence[Subject], wanted: Thing
) -> dict[str, Record]:
    """The records of one kind among what was found, by what they are known by."""
    keys = {tuple(name.split(BETWEEN)) for thing, name in subjects if thing is wanted}
    if not keys:
        return {}
    kind = records.BY_TYPE[record].kind
    found = await records.with_keys(connection, kind, sorted(keys))
    return {BETWEEN.join(key): one for key, one in found.items() if isinstance(one, record)}
