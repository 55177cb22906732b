"""The files: customers and their contacts, devices, stations, staff, rotation plans, settings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Table, bindparam, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import Contact, Contract, Customer, Device, Station
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.rotation import RotationPlan, Unit
from dispatch_tui.domain.travel import Spot
from dispatch_tui.storage import bulk, schema


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes a call, and what of it is on file; `device_owner` is None without the device."""

    me: Staff
    customer_known: bool
    device_owner: str | None


async def put(connection: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Store rows, in the place of those with the same primary key."""
    await bulk.put(connection, table, rows)


async def all_staff(connection: AsyncConnection) -> dict[str, Staff]:
    """Return everybody by login, in the order of groups and logins."""
    found = await connection.execute(_ALL_STAFF)
    return {row.login: _person(row._mapping) for row in found}


async def person(connection: AsyncConnection, login: str) -> Staff | None:
    """Return one person."""
    found = await connection.execute(_PERSON, {"login": login})
    row = found.mappings().first()
    return _person(row) if row else None


async def lock_person(connection: AsyncConnection, login: str) -> None:
    """Let nobody else decide about a person before this transaction ends."""
    staff = schema.staff
    await connection.execute(select(staff.c.login).where(staff.c.login == login).with_for_update())


async def intake(
    connection: AsyncConnection, login: str, customer: str, device: str
) -> Intake | None:
    """Return what a call is checked against, None where nobody has the login."""
    found = await connection.execute(
        _INTAKE, {"login": login, "customer": customer, "device": device}
    )
    row = found.mappings().first()
    if row is None:
        return None
    person = {name: row[name] for name in Staff.__struct_fields__}
    return Intake(
        me=_person(person),
        customer_known=row["customer_code"] is not None,
        device_owner=row["device_owner"],
    )


def staff_row(person: Staff) -> dict[str, Any]:
    """Return the row of a person."""
    row = msgspec.structs.asdict(person)
    return {**row, "role": person.role.value, "skills": "|".join(person.skills)}


def _person(row: Any) -> Staff:
    skills = tuple(one for one in row["skills"].split("|") if one)
    return Staff(**{**row, "role": Role(row["role"]), "skills": skills})


async def all_stations(connection: AsyncConnection) -> dict[str, Station]:
    """Return the stations by code."""
    found = await connection.execute(select(schema.stations))
    return {row.code: Station(**row._mapping) for row in found}


async def rotation_plan(connection: AsyncConnection) -> RotationPlan | None:
    """Return the plan of the rotation groups, None where there is none yet."""
    plans = schema.rotation_plans
    row = (await connection.execute(select(plans).order_by(plans.c.name).limit(1))).first()
    if row is None:
        return None
    return RotationPlan(
        name=row.name,
        groups=tuple(row.groups.split("|")),
        starts_at=datetime.fromisoformat(row.starts_at),
        every=row.every,
        unit=Unit(row.unit),
        zone=row.zone,
    )


async def setting(connection: AsyncConnection, name: str) -> str | None:
    """Return a setting of the company."""
    settings = schema.settings
    found = await connection.execute(select(settings.c.value).where(settings.c.name == name))
    return found.scalar()


async def put_setting(connection: AsyncConnection, name: str, value: str) -> None:
    """Set a setting of the company."""
    await put(connection, schema.settings, [{"name": name, "value": value}])


async def customer(connection: AsyncConnection, code: str) -> Customer | None:
    """Return a customer by code."""
    table = schema.customers
    row = (await connection.execute(select(table).where(table.c.code == code))).first()
    return Customer(**row._mapping) if row else None


async def customer_spots(connection: AsyncConnection) -> dict[str, Spot]:
    """Return where every customer is, by code, and nothing else of them: there may be many."""
    table = schema.customers
    found = await connection.execute(
        select(table.c.code, table.c.city, table.c.latitude, table.c.longitude)
    )
    return {code: Spot(city=city, latitude=lat, longitude=lon) for code, city, lat, lon in found}


async def device(connection: AsyncConnection, device_id: str) -> Device | None:
    """Return a device by id."""
    table = schema.devices
    row = (await connection.execute(select(table).where(table.c.id == device_id))).first()
    return _device(row._mapping) if row else None


def _device(row: Any) -> Device:
    return Device(**{**row, "state": DeviceState(row["state"])})


async def devices_with_serial(connection: AsyncConnection, serial: str) -> list[Device]:
    """Return the devices that carry a serial, compared without case."""
    column = schema.devices.c.serial
    found = await connection.execute(
        select(schema.devices).where(func.lower(column) == serial.lower())
    )
    return [_device(row._mapping) for row in found]


async def devices_of_makers(
    connection: AsyncConnection, natural: Sequence[tuple[str, str]]
) -> list[Device]:
    """Return the devices with these makers and serials."""
    table = schema.devices
    where = tuple_(table.c.maker, table.c.serial).in_(list(natural))
    found = await connection.execute(select(table).where(where))
    return [_device(row._mapping) for row in found]


async def devices_known_as(connection: AsyncConnection, names: Sequence[str]) -> list[Device]:
    """Return the devices that have one of these as their serial or their id."""
    table = schema.devices
    found = await connection.execute(
        select(table).where(or_(table.c.serial.in_(names), table.c.id.in_(names)))
    )
    return [_device(row._mapping) for row in found]


async def customers_named(connection: AsyncConnection, said: str) -> list[Customer]:
    """Return the customers of exactly this code or name."""
    table = schema.customers
    names = (table.c.code, table.c.name, table.c.short_name)
    found = await connection.execute(
        select(table).where(or_(*(func.lower(column) == said.lower() for column in names)))
    )
    return [Customer(**row._mapping) for row in found]


async def contacts_of(connection: AsyncConnection, code: str) -> list[Contact]:
    """Return the contacts of a customer."""
    table = schema.contacts
    found = await connection.execute(
        select(table).where(table.c.customer == code).order_by(table.c.department, table.c.name)
    )
    return [Contact(**row._mapping) for row in found]


async def contracts_of(connection: AsyncConnection, code: str) -> list[Contract]:
    """Return the contracts of a customer, the newest first."""
    table = schema.contracts
    found = await connection.execute(
        select(table)
        .where(table.c.customer == code)
        .order_by(table.c.since.desc(), table.c.number.desc())
    )
    return [Contract(**row._mapping) for row in found]


async def devices_of(connection: AsyncConnection, code: str) -> list[Device]:
    """Return the devices of a customer by department and name."""
    table = schema.devices
    found = await connection.execute(
        select(table)
        .where(table.c.customer == code)
        .order_by(table.c.department, table.c.name, table.c.id)
    )
    return [_device(row._mapping) for row in found]


async def customers_after(
    connection: AsyncConnection, code: str = "", limit: int = 100
) -> list[Customer]:
    """Return customers in the order of their codes, a page at a time by key."""
    table = schema.customers
    found = await connection.execute(
        select(table).where(table.c.code > code).order_by(table.c.code).limit(limit)
    )
    return [Customer(**row._mapping) for row in found]


async def devices_after(
    connection: AsyncConnection, device_id: str = "", limit: int = 100
) -> list[Device]:
    """Return devices in the order of their ids, a page at a time by key."""
    table = schema.devices
    found = await connection.execute(
        select(table).where(table.c.id > device_id).order_by(table.c.id).limit(limit)
    )
    return [_device(row._mapping) for row in found]


async def codes(connection: AsyncConnection) -> list[str]:
    """Return the codes of all customers."""
    return list(await connection.scalars(select(schema.customers.c.code)))


async def devices_of_any(
    connection: AsyncConnection, codes: Sequence[str], after: str = "", limit: int | None = None
) -> list[Device]:
    """Return the devices of customers in the order of their ids, those after one."""
    table = schema.devices
    question = select(table).where(table.c.customer.in_(list(codes)), table.c.id > after)
    found = await connection.execute(question.order_by(table.c.id).limit(limit))
    return [_device(row._mapping) for row in found]


_ALL_STAFF = select(schema.staff).order_by(schema.staff.c.group, schema.staff.c.login)
_PERSON = select(schema.staff).where(schema.staff.c.login == bindparam("login"))
_INTAKE = (
    select(
        schema.staff,
        schema.customers.c.code.label("customer_code"),
        schema.devices.c.customer.label("device_owner"),
    )
    .select_from(schema.staff)
    .outerjoin(schema.customers, schema.customers.c.code == bindparam("customer"))
    .outerjoin(schema.devices, schema.devices.c.id == bindparam("device"))
    .where(schema.staff.c.login == bindparam("login"))
)
