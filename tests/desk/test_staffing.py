"""Who works here, by which keys they are known, and who may say so."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from centre import CALL, NOTE, STAFF, desk_of
from company import brought, told
from taken_out import taken_out

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.export import export
from dispatch_tui.desk.exporting.rights import JOURNAL
from dispatch_tui.desk.moving import move
from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, NotPossible
from dispatch_tui.domain.lending import lending
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.people import STEWARDS, Role, Staff
from dispatch_tui.domain.suggestion import Weights
from dispatch_tui.storage import files, journal
from dispatch_tui.storage.doorkeeper import holder_in_file, holder_on_server
from dispatch_tui.storage.engine import Database

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIGY10G6DhWbKEiJ6d4Oc6Fb/XaTRMcPQ2Gcvi+7s7pX ann@home"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMuOX1oNfLHRo9n/YsYh/UuowGe6IVI8gS+llX75LQSY"
NEW = {"login": "new", "name": "New One", "role": "operator"}


async def lines(database: Database, kind: str, subject: str) -> list[tuple[str, str]]:
    """What was journaled about a subject, and by whom."""
    async with database.read() as connection:
        found = await journal.lines_about(connection, kind, subject)
    return [(one.kind, one.actor) for one in found]


async def holder(database: Database, fingerprint: str) -> str | None:
    """Whom sshd would let in with a key."""
    place = database.place
    if place.path is None:
        found = await holder_on_server(place, fingerprint)
    else:
        found = holder_in_file(place.path, fingerprint)
    return found.login if found else None


async def test_somebody_new_is_on_the_list_and_can_work(centre: Database) -> None:
    person = await desk_of("ada", centre).add_person({**NEW, "group": "A", "phone": "1390000"})
    assert person == Staff(
        login="new", name="New One", role=Role.OPERATOR, group="A", phone="1390000"
    )
    await Desk(centre, person, zone=desk_of("ada", centre).zone).log_call(CALL)
    assert await lines(centre, "staff", "new") == [("added", "ada")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"login": "ola"}, "login"),
        ({"login": "two words"}, "login"),
        ({"login": ""}, "login"),
        ({"name": ""}, "name"),
        ({"role": "boss"}, "role"),
        ({"station": "nowhere"}, "station"),
        ({"group": "Z"}, "group"),
        ({"shoe": "44"}, "shoe"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_field(
    centre: Database, change: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await desk_of("mia", centre).add_person({**NEW, **change})
    assert refused.value.field == field
    assert "new" not in await desk_of("mia", centre).staff()


async def test_a_key_is_that_of_one_person_and_may_be_given_twice(centre: Database) -> None:
    mia = desk_of("mia", centre)
    key = await mia.add_staff_key("ann", KEY)
    assert await mia.add_staff_key("ann", KEY) == key
    with pytest.raises(InvalidInput, match="is that of ann"):
        await mia.add_staff_key("bob", KEY)
    with pytest.raises(NotFound):
        await mia.add_staff_key("nobody", OTHER)
    assert await mia.staff_keys() == [key]
    assert await holder(centre, key.fingerprint) == "ann"
    assert await lines(centre, "staff_key", key.fingerprint) == [("added", "mia")]


async def test_a_key_that_is_removed_opens_nothing_and_may_become_somebody_elses(
    centre: Database,
) -> None:
    mia = desk_of("mia", centre)
    key = await mia.add_staff_key("ann", KEY)
    assert await desk_of("ada", centre).remove_staff_key(key.fingerprint) == key
    assert await holder(centre, key.fingerprint) is None
    with pytest.raises(NotFound):
        await mia.remove_staff_key(key.fingerprint)
    await mia.add_staff_key("bob", KEY)
    assert await holder(centre, key.fingerprint) == "bob"
    assert [kind for kind, _ in await lines(centre, "staff_key", key.fingerprint)] == [
        *("added", "withdrawn", "added")
    ]


async def test_a_key_of_somebody_who_is_disabled_opens_nothing_until_they_are_back(
    centre: Database,
) -> None:
    mia = desk_of("mia", centre)
    key = await mia.add_staff_key("ann", KEY)
    assert (await mia.set_active("ann", is_active=False)).active is False
    assert await holder(centre, key.fingerprint) is None
    await mia.set_active("ann", is_active=False)
    await mia.set_active("ann", is_active=True)
    assert await holder(centre, key.fingerprint) == "ann"
    assert await lines(centre, "staff", "ann") == [("disabled", "mia"), ("enabled", "mia")]


async def test_nobody_disables_themselves(centre: Database) -> None:
    for login in ("mia", "ada", "gina"):
        with pytest.raises(NotPossible, match="Nobody disables themselves"):
            await desk_of(login, centre).set_active(login, is_active=False)
        assert (await desk_of(login, centre).set_active(login, is_active=True)).active


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("mia,Mia,manager,no", "Nobody disables themselves"),
        ("mia,Mia,operator,yes", "Nobody takes this role from themselves"),
    ],
)
async def test_no_import_locks_out_whoever_brings_it(
    file_database: Database, row: str, reason: str
) -> None:
    await brought(file_database)
    found = await brought(
        file_database, staff=f"login,name,role,active\n{row}\nola,Ola,operator,no\n"
    )
    ((file, line, column, said),) = told(found)
    assert (file, line, column) == ("staff.csv", 2, "login")
    assert said.startswith(reason)
    assert not found.kept
    others = "login,name,role,active\nmia,Mia M,administrator,yes\nola,Ola,operator,no\n"
    assert (await brought(file_database, staff=others)).kept


async def test_of_those_who_disable_each_other_at_once_one_is_left(centre: Database) -> None:
    stewards = [one.login for one in STAFF.values() if one.role in STEWARDS and one.active]
    ring = list(zip(stewards, [*stewards[1:], stewards[0]], strict=True))
    tries = [desk_of(me, centre).set_active(other, is_active=False) for me, other in ring]
    for found in await asyncio.gather(*tries, return_exceptions=True):
        assert isinstance(found, (Staff, NotAllowed, Conflict)), found
    people = await desk_of("ola", centre).staff()
    assert any(people[login].active for login in stewards)


@pytest.mark.parametrize("role", Role)
async def test_only_stewards_say_who_works_here_and_refusals_are_journaled(
    centre: Database, role: Role
) -> None:
    me = next(one.login for one in STAFF.values() if one.role is role and one.active)
    desk = desk_of(me, centre)
    key = await desk_of("max", centre).add_staff_key("ann", KEY)
    jobs: list[Callable[[], Awaitable[Any]]] = [
        lambda: desk.add_person(NEW),
        lambda: desk.set_active("bob", is_active=False),
        lambda: desk.staff_keys(),
        lambda: desk.add_staff_key("bob", OTHER),
        lambda: desk.remove_staff_key(key.fingerprint),
    ]
    assert desk.may_keep_staff is (role in STEWARDS)
    for job in jobs:
        if role in STEWARDS:
            await job()
        else:
            with pytest.raises(NotAllowed):
                await job()
    refused = [kind for kind, _ in await lines(centre, "person", me)]
    assert refused == ([] if role in STEWARDS else ["refused"] * len(jobs))


async def test_somebody_who_is_disabled_writes_nothing_from_that_moment(centre: Database) -> None:
    mia = desk_of("mia", centre)
    await mia.add_staff_key("ann", KEY)
    number = (await mia.log_call(CALL)).number
    watch, now = Watch(mia), mia.clock()
    leave = override(OverrideKind.REMOVE, "ann", now, now.replace(year=now.year + 1))
    lent = lending("ann", "S", now, now.replace(year=now.year + 1), "x")
    await desk_of("ada", centre).set_active("mia", is_active=False)
    async with centre.read() as connection:
        before = await journal.newest_id(connection)
    jobs: list[Callable[[], Awaitable[Any]]] = [
        lambda: mia.log_call(CALL),
        lambda: mia.act(number, NOTE),
        lambda: mia.act(number, c.Cancel(reason="x")),
        lambda: mia.save_draft("call", {"fault": "x"}),
        lambda: mia.override(leave),
        lambda: mia.withdraw_override("x"),
        lambda: mia.lend(lent),
        lambda: mia.bring_back("x"),
        lambda: mia.set_weights(Weights()),
        lambda: mia.hand_over(),
        lambda: mia.accept_handover("x"),
        lambda: mia.put_on_file("customers", {"code": "H9", "name": "Ninth"}),
        lambda: mia.change_file("customers", ("H1",), {"name": "x"}, seen=0),
        lambda: mia.take_off_file("contacts", ("H1", "Dr Li", "027-1"), seen=0),
        lambda: mia.call_made("H1", "x"),
        lambda: mia.take_part("P", "S"),
        lambda: mia.put_part_back("P", "S"),
        lambda: mia.count_stock("P", "S", 1),
        lambda: mia.send_parts("P", "S", "T"),
        lambda: mia.order_parts("P", "S"),
        lambda: mia.receive_parts("x"),
        lambda: mia.reveal_phone(number),
        lambda: mia.add_person(NEW),
        lambda: mia.set_active("mia", is_active=True),
        lambda: mia.add_staff_key("mia", OTHER),
        lambda: mia.staff_keys(),
        lambda: brought(centre, actor="mia"),
        lambda: watch.see([1]),
        lambda: export(mia, ["staff"], lambda *_: pytest.fail("something was written")),
    ]
    for job in jobs:
        with pytest.raises(NotAllowed, match="mia is not signed in any more"):
            await job()
    async with centre.read() as connection:
        assert await journal.newest_id(connection) > before
        written = await connection.exec_driver_sql(
            f"SELECT DISTINCT kind FROM journal WHERE id > {before}"
        )
        assert [row[0] for row in written] == ["refused"]


async def test_keys_are_proven_and_move_with_the_journal_and_in_no_other_file(
    file_database: Database, elsewhere: Database, tmp_path: Path
) -> None:
    await brought(file_database)
    async with file_database.read() as connection:
        staff = await files.all_staff(connection)
    mia = Desk(file_database, staff["mia"], zone=desk_of("mia", file_database).zone)
    key = await mia.add_staff_key("ann", KEY)
    gone = await mia.add_staff_key("bob", OTHER)
    await mia.remove_staff_key(gone.fingerprint)
    assert (await audit(file_database)).first is None
    taken, _ = await taken_out(mia, "staff", JOURNAL)
    assert key.body.encode() not in taken["staff"]
    path = tmp_path / "journal.csv"
    path.write_bytes(taken[JOURNAL])
    assert (await move(elsewhere, path)).first is None
    there = Desk(elsewhere, staff["mia"], zone=mia.zone)
    assert await there.staff_keys() == [key]
    assert await holder(elsewhere, key.fingerprint) == "ann"


async def test_a_key_that_is_changed_behind_the_desk_is_found_by_the_audit(
    file_centre: Database,
) -> None:
    await desk_of("mia", file_centre).add_staff_key("ann", KEY)

    async def work(connection: Any) -> None:
        await connection.exec_driver_sql("UPDATE staff_keys SET login = 'bob'")

    await file_centre.write(work)
    found = (await audit(file_centre)).first
    assert found is not None
    assert (found.kind, found.what.values) == ("staff_key", {"columns": ("login",)})
