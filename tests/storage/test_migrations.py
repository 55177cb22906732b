"""The schema is brought forward once, whoever starts meanwhile, and only where it is ours."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from engines import Databases, Run
from processes import worker
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection as SyncConnection

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage import migrate as migrations
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import Place, place_of, prepare
from dispatch_tui.storage.revision import HEAD
from dispatch_tui.storage.schema import TEXTS_INDEX, metadata
from dispatch_tui.storage.tickets import Connection

CURRENT_STARTS_LIGHT = """
import asyncio, sys
from dispatch_tui.bootstrap import opened
from dispatch_tui.settings import Settings

async def main():
    async with opened(Settings(database=sys.argv[1])):
        print(*sorted(one for one in ("alembic", "asyncpg", "textual") if one in sys.modules))

asyncio.run(main())
"""


async def _tables(database: Database) -> list[str]:
    def names(connection: SyncConnection) -> list[str]:
        return sorted(inspect(connection).get_table_names())

    async with database.read() as connection:
        return await connection.run_sync(names)


async def _execute(database: Database, *statements: str) -> None:
    async def work(connection: Connection) -> None:
        for statement in statements:
            await connection.execute(text(statement))

    await database.write(work)


def test_the_constant_names_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_the_migrated_schema_is_the_one_in_the_code(
    empty_place: Place, databases: Databases
) -> None:
    def differences(connection: SyncConnection) -> list[Any]:
        def is_ours(name: str | None, *_: Any) -> bool:
            return not str(name).startswith(TEXTS_INDEX)

        opts = {"compare_type": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, metadata))

    database = databases.open(empty_place)
    await migrate(database)
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(empty_place: Place, databases: Databases) -> None:
    database = databases.open(empty_place)
    await migrate(database)
    await _execute(database, "INSERT INTO settings (name, value) VALUES ('zone', 'x')")
    await migrate(database)
    async with database.read() as connection:
        question = text("SELECT value FROM settings WHERE name = 'zone'")
        assert (await connection.execute(question)).scalar() == "x"


async def test_several_that_start_at_once_on_an_empty_database_all_come_up(
    empty_place: Place, databases: Databases
) -> None:
    async with AsyncExitStack() as stack:
        started = [
            await stack.enter_async_context(worker(empty_place, "ola", "log", "0"))
            for _ in range(3)
        ]
        for one in started:
            await one.ready()
            one.go()
        for one in started:
            await one.lines()
    assert set(metadata.tables) < set(await _tables(databases.open(empty_place)))


async def test_many_that_migrate_at_the_same_moment_wait_for_one(
    empty_place: Place, databases: Databases
) -> None:
    opened = [databases.open(empty_place) for _ in range(8)]
    await asyncio.gather(*(migrate(one) for one in opened))
    assert set(metadata.tables) < set(await _tables(opened[0]))


async def test_a_database_of_a_newer_program_is_refused(
    empty_place: Place, databases: Databases
) -> None:
    database = databases.open(empty_place)
    await migrate(database)
    await _execute(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnusable, match="was made by a newer version"):
        await migrate(database)


async def test_a_database_of_something_else_is_refused(
    empty_place: Place, databases: Databases
) -> None:
    database = databases.open(empty_place)
    await _execute(database, "CREATE TABLE songs (name VARCHAR(80))")
    with pytest.raises(DatabaseUnusable, match="holds something else"):
        await migrate(database)
    assert await _tables(database) == ["songs"]


async def test_a_migration_that_fails_leaves_nothing(
    empty_place: Place, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise LookupError

    database = databases.open(empty_place)
    with monkeypatch.context() as patch:
        patch.setattr(op, "create_index", fail)
        with pytest.raises(LookupError):
            await migrate(database)
    assert await _tables(database) == []
    await migrate(database)


async def test_rows_that_refer_to_nothing_stop_a_migration(
    tmp_path: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dispatch.db"
    prepare(path)
    database = databases.open(place_of(path))
    made = op.create_index

    def orphan(*arguments: Any, **options: Any) -> None:
        made(*arguments, **options)
        if arguments[0] == "ix_devices_customer":
            op.execute("INSERT INTO contacts VALUES ('nobody', 'x', '', '', '')")

    monkeypatch.setattr(op, "create_index", orphan)
    with pytest.raises(DatabaseUnusable, match="refer to nothing, in table contacts"):
        await migrate(database)
    assert await _tables(database) == []


def test_a_current_database_starts_without_the_migration_tools(
    run_python: Run, file_place: Place
) -> None:
    assert run_python(CURRENT_STARTS_LIGHT, str(file_place.path)).split() == []


async def test_a_busy_database_is_waited_for_not_migrated(
    empty_place: Place, databases: Databases
) -> None:
    database, other = databases.open(empty_place), databases.open(empty_place)
    await migrate(database)

    async def work(connection: Connection) -> None:
        await connection.execute(text("INSERT INTO settings (name, value) VALUES ('zone', 'x')"))
        await migrate(other)

    await database.write(work)
