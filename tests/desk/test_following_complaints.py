"""A complaint that a command opens: in the same transaction as the command, once, or not at all."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
from centre import CALL, FrozenClock, desk_of
from courses import (
    ASSIGNED,
    CLOSED,
    COMPLAIN,
    COMPLAINT,
    CONFIRMED,
    RESTORED,
    SLOW,
    WORKS,
    Acts,
    begun,
)
from engines import Databases
from faulty import LosesAcknowledgements
from msgspec.structs import replace
from sound import sound
from sqlalchemy import insert

from dispatch_tui.desk.views import Done, View, shown_in
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import (
    Conflict,
    DatabaseUnusable,
    DispatchError,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotPossible,
)
from dispatch_tui.domain.facts import Answer, CallBackResult, How
from dispatch_tui.domain.ticket import Kind, Status
from dispatch_tui.storage import proof, schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

UNHAPPY = replace(WORKS, complaint=Answer.YES, words="He was rude")
STILL_BROKEN = c.CallBack(result=CallBackResult.BROKEN, attitude=2, skill=1, speed=1, words="Dark")
OPENING: dict[str, tuple[Acts, c.Command]] = {
    "low score": (RESTORED, SLOW),
    "wish": (RESTORED, UNHAPPY),
    "broken": (RESTORED, STILL_BROKEN),
    "complain": (ASSIGNED, COMPLAIN),
}
openings = pytest.mark.parametrize(("acts", "command"), OPENING.values(), ids=OPENING)

KILLED = """
import asyncio, os, signal, sys
from datetime import datetime
database, number, now, moment, *folders = sys.argv[1:]
sys.path += folders
from centre import FrozenClock, desk_of
from courses import COMPLAIN
from dispatch_tui.desk import carrying
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import place_of

follow = carrying.follow

def die():
    os.kill(os.getpid(), signal.SIGKILL)

async def followed(*arguments):
    if moment == "half":
        die()
    await follow(*arguments)
    if moment == "whole":
        die()

async def main():
    clock = FrozenClock(datetime.fromisoformat(now))
    desk = desk_of("ola", Database(place_of(database)), clock)
    await desk.act(number, COMPLAIN, key="k1")
    die()

carrying.follow = followed
asyncio.run(main())
"""


@openings
async def test_a_complaint_is_opened_with_the_command(
    centre: Database, clock: FrozenClock, acts: Acts, command: c.Command
) -> None:
    number = await begun(centre, clock, acts)
    ola, gina = desk_of("ola", centre, clock), desk_of("gina", centre, clock)
    done = await ola.act(number, command)
    assert (done.number, done.other) == (number, "260303-002")
    assert (await sound(centre)).complaints == [done.other]
    complaint = (await gina.ticket(done.other)).case
    ticket = complaint.ticket
    assert (ticket.kind, ticket.status, ticket.version) == (Kind.COMPLAINT, Status.LOGGED, 1)
    assert (ticket.customer, ticket.device) == (CALL.customer, CALL.device)
    assert (ticket.logged_by, ticket.reported_at) == ("ola", clock())
    assert ticket.complaint is not None
    assert ticket.complaint.about == number
    assert ticket.fault == (command.text if isinstance(command, c.Complain) else command.words)
    assert shown_in(View.COMPLAINTS, complaint, clock(), "gina")
    assert (await gina.ticket(number)).case.ticket.complaints == (done.other,)


async def test_a_complaint_has_what_was_said_of_it_and_the_rest_from_its_case(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, call=replace(CALL, phone="027-1", department="Radiology"))
    done = await desk_of("ola", centre, clock).act(number, COMPLAIN)
    ticket = (await desk_of("gina", centre, clock).ticket(done.other)).case.ticket
    assert (ticket.contact, ticket.phone, ticket.department) == ("Dr Wu", "027-1", "Radiology")
    assert ticket.complaint is not None
    assert ticket.complaint.channel is How.LETTER


async def test_a_case_that_works_not_is_reopened_and_complained_about_at_once(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, RESTORED)
    done = await desk_of("ola", centre, clock).act(number, STILL_BROKEN)
    ticket = (await desk_of("gina", centre, clock).ticket(number)).case.ticket
    assert ticket.reopened_at == clock()
    assert (ticket.complaints, ticket.version) == ((done.other,), done.version)


@pytest.mark.parametrize("command", [WORKS, replace(WORKS, attitude=3, skill=3, speed=3)], ids=str)
async def test_a_content_customer_opens_no_complaint(
    centre: Database, clock: FrozenClock, command: c.CallBack
) -> None:
    number = await begun(centre, clock, RESTORED)
    assert (await desk_of("ola", centre, clock).act(number, command)).other == ""
    assert (await sound(centre)).complaints == []


@openings
async def test_what_fails_while_the_complaint_is_opened_leaves_neither(
    centre: Database, clock: FrozenClock, acts: Acts, command: c.Command
) -> None:
    number = await begun(centre, clock, acts)
    ola = desk_of("ola", centre, clock)
    before = await ola.ticket(number)

    async def take_its_place(connection: Connection) -> None:
        row = (await proof.ticket_rows(connection, [number]))[number]
        await connection.execute(insert(schema.tickets), row | {"number": "260303-002"})

    async def make_room(connection: Connection) -> None:
        in_the_way = schema.tickets.c.number == "260303-002"
        await connection.execute(schema.tickets.delete().where(in_the_way))

    await centre.write(take_its_place)
    with pytest.raises(Conflict):
        await ola.act(number, command, key="k1")
    assert (await ola.ticket(number)).journal == before.journal
    await centre.write(make_room)
    assert (await sound(centre)).complaints == []
    done = await ola.act(number, command, key="k1")
    assert (done.other, done.repeated) == ("260303-002", False)
    assert (await sound(centre)).complaints == ["260303-002"]


@pytest.mark.parametrize("moment", ["half", "whole", "committed"])
async def test_a_program_that_is_killed_leaves_both_or_neither_and_a_retry_makes_one(
    centre: Database, clock: FrozenClock, databases: Databases, moment: str
) -> None:
    number = await begun(centre, clock, ASSIGNED)
    place = centre.place
    folders = (str(Path(__file__).parent), str(Path(__file__).parents[1]))
    address = str(place.path) if place.path else place.url
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, address, number, clock().isoformat(), moment, *folders),
        stderr=PIPE,
    )
    _, said = await program.communicate()
    assert (program.returncode, said) == (-signal.SIGKILL, b"")
    committed = ["260303-002"] if moment == "committed" else []
    assert (await sound(databases.open(place))).complaints == committed
    done = await desk_of("ola", centre, clock).act(number, COMPLAIN, key="k1")
    assert (done.other, done.repeated) == ("260303-002", bool(committed))
    assert (await sound(centre)).complaints == ["260303-002"]


async def test_tries_that_are_refused_or_collide_take_no_number(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, RESTORED)
    called = await begun(centre, clock, CONFIRMED)
    ola = desk_of("ola", centre, clock)
    await ola.act(number, c.Note(text="x"), key="used")
    tries: list[tuple[type[DispatchError], str, str, c.Command, dict[str, object]]] = [
        (InvalidInput, "ola", number, replace(SLOW, words=""), {}),
        (InvalidInput, "ola", number, replace(COMPLAIN, text=" "), {}),
        (NotPossible, "ola", called, SLOW, {}),
        (Conflict, "ola", number, SLOW, {"version": 2}),
        (Conflict, "ola", number, COMPLAIN, {"version": 2}),
        (NotAllowed, "sue", number, COMPLAIN, {}),
        (NotAllowed, "ann", number, SLOW, {}),
        (InvalidInput, "ola", number, COMPLAIN, {"key": "used"}),
        (InvalidInput, "ola", number, COMPLAIN, {"occurred_at": clock().replace(year=2027)}),
        (InvalidInput, "ola", number, SLOW, {"occurred_at": clock().replace(year=2025)}),
    ]
    for refusal, login, ticket, command, how in tries:
        with pytest.raises(refusal):
            await desk_of(login, centre, clock).act(ticket, command, **how)  # type: ignore[arg-type]
    assert (await sound(centre)).complaints == []
    assert (await ola.act(number, SLOW)).other == "260303-003"
    assert (await ola.log_call(CALL)).number == "260303-004"


@openings
async def test_a_retry_after_a_lost_acknowledgement_gives_the_first_result(
    centre: Database, clock: FrozenClock, acts: Acts, command: c.Command
) -> None:
    number = await begun(centre, clock, acts)
    version = (await desk_of("ola", centre, clock).ticket(number)).case.ticket.version
    cut = LosesAcknowledgements(centre.place)
    with pytest.raises(DatabaseUnusable):
        await desk_of("ola", cut, clock).act(number, command, key="k1", version=version)
    await cut.close()
    after = (await desk_of("ola", centre, clock).ticket(number)).case.ticket.version
    await desk_of("gina", centre, clock).act("260303-002", c.Investigate(findings="So it was"))
    await desk_of("mia", centre, clock).act(number, c.Note(text="Call them"))
    again = await desk_of("ola", centre, clock).act(number, command, key="k1", version=version)
    assert again == Done(number=number, version=after, other="260303-002", repeated=True)
    assert (await sound(centre)).complaints == ["260303-002"]


@openings
async def test_several_tries_at_once_open_one_complaint(
    centre: Database, databases: Databases, clock: FrozenClock, acts: Acts, command: c.Command
) -> None:
    number = await begun(centre, clock, acts)
    desks = [desk_of("ola", databases.open(centre.place), clock) for _ in range(3)]
    done = await asyncio.gather(*(desks[i % 3].act(number, command, key="k1") for i in range(9)))
    assert sum(not one.repeated for one in done) == 1
    assert {(one.number, one.version, one.other) for one in done} == {
        (number, done[0].version, "260303-002")
    }
    assert (await sound(centre)).complaints == ["260303-002"]


async def test_complaints_and_calls_at_once_get_dense_numbers(
    centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, CLOSED)
    desks = [desk_of("ola", databases.open(centre.place), clock) for _ in range(3)]

    async def one(index: int) -> str:
        desk = desks[index % 3]
        if index % 2:
            return (await desk.log_call(CALL)).number
        return (await desk.act(number, COMPLAIN)).other

    found = await asyncio.gather(*(one(index) for index in range(30)))
    assert sorted(found) == [f"260303-{index:03}" for index in range(2, 32)]
    assert len((await sound(centre)).complaints) == 15


async def test_a_complaint_that_is_logged_about_a_case_is_told_there(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, CLOSED)
    ola = desk_of("ola", centre, clock)
    done = await ola.log_call(replace(COMPLAINT, about=number), key="k1")
    assert await ola.log_call(replace(COMPLAINT, about=number), key="k1") == replace(
        done, repeated=True
    )
    found = await sound(centre)
    assert found.complaints == [done.number]
    assert found.tickets[number].complaints == (done.number,)
    last = found.journals[number][-1]
    assert (last.actor, last.occurred_at) == ("ola", clock())


@pytest.mark.parametrize("about", ["260303-009", "complaint"])
async def test_a_complaint_is_about_a_case_that_there_is(
    centre: Database, clock: FrozenClock, about: str
) -> None:
    ola = desk_of("ola", centre, clock)
    complaint = await begun(centre, clock, call=COMPLAINT)
    about = complaint if about == "complaint" else about
    with pytest.raises((NotFound, NotPossible)):
        await ola.log_call(replace(COMPLAINT, about=about))
    assert list((await sound(centre)).tickets) == [complaint]
    assert (await ola.log_call(CALL)).number == "260303-002"


async def test_a_complaint_is_about_a_case_of_the_same_customer(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, CLOSED)
    ola = desk_of("ola", centre, clock)
    with pytest.raises(InvalidInput, match=f"Ticket {number} is of customer H1, not of H2"):
        await ola.log_call(replace(COMPLAINT, about=number, customer="H2"))
    found = await sound(centre)
    assert (list(found.tickets), found.complaints) == ([number], [])
    stranger = replace(COMPLAINT, about=number, customer="", caller="the ward")
    done = await ola.log_call(stranger)
    assert (await sound(centre)).tickets[number].complaints == (done.number,)
