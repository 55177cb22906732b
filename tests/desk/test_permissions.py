"""Who may do what is enforced for every client, by the staff list as it is now; refusals stay."""

from itertools import product

import msgspec
import pytest
from centre import CALL, NOON, NOTE, STAFF, desk_of
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import DispatchError, NotAllowed
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.table import COMMANDS, LOG, role_obstacle
from dispatch_tui.domain.ticket import Priority
from dispatch_tui.storage import files, journal, schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

BY_ROLE = {one.role: one.login for one in reversed(STAFF.values()) if one.active}
EXAMPLES: dict[str, c.Command] = {
    "respond": c.Respond(),
    "assign": c.Assign(engineers=("bob",)),
    "unassign": c.Unassign(),
    "depart": c.Depart(),
    "arrive": c.Arrive(),
    "restore": c.Restore(what_was_done="x"),
    "solve-by-phone": c.SolveByPhone(what_was_done="x"),
    "close": c.Close(),
    "note": NOTE,
    "add-call": c.AddCall(text="x"),
    "set-priority": c.SetPriority(priority=Priority.EMERGENCY),
    "correct": c.Correct(contact="x"),
    "correct-time": c.CorrectTime(what="reported", to=NOON),
    "reopen": c.Reopen(reason="x"),
    "cancel": c.Cancel(reason="x"),
    "undo": c.Undo(),
}


async def _change_staff(database: Database, person: Staff) -> None:
    async def work(connection: Connection) -> None:
        await files.put(connection, schema.staff, [files.staff_row(person)])

    await database.write(work)


async def _refusals(database: Database, login: str) -> list[dict[str, str]]:
    async with database.read() as connection:
        lines = dict(await journal.all_subjects(connection)).get(("person", login), [])
    assert {line.kind for line in lines} <= {"refused"}
    return [msgspec.json.decode(line.data, type=dict[str, str]) for line in lines]


def test_there_is_an_example_of_every_command() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


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


@pytest.mark.parametrize(("role", "name"), list(product(Role, COMMANDS)))
async def test_only_the_roles_of_the_table_give_a_command(
    file_centre: Database, role: Role, name: str
) -> None:
    number = (await desk_of("ola", file_centre).log_call(CALL)).number
    desk = desk_of(BY_ROLE[role], file_centre)
    spec = COMMANDS[name]
    ticket = (await desk.ticket(number)).case.ticket
    allowed = role_obstacle(spec, desk.me, ticket) is None
    try:
        await desk.act(number, EXAMPLES[name])
    except NotAllowed:
        assert not allowed
    except DispatchError:
        assert allowed
    else:
        assert allowed
    refused = [
        (one["command"], one["ticket"]) for one in await _refusals(file_centre, desk.me.login)
    ]
    assert refused == ([] if allowed else [(name, number)])


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
