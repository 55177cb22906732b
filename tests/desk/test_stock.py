"""The stock of parts: moved by several at once, never below zero, each move in the journal."""

import asyncio
from datetime import date

import msgspec
import pytest
from centre import CALL, FrozenClock, desk_of

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from dispatch_tui.domain.files import Part, Station, Stock
from dispatch_tui.domain.stocking import Move
from dispatch_tui.storage import journal, records
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

TUBE = Part(code="TUBE-7", name="X-ray tube", price="128000")


@pytest.fixture
async def shop(centre: Database, clock: FrozenClock) -> Database:
    """The centre with two stations and a part, five of it in the first."""

    async def work(connection: Connection) -> None:
        stations = [Station(code="CD", name="Chengdu"), Station(code="WH", name="Wuhan")]
        for kind, found in (("station", stations), ("part", [TUBE])):
            await records.keep(connection, kind, [(one, True) for one in found], "mia", clock())

    await centre.write(work)
    await desk_of("mia", centre, clock).count_stock("TUBE-7", "CD", 5, minimum=3)
    return centre


async def counts(desk: Desk) -> dict[str, tuple[int, int, int]]:
    """What each station has, awaits and lacks."""
    return {one.station.code: (one.count, one.coming, one.short) for one in await desk.shelves()}


async def moves(database: Database, station: str) -> list[tuple[str, int]]:
    """What the journal tells of a shelf."""
    async with database.read() as connection:
        lines = await journal.lines_about(connection, "stock", f"TUBE-7/{station}")
    return [(line.kind, msgspec.json.decode(line.data)["move"]["by"]) for line in lines]


async def test_a_part_is_taken_for_a_ticket_and_put_back(
    shop: Database, clock: FrozenClock
) -> None:
    number = (await desk_of("ola", shop, clock).log_call(CALL)).number
    ann = desk_of("ann", shop, clock)
    assert (await ann.take_part("TUBE-7", "CD", 2, ticket=number)).count == 3
    assert (await ann.put_part_back("TUBE-7", "CD", ticket=number)).count == 4
    assert await counts(ann) == {"CD": (4, 0, 0)}
    assert await moves(shop, "CD") == [("counted", 5), ("taken", -2), ("put_back", 1)]


async def test_a_retry_takes_nothing_more_even_from_an_empty_shelf(
    shop: Database, clock: FrozenClock
) -> None:
    ann = desk_of("ann", shop, clock)
    for _ in range(3):
        assert (await ann.take_part("TUBE-7", "CD", 5, key="k1")).count == 0
    assert await moves(shop, "CD") == [("counted", 5), ("taken", -5)]


async def test_nobody_takes_more_than_there_is(shop: Database, clock: FrozenClock) -> None:
    ann = desk_of("ann", shop, clock)
    with pytest.raises(InvalidInput, match="only 5 of TUBE-7 at CD, not 6"):
        await ann.take_part("TUBE-7", "CD", 6)
    with pytest.raises(InvalidInput, match="only 0 of TUBE-7 at WH"):
        await ann.take_part("TUBE-7", "WH")
    assert await counts(ann) == {"CD": (5, 0, 0)}


async def test_however_many_take_at_once_it_never_goes_below_zero(
    shop: Database, clock: FrozenClock
) -> None:
    desks = [desk_of(login, shop, clock) for login in ("ann", "abe", "bob", "bea", "spe")]
    found = await asyncio.gather(
        *(desks[place % 5].take_part("TUBE-7", "CD") for place in range(20)),
        return_exceptions=True,
    )
    taken = [one for one in found if isinstance(one, Stock)]
    refused = [one for one in found if isinstance(one, InvalidInput)]
    assert (len(taken), len(refused)) == (5, 15)
    assert sorted(one.count for one in taken) == [0, 1, 2, 3, 4]
    assert await moves(shop, "CD") == [("counted", 5), *[("taken", -1)] * 5]


async def test_parts_travel_from_station_to_station(shop: Database, clock: FrozenClock) -> None:
    mia = desk_of("mia", shop, clock)
    sent = await mia.send_parts("TUBE-7", "CD", "WH", 4)
    assert await counts(mia) == {"CD": (1, 0, 2), "WH": (0, 4, 0)}
    assert [one.id for one in await mia.consignments()] == [sent.id]
    assert (await mia.receive_parts(sent.id)).count == 4
    assert await counts(mia) == {"CD": (1, 0, 2), "WH": (4, 0, 0)}
    assert (await mia.receive_parts(sent.id)).count == 4
    with pytest.raises(Conflict, match="noted already"):
        await desk_of("max", shop, clock).receive_parts(sent.id)
    assert await mia.consignments() == []


async def test_what_is_ordered_for_an_exchange_counts_as_coming(
    shop: Database, clock: FrozenClock
) -> None:
    mia = desk_of("mia", shop, clock)
    number = (await mia.log_call(CALL)).number
    due = date(2026, 4, 1)
    one = await mia.order_parts("TUBE-7", "WH", 2, ticket=number, due_on=due, key="o1")
    again = await mia.order_parts("TUBE-7", "WH", 2, ticket=number, due_on=due, key="o1")
    assert one.id == again.id
    assert await counts(mia) == {"CD": (5, 0, 0), "WH": (0, 2, 0)}
    assert (one.origin, one.ticket, one.due_on) == ("", number, due)


async def test_of_two_who_receive_at_once_one_does(shop: Database, clock: FrozenClock) -> None:
    mia, max_ = desk_of("mia", shop, clock), desk_of("max", shop, clock)
    for _ in range(10):
        sent = await mia.order_parts("TUBE-7", "WH")
        found = await asyncio.gather(
            mia.receive_parts(sent.id), max_.receive_parts(sent.id), return_exceptions=True
        )
        assert sorted(type(one) for one in found if not isinstance(one, Stock)) == [Conflict]
    assert (await counts(mia))["WH"] == (10, 0, 0)


@pytest.mark.parametrize(
    ("part", "station", "count", "ticket", "error"),
    [
        ("NO", "CD", 1, "", NotFound),
        ("TUBE-7", "NO", 1, "", NotFound),
        ("TUBE-7", "CD", 0, "", InvalidInput),
        ("TUBE-7", "CD", -3, "", InvalidInput),
        ("TUBE-7", "CD", 100_001, "", InvalidInput),
        ("TUBE-7", "CD", 1, "260101-001", NotFound),
    ],
)
async def test_what_is_not_there_is_refused(
    shop: Database,
    clock: FrozenClock,
    part: str,
    station: str,
    count: int,
    ticket: str,
    error: type[Exception],
) -> None:
    ann = desk_of("ann", shop, clock)
    with pytest.raises(error):
        await ann.take_part(part, station, count, ticket=ticket)
    assert await counts(ann) == {"CD": (5, 0, 0)}


async def test_roles_hold_for_parts_too(shop: Database, clock: FrozenClock) -> None:
    for login in ("sue", "ada"):
        with pytest.raises(NotAllowed):
            await desk_of(login, shop, clock).take_part("TUBE-7", "CD")
    with pytest.raises(NotAllowed):
        await desk_of("ann", shop, clock).order_parts("TUBE-7", "CD")
    with pytest.raises(InvalidInput, match="another station"):
        await desk_of("ann", shop, clock).send_parts("TUBE-7", "CD", "CD")
    assert {move for move, _ in await moves(shop, "CD")} == {Move.COUNTED}
