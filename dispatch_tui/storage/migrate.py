"""Brings the database to the schema of this version; a current one costs three small queries."""

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import DatabaseAway, DatabaseUnusable
from dispatch_tui.domain.message import N_
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.proof import Tell, untold
from dispatch_tui.storage.refold import is_current, refold
from dispatch_tui.storage.revision import HEAD, VERSIONS

_LOCK = 712_025
"""PostgreSQL advisory lock that lets one process migrate while others wait."""


async def migrate(database: Database, tell: Tell = untold, *, make: bool = True) -> None:
    """Apply the missing migrations, once, whoever starts at the same time.

    Where `make` is False a database without any table of ours stays as it is, and is refused: it
    is still being brought in by somebody else.

    `tell` is told how far making the rows anew is, which takes minutes for a million tickets.
    Raises `DatabaseUnusable` when the database belongs to a newer version of the program or to
    something else.
    """
    async with database.read() as connection:
        revision = await connection.run_sync(_revision)
        if revision == HEAD and await is_current(connection):
            return
    if revision is None and not make:
        raise DatabaseAway(
            N_("The database {place} holds nothing yet."), place=database.place.shown
        )

    async def work(connection: AsyncConnection) -> None:
        if connection.dialect.name == "postgresql":
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        await connection.run_sync(_upgrade, database.place.shown)
        if not await is_current(connection):
            await refold(connection, Policy(), tell)

    unchecked = Database(database.place, foreign_keys=False)
    try:
        await unchecked.write(work)
    finally:
        await unchecked.close()


def _revision(connection: Connection) -> str | None:
    """Return the revision of the schema, None in a database without one."""
    if not inspect(connection).has_table(VERSIONS):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    return found


def _upgrade(connection: Connection, shown: str) -> None:
    """Upgrade within a transaction, with foreign keys unchecked until its end.

    SQLite changes a table by making it anew, which takes the rows that refer to it along.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    current = _revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is None and inspect(connection).get_table_names():
        raise DatabaseUnusable(
            N_("The database {place} holds something else: give this program one of its own."),
            place=shown,
        )
    if current is not None and current not in known:
        raise DatabaseUnusable(
            N_("The database {place} was made by a newer version of this program: update it."),
            place=shown,
        )
    command.upgrade(config, HEAD)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise DatabaseUnusable(
                N_("The database {place} has rows that refer to nothing, in table {table}."),
                place=shown,
                table=broken[0][0],
            )
