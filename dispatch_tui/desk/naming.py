"""Finds the one customer or device that somebody named in a few characters."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from dispatch_tui.domain.errors import InvalidInput, NotFound
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.finding import plain
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import files
from dispatch_tui.storage.engine import Database

Named = TypeVar("Named", Customer, Device)

SHORTEST_TAIL = 3
"""Characters that the tail of a serial must have at least."""
CANDIDATES = 8
"""How many candidates a refusal lists."""


async def customer_named(database: Database, said: str) -> Customer:
    """Return the customer of this code, name, initials, or unique part of a name.

    Raises `NotFound` when there is none, `InvalidInput` naming the candidates when there are
    several.
    """
    said = clean_line(said)
    async with database.read() as connection:
        if found := await files.customer(connection, said):
            return found
        customers, _, _ = await files.everything_to_find(connection)
    wanted = plain(said)
    candidates = _first_tier(customers, _customer_tiers(wanted)) if wanted else []
    if not candidates:
        raise NotFound(
            N_("There is no customer {customer}; write down an unknown one with {option}."),
            field="customer",
            customer=said[:80],
            option="--caller",
        )
    return _only(candidates, said, "customer", lambda one: f"{one.code} {one.name}")


def _customer_tiers(wanted: str) -> Iterator[Callable[[Customer], bool]]:
    """From a direct hit to a mere part: the first that fits anybody decides."""

    def names(one: Customer) -> list[str]:
        parts = (one.name, one.short_name, one.former_name, *one.alias.split("|"))
        return [key for part in parts if (key := plain(part))]

    yield lambda one: wanted == plain(one.code)
    yield lambda one: wanted in (plain(one.name), plain(one.short_name))
    yield lambda one: wanted in names(one)
    yield lambda one: wanted in one.initials.split()
    yield lambda one: any(name.startswith(wanted) for name in names(one))
    yield lambda one: any(word.startswith(wanted) for word in one.initials.split())
    yield lambda one: any(wanted in name for name in names(one))


async def device_named(database: Database, said: str, customer: str = "") -> Device:
    """Return the device of this id, serial, or unique tail of a serial, at a customer if named.

    Raises `NotFound` when there is none, `InvalidInput` naming the candidates when there are
    several.
    """
    said = clean_line(said)
    async with database.read() as connection:
        if found := await files.device(connection, said):
            return found
        _, _, devices = await files.everything_to_find(connection)
    wanted = plain(said)
    theirs = [one for one in devices if customer in ("", one.customer)]
    candidates = _first_tier(theirs, _device_tiers(wanted))
    if not candidates:
        raise NotFound(N_("There is no device {device}."), field="device", device=said[:80])
    return _only(candidates, said, "device", lambda one: f"{one.id} {one.name}")


def _device_tiers(wanted: str) -> Iterator[Callable[[Device], bool]]:
    yield lambda one: wanted in (plain(one.id), plain(one.serial))
    if len(wanted) >= SHORTEST_TAIL:
        yield lambda one: plain(one.serial).endswith(wanted)


def _first_tier(ones: Sequence[Named], tiers: Iterator[Callable[[Named], bool]]) -> list[Named]:
    for fits in tiers:
        if found := [one for one in ones if fits(one)]:
            return found
    return []


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
