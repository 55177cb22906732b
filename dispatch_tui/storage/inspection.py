"""What an engine has really set, for those who look into a machine's health."""

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from dispatch_tui.storage.engine import Database

_PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "journal_size_limit")
_SERVER = ("server_version", "synchronous_commit", "fsync", "full_page_writes", "TimeZone")
_LEVELS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


async def settings_in_force(database: Database) -> dict[str, str | int]:
    """Return the engine's settings by name; raises `DatabaseUnusable`."""
    async with database.read() as connection:
        if database.place.path is None:
            return {
                name: (await connection.execute(text(f"SHOW {name}"))).scalar_one()
                for name in _SERVER
            }
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in _PRAGMAS
        }
    return found | {"synchronous": _LEVELS.get(found["synchronous"], found["synchronous"])}


async def revision(database: Database) -> str | None:
    """Return the revision of the schema, None where there is none; raises `DatabaseUnusable`."""

    def look(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar()
        return found

    async with database.read() as connection:
        return await connection.run_sync(look)
