"""Takes the rows of reference data: stations, people, rotation, customers, contacts, devices."""

from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from dispatch_tui.desk.bringing import rosters
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.shelves import DeviceShelf, Shelf, ids_for
from dispatch_tui.desk.bringing.taking import Rows
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import (
    Contact,
    Contract,
    Customer,
    Device,
    Part,
    Station,
    Stock,
    Travel,
)
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff, check_stays
from dispatch_tui.domain.rotation import RotationPlan, Unit
from dispatch_tui.storage.readings import initials_of
from dispatch_tui.storage.records import Key, key_of

Shelves = dict[str, Shelf]
"""By table."""

MAX_DEVICE_ID = 120


def needs(table: str, values: dict[str, Any]) -> Iterator[tuple[str, Key]]:
    """Yield what a row of a table refers to: the table of each, and its key."""
    for name, other in _REFERS.get(table, {}).items():
        if values.get(name):
            yield other, (values[name],)
    if table in _KEYS:
        yield table, tuple(values.get(name, "") for name in _KEYS[table])


def take(table: str, rows: Rows, shelves: Shelves, count: Count) -> None:
    """Take rows of one table into its shelf; what cannot be taken is noted in its sheet."""
    for sheet, row in rows:
        try:
            record, column = _BUILDERS[table](row.values, shelves)
            if isinstance(record, Staff) and record.login == rows.actor:
                _check_stays(record, shelves[table])
            rows.first(table, _natural_key(record), column, row)
        except InvalidInput as error:
            rows.refuse(sheet, row, error)
        else:
            shelves[table].put(key_of(record), record, count)


def _natural_key(record: Any) -> Key:
    return (record.maker, record.serial) if isinstance(record, Device) else key_of(record)


def _changed(shelf: Shelf, key: Key, values: dict[str, Any], record: type[Any]) -> Any:
    """The record with the values of a row; what its file says nothing about stays as it was."""
    known = shelf.records.get(key)
    return record(**values) if known is None else msgspec.structs.replace(known, **values)


def _known(shelf: Shelf, name: str, column: str, template: str) -> None:
    if name and (name,) not in shelf.records and name not in shelf.spoken_of:
        raise InvalidInput(template, field=column, value=name)


def _station(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    return _changed(shelves["stations"], (values["code"],), values, Station), "code"


def _staff(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    _known(
        shelves["stations"],
        values.get("station", ""),
        "station",
        N_("There is no station {value}."),
    )
    plans = shelves["rotation"]
    groups = {group for plan in plans.records.values() for group in plan.groups}
    group = values.get("group", "")
    if group and groups and group not in groups and group not in plans.spoken_of:
        raise InvalidInput(N_("No rotation plan has a group {value}."), field="group", value=group)
    role = Role(values["role"])
    key = (values["login"],)
    return _changed(shelves["staff"], key, {**values, "role": role}, Staff), "login"


def _check_stays(me: Staff, shelf: Shelf) -> None:
    """Refuse a row by which whoever brings it in could not bring in another."""
    try:
        check_stays(shelf.records.get((me.login,), me), me)
    except NotPossible as error:
        raise InvalidInput(error.message.template, field="login") from error


def _plan(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    try:
        ZoneInfo(values.get("zone", "Asia/Shanghai"))
    except (ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError on bad names
        raise _no_zone(values["zone"]) from error
    except KeyError as error:
        raise _no_zone(values["zone"]) from error
    named = {("name" if name == "plan" else name): value for name, value in values.items()}
    if len("|".join(values["groups"])) > 200:
        raise InvalidInput(N_("There are too many groups."), field="groups")
    if "unit" in named:
        named["unit"] = Unit(named["unit"])
    key = (values["plan"],)
    return _changed(shelves["rotation"], key, named, RotationPlan), "plan"


def _no_zone(zone: str) -> InvalidInput:
    return InvalidInput(N_("There is no time zone {value}."), field="zone", value=zone)


def _customer(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    shelf = shelves["customers"]
    key = (values["code"],)
    _check_responsible(values, shelves)
    customer = _changed(shelf, key, values, Customer)
    known = shelf.records.get(key)
    if known is None or _names(known) != _names(customer) or not known.initials:
        customer = msgspec.structs.replace(customer, initials=initials_of(_names(customer)))
    return customer, "code"


def _check_responsible(values: dict[str, Any], shelves: Shelves) -> None:
    name = "responsible"
    _known(shelves["staff"], values.get(name, ""), name, N_("Nobody has the login {value}."))


def _names(customer: Customer) -> tuple[str, ...]:
    return customer.name, customer.short_name, customer.alias, customer.former_name


def _contact(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    _known(
        shelves["customers"], values["customer"], "customer", N_("There is no customer {value}.")
    )
    key = (values["customer"], values["name"], values.get("phone", ""))
    return _changed(shelves["contacts"], key, values, Contact), "name"


def _device(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    _known(
        shelves["customers"], values["customer"], "customer", N_("There is no customer {value}.")
    )
    shelf = shelves["devices"]
    device_id = _device_id(shelf, values["serial"], values["maker"])
    bare = {"id": device_id, "model": "", "kind": ""}
    if (device_id,) in shelf.records:
        bare = {}
    if "state" in values:
        values = {**values, "state": DeviceState(values["state"])}
    return _changed(shelf, (device_id,), {**bare, **values}, Device), "serial"


def _device_id(shelf: Shelf, serial: str, maker: str) -> str:
    """The id of the device with this maker and serial; a new one's is free."""
    assert isinstance(shelf, DeviceShelf)
    known = shelf.ids.get((maker, serial))
    if known is not None:
        return known
    device_id = next((one for one in ids_for(maker, serial) if (one,) not in shelf.records), "")
    if not device_id or len(device_id) > MAX_DEVICE_ID:
        raise InvalidInput(
            N_("Serial and maker together are too long: another maker has this serial."),
            field="serial",
        )
    return device_id


def _contract(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    customer = values["customer"]
    _known(shelves["customers"], customer, "customer", N_("There is no customer {value}."))
    if values["until"] < values["since"]:
        raise InvalidInput(N_("The end must be after the beginning."), field="until")
    device = shelves["devices"].records.get((values.get("device", ""),))
    _known(
        shelves["devices"], values.get("device", ""), "device", N_("There is no device {value}.")
    )
    if device is not None and device.customer != customer:
        raise InvalidInput(
            N_("Device {value} belongs to customer {owner}, not to {customer}."),
            field="device",
            value=device.id,
            owner=device.customer,
            customer=customer,
        )
    key = (customer, values["number"])
    return _changed(shelves["contracts"], key, values, Contract), "number"


def _part(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    return _changed(shelves["parts"], (values["code"],), values, Part), "code"


def _stock(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    _known(shelves["parts"], values["part"], "part", N_("There is no part {value}."))
    _known(shelves["stations"], values["station"], "station", N_("There is no station {value}."))
    return _changed(shelves["stock"], (values["part"], values["station"]), values, Stock), "part"


def _travel(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    return Travel(**values), "origin"


_REFERS = {
    "contacts": {"customer": "customers"},
    "devices": {"customer": "customers"},
    "contracts": {"customer": "customers", "device": "devices"},
    "stock": {"part": "parts"},
}
"""By table: its columns that hold the key of another, of those that are too many to have all."""

_KEYS = {
    "customers": ("code",),
    "contacts": ("customer", "name", "phone"),
    "contracts": ("customer", "number"),
    "parts": ("code",),
    "stock": ("part", "station"),
}
"""By table: the columns that are its own key."""

_BUILDERS: dict[str, Callable[[dict[str, Any], Shelves], tuple[Any, str]]] = {
    "stations": _station,
    "staff": _staff,
    "rotation": _plan,
    "customers": _customer,
    "contacts": _contact,
    "devices": _device,
    "contracts": _contract,
    "parts": _part,
    "stock": _stock,
    "travel": _travel,
    "skills": rosters.certificate,
    "overrides": rosters.overriding,
}
"""By table: from the values of a row to its record and the column that names it."""
