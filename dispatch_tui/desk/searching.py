"""Finding anything by whatever is said of it, best first, a page at a time."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from dispatch_tui.desk.cases import case_of
from dispatch_tui.desk.reading import Reading
from dispatch_tui.desk.views import Case, Found, Further, Hit
from dispatch_tui.desk.ways import CALLERS, Step, ways_of
from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.query import parse
from dispatch_tui.storage import files, records, tickets
from dispatch_tui.storage.terms import BETWEEN, Subject
from dispatch_tui.storage.tickets import Connection

PAGE = 50
"""How much is found at once: some screens."""

EVERYTHING = frozenset(Thing)

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
        query = parse(said, growing=growing)
        async with self.database.read() as connection:
            ways = await ways_of(connection, query, things)
            subjects, more = await _gone(connection, ways, further or Further(), limit)
            return Found(hits=await self._hits(connection, subjects), further=more)

    async def callers(self, said: str, limit: int = PAGE) -> list[Hit]:
        """Return who may be calling about what: customers, their contacts, their devices."""
        found = await self.find(said, CALLERS, limit=limit, growing=True)
        return [one for one in found.hits if isinstance(one, Hit)]

    async def customer_by(self, code: str) -> Customer | None:
        """Return a customer by code, None where there is none."""
        async with self.database.read() as connection:
            return await files.customer(connection, code)

    async def contacts_of(self, customer: str) -> list[Contact]:
        """Return the contacts of a customer by department and name."""
        async with self.database.read() as connection:
            return await files.contacts_of(connection, customer)

    async def devices_of(self, customer: str) -> list[Device]:
        """Return the devices of a customer by department and name."""
        async with self.database.read() as connection:
            found = await files.devices_of(connection, customer)
        return sorted(found, key=lambda one: (one.department, one.name, one.serial))

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
        found |= {(Thing.TICKET, row.ticket.number): case_of(row, self.policy) for row in rows}
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
        return tuple(found[one] for one in subjects if one in found)


async def _gone(
    connection: Connection, ways: Sequence[Step], place: Further, limit: int
) -> tuple[list[Subject], Further | None]:
    """Go the ways from a place until so much is found, and say where to go on."""
    seen, found = set(place.seen), list[Subject]()
    way, after = place.way, place.key
    while way < len(ways):
        batch = await ways[way](connection, after, limit - len(found))
        fresh = dict.fromkeys(subject for _, subject in batch if subject not in seen)
        exhausted = len(batch) < limit - len(found)
        seen.update(fresh)
        found += fresh
        after = batch[-1][0] if batch else after
        if len(found) >= limit:
            return found, Further(way, after, frozenset(seen))
        if exhausted:
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
