"""Parts on the shelves of the stations: what may be done with them, and what is short."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

import msgspec

from dispatch_tui.domain.errors import InvalidInput, NotFound
from dispatch_tui.domain.files import Consignment, Part, Station, Stock
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role

STOCK_KEEPERS = frozenset(Role) - {Role.SUPERVISOR, Role.ADMINISTRATOR}
"""Who takes parts and puts them back: whoever works on cases."""

MOST = 100_000
"""Of one part at one station: more is a mistake in typing."""


class Move(StrEnum):
    """What changes how many of a part a station has."""

    TAKEN = "taken"
    PUT_BACK = "put_back"
    SENT = "sent"
    RECEIVED = "received"
    COUNTED = "counted"


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """How a part stands at a station: what is there, what is under way, how few there should be."""

    part: Part
    station: Station
    count: int
    minimum: int
    coming: int = 0
    next_id: str = ""
    """The consignment that is longest under way to it, "" for none."""

    @property
    def short(self) -> int:
        """How many are lacking to the minimum, those under way counted as there."""
        return max(0, self.minimum - self.count - self.coming)


def shelves(
    stock: Iterable[Stock],
    consignments: Iterable[Consignment],
    parts: Mapping[str, Part],
    stations: Mapping[str, Station],
) -> list[Shelf]:
    """Return every part at every station that has, awaits or should have it, short ones first."""
    coming: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], str] = {}
    for one in consignments:
        if one.received_at is None:
            key = (one.part, one.destination)
            coming[key] = coming.get(key, 0) + one.count
            first.setdefault(key, one.id)
    known = {(one.part, one.station): one for one in stock}
    found = []
    for part, station in known.keys() | coming.keys():
        held = known.get((part, station), Stock(part=part, station=station))
        found.append(
            Shelf(
                part=parts[part],
                station=stations[station],
                count=held.count,
                minimum=held.minimum,
                coming=coming.get((part, station), 0),
                next_id=first.get((part, station), ""),
            )
        )
    return sorted(found, key=lambda one: (-one.short, one.part.code, one.station.code))


def checked_count(count: int, *, least: int = 1) -> int:
    """Return how many; raises `InvalidInput` for what nobody has in his hands."""
    if not least <= count <= MOST:
        raise InvalidInput(
            N_("“{value}” must be between {least} and {most}."),
            field="count",
            value=str(count),
            least=least,
            most=MOST,
        )
    return count


def lacking(part: str, station: str, count: int, there: int) -> InvalidInput:
    """Return the refusal for whoever wants more than there is."""
    return InvalidInput(
        N_("There are only {there} of {part} at {station}, not {count}: see where others are."),
        field="count",
        there=there,
        part=part,
        station=station,
        count=count,
    )


def consignment(
    part: str,
    count: int,
    destination: str,
    now: datetime,
    key: str,
    *,
    origin: str = "",
    ticket: str = "",
    due_on: date | None = None,
) -> Consignment:
    """Return parts that set out now; the same `key` gives the same id, so that a retry is one."""
    if origin == destination:
        raise InvalidInput(N_("They are there already: name another station."), field="to")
    return Consignment(
        id=sha256(key.encode()).hexdigest()[:12],
        part=part,
        count=checked_count(count),
        origin=origin,
        destination=destination,
        ticket=ticket,
        sent_at=now,
        due_on=due_on,
    )


def named(things: Mapping[str, object], code: str, field: str) -> str:
    """Return the code of a part or station; raises `NotFound`."""
    if code not in things:
        template = N_("There is no part {value}.")
        if field != "part":
            template = N_("There is no station {value}.")
        raise NotFound(template, field=field, value=code)
    return code
