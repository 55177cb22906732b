"""Logging a call: its number, its key, what is checked, what stays of a form."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from centre import CALL, NOON, ZONE, FrozenClock, desk_of, settle
from engines import Databases
from faulty import LosesAcknowledgements
from msgspec.structs import replace
from processes import at_once

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import DatabaseUnusable, InvalidInput, NotFound
from dispatch_tui.storage import tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import Place
from dispatch_tui.storage.tickets import Connection


async def test_a_call_gets_the_first_number_of_the_day(centre: Database) -> None:
    done = await desk_of("ola", centre, FrozenClock()).log_call(CALL)
    assert (done.number, done.version, done.repeated) == ("260303-001", 1, False)


async def test_what_was_said_is_in_the_ticket(centre: Database) -> None:
    desk = desk_of("ola", centre, FrozenClock())
    told_at = NOON - timedelta(minutes=20)
    done = await desk.log_call(CALL, reported_at=told_at)
    file = await desk.ticket(done.number)
    ticket = file.case.ticket
    assert (ticket.fault, ticket.customer, ticket.device) == (CALL.fault, "H1", "CT-1")
    assert (ticket.reported_at, file.journal[0].recorded_at) == (told_at, NOON)
    assert (file.case.customer_name, file.case.model) == ("First People's Hospital", "X1")
    assert file.case.next_due_at == told_at + timedelta(hours=1)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 3, 15, 59, 59, tzinfo=UTC), "260303"),
        (datetime(2026, 3, 3, 16, 0, 0, tzinfo=UTC), "260304"),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), "270101"),
    ],
    ids=str,
)
async def test_the_day_of_a_number_is_the_companys(
    centre: Database, at: datetime, day: str
) -> None:
    desk = desk_of("ola", centre, FrozenClock(at))
    assert (await desk.log_call(CALL)).number == f"{day}-001"
    assert at.astimezone(ZONE).strftime("%y%m%d") == day


async def test_numbers_stay_dense_across_midnight(centre: Database, databases: Databases) -> None:
    clock = FrozenClock(datetime(2026, 3, 3, 15, 59, 50, tzinfo=UTC))
    desks = [desk_of("ola", databases.open(centre.place), clock) for _ in range(2)]

    async def one(index: int) -> str:
        clock.pass_(seconds=1)
        return (await desks[index % 2].log_call(CALL)).number

    numbers = await asyncio.gather(*(one(index) for index in range(20)))
    found = sorted(numbers)
    assert len(set(found)) == 20
    for day in {number[:6] for number in found}:
        of_day = [number for number in found if number.startswith(day)]
        assert of_day == [f"{day}-{index:03}" for index in range(1, len(of_day) + 1)]
    assert {number[:6] for number in found} <= {"260303", "260304"}


async def test_a_refused_call_takes_no_number(centre: Database) -> None:
    desk = desk_of("ola", centre, FrozenClock())
    with pytest.raises(InvalidInput):
        await desk.log_call(CALL, reported_at=NOON + timedelta(hours=2))
    assert (await desk.log_call(CALL)).number == "260303-001"


async def test_the_thousandth_call_of_a_day_has_four_digits(centre: Database) -> None:
    async def work(connection: Connection) -> None:
        await tickets.note_numbers(connection, ["260303-999", "260302-004"])

    await centre.write(work)
    desk = desk_of("ola", centre, FrozenClock())
    assert (await desk.log_call(CALL)).number == "260303-1000"


async def test_numbers_are_dense_whichever_processes_log_at_once(place: Place) -> None:
    database = Database(place)
    await settle(database)
    await database.close()
    said = await at_once(place, [("ola", "log", "13")] * 4)
    numbers = sorted(line[1] for lines in said for line in lines if line[0] == "done")
    assert len(numbers) == 52
    for day in {number[:6] for number in numbers}:  # the day may change while it runs
        of_day = [number for number in numbers if number.startswith(day)]
        assert of_day == [f"{day}-{index:03}" for index in range(1, len(of_day) + 1)]


async def test_fifty_calls_at_once_get_dense_numbers(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    desks = [desk_of("ola", databases.open(centre.place), clock) for _ in range(3)]
    done = await asyncio.gather(*(desks[index % 3].log_call(CALL) for index in range(50)))
    assert sorted(one.number for one in done) == [f"260303-{index:03}" for index in range(1, 51)]


async def test_a_second_try_returns_what_the_first_gave(centre: Database) -> None:
    desk = desk_of("ola", centre)
    first = await desk.log_call(CALL, key="k1")
    second = await desk.log_call(CALL, key="k1")
    assert (second.number, second.version) == (first.number, first.version)
    assert (first.repeated, second.repeated) == (False, True)
    assert len(await desk.open_cases()) == 1


async def test_a_second_try_finds_what_was_never_acknowledged(
    centre: Database, databases: Databases
) -> None:
    cut = LosesAcknowledgements(centre.place)
    with pytest.raises(DatabaseUnusable):
        await desk_of("ola", cut).log_call(CALL, key="k1")
    await cut.close()
    done = await desk_of("ola", databases.open(centre.place)).log_call(CALL, key="k1")
    assert done.repeated
    assert [one.number for one in await desk_of("ola", centre).open_cases()] == [done.number]


async def test_several_tries_at_once_make_one_ticket(
    centre: Database, databases: Databases
) -> None:
    desks = [desk_of("ola", databases.open(centre.place)) for _ in range(3)]
    done = await asyncio.gather(*(desks[i % 3].log_call(CALL, key="k1") for i in range(9)))
    assert len({one.number for one in done}) == 1
    assert sum(not one.repeated for one in done) == 1


async def test_the_key_of_somebody_else_is_refused(centre: Database) -> None:
    await desk_of("ola", centre).log_call(CALL, key="k1")
    with pytest.raises(InvalidInput, match="The key k1 was used for something else"):
        await desk_of("mia", centre).log_call(CALL, key="k1")


@pytest.mark.parametrize("key", ["x" * 81, "a\nb", "a\x00b", "a\ud800"])
async def test_a_key_that_cannot_be_kept_is_refused(centre: Database, key: str) -> None:
    with pytest.raises(InvalidInput, match="A key has at most 80 printable characters"):
        await desk_of("ola", centre).log_call(CALL, key=key)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (replace(CALL, customer="H9"), "customer"),
        (replace(CALL, device="CT-9"), "device"),
        (replace(CALL, device="CT-2"), "device"),
        (replace(CALL, customer="", caller="somebody", device="CT-9"), "device"),
        (replace(CALL, customer="\x00\ud800H1\x00\x1b"), "customer"),
    ],
)
async def test_what_is_not_on_file_is_refused(
    centre: Database, command: c.LogCall, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await desk_of("ola", centre).log_call(command)
    assert refused.value.field == field
    assert isinstance(refused.value, NotFound) or "belongs to customer H2" in str(refused.value)


async def test_an_unknown_caller_needs_no_customer(centre: Database) -> None:
    desk = desk_of("ola", centre)
    command = c.LogCall(fault="Smoke", caller="Clinic at the river", device="CT-2")
    done = await desk.log_call(command)
    case = (await desk.ticket(done.number)).case
    assert case.customer_name == case.short_name == "Clinic at the river"


async def test_the_draft_goes_with_the_saved_call_and_stays_with_a_refused_one(
    centre: Database, clock: FrozenClock
) -> None:
    desk = desk_of("ola", centre, clock)
    typed = {"fault": "No im\ud800", "customer": "H1"}
    await desk.save_draft("call", typed)
    with pytest.raises(NotFound):
        await desk.log_call(replace(CALL, customer="H9"))
    assert await desk.draft("call") == ({"fault": "No im?", "customer": "H1"}, NOON)
    await desk.log_call(CALL)
    assert await desk.draft("call") is None


async def test_drafts_belong_to_a_person_and_a_form(centre: Database, clock: FrozenClock) -> None:
    ola, mia = desk_of("ola", centre, clock), desk_of("mia", centre, clock)
    await ola.save_draft("call", {"fault": "first"})
    await mia.save_draft("call", {"fault": "hers"})
    await ola.save_draft("note", {"text": "another"})
    clock.pass_(seconds=5)
    await ola.save_draft("call", {"fault": "second"})
    assert await ola.draft("call") == ({"fault": "second"}, NOON + timedelta(seconds=5))
    assert await mia.draft("call") == ({"fault": "hers"}, NOON)
    await ola.save_draft("call", {"fault": ""})
    assert await ola.draft("call") is None
    assert await ola.draft("note") is not None


async def test_text_from_people_is_stored_clean(centre: Database) -> None:
    desk: Desk = desk_of("ola", centre)
    done = await desk.log_call(replace(CALL, fault="\x1b[31mred\x00\u202e", contact="a\nb"))
    ticket = (await desk.ticket(done.number)).case.ticket
    assert (ticket.fault, ticket.contact) == ("[31mred", "a b")
