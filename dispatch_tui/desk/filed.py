"""Records of the files: from what is typed, and from their journals."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.cells import read_cell
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.shelves import ids_for
from dispatch_tui.domain.device_history import Filing
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotFound
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import Contact, Contract, Customer, Device, Part
from dispatch_tui.domain.filing import changes_of, clashes
from dispatch_tui.domain.message import N_
from dispatch_tui.storage import files, journal, records
from dispatch_tui.storage.journal import Line
from dispatch_tui.storage.readings import initials_of
from dispatch_tui.storage.records import Key
from dispatch_tui.storage.tickets import Connection

RECORDS: dict[str, type[Any]] = {
    "customers": Customer,
    "contacts": Contact,
    "devices": Device,
    "contracts": Contract,
    "parts": Part,
}
"""The tables whose files are kept by people, and what their records are."""

_MAY_GO = frozenset({"contacts", "contracts"})


def kind(table: str) -> str:
    """Return the kind under which the records of a table are journaled."""
    return records.BY_TYPE[RECORDS[table]].kind


def read(table: str, texts: Mapping[str, str], zone: tzinfo) -> dict[str, Any]:
    """Return the values of what was typed, read as the cells of an import are.

    Raises `InvalidInput` naming the field.
    """
    found: dict[str, Any] = {}
    for name, text in texts.items():
        column = FORMATS[table].column(name)
        if column is None:
            names = tuple(one.name for one in FORMATS[table].columns)
            raise InvalidInput(
                N_("{name} is nothing that stands in this file; there are: {names}."),
                field=name,
                name=name,
                names=names,
            )
        try:
            found[name] = read_cell(column, text, zone)
        except InvalidInput as error:
            raise InvalidInput(
                error.message.template, **{**error.message.values, "field": name}
            ) from error
    if "state" in found:
        found["state"] = DeviceState(found["state"])
    return found


def new_record(table: str, values: Mapping[str, Any]) -> Any:
    """Return a record of what was typed; raises `InvalidInput` where something needed lacks."""
    check_needed(table, values)
    bare = {"id": values["serial"], "model": "", "kind": ""} if table == "devices" else {}
    return RECORDS[table](**{**bare, **values})


def check_needed(table: str, values: Mapping[str, Any]) -> None:
    """Raise `InvalidInput` where something lacks that a record of a table needs."""
    for column in FORMATS[table].columns:
        if column.needed and not values.get(column.name):
            raise InvalidInput(
                N_("{entry} is missing: it is needed."), field=column.name, entry=column.name
            )


def with_initials(record: Any) -> Any:
    """Return a customer with the initials of its names; anything else as it is."""
    if not isinstance(record, Customer):
        return record
    names = (record.name, record.short_name, record.alias, record.former_name)
    return msgspec.structs.replace(record, initials=initials_of(names))


async def current(connection: Connection, table: str, key: Key) -> Any:
    """Return a record as it is on file; raises `NotFound`."""
    fits = len(key) == len(records.BY_KIND[kind(table)].fields)
    found = await records.with_keys(connection, kind(table), [key]) if fits else {}
    if key not in found:
        raise NotFound(N_("{name} is not on file."), name=records.subject_of(key))
    return found[key]


async def key_named(connection: Connection, table: str, name: str) -> Key:
    """Return the key of what is on file under a name with / between its parts.

    Raises `NotFound`.
    """
    keys = list(records.keys_of(kind(table), name))
    found = await records.with_keys(connection, kind(table), keys) if keys else {}
    if not found:
        raise NotFound(N_("{name} is not on file."), name=name)
    return next(iter(found))


def key_in(table: str, line: Line) -> Key:
    """Return the key of the record that a line of the journal tells of."""
    return records.key_of(msgspec.json.decode(line.data, type=RECORDS[table]))


async def lines_of(connection: Connection, record: Any) -> list[Line]:
    """Return the journal of a record."""
    book, key = records.BY_TYPE[type(record)], records.key_of(record)
    return await journal.lines_about(connection, book.kind, records.subject_of(key))


async def fresh_device(connection: Connection, device: Device) -> Device:
    """Return a device with the id that it gets; raises `InvalidInput` where it is on file."""
    others = await files.devices_with_serial(connection, device.serial)
    ids = ids_for(device.maker, device.serial)
    taken = await records.with_keys(connection, kind("devices"), [(one,) for one in ids])
    free = [one for one in ids if (one,) not in taken]
    if not free or any(one.maker == device.maker for one in others):
        raise InvalidInput(
            N_("A device with the serial {serial} is on file already."),
            field="serial",
            serial=device.serial,
        )
    return msgspec.structs.replace(device, id=free[0])


async def check_new(connection: Connection, record: Any) -> None:
    """Raise `InvalidInput` where something is on file under the same key, or reads like it."""
    book, name = records.BY_TYPE[type(record)], records.subject_of(records.key_of(record))
    keys = list(records.keys_of(book.kind, name))
    if await records.with_keys(connection, book.kind, keys):
        raise InvalidInput(N_("{name} is on file already."), field=book.fields[-1], name=name)


async def check_references(connection: Connection, record: Any, before: Any = None) -> None:
    """Raise `InvalidInput` for a customer, a device or a person who is not on file.

    What stood there `before` is not asked for again.
    """

    def fresh(name: str) -> str:
        value: str = getattr(record, name, "")
        return "" if value == getattr(before, name, "") else value

    if (customer := fresh("customer")) and await files.customer(connection, customer) is None:
        raise InvalidInput(N_("There is no customer {value}."), field="customer", value=customer)
    if (responsible := fresh("responsible")) and await files.person(
        connection, responsible
    ) is None:
        raise InvalidInput(
            N_("Nobody has the login {value}."), field="responsible", value=responsible
        )
    moved = customer or fresh("device")
    if isinstance(record, Contract) and record.device and moved:
        device = await files.device(connection, record.device)
        if device is None or device.customer != record.customer:
            raise InvalidInput(
                N_("Customer {customer} has no device {value}."),
                field="device",
                customer=record.customer,
                value=record.device,
            )


def check_may_go(table: str) -> None:
    """Raise `InvalidInput` for records that others refer to by their key."""
    if table not in _MAY_GO:
        raise InvalidInput(N_("It is known by this everywhere: it stays as it is."))


def check_seen(wanted: Mapping[str, Any], lines: Sequence[Line], seen: int, me: str) -> None:
    """Raise `Conflict` where somebody else changed meanwhile what is to be changed.

    `seen` is how many of the lines there were; raises `InvalidInput` where that cannot be.
    """
    if not 0 <= seen <= len(lines):
        raise InvalidInput(
            N_("There is no version {version} of this file yet."), field="version", version=seen
        )
    plain = msgspec.json.decode(msgspec.json.encode(wanted))
    others = [one for one in filings_of(lines)[seen:] if one.by != me]
    if not (found := clashes(plain, others)):
        return
    name, last = found[-1]
    raise Conflict(
        N_("{person} was faster: {entry} is “{value}” now ({at}). Look, then decide again."),
        person=last.by,
        entry=name,
        value=str(last.changes[name][1]),
        at=lines[-1].recorded_at,
    )


def check_same(lines: Sequence[Line], seen: int) -> None:
    """Raise `Conflict` where a file was changed since it was seen."""
    if len(lines) != seen:
        raise Conflict(
            N_("{person} changed this meanwhile ({at}). Look, then decide again."),
            person=lines[-1].actor if lines else "",
            at=lines[-1].recorded_at if lines else "",
        )


def filings_of(lines: Sequence[Line]) -> list[Filing]:
    """Return the changes of a file from its journal, the oldest first."""
    found, before = [], dict[str, Any]()
    for line in lines:
        after = msgspec.json.decode(line.data)
        changes = changes_of(before, after) if before else {}
        words = after.pop("words", "")
        changes.pop("words", None)
        found.append(
            Filing(at=line.occurred_at, by=line.actor, kind=line.kind, changes=changes, words=words)
        )
        before = after
    return found
