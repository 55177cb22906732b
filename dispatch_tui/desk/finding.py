"""Finding who calls, over all the files: loaded once, refreshed when asked."""

import asyncio
import time

from dispatch_tui.desk.views import Hit
from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.finding import Finder
from dispatch_tui.storage import files
from dispatch_tui.storage.engine import Database

FRESH_SECONDS = 300.0
"""Files that were read longer ago are read anew; until then the old index answers."""


class Finding:
    """Keeps the index of customers, contacts and devices; empty until it is loaded."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._finder = Finder((), (), ())
        self._loaded_at: float | None = None
        self._lock = asyncio.Lock()

    @property
    def loaded(self) -> bool:
        """Whether there is an index to ask."""
        return self._loaded_at is not None

    async def load(self, *, not_older_than: float = FRESH_SECONDS) -> None:
        """Read the files unless that was done at most so many seconds ago.

        Until the new index is there the old one answers. Raises `DatabaseUnusable`.
        """
        async with self._lock:
            if self._loaded_at is not None and time.monotonic() - self._loaded_at <= not_older_than:
                return
            async with self._database.read() as connection:
                everything = await files.everything_to_find(connection)
            self._finder = await asyncio.to_thread(Finder, *everything)
            self._loaded_at = time.monotonic()

    def find(self, said: str, limit: int = 50) -> list[Hit]:
        """Return what is meant, best first; takes some milliseconds at most."""
        found = self._finder.find(said, limit)
        return [Hit(customer=one.customer, device=one.device, contact=one.contact) for one in found]

    def customer(self, code: str) -> Customer | None:
        """Return a customer by code."""
        return self._finder.customers.get(code)

    def device(self, device_id: str) -> Device | None:
        """Return a device by id."""
        return self._finder.devices.get(device_id)

    def contacts_of(self, customer: str) -> list[Contact]:
        """Return the contacts of a customer by department and name."""
        return self._finder.contacts_of(customer)

    def devices_of(self, customer: str) -> list[Device]:
        """Return the devices of a customer by department and name."""
        return self._finder.devices_of(customer)
