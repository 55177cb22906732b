"""The files: who the customers are, what stands where."""

from datetime import date

import msgspec


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """A hospital or other purchaser; `initials` are its pinyin initials in all readings."""

    code: str
    name: str
    short_name: str = ""
    former_name: str = ""
    kind: str = ""
    level: str = ""
    city: str = ""
    address: str = ""
    phone: str = ""
    alias: str = ""
    initials: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A person at a customer."""

    customer: str
    name: str
    phone: str = ""
    department: str = ""
    position: str = ""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One machine at a customer; `id` is its serial, with the maker where two share it.

    `contract_…` are the days of a service contract after the warranty (S8).
    """

    id: str
    serial: str
    maker: str
    model: str
    name: str
    kind: str
    customer: str
    department: str = ""
    asset_number: str = ""
    udi: str = ""
    made_on: date | None = None
    accepted_on: date | None = None
    warranty_months: int = 36
    core: bool = False
    contract_from: date | None = None
    contract_until: date | None = None


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """A regional base of engineers and parts; coordinates in degrees, north and east positive."""

    code: str
    name: str
    city: str = ""
    address: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Travel(msgspec.Struct, frozen=True, kw_only=True):
    """How long one is under way between two cities, in either direction."""

    origin: str
    destination: str
    minutes: int
