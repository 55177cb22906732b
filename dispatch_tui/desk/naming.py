"""Finds the one customer or device that somebody named in a few characters."""

from collections.abc import Callable
from typing import TypeVar

from dispatch_tui.domain.errors import InvalidInput, NotFound
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.terms import SHORTEST_TAIL, plain
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import files, records, search
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.terms import Way
from dispatch_tui.storage.tickets import Connection

Named = TypeVar("Named", Customer, Device)

CANDIDATES = 8
"""How many candidates a refusal lists."""

MOST = 1000
"""Candidates that are counted."""


async def customer_named(database: Database, said: str) -> Customer:
    """Return the customer of this code, name, initials, pinyin, or unique part of a name.

    Raises `NotFound` when there is none, `InvalidInput` naming the candidates when there are
    several.
    """
    said = clean_line(said)
    async with database.read() as connection:
        if found := await files.customer(connection, said):
            return found
        wanted = plain(said)
        candidates = await _customers(connection, wanted) if wanted else []
    if not candidates:
        raise NotFound(
            N_("There is no customer {customer}; write down an unknown one with {option}."),
            field="customer",
            customer=said[:80],
            option="--caller",
        )
    return _only(candidates, said, "customer", lambda one: f"{one.code} {one.name}")


async def _customers(connection: Connection, wanted: str) -> list[Customer]:
    """Who is meant in the best way in which anybody is; what is called so now goes before."""
    for way, whole in (
        (Way.CHARACTERS, True),
        (Way.INITIALS, True),
        (Way.PINYIN, True),
        (Way.CHARACTERS, False),
        (Way.INITIALS, False),
        (Way.PINYIN, False),
        (Way.PART, False),
    ):
        found = await search.looked_up(
            connection, way, wanted, {Thing.CUSTOMER}, whole=whole, limit=MOST
        )
        if keys := sorted({(code,) for _, (_, code) in found}):
            named = await records.with_keys(connection, "customer", keys)
            ones = [one for one in named.values() if isinstance(one, Customer)]
            now = [one for one in ones if wanted in map(plain, (one.name, one.short_name))]
            return [one for one in ones if plain(one.code) == wanted] or now or ones
    return []


async def device_named(database: Database, said: str, customer: str = "") -> Device:
    """Return the device of this id, serial, asset number or unique tail of them.

    At a customer if one is named. Raises `NotFound` when there is none, `InvalidInput` naming the
    candidates when there are several.
    """
    said = clean_line(said)
    async with database.read() as connection:
        if found := await files.device(connection, said):
            return found
        wanted = plain(said)
        candidates = await _devices(connection, wanted, customer) if wanted else []
    if not candidates:
        raise NotFound(N_("There is no device {device}."), field="device", device=said[:80])
    return _only(candidates, said, "device", lambda one: f"{one.id} {one.name}")


async def _devices(connection: Connection, wanted: str, customer: str) -> list[Device]:
    """The devices with this number, else those whose numbers end with it; a model is none."""
    ways = [(Way.CHARACTERS, wanted, True)]
    if len(wanted) >= SHORTEST_TAIL:
        ways.append((Way.TAIL, wanted[::-1], False))
    for way, word, whole in ways:
        found = await search.looked_up(
            connection, way, word, {Thing.DEVICE}, whole=whole, limit=MOST
        )
        if keys := sorted({(name,) for _, (_, name) in found}):
            named = await records.with_keys(connection, "device", keys)
            ones = [one for one in named.values() if isinstance(one, Device)]
            theirs = [one for one in ones if customer in ("", one.customer)]
            if fitting := [one for one in theirs if _has_number(one, wanted, whole=whole)]:
                return fitting
    return []


def _has_number(device: Device, wanted: str, *, whole: bool) -> bool:
    numbers = [plain(one) for one in (device.id, device.serial, device.asset_number)]
    return wanted in numbers if whole else any(one.endswith(wanted) for one in numbers)


def _only(candidates: list[Named], said: str, field: str, shown: Callable[[Named], str]) -> Named:
    if len(candidates) == 1:
        return candidates[0]
    names: list[str] = sorted(shown(one) for one in candidates)
    more: list[str] = [f"+ {len(names) - CANDIDATES}"] if len(names) > CANDIDATES else []
    raise InvalidInput(
        N_("“{said}” can be several: {candidates}."),
        field=field,
        said=said[:80],
        candidates=(*names[:CANDIDATES], *more),
    )
