"""Databases of the tests of storage: without a table, and as the first version left them."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from engines import POSTGRESQL, SQLITE
from sqlalchemy import text
from sqlalchemy.engine import Connection as SyncConnection

from dispatch_tui.storage import migrate as migrations
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import Place, place_of, prepare
from dispatch_tui.storage.tickets import Connection

FIRST_VERSION = Path(__file__).parent / "first_version.sql"


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A database without any table, on each engine in turn."""
    if request.param == SQLITE:
        return _empty_file(tmp_path)
    return place_of(request.getfixturevalue("empty_server_database"))


@pytest.fixture
async def old_place(empty_place: Place) -> Place:
    """A database that the first version has worked in, on each engine in turn."""
    await _made_by_the_first_version(empty_place)
    return empty_place


@pytest.fixture
async def old_file(tmp_path: Path) -> Path:
    """An SQLite file that the first version has worked in."""
    place = _empty_file(tmp_path)
    await _made_by_the_first_version(place)
    assert place.path is not None
    return place.path


def _empty_file(folder: Path) -> Place:
    path = folder / "empty.db"
    prepare(path)
    return place_of(path)


async def _made_by_the_first_version(place: Place) -> None:
    async def work(connection: Connection) -> None:
        await connection.run_sync(_upgrade_to_the_first)
        for line in FIRST_VERSION.read_text(encoding="utf-8").splitlines():
            if not line.startswith("--"):
                await connection.exec_driver_sql(line)
        if connection.dialect.name == "postgresql":
            for table in ("journal", "alarms"):
                last = f"(SELECT max(id) FROM {table})"
                sequence = f"pg_get_serial_sequence('{table}', 'id')"
                await connection.execute(text(f"SELECT setval({sequence}, {last})"))

    database = Database(place)
    await database.write(work)
    await database.close()


def _upgrade_to_the_first(connection: SyncConnection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
