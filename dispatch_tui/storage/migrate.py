"""Brings the database to the schema of this version; a current one costs a single query."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_
from dispatch_tui.storage.engine import Database

HEAD = "0001"
"""The newest migration; a test compares it with the scripts."""

_LOCK = 712_025
"""PostgreSQL advisory lock that lets one process migrate while others wait."""


async def migrate(database: Database) -> None:
    """Apply the missing migrations, once, whoever starts at the same time.

    Raises `DatabaseUnusable` when the database belongs to a newer version of the program.
    """
    if await _revision(database) == HEAD:
        return

    async def work(connection: AsyncConnection) -> None:
        if connection.dialect.name == "postgresql":
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        await connection.run_sync(_upgrade, database.place.shown)

    await database.write(work)


async def _revision(database: Database) -> str | None:
    try:
        async with database.engine.connect() as connection:
            row = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return row.scalar()
    except DBAPIError:
        return None


def _upgrade(connection: Connection, shown: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseUnusable(
            N_("The database {place} was made by a newer version of this program: update it."),
            place=shown,
        )
    command.upgrade(config, HEAD)
