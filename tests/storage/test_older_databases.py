"""What the first version left is brought forward: whole or not at all, once, nothing is lost."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from centre import FrozenClock, desk_of
from engines import Databases, Run
from processes import at_once
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection as SyncConnection

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import ClockKind, Outcome
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.facts import CallBackResult
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.ticket import Status, Ticket
from dispatch_tui.domain.visits import VisitState
from dispatch_tui.storage import driver
from dispatch_tui.storage import migrate as migrations
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.glance import glance
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import Place, place_of
from dispatch_tui.storage.refold import refold
from dispatch_tui.storage.revision import MADE_BY, SETTING
from dispatch_tui.storage.schema import TEXTS_INDEX, metadata
from dispatch_tui.storage.tickets import Connection

STATES = {
    "260301-001": Status.CLOSED,
    "260301-003": Status.SOLVED,
    "260302-001": Status.CANCELLED,
    "260310-001": Status.LOGGED,
    "260310-002": Status.UNDER_WAY,
    "260310-003": Status.ON_SITE,
    "260310-004": Status.RESTORED,
    "260310-005": Status.UNDER_WAY,
    "260310-006": Status.CLOSED,
    "260310-007": Status.CANCELLED,
    "260310-008": Status.ASSIGNED,
    "260310-009": Status.CLOSED,
}
NEXT_DAY = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
OVER = {Status.CLOSED, Status.CANCELLED}
NO_CALL_BACK, RESTORED, REOPENED, TAKEN_OFF = (f"260310-00{one}" for one in (6, 4, 5, 8))

KILLED = """
import asyncio, os, signal, sys
from dispatch_tui.storage import refold, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import place_of

rows, made = int(sys.argv[2]), tickets.row_of

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def row_of(*arguments):
    global rows
    rows -= 1
    return made(*arguments) if rows >= 0 else die()

async def put_setting(*_):
    die()

refold.BATCH = 5
tickets.row_of, refold.files.put_setting = row_of, put_setting
asyncio.run(migrate(Database(place_of(sys.argv[1]))))
"""

STARTS_LIGHT = """
import asyncio, sys
from dispatch_tui.bootstrap import opened
from dispatch_tui.settings import Settings

async def main():
    async with opened(Settings(database=sys.argv[1])):
        print("alembic" in sys.modules)

asyncio.run(main())
"""


def _address(place: Place) -> str:
    return str(place.path) if place.path else place.url


async def _rows(database: Database, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table as the engine has them, in an order that stays."""
    async with database.read() as connection:
        found = await connection.execute(text(f'SELECT * FROM "{table}"'))
        return sorted((dict(row._mapping) for row in found), key=lambda one: str([*one.values()]))


async def _everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    def names(connection: SyncConnection) -> list[str]:
        return inspect(connection).get_table_names()

    async with database.read() as connection:
        found = await connection.run_sync(names)
    ours = [name for name in found if not name.startswith(TEXTS_INDEX)]
    return {name: await _rows(database, name) for name in ours}


async def _execute(database: Database, statement: str) -> None:
    async def work(connection: Connection) -> None:
        await connection.exec_driver_sql(statement)

    await database.write(work)


async def _tickets(database: Database) -> dict[str, Ticket]:
    desk = desk_of("mia", database, FrozenClock(NEXT_DAY))
    return {one.number: one.ticket for one in await desk.cases(STATES)}


async def test_rows_are_what_their_journals_say_and_the_audit_passes(
    old_place: Place, databases: Databases
) -> None:
    database = databases.open(old_place)
    assert {one["number"]: one["status"] for one in await _rows(database, "tickets")} == STATES
    await migrate(database)
    found = await audit(database)
    assert (found.first, found.tickets, found.subjects) == (None, len(STATES), 27)
    assert {number: one.status for number, one in (await _tickets(database)).items()} == STATES


async def test_everything_but_the_rows_of_tickets_stays_as_it_was(
    old_place: Place, databases: Databases
) -> None:
    database = databases.open(old_place)
    before = await _everything(database)
    await migrate(database)
    after = await _everything(databases.open(old_place))
    nowhere = {"latitude": None, "longitude": None}
    texts = ("udi", "registration_number", "manuals", "software", "notes")
    days = ("contract_from", "contract_until", "delivered_on")
    fresh = {
        "devices": dict.fromkeys(texts, "") | dict.fromkeys(days) | {"state": "in_use"},
        "staff": {"language": ""},
        "customers": {
            **nowhere,
            **dict.fromkeys(("departments", "responsible", "notes"), ""),
            "call_every_days": 0,
            "next_call_on": None,
        },
        "stations": nowhere,
    }
    assert set(after) == {*metadata.tables, "alembic_version"}
    made = {name for name in set(after) - set(before) if after[name]}
    assert made == {"terms", "texts"}
    for name, columns in fresh.items():
        assert after[name] == [one | columns for one in before[name]], name
    assert after["settings"] == [{"name": SETTING, "value": MADE_BY}]
    assert before["settings"] == []
    for name in set(before) - {*fresh, "settings", "tickets", "alembic_version"}:
        assert after[name] == before[name], name
        assert after[name] or name == "settings", name
    for was, now in zip(before["tickets"], after["tickets"], strict=True):
        for column in set(was) - {"folded", "next_due_at"}:
            assert now[column] == was[column], column


async def test_references_are_sound_and_kept_afterwards(
    old_file: Path, databases: Databases
) -> None:
    database = databases.open(place_of(old_file))
    await migrate(database)
    connection = driver.open_for_work(old_file, 20, foreign_keys=True)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for orphan in (
        "INSERT INTO contacts VALUES ('H9', 'x', '', '', '')",
        "DELETE FROM tickets WHERE number = '260310-001'",
        "DELETE FROM customers",
    ):
        with pytest.raises(driver.errors(), match="FOREIGN KEY"):
            connection.execute(orphan)
    connection.close()


async def test_engineers_are_on_the_visits_that_their_journals_tell_of(
    old_place: Place, databases: Databases
) -> None:
    database = databases.open(old_place)
    await migrate(database)
    found = await _tickets(database)
    states = {number: [visit.state for visit in one.visits] for number, one in found.items()}
    assert states["260310-002"] == [VisitState.DEPARTED]
    assert states["260310-003"] == [VisitState.ARRIVED]
    assert states[REOPENED] == [VisitState.LEFT, VisitState.DEPARTED]
    assert states["260310-007"] == [VisitState.LEFT]
    travelling = found["260310-002"].trip("ann")
    assert travelling is not None
    assert travelling.expected_at is not None
    assert found["260310-002"].trip("bob") is None
    trips = {login: found["260310-003"].trip(login) for login in ("ann", "bob")}
    assert [trip and trip.on_site for trip in trips.values()] == [True, False]
    (taken_off,) = found[TAKEN_OFF].visits[0].trips
    assert taken_off.left_at == taken_off.arrived_at


async def test_what_was_closed_without_a_call_back_stays_over(
    old_place: Place, databases: Databases
) -> None:
    database = databases.open(old_place)
    await migrate(database)
    desk = desk_of("mia", database, FrozenClock(NEXT_DAY))
    (closed,) = await desk.cases([NO_CALL_BACK])
    assert not closed.is_open
    (call_back,) = [one for one in closed.clocks if one.kind is ClockKind.CALL_BACK]
    assert call_back.outcome is Outcome.VOID
    open_numbers = {number for number, status in STATES.items() if status not in OVER}
    assert {case.number for case in await desk.open_cases()} == open_numbers


async def test_every_case_goes_on(old_place: Place, databases: Databases) -> None:
    database = databases.open(old_place)
    await migrate(database)
    clock = FrozenClock(NEXT_DAY)
    mia = desk_of("mia", database, clock)
    for number, status in STATES.items():
        await mia.act(number, c.Note(text="Still to be done?"))
        file = await mia.ticket(number)
        step = next_step(file.case.ticket, clock())
        assert (step.command == "") is (status in OVER)
        assert status in OVER or file.obstacles[step.command] is None
    works = c.CallBack(result=CallBackResult.WORKS, attitude=5, skill=5, speed=5)
    await mia.act(RESTORED, works)
    await mia.act(RESTORED, c.Close())
    await mia.act(NO_CALL_BACK, c.Reopen(reason="Dark again"))
    assert (await audit(database)).first is None


async def test_flags_that_were_raised_before_are_not_raised_again(
    old_place: Place, databases: Databases
) -> None:
    database = databases.open(old_place)
    await migrate(database)
    desk = desk_of("mia", database, FrozenClock(NEXT_DAY.replace(day=10, minute=59)))
    watch = Watch(desk)
    await watch.start()
    assert not await watch.scan(await desk.cases(["260310-001"]))
    assert [alarm.flag.level for alarm in await watch.unseen()] == ["critical"]


async def test_of_three_that_start_at_once_one_makes_the_rows_anew(
    old_place: Place, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    async def counted(*arguments: Any) -> None:
        made.append("anew")
        await refold(*arguments)

    monkeypatch.setattr(migrations, "refold", counted)
    await asyncio.gather(*(migrate(databases.open(old_place)) for _ in range(3)))
    assert made == ["anew"]
    assert (await audit(databases.open(old_place))).first is None


async def test_three_programs_that_start_at_once_all_come_up(
    old_place: Place, databases: Databases
) -> None:
    said = await at_once(old_place, [("ola", "log", "2")] * 3)
    numbers = {line[1] for lines in said for line in lines if line[0] == "done"}
    assert len(numbers) == 6
    database = databases.open(old_place)
    found = await audit(database)
    assert (found.first, found.tickets) == (None, len(STATES) + 6)


@pytest.mark.parametrize("rows", [0, 7, len(STATES)])
async def test_a_program_that_is_killed_midway_leaves_the_old_version_whole(
    old_place: Place, databases: Databases, rows: int
) -> None:
    database = databases.open(old_place)
    before = await _everything(database)
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, _address(old_place), str(rows), stderr=DEVNULL
    )
    assert await program.wait() == -signal.SIGKILL
    assert await _everything(database) == before
    await migrate(database)
    assert (await audit(database)).first is None


async def test_a_journal_that_cannot_be_read_is_named_and_nothing_is_changed(
    old_place: Place, databases: Databases
) -> None:
    database = databases.open(old_place)
    unreadable = "UPDATE journal SET data = '{}' WHERE subject = '260310-004' AND seq = 3"
    await _execute(database, unreadable)
    before = await _everything(database)
    with pytest.raises(DatabaseUnusable, match="Ticket 260310-004 cannot be brought forward"):
        await migrate(database)
    assert await _everything(database) == before


def test_a_database_that_was_brought_forward_starts_without_the_migration_tools(
    old_place: Place, run_python: Run
) -> None:
    address = _address(old_place)
    assert [run_python(STARTS_LIGHT, address).split() for _ in range(2)] == [["True"], ["False"]]


async def test_a_current_file_is_not_written_to_by_starting(
    old_file: Path, databases: Databases
) -> None:
    database = databases.open(place_of(old_file))
    await migrate(database)
    witness = driver.connect(old_file)
    version = witness.execute("PRAGMA data_version").fetchone()
    await migrate(databases.open(database.place))
    assert witness.execute("PRAGMA data_version").fetchone() == version
    await _execute(database, "DELETE FROM drafts")
    assert witness.execute("PRAGMA data_version").fetchone() != version
    witness.close()


async def test_a_current_server_that_takes_no_writes_is_started_on(
    empty_server_database: str, databases: Databases
) -> None:
    place = place_of(empty_server_database)
    database = databases.open(place)
    await migrate(database)
    name = empty_server_database.partition("?")[0].rpartition("/")[2]
    await _execute(database, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    reading = databases.open(place)
    await migrate(reading)
    with pytest.raises(DatabaseUnusable, match="read-only transaction"):
        await _execute(reading, "DELETE FROM drafts")


async def test_a_first_look_waits_until_an_older_file_was_brought_forward(
    old_file: Path, databases: Databases
) -> None:
    assert glance(old_file, "mia") is None
    await migrate(databases.open(place_of(old_file)))
    seen = glance(old_file, "mia")
    assert seen is not None
    status = {row.ticket.number: row.ticket.status for row in seen.rows}
    assert status == {number: one for number, one in STATES.items() if one not in OVER}
