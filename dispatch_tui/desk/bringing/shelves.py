"""The records that the rows of an import refer to and change."""

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.domain.files import Device
from dispatch_tui.storage import files, records
from dispatch_tui.storage.records import Key, Record, key_of, subject_of
from dispatch_tui.storage.spool import Made, Spool
from dispatch_tui.storage.tickets import Connection

EVERYTHING = "*"
"""The subject that stands for all records of a kind."""


class Names:
    """What rows of a table speak of, refused ones included: one mistake is reported once."""

    def __init__(self, spool: Spool, table: str) -> None:
        self._spool = spool
        self._table = table

    def __contains__(self, name: str) -> bool:
        return self._spool.is_spoken_of(self._table, name)


class Shelf:
    """The records of one table: those stored, with those of this import in their place.

    `records` has those that were fetched: all of a small table, of others what a batch refers to.
    """

    def __init__(self, table: str, record: type[Any], spool: Spool) -> None:
        self.spoken_of = Names(spool, table)
        self.records: dict[Key, Any] = {}
        self._kind = records.BY_TYPE[record].kind
        self._record = record
        self._body = msgspec.json.Decoder(tuple[bool, record])  # type: ignore[valid-type]
        self._spool = spool
        self._stored: set[Key] = set()
        self._changed: dict[Key, tuple[Record, bool]] = {}

    async def fetch_all(self, connection: Connection) -> None:
        """Have every record that is stored."""
        self._spool.use(self._kind, [EVERYTHING])
        self._have(await records.everything(connection, self._record))

    async def fetch(self, connection: Connection, keys: Iterable[Key]) -> None:
        """Have the records with these keys, as far as there are any, and no others."""
        wanted = list(dict.fromkeys(keys))
        self._spool.use(self._kind, map(subject_of, wanted))
        self.records, self._stored = {}, set()
        if wanted:
            self._have(await records.with_keys(connection, self._kind, wanted))
            self._overlay(self._spool.made(self._kind, map(_text, wanted)))

    def put(self, key: Key, record: Record, count: Count) -> None:
        """Take a record, and count what it means for what is stored."""
        if key not in self._stored:
            count.adds += 1
        elif self.records[key] == record:
            count.same += 1
            return
        else:
            count.changes += 1
        self.records[key] = record
        self._changed[key] = (record, key not in self._stored)

    def flush(self) -> None:
        """Put what is to be stored into the work file."""
        self._spool.make(
            self._kind,
            (
                Made(_text(key), self._alias(record), msgspec.json.encode((new, record)))
                for key, (record, new) in self._changed.items()
            ),
        )
        self._changed = {}

    def _alias(self, record: Any) -> str:
        """Another name under which a record is looked for."""
        return ""

    def _have(self, found: dict[Key, Any]) -> None:
        self._stored |= found.keys()
        self.records |= found

    def _overlay(self, found: Iterable[Made]) -> None:
        for made in found:
            _, record = self._body.decode(made.body)
            self.records[key_of(record)] = record


class DeviceShelf(Shelf):
    """The devices, which people call by their serials."""

    def __init__(self, table: str, record: type[Device], spool: Spool) -> None:
        super().__init__(table, record, spool)
        self.ids: dict[tuple[str, str], str] = {}
        """By maker and serial."""

    async def fetch_of_makers(
        self, connection: Connection, natural: Iterable[tuple[str, str]]
    ) -> None:
        """Have the devices with these makers and serials, and all that could clash with them."""
        pairs = list(dict.fromkeys(natural))
        self.ids = {}
        await self.fetch(connection, ((one,) for pair in pairs for one in ids_for(*pair)))
        found = await files.devices_of_makers(connection, pairs) if pairs else []
        self._have({key_of(one): one for one in found})

    async def fetch_known_as(self, connection: Connection, names: Iterable[str]) -> None:
        """Have the devices that go by these names: their serials, or their ids."""
        wanted = sorted(set(names))
        self.ids = {}
        await self.fetch(connection, ((name,) for name in wanted))
        if wanted:
            found = await files.devices_known_as(connection, wanted)
            self._have({key_of(one): one for one in found})
            self._overlay(self._spool.made(self._kind, wanted, "alias"))

    def put(self, key: Key, record: Any, count: Count) -> None:
        """Take a device, and count what it means for what is stored."""
        super().put(key, record, count)
        self.ids[record.maker, record.serial] = record.id

    def _alias(self, record: Any) -> str:
        return str(record.serial)

    def _have(self, found: dict[Key, Any]) -> None:
        super()._have(found)
        self.ids |= {(one.maker, one.serial): one.id for one in found.values()}


def ids_for(maker: str, serial: str) -> tuple[str, str]:
    """Return the ids that a device may get: its serial, or with the maker where another has it."""
    return serial, f"{serial} ({maker})"


def _text(key: Key) -> str:
    return json.dumps(key, ensure_ascii=False)
