"""The files of an invented company: its people and stations, its customers and their devices."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import places
from machines import MACHINES
from msgspec.structs import replace

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
from dispatch_tui.domain.people import FIELD_ROLES, Certificate, Role, Staff
from dispatch_tui.domain.rotation import RotationPlan, Unit
from dispatch_tui.storage import records
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.readings import initials_of

OPERATOR, MANAGER = "operator", "manager"
"""The logins of two people who are in every generated company."""

_TEAM = (
    (Role.OPERATOR, 6, "热线话务员"),
    (Role.MANAGER, 3, "售后主管"),
    (Role.ENGINEER, 25, "售后工程师"),
    (Role.SPECIALIST, 2, "售前技术专员"),
    (Role.SUPERVISOR, 2, "客户信息部主管"),
    (Role.GENERAL_MANAGER, 1, "总经理"),
    (Role.ADMINISTRATOR, 1, "信息系统管理员"),
)
_PLAN = RotationPlan(
    name="售后两组周轮值",
    groups=("A", "B"),
    starts_at=datetime(2024, 1, 1, 8, 0),  # noqa: DTZ001 - plans are in the wall time of their zone
    every=1,
    unit=Unit.WEEKS,
    zone="Asia/Shanghai",
)
_AT_ONCE = 2_000


class Reference:
    """Everything but tickets, always the same by the same seed and day."""

    def __init__(self, customers: int, devices: int, *, seed: int, today: date) -> None:
        self._chance = random.Random(f"{seed} files")
        self._today = today
        cities = {one.name: one for one in places.CITIES}
        self.stations = [
            self._station(code, cities[name]) for code, name in places.STATIONS.items()
        ]
        self.staff = {one.login: one for one in self._people()}
        self.travel = list(self._travel())
        self.customers = [self._customer(count) for count in range(1, customers + 1)]
        self.contacts = {one.code: list(self._contacts(one)) for one in self.customers}
        self.devices = [self._device(count) for count in range(1, devices + 1)]
        self.parts = list(self._parts())

    async def store(self, database: Database, at: datetime) -> None:
        """Write all of it, each record with its journal."""
        contacts = [one for those in self.contacts.values() for one in those]
        shelves: dict[str, Sequence[Any]] = {
            "station": self.stations,
            "staff": list(self.staff.values()),
            "rotation": [_PLAN],
            "certificate": list(self._certificates()),
            "travel": self.travel,
            "customer": self.customers,
            "contact": contacts,
            "device": self.devices,
            "contract": list(self._contracts()),
            "part": self.parts,
            "stock": list(self._stock()),
        }
        for kind, found in shelves.items():
            for start in range(0, len(found), _AT_ONCE):
                new = [(one, True) for one in found[start : start + _AT_ONCE]]
                await database.write(
                    partial(records.keep, kind=kind, records=new, actor=MANAGER, at=at)
                )

    def _station(self, code: str, city: places.City) -> Station:
        return Station(
            code=code,
            name=f"{city.name}服务站",
            city=city.name,
            address=places.address(city, self._chance),
            phone=f"{city.code}-55500{self._chance.randint(100, 999)}",
            latitude=city.latitude,
            longitude=city.longitude,
        )

    def _people(self) -> Iterator[Staff]:
        numbers = count(1)
        codes = list(places.STATIONS)
        for role, many, title in _TEAM:
            for place in range(many):
                number = next(numbers)
                login, name = places.colleague(number, self._chance)
                login = {(OPERATOR, 0): OPERATOR, (MANAGER, 0): MANAGER}.get((role, place), login)
                field = role in FIELD_ROLES
                yield Staff(
                    login=login,
                    name=name,
                    role=role,
                    title=title,
                    group="AB"[place % 2] if role is Role.ENGINEER else "",
                    station=codes[place % len(codes)] if field else codes[0],
                    phone=f"1370000{number:04}",
                    skills=tuple(one.kind for one in self._chance.sample(MACHINES, 6))
                    if field
                    else (),
                )

    def _certificates(self) -> Iterator[Certificate]:
        for person in self.staff.values():
            for kind in person.skills:
                expires_on = self._today + timedelta(days=self._chance.randint(-30, 900))
                number = f"SQ-{kind[:2].upper()}-{self._chance.randint(100, 999)}"
                yield Certificate(
                    login=person.login, kind=kind, number=number, expires_on=expires_on
                )

    def _travel(self) -> Iterator[Travel]:
        for name in places.STATIONS.values():
            for city in self._chance.sample(places.CITIES, 8):
                if city.name != name:
                    minutes = self._chance.randint(40, 600)
                    yield Travel(origin=name, destination=city.name, minutes=minutes)

    def _customer(self, count: int) -> Customer:
        chance = self._chance
        city = chance.choice(places.CITIES)
        name, short, kind = places.hospital(city, chance)
        former = f"{city.name}{name[-4:-2]}职工医院" if chance.random() < 0.1 else ""
        customer = Customer(
            code=f"C{count:04}",
            name=name,
            short_name=short,
            former_name=former,
            kind=kind,
            level=places.level(chance),
            city=city.name,
            address=places.address(city, chance),
            phone=f"{city.code}-5{count:07}",
            latitude=city.latitude + chance.uniform(-0.1, 0.1),
            longitude=city.longitude + chance.uniform(-0.1, 0.1),
            responsible=MANAGER,
            call_every_days=chance.choice((0, 0, 30, 90)),
        )
        names = (customer.name, customer.short_name, customer.alias, customer.former_name)
        return replace(customer, initials=initials_of(names))

    def _contacts(self, customer: Customer) -> Iterator[Contact]:
        chance = self._chance
        departments = chance.sample([one.department for one in MACHINES], chance.randint(2, 5))
        for department in dict.fromkeys(departments):
            yield Contact(
                customer=customer.code,
                name=places.person_name(chance),
                phone=f"1{chance.choice('35789')}{chance.randrange(10)}0000{chance.randrange(10**4):04}",
                department=department,
                position=chance.choice(places.POSITIONS),
            )

    def _device(self, count: int) -> Device:
        chance = self._chance
        machine = chance.choices(MACHINES, [one.weight for one in MACHINES])[0]
        model = chance.choice(machine.models)
        made_on = self._today - timedelta(days=chance.randint(90, 3_600))
        serial = (
            f"{model.prefix}{chance.randint(1, 9)}K{count:05}{chance.choice('ABCDEFGHJKLMNPRSTX')}"
        )
        return Device(
            id=serial,
            serial=serial,
            maker=model.maker,
            model=model.model,
            name=model.name,
            kind=machine.kind,
            customer=chance.choice(self.customers).code,
            department=machine.department,
            asset_number=f"ZC{made_on.year}{count:06}" if chance.random() < 0.6 else "",
            made_on=made_on,
            accepted_on=made_on + timedelta(days=chance.randint(20, 80)),
            core=machine.core,
            software=f"V{chance.randint(1, 5)}.{chance.randint(0, 9)}",
        )

    def _contracts(self) -> Iterator[Contract]:
        for customer in self._chance.sample(self.customers, len(self.customers) // 5):
            since = self._today - timedelta(days=self._chance.randint(0, 700))
            yield Contract(
                customer=customer.code,
                number=f"HT{since:%Y%m}-{customer.code}",
                since=since,
                until=since + timedelta(days=3 * 365),
                inspection_months=self._chance.choice((1, 3, 6)),
            )

    def _parts(self) -> Iterator[Part]:
        numbers = count(1)
        for machine in MACHINES:
            for name in machine.parts:
                code = f"PJ-{next(numbers):04}"
                yield Part(code=code, name=name, maker=machine.models[0].maker, unit="件")

    def _stock(self) -> Iterator[Stock]:
        for part in self.parts:
            for station in self.stations:
                have, minimum = self._chance.randint(0, 9), self._chance.randint(0, 3)
                yield Stock(part=part.code, station=station.code, count=have, minimum=minimum)
