"""A database that cannot be used is refused in one sentence, never with a traceback."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import Databases, Run
from sqlalchemy import insert, select, text

from dispatch_tui.bootstrap import opened
from dispatch_tui.domain.errors import DatabaseUnusable, DispatchError, InvalidInput
from dispatch_tui.settings import Settings
from dispatch_tui.storage import driver
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.feed import feed_of
from dispatch_tui.storage.place import Place, place_of
from dispatch_tui.storage.revision import SETTING
from dispatch_tui.storage.schema import settings
from dispatch_tui.storage.tickets import Connection

AS_NOBODY = """
import asyncio, os, sys
from dispatch_tui.bootstrap import opened
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.settings import Settings
import dispatch_tui.storage.migrate, alembic.command
os.chdir("/")
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)

async def main():
    try:
        async with opened(Settings(database=sys.argv[1])):
            print("opened")
    except DatabaseUnusable as error:
        print(error)

asyncio.run(main())
"""


AGAIN_AND_AGAIN = """
import asyncio, sys
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import place_of

async def main():
    try:
        async with Database(place_of(sys.argv[1])).read():
            pass
    except DatabaseUnusable:
        return

for _ in range(100):
    asyncio.run(main())
"""


async def _refusal(database: str | Path) -> str:
    with pytest.raises(DispatchError) as refused:
        async with opened(Settings(database=str(database))):
            pass
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


def _modes(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_mode & 0o777 for one in (folder, *folder.iterdir())}


async def _add(database: Database, name: str, value: str = "") -> None:
    async def work(connection: Connection) -> None:
        await connection.execute(insert(settings), {"name": name, "value": value})

    await database.write(work)


async def test_a_missing_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "dispatch" / "dispatch.db"
    async with opened(Settings(database=str(path))):
        assert _modes(path.parent) == {
            "dispatch": 0o700,
            "dispatch.db": 0o600,
            "dispatch.db-shm": 0o600,
            "dispatch.db-wal": 0o600,
        }


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert await _refusal(tmp_path) == f"The database {tmp_path} is a folder: name a file in it."


async def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    said = await _refusal(tmp_path / "data" / "dispatch.db")
    assert "cannot be made" in said
    assert "/data" in said


async def test_a_text_file_is_no_database_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary" * 100)
    assert "file is not a database" in await _refusal(path)
    assert path.read_text() == "Dear diary" * 100


def test_a_refused_file_leaves_no_thread_to_complain(run_python: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary" * 100)
    assert run_python(AGAIN_AND_AGAIN, str(path)) == ""


async def test_a_damaged_database_is_told(tmp_path: Path, file_place: Place) -> None:
    assert file_place.path is not None
    whole = file_place.path.read_bytes()
    file_place.path.write_bytes(whole[:5000] + b"\xff" * (len(whole) - 5000))
    assert "malformed" in await _refusal(file_place.path)


async def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.touch()
    other = driver.connect(path)
    other.execute("CREATE TABLE songs (name TEXT)")
    other.close()
    assert "holds something else" in await _refusal(path)
    other = driver.connect(path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]
    other.close()


@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_file_that_may_not_be_written_is_told(
    run_python: Run, shop_window: Path, empty_file: Path, mode: int
) -> None:
    shop_window.chmod(0o755)
    path = shop_window / "dispatch.db"
    shutil.copy(empty_file, path)
    path.chmod(mode)
    shop_window.chmod(0o555)
    said = run_python(AS_NOBODY, str(path))
    assert said.startswith(f"The database {path} cannot be used: ")
    assert said.count("\n") == 1


def test_a_folder_that_may_not_be_written_is_told(run_python: Run, shop_window: Path) -> None:
    path = shop_window / "data" / "dispatch.db"
    said = run_python(AS_NOBODY, str(path))
    assert said == (f"The database {path} cannot be made: Permission denied ({path.parent}).\n")


async def test_a_full_disk_loses_only_what_was_not_acknowledged(
    file_place: Place, databases: Databases
) -> None:
    database = databases.open(file_place)

    async def limit(connection: Connection) -> None:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count={pages + 4}"))

    await _add(database, "before")
    await database.write(limit)
    with pytest.raises(DatabaseUnusable, match="database or disk is full"):
        await _add(database, "large", "x" * 100_000)
    await _add(database, "after")
    async with database.read() as connection:
        found = (await connection.execute(select(settings.c.name))).scalars().all()
    assert set(found) - {SETTING} == {"after", "before"}


async def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://ola:secret@/dispatch?host={tmp_path}"
    said = await _refusal(url)
    assert said.startswith(f"The database PostgreSQL {tmp_path}/dispatch cannot be used: ")
    assert "secret" not in said


async def test_a_server_that_refuses_connections_is_told() -> None:
    said = await _refusal("postgresql+asyncpg://ola:secret@127.0.0.1:1/dispatch")
    assert said.startswith("The database PostgreSQL 127.0.0.1:1/dispatch cannot be used: ")
    assert not said.endswith(": .")


async def test_a_server_without_this_database_is_told(server: str) -> None:
    said = await _refusal(server.replace("/postgres?", "/no_such_database?"))
    assert 'database "no_such_database" does not exist' in said


async def test_a_server_that_went_away_is_told_and_found_again(
    server_database: str, databases: Databases
) -> None:
    place = place_of(server_database)
    database, other = databases.open(place), databases.open(place)

    async def cut(connection: Connection) -> None:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    async def work(connection: Connection) -> None:
        await connection.execute(text("SELECT 1"))
        await other.write(cut)
        await connection.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnusable, match="cannot be used"):
        await database.write(work)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar() == 1


async def test_a_query_that_takes_too_long_is_told(
    server_database: str, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dispatch_tui.storage import engine

    monkeypatch.setattr(engine, "COMMAND_TIMEOUT", 0.05)
    database = databases.open(place_of(server_database))
    with pytest.raises(DatabaseUnusable, match="it does not answer"):
        async with database.read() as connection:
            await connection.execute(text("SELECT pg_sleep(5)"))


def test_without_its_driver_postgresql_names_the_missing_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(DatabaseUnusable, match=r"install dispatch-tui\[postgres\]"):
        Database(place_of("postgresql+asyncpg://ola@host/dispatch"))


@pytest.mark.parametrize("url", ["postgresql+asyncpg://host:port/dispatch"])
def test_a_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        Database(place_of(url))


async def test_a_feed_on_a_missing_file_is_refused(tmp_path: Path, databases: Databases) -> None:
    database = databases.open(place_of(tmp_path / "nothing.db"))
    with pytest.raises(DatabaseUnusable):
        await feed_of(database).start()
    assert len(_modes(tmp_path)) == 1


def test_sqlite_alone_needs_no_asyncpg() -> None:
    program = "import sys; sys.modules['asyncpg'] = None; import dispatch_tui.bootstrap"
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.fixture
def shop_window() -> Iterator[Path]:
    """A folder that everybody may look into and nobody but its owner may change."""
    folder = Path(tempfile.mkdtemp(prefix="dispatch-window-"))
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)
