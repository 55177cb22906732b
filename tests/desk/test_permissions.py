"""Who may do what is enforced for every client, by the staff list as it is now; refusals stay."""

import msgspec
import pytest
from centre import CALL, NOTE, STAFF, FrozenClock, desk_of
from courses import BY_ROLE, COURSES, begun
from domain.matrix import OWN_ROLES, ROLES
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.table import COMMANDS, LOG
from dispatch_tui.storage import files, journal, schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

FIELD_COMMANDS = [name for name, roles in OWN_ROLES.items() if roles]


async def _change_staff(database: Database, person: Staff) -> None:
    async def work(connection: Connection) -> None:
        await files.put(connection, schema.staff, [files.staff_row(person)])

    await database.write(work)


async def _refusals(database: Database, login: str) -> list[dict[str, str]]:
    async with database.read() as connection:
        lines = await journal.lines_about(connection, "person", login)
    assert {line.kind for line in lines} <= {"refused"}
    return [msgspec.json.decode(line.data, type=dict[str, str]) for line in lines]


def test_there_is_a_course_to_every_command() -> None:
    assert set(COURSES) == set(COMMANDS) == set(ROLES)
    assert all(type(one.command) is COMMANDS[name].command for name, one in COURSES.items())


@pytest.mark.parametrize("role", Role)
async def test_only_the_roles_of_the_table_take_calls(centre: Database, role: Role) -> None:
    desk = desk_of(BY_ROLE[role], centre)
    assert desk.may_log() is (role in LOG.roles)
    if role in LOG.roles:
        await desk.log_call(CALL)
        assert await _refusals(centre, desk.me.login) == []
    else:
        with pytest.raises(NotAllowed):
            await desk.log_call(CALL)
        (refusal,) = await _refusals(centre, desk.me.login)
        assert (refusal["command"], refusal["ticket"]) == ("call", "")
        assert await desk.open_cases() == []


@pytest.mark.parametrize("name", COURSES)
async def test_only_the_roles_of_the_table_give_a_command_and_they_can(
    file_centre: Database, clock: FrozenClock, name: str
) -> None:
    before, command, call = COURSES[name]
    await begun(file_centre, clock)
    untouched = await begun(file_centre, clock, before, call=call)
    for role in Role:
        me = BY_ROLE[role]
        desk = desk_of(me, file_centre, clock)
        if role in ROLES[name] | OWN_ROLES[name]:
            number = await begun(file_centre, clock, before, call=call, me=me)
            done = await desk.act(number, command)
            assert (done.number, done.repeated) == (number, False)
            assert await _refusals(file_centre, me) == []
        else:
            version = (await desk.ticket(untouched)).case.ticket.version
            with pytest.raises(NotAllowed):
                await desk.act(untouched, command)
            assert (await desk.ticket(untouched)).case.ticket.version == version
            (refusal,) = await _refusals(file_centre, me)
            assert (refusal["command"], refusal["ticket"]) == (name, untouched)


@pytest.mark.parametrize("name", FIELD_COMMANDS)
async def test_an_engineer_gives_no_command_on_the_ticket_of_somebody_else(
    file_centre: Database, clock: FrozenClock, name: str
) -> None:
    before, command, call = COURSES[name]
    number = await begun(file_centre, clock, before, call=call)
    bob = desk_of("bob", file_centre, clock)
    before_it = (await bob.ticket(number)).journal
    with pytest.raises(NotAllowed, match=f"Ticket {number} is not yours"):
        await bob.act(number, command)
    file = await bob.ticket(number)
    assert file.journal == before_it
    assert file.obstacles[name] is not None
    assert [one["command"] for one in await _refusals(file_centre, "bob")] == [name]


@pytest.mark.parametrize("role", Role)
async def test_nobody_takes_in_a_call_but_by_merging(file_centre: Database, role: Role) -> None:
    number = (await desk_of("ola", file_centre).log_call(CALL)).number
    command = c.TakeInCall(text="x", merged_from=number)
    with pytest.raises(NotAllowed):
        await desk_of(BY_ROLE[role], file_centre).act(number, command)


async def test_an_engineer_acts_on_tickets_that_are_theirs_only(centre: Database) -> None:
    number = (await desk_of("ola", centre).log_call(CALL)).number
    await desk_of("mia", centre).act(number, c.Assign(engineers=("ann",)))
    await desk_of("ann", centre).act(number, c.Depart())
    with pytest.raises(NotAllowed, match="is not yours"):
        await desk_of("bob", centre).act(number, c.Arrive())
    await desk_of("mia", centre).act(number, c.Unassign())
    with pytest.raises(NotAllowed, match="is not yours"):
        await desk_of("ann", centre).act(number, NOTE)


async def test_a_role_that_was_taken_away_counts_at_once(centre: Database) -> None:
    mia = desk_of("mia", centre)
    number = (await mia.log_call(CALL)).number
    await _change_staff(centre, replace(STAFF["mia"], role=Role.SUPERVISOR))
    with pytest.raises(NotAllowed):
        await mia.act(number, c.Cancel(reason="x"))
    await mia.act(number, NOTE)


async def test_somebody_who_has_left_can_do_nothing(centre: Database) -> None:
    number = (await desk_of("ola", centre).log_call(CALL)).number
    gone = desk_of("gone", centre)
    with pytest.raises(NotAllowed, match="gone is not signed in any more"):
        await gone.log_call(CALL)
    with pytest.raises(NotAllowed):
        await gone.act(number, NOTE)
    with pytest.raises(NotAllowed):
        await gone.save_draft("call", {"fault": "x"})
    assert await gone.draft("call") is None
    assert [one["command"] for one in await _refusals(centre, "gone")] == ["call", "note"]


async def test_somebody_who_leaves_while_signed_in_can_do_nothing_more(centre: Database) -> None:
    mia = desk_of("mia", centre)
    number = (await mia.log_call(CALL)).number
    await _change_staff(centre, replace(STAFF["mia"], active=False))
    with pytest.raises(NotAllowed):
        await mia.act(number, NOTE)
    with pytest.raises(NotAllowed):
        await mia.log_call(CALL)


async def test_a_refusal_says_who_may_and_is_kept_word_by_word(centre: Database) -> None:
    sue = desk_of("sue", centre)
    number = (await desk_of("ola", centre).log_call(CALL)).number
    with pytest.raises(NotAllowed) as refused:
        await sue.act(number, c.Cancel(reason="x"))
    assert Role.MANAGER in refused.value.message.values["allowed"]
    assert await _refusals(centre, "sue") == [
        {"command": "cancel", "ticket": number, "reason": str(refused.value)}
    ]


async def test_a_role_that_is_lost_after_the_first_try_does_not_hide_what_was_done(
    centre: Database,
) -> None:
    mia = desk_of("mia", centre)
    number = (await mia.log_call(CALL, key="k1")).number
    await _change_staff(centre, replace(STAFF["mia"], role=Role.SUPERVISOR))
    again = await mia.log_call(CALL, key="k1")
    assert (again.number, again.repeated) == (number, True)
    assert await _refusals(centre, "mia") == []
