"""The files of customers and devices: read whole, and changed field by field."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from dispatch_tui.desk import carrying, filed
from dispatch_tui.desk.handing import Result
from dispatch_tui.desk.permission import active, one_of
from dispatch_tui.desk.retrying import done_before
from dispatch_tui.desk.rostering import Rostering
from dispatch_tui.desk.views import CustomerFile, DeviceHistory, Hit
from dispatch_tui.domain import filing
from dispatch_tui.domain.contracts import in_force, next_inspection
from dispatch_tui.domain.decide import Facts
from dispatch_tui.domain.decisions.base import check_not_in_future
from dispatch_tui.domain.device_history import timeline
from dispatch_tui.domain.errors import Conflict, NotFound
from dispatch_tui.domain.files import Contract, Customer, Device
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.reliability import reliability
from dispatch_tui.domain.satisfaction import satisfaction
from dispatch_tui.domain.text import clean_line, clean_text
from dispatch_tui.domain.warranty import verdict
from dispatch_tui.storage import files, journal, records, tickets
from dispatch_tui.storage.engine import Duplicate
from dispatch_tui.storage.journal import Line
from dispatch_tui.storage.records import Key
from dispatch_tui.storage.tickets import Connection

ALL_OF_A_DEVICE, ALL_OF_A_CUSTOMER = 1000, 200
"""Tickets that a file is made of, the newest: more than a machine has in its life."""

_ROLES: dict[str, frozenset[Role]] = {
    "customers": filing.FILE_KEEPERS,
    "contacts": filing.FILE_KEEPERS,
    "devices": filing.FILE_KEEPERS,
    "contracts": filing.DECIDERS,
    "parts": filing.DECIDERS,
}


class Filing(Rostering):
    """What a person may look up in the files, and change in them."""

    def may_file(self, table: str) -> bool:
        """Whether this person keeps the files of a table."""
        return self.me.role in _ROLES[table]

    async def customer_file(self, code: str) -> CustomerFile:
        """Return everything about a customer; raises `NotFound`."""
        code = clean_line(code)
        async with self.database.read() as connection:
            customer = await files.customer(connection, code)
            if customer is None:
                raise NotFound(N_("There is no customer {customer}."), customer=code)
            lines = await journal.lines_about(connection, "customer", code)
            contacts = await files.contacts_of(connection, code)
            devices = await files.devices_of(connection, code)
            contracts = await files.contracts_of(connection, code)
            rows = await tickets.customer_rows(connection, code, ALL_OF_A_CUSTOMER)
        return CustomerFile(
            customer=self._as_seen(customer),
            version=len(lines),
            contacts=self._as_seen(tuple(contacts)),
            devices=self._as_seen(tuple(devices)),
            contracts=self._as_seen(tuple(contracts)),
            cases=tuple(await self._cases(rows)),
            satisfaction=tuple(satisfaction((row.ticket for row in rows), self.zone)),
            filings=self._as_seen(tuple(filed.filings_of(lines))),
            may_edit=self.may_file("customers"),
        )

    async def device_history(self, device_id: str) -> DeviceHistory:
        """Return everything about a machine; raises `NotFound`."""
        device_id = clean_line(device_id)
        async with self.database.read() as connection:
            device = await files.device(connection, device_id)
            if device is None:
                raise NotFound(N_("There is no device {device}."), device=device_id)
            lines = await journal.lines_about(connection, "device", device_id)
            customer = await files.customer(connection, device.customer)
            contracts = await files.contracts_of(connection, device.customer)
            rows = await tickets.device_rows(connection, device_id, ALL_OF_A_DEVICE)
        past, now = [row.ticket for row in rows], self.clock()
        today = now.astimezone(self.zone).date()
        contract = in_force(contracts, device.id, today)
        return DeviceHistory(
            file=await self._device_file(device, customer, rows),
            version=len(lines),
            verdict=verdict(device, today),
            contract=self._as_seen(contract),
            inspection_on=next_inspection(device.accepted_on, contract, today),
            figures=reliability(device, past, now, self.zone),
            entries=self._as_seen(tuple(timeline(past, filed.filings_of(lines)))),
            may_edit=self.may_file("devices"),
        )

    async def on_file(self, table: str, key: Key) -> tuple[Any, int]:
        """Return a record and the number of changes of its file; raises `NotFound`."""
        async with self.database.read() as connection:
            record = await filed.current(connection, table, key)
            return self._as_seen(record), len(await filed.lines_of(connection, record))

    async def customers_after(self, code: str = "", limit: int = 100) -> list[Hit]:
        """Return customers in the order of their codes, those after one."""
        async with self.database.read() as connection:
            found = await files.customers_after(connection, code, limit)
        return [Hit(customer=self._as_seen(one)) for one in found]

    async def devices_after(self, device_id: str = "", limit: int = 100) -> list[Hit]:
        """Return devices and whose they are in the order of their ids, those after one."""
        async with self.database.read() as connection:
            found = await files.devices_after(connection, device_id, limit)
            keys = sorted({(one.customer,) for one in found})
            owners = await records.with_keys(connection, "customer", keys) if keys else {}
        return [
            Hit(customer=self._as_seen(owner), device=self._as_seen(one))
            for one in found
            if isinstance(owner := owners.get((one.customer,)), Customer)
        ]

    async def fresh_customer_code(self) -> str:
        """Return a code for a customer who is not on file yet."""
        async with self.database.read() as connection:
            return filing.fresh_code(await files.codes(connection))

    async def put_on_file(
        self, table: str, texts: Mapping[str, str], *, retry_key: str = ""
    ) -> Key:
        """Put somebody or something on file: returns its key.

        `texts` are as typed, by the columns of an import; a second try with the same `retry_key`
        puts nothing more on file. Raises `NotAllowed`, `InvalidInput`.
        """
        record = filed.new_record(table, filed.read(table, texts, self.zone))

        async def work(connection: Connection) -> Key:
            await self._may_file(connection, table)
            if (line := await self._before(connection, retry_key, table, "added")) is not None:
                return filed.key_in(table, line)
            return await self._add(connection, record, retry_key)

        return await self._filed(work, table)

    async def change_file(
        self,
        table: str,
        key: Key,
        texts: Mapping[str, str],
        *,
        seen: int,
        occurred_at: datetime | None = None,
    ) -> Key:
        """Change some fields of a file as it was seen at a version; returns its key.

        Fields that others changed meanwhile stay as they made them. Raises `Conflict` where one
        of these is among those to change, `NotAllowed`, `NotFound`, `InvalidInput`.
        """
        wanted = filed.read(table, texts, self.zone)

        async def work(connection: Connection) -> Key:
            await self._may_file(connection, table)
            record = await filed.current(connection, table, key)
            lines = await filed.lines_of(connection, record)
            filed.check_seen(wanted, lines, seen, self.me.login)
            after = filing.changed(record, wanted)
            if after == record:
                return key
            now = self.clock()
            check_not_in_future(occurred_at or now, now)
            if records.key_of(after) != key:
                filed.check_may_go(table)
                await records.withdraw(connection, filed.kind(table), record, self.me.login, now)
                await self._follow(connection, record)
                return await self._add(connection, after)
            after = filed.with_initials(after)
            await filed.check_references(connection, after, record)
            me = self.me.login
            await records.change(connection, after, "changed", me, now, occurred_at=occurred_at)
            await self._follow(connection, record, after)
            return key

        return await self._filed(work, table)

    async def take_off_file(self, table: str, key: Key, *, seen: int) -> None:
        """Take a contact or a contract as it was seen off the files; its journal stays.

        Raises `NotAllowed`, `NotFound`, `InvalidInput` for what stays on file, and `Conflict`
        where somebody changed it meanwhile.
        """
        filed.check_may_go(table)

        async def work(connection: Connection) -> None:
            await self._may_file(connection, table)
            record = await filed.current(connection, table, key)
            filed.check_same(await filed.lines_of(connection, record), seen)
            kind = filed.kind(table)
            await records.withdraw(connection, kind, record, self.me.login, self.clock())
            await self._follow(connection, record)

        await self._filed(work, table)

    async def call_made(self, code: str, words: str, *, retry_key: str = "") -> None:
        """Note a regular call to a customer, and when the next one is due (S8)."""
        words = clean_text(words)

        async def work(connection: Connection) -> None:
            await self._may_file(connection, "customers")
            if await self._before(connection, retry_key, "customers", "called") is not None:
                return
            customer = await filed.current(connection, "customers", (code,))
            now, told = self.clock(), {"words": words}
            due = filing.next_call(customer.call_every_days, now.astimezone(self.zone).date())
            after = msgspec.structs.replace(customer, next_call_on=due)
            me, key = self.me.login, retry_key or None
            await records.change(connection, after, "called", me, now, told=told, key=key)

        await self._filed(work, "customers")

    async def key_named(self, table: str, name: str) -> Key:
        """Return the key of what is on file under a name; raises `NotFound`."""
        async with self.database.read() as connection:
            return await filed.key_named(connection, table, name)

    async def _add(self, connection: Connection, record: Any, retry_key: str = "") -> Key:
        record = filed.with_initials(record)
        filing.check(record)
        if isinstance(record, Device):
            record = await filed.fresh_device(connection, record)
        await filed.check_new(connection, record)
        await filed.check_references(connection, record)
        me, key = self.me.login, retry_key or None
        await records.change(connection, record, "added", me, self.clock(), key=key)
        await self._follow(connection, record)
        return records.key_of(record)

    async def _before(self, connection: Connection, key: str, table: str, what: str) -> Line | None:
        wanted = (filed.kind(table), what)
        return await done_before(
            connection, key, self.me.login, lambda one: (one.subject_kind, one.kind) == wanted
        )

    async def _may_file(self, connection: Connection, table: str) -> Staff:
        me = active(await files.person(connection, self.me.login), self.me.login)
        return one_of(me, _ROLES[table], table)

    async def _filed(self, work: Callable[[Connection], Awaitable[Result]], table: str) -> Result:
        try:
            return await self._noted(work, table)
        except Duplicate as error:
            raise Conflict(
                N_("Somebody else changed this file at this moment: look at it again.")
            ) from error

    async def _follow(self, connection: Connection, *changed: Any) -> None:
        """Let the clocks of open tickets follow the contracts that were changed."""
        customers = [one.customer for one in changed if isinstance(one, Contract)]
        me = await files.person(connection, self.me.login) if customers else None
        if me is not None:
            now = self.clock()
            facts = Facts(now=now, at=now, actor=me, policy=self.policy, zone=self.zone)
            await carrying.follow_contracts(connection, customers, facts)
