"""The files: who the customers are, what stands where."""

from datetime import date, datetime

import msgspec

from dispatch_tui.domain.facts import DeviceState


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """A hospital or other purchaser; `initials` are its pinyin initials in all readings.

    `departments` and `alias` are several names with | between them. `responsible` is the login of
    the named person who answers for the customer (S8), who calls it every `call_every_days` days
    (0 for not at all), next on `next_call_on`.
    """

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
    departments: str = ""
    responsible: str = ""
    call_every_days: int = 0
    next_call_on: date | None = None
    notes: str = ""


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
    registration_number: str = ""
    delivered_on: date | None = None
    manuals: str = ""
    software: str = ""
    state: DeviceState = DeviceState.IN_USE
    notes: str = ""


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """What was agreed with a customer from a day until another, both included.

    `device` is the id of the one that it is about, "" for all of them. A limit that is None is
    the service plan's; `inspection_months` is the interval of inspection rounds (S7).
    """

    customer: str
    number: str
    device: str = ""
    since: date
    until: date
    response_minutes: int | None = None
    on_site_hours: int | None = None
    repair_hours: int | None = None
    inspection_months: int | None = None
    note: str = ""

    def covers(self, device: str, on: date) -> bool:
        """Whether it holds on a day for a device, "" for a call about none."""
        return self.since <= on <= self.until and self.device in ("", device)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of spare part; `price` is what one costs outside the warranty, in yuan."""

    code: str
    name: str
    maker: str = ""
    model: str = ""
    unit: str = ""
    price: str = ""
    note: str = ""


class Stock(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a part a station has, and how few it should have at least."""

    part: str
    station: str
    count: int = 0
    minimum: int = 0


class Consignment(msgspec.Struct, frozen=True, kw_only=True):
    """Parts under way to a station, from another or ("") from the manufacturer.

    `ticket` is the case they are for, "" for the shelf; `due_on` the day they should arrive.
    """

    id: str
    part: str
    count: int
    origin: str = ""
    destination: str
    ticket: str = ""
    sent_at: datetime
    due_on: date | None = None
    received_at: datetime | None = None


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
