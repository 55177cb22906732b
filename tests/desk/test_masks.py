"""Numbers are masked at the one door, for every client alike, and looked up one by one."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from centre import NOON, FrozenClock, desk_of
from company import FILES, brought, told
from courses import CONSENT, FINAL, MAJOR, begun
from msgspec.structs import replace
from taken_out import taken_out

from dispatch_tui.desk.glimpse import glimpse
from dispatch_tui.desk.views import Case, View
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from dispatch_tui.domain.files import Contact, Customer, Station
from dispatch_tui.domain.lending import Lending
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.storage import files, journal, records
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

MOBILE, LANDLINE, OTHER = "13800138000", "027-88881234", "13987654321"
NUMBERS = (MOBILE, LANDLINE, OTHER, "13711112222", "15500001111")
CALL = c.LogCall(
    fault=f"No image, call {OTHER}", customer="H1", device="CT-1", contact="Dr Li", phone=MOBILE
)
MASKED = ("sue", "ada", "bob")
WHOLE = ("ola", "mia", "gina", "ann", "spe")


@pytest.fixture
async def number(centre: Database, clock: FrozenClock) -> str:
    """A ticket of ann and spe that numbers are all over."""

    async def work(connection: Connection) -> None:
        phoned: list[Any] = [
            Customer(code="H1", name="First", phone=LANDLINE, notes=f"ask {OTHER}"),
            Contact(customer="H1", name="Dr Li", phone=MOBILE),
            Staff(login="ann", name="Ann", role=Role.ENGINEER, group="A", phone="15500001111"),
        ]
        for record in phoned:
            kind = records.BY_TYPE[type(record)].kind
            await records.keep(connection, kind, [(record, True)], "mia", NOON)

    await centre.write(work)
    number = await begun(centre, clock, MAJOR, call=CALL)
    ola, mia = desk_of("ola", centre, clock), desk_of("mia", centre, clock)
    await mia.act(number, replace(CONSENT, phone=LANDLINE))
    await ola.act(number, c.AddCall(text="again", contact="Dr Wu", phone="13711112222"))
    await ola.act(number, c.Note(text=f"or {OTHER}"))
    leave = clock.now + timedelta(days=1), clock.now + timedelta(days=2)
    await mia.override(override(OverrideKind.REMOVE, "bea", *leave, reason=f"call {OTHER}"))
    await ola.hand_over(f"call {OTHER}")
    return number


def shown(thing: Any) -> str:
    """Everything that is in a view, as text."""
    return msgspec.json.encode(thing).decode()


async def whole(pages: AsyncIterator[list[Case]]) -> list[Case]:
    """All pages as one."""
    return [case async for page in pages for case in page]


LOOKS: dict[str, Callable[[Any, str], Awaitable[Any]]] = {
    "the open tickets": lambda desk, _: desk.open_cases(),
    "some tickets": lambda desk, number: desk.cases([number]),
    "a view": lambda desk, _: whole(desk.pages(View.ALL)),
    "the tickets at a time": lambda desk, _: desk.cases_at(desk.clock(), over=True),
    "a ticket": lambda desk, number: desk.ticket(number),
    "its journal": lambda desk, number: desk.lines(number),
    "its report": lambda desk, number: desk.report(number),
    "its device": lambda desk, _: desk.device("CT-1"),
    "the file of the customer": lambda desk, _: desk.customer_file("H1"),
    "the history of the device": lambda desk, _: desk.device_history("CT-1"),
    "a record": lambda desk, _: desk.on_file("customers", ("H1",)),
    "the customers": lambda desk, _: desk.customers_after(),
    "the devices": lambda desk, _: desk.devices_after(),
    "what is found": lambda desk, number: desk.find(number),
    "the customer that is found": lambda desk, _: desk.named("H1"),
    "what a customer has": lambda desk, _: desk.belongings("H1"),
    "the people that are found": lambda desk, _: desk.find("Ann"),
    "the overrides": lambda desk, _: desk.overrides(),
    "the sheet": lambda desk, _: desk.handover_sheet(),
    "what was handed over": lambda desk, _: desk.pending_handover(),
    "the roster": lambda desk, _: desk.roster(),
    "the staff": lambda desk, _: desk.staff(),
}
OWN = {"a ticket", "its journal", "its report", "the open tickets", "some tickets", "a view"}
"""What engineers see whole where it is about a ticket of theirs."""


@pytest.mark.parametrize("look", LOOKS)
async def test_who_does_not_call_sees_masks_everywhere(
    centre: Database, clock: FrozenClock, number: str, look: str
) -> None:
    mine = {"the roster", "the staff", "the people that are found"}
    for login in MASKED:
        if look in mine and login != "sue":
            continue
        seen = shown(await LOOKS[look](desk_of(login, centre, clock), number))
        assert not [one for one in NUMBERS if one in seen], login


@pytest.mark.parametrize("look", sorted(LOOKS.keys() - {"the sheet"}))
async def test_who_calls_sees_the_numbers(
    centre: Database, clock: FrozenClock, number: str, look: str
) -> None:
    for login in ("ola", "mia", "gina"):
        seen = shown(await LOOKS[look](desk_of(login, centre, clock), number))
        assert [one for one in NUMBERS if one in seen], login


@pytest.mark.parametrize("look", sorted(OWN))
async def test_engineers_see_the_numbers_of_their_own_tickets(
    centre: Database, clock: FrozenClock, number: str, look: str
) -> None:
    for login in ("ann", "spe"):
        seen = shown(await LOOKS[look](desk_of(login, centre, clock), number))
        assert MOBILE in seen, login


async def test_a_final_report_is_read_with_masks(centre: Database, clock: FrozenClock) -> None:
    number = await begun(centre, clock, FINAL, call=CALL)
    whole = await desk_of("mia", centre, clock).report(number)
    seen = await desk_of("sue", centre, clock).report(number)
    assert MOBILE in whole.document
    assert not [one for one in NUMBERS if one in shown(seen)]
    assert (seen.hash, seen.finding) == (whole.hash, None)
    assert [*json.loads(seen.document)] == [*json.loads(whole.document)]


async def test_masks_say_enough_to_know_a_number_again(
    centre: Database, clock: FrozenClock, number: str
) -> None:
    file = await desk_of("sue", centre, clock).ticket(number)
    ticket = file.case.ticket
    assert (ticket.phone, ticket.fault) == ("138****8000", "No image, call 139****4321")
    assert file.customer is not None
    assert file.customer.phone == "***-****1234"
    assert (ticket.contact, ticket.customer, ticket.device) == ("Dr Li", "H1", "CT-1")


@pytest.mark.parametrize("login", MASKED)
async def test_a_number_is_given_to_who_asks_and_journaled(
    centre: Database, clock: FrozenClock, number: str, login: str
) -> None:
    found = await desk_of(login, centre, clock).reveal_phone(f" {number} ")
    assert (found.contact, found.phone, found.noted) == ("Dr Li", MOBILE, True)
    async with centre.read() as connection:
        lines = await journal.lines_about(connection, "person", login)
    assert [(one.kind, one.actor, one.occurred_at) for one in lines] == [
        ("phone_revealed", login, clock.now)
    ]
    assert json.loads(lines[0].data) == {"ticket": number, "contact": "Dr Li", "customer": "H1"}


@pytest.mark.parametrize("login", WHOLE)
async def test_who_sees_the_number_anyway_leaves_no_line(
    centre: Database, clock: FrozenClock, number: str, login: str
) -> None:
    assert not (await desk_of(login, centre, clock).reveal_phone(number)).noted
    async with centre.read() as connection:
        assert await journal.lines_about(connection, "person", login) == []


async def test_without_a_number_of_the_caller_it_is_the_customers(
    centre: Database, clock: FrozenClock, number: str
) -> None:
    other = (await desk_of("ola", centre, clock).log_call(replace(CALL, phone=""))).number
    assert (await desk_of("sue", centre, clock).reveal_phone(other)).phone == LANDLINE
    bare = c.LogCall(fault="Dark", customer="H2", device="CT-2")
    third = (await desk_of("ola", centre, clock).log_call(bare)).number
    with pytest.raises(NotFound, match="no phone number"):
        await desk_of("sue", centre, clock).reveal_phone(third)


async def test_nobody_who_left_and_no_ticket_that_is_none(
    centre: Database, clock: FrozenClock, number: str
) -> None:
    with pytest.raises(NotAllowed):
        await desk_of("gone", centre, clock).reveal_phone(number)
    with pytest.raises(NotFound):
        await desk_of("sue", centre, clock).reveal_phone("260303-999")


async def test_a_masked_number_never_takes_the_place_of_a_whole_one(
    centre: Database, clock: FrozenClock, number: str
) -> None:
    mia = desk_of("mia", centre, clock)
    with pytest.raises(InvalidInput, match="masked"):
        await mia.act(number, c.Correct(phone="138****8000"))
    with pytest.raises(InvalidInput, match="masked"):
        await mia.log_call(replace(CALL, fault="call 138****8000"))
    ticket = (await mia.ticket(number)).case.ticket
    assert ticket.phone == MOBILE


async def test_an_export_with_masks_is_not_imported(database: Database, clock: FrozenClock) -> None:
    sheets = {
        **FILES,
        "staff": FILES["staff"] + "sue,Sue,supervisor,,CD,\n",
        "contacts": f"customer,department,name,phone\nH1,ICU,Dr Li,{LANDLINE}\n",
    }
    assert not (await brought(database, **sheets)).problems
    async with database.read() as connection:
        sue = (await files.all_staff(connection))["sue"]
    desk = replace_me(desk_of("sue", database, clock), sue)
    content, done = await taken_out(desk, "contacts", "stations")
    assert done.masked
    assert b"***-****1234" in content["contacts"]
    assert LANDLINE.encode() not in content["contacts"]
    result = await brought(database, contacts=content["contacts"])
    assert [(one[1], one[2]) for one in told(result)] == [(2, "phone")]
    assert "masked" in told(result)[0][3]
    assert not result.kept


def replace_me(desk: Any, me: Staff) -> Any:
    """The desk of somebody else."""
    desk.me = me
    return desk


async def test_the_phone_of_a_station_is_on_its_sign(centre: Database, clock: FrozenClock) -> None:
    async def work(connection: Connection) -> None:
        station = Station(code="WH", name="Wuhan", phone=LANDLINE)
        await records.keep(connection, "station", [(station, True)], "mia", NOON)

    await centre.write(work)
    content, done = await taken_out(desk_of("sue", centre, clock), "stations")
    assert LANDLINE.encode() in content["stations"]
    assert not done.masked


async def test_lendings_are_read_with_masks(centre: Database, clock: FrozenClock) -> None:
    async def work(connection: Connection) -> None:
        station = Station(code="WH", name="Wuhan")
        await records.keep(connection, "station", [(station, True)], "mia", NOON)
        lent = Lending(
            id="1",
            login="ann",
            station="WH",
            since=NOON,
            until=clock.now + timedelta(days=3),
            what_for=f"call {OTHER}",
        )
        await records.keep(connection, "lending", [(lent, True)], "mia", NOON)

    await centre.write(work)
    seen = await desk_of("sue", centre, clock).lendings()
    assert [one.what_for for one in seen] == ["call 139****4321"]


async def test_the_first_look_of_a_console_has_masks_too(
    file_centre: Database, clock: FrozenClock
) -> None:
    await begun(file_centre, clock, call=CALL)
    path = str(file_centre.place.path)
    for login, whole in (("ola", True), ("sue", False), ("ann", False)):
        found = glimpse(path, login)
        assert found is not None
        assert (MOBILE in shown(list(found.cases.values()))) is whole


async def test_refusals_keep_no_number(centre: Database, clock: FrozenClock) -> None:
    with pytest.raises(NotAllowed):
        await desk_of("sue", centre, clock).log_call(CALL)
    async with centre.read() as connection:
        lines = await journal.lines_about(connection, "person", "sue")
    assert not [one for one in NUMBERS if one in lines[0].data]
