"""Opening the database, and the one way to read and to write it."""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_
from dispatch_tui.storage.driver import library
from dispatch_tui.storage.place import Place

T = TypeVar("T")

BUSY_TIMEOUT_MS = 20
"""SQLite's own wait for a lock: short, since its queue is unfair; fair waiting is `write`'s."""

WAIT_FOR_LOCK = 10.0
"""Seconds that a write waits for others before it gives up."""

Files = tuple[tuple[int, int], ...]


class Duplicate(Exception):
    """A unique value was there already: a command key, a place in a journal."""


class Database:
    """An open database: `read` and `write` are the only ways to it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._engine = _engine(place)
        self._writer = self._engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @property
    def engine(self) -> AsyncEngine:
        """The engine, for the feed and the migrations."""
        return self._engine

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one snapshot and is given back at once."""
        try:
            async with self._engine.connect() as connection:
                yield connection
        except (DBAPIError, OSError) as error:
            raise unusable(self.place, error) from error

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run `work` in one transaction and return its result after the commit.

        Waits fairly for other writers: the work is tried anew after a random pause of some
        milliseconds, so nothing in it may be kept from a failed try. Raises `DatabaseUnusable`
        when the lock is not had in time, or when the file was replaced meanwhile.
        """
        give_up_at = time.monotonic() + WAIT_FOR_LOCK
        while True:
            try:
                return await self._try(work)
            except IntegrityError as error:
                raise Duplicate(str(error.orig)) from error
            except OperationalError as error:
                if not _busy(error) or time.monotonic() > give_up_at:
                    raise unusable(self.place, error) from error
            except (DBAPIError, OSError) as error:
                raise unusable(self.place, error) from error
            await asyncio.sleep(random.uniform(0.001, 0.012))

    async def _try(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with self._writer.connect() as connection:
            held: Files = (await connection.get_raw_connection()).info.get("files", ())
            _check_same_files(self.place, held)
            async with connection.begin():
                result = await work(connection)
            _check_same_files(self.place, held)
            return result

    async def close(self) -> None:
        """Give every connection back."""
        await self._engine.dispose()


def unusable(place: Place, error: Exception) -> DatabaseUnusable:
    """Return the refusal for an error of the database, in one sentence."""
    cause = getattr(error, "orig", None) or error
    return DatabaseUnusable(
        N_("The database {place} cannot be used: {cause}."),
        place=place.shown,
        cause=" ".join(str(cause).split()).rstrip("."),
    )


def _busy(error: OperationalError) -> bool:
    return "locked" in str(error.orig) or "busy" in str(error.orig)


def _engine(place: Place) -> AsyncEngine:
    if place.path is None:
        return create_async_engine(
            place.url, pool_pre_ping=True, connect_args={"timeout": 3, "command_timeout": 30}
        )
    engine = create_async_engine(place.url, connect_args={"timeout": 5})
    path = place.path

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(dbapi_connection: Any, record: Any) -> None:
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        mode = "WAL" if library()[2] else "DELETE"
        for pragma in (f"journal_mode={mode}", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("SELECT count(*) FROM sqlite_master")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()
        record.info["files"] = files_at(path)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        if statement := connection.get_execution_options().get("sqlite_begin", "BEGIN"):
            connection.exec_driver_sql(statement)

    return engine


def files_at(path: Path) -> Files:
    """Return device and inode of the database file and of its WAL, where they exist."""
    found = []
    for name in (path, Path(f"{path}-wal")):
        try:
            status = os.stat(name)
        except FileNotFoundError:
            continue
        found.append((status.st_dev, status.st_ino))
    return tuple(found)


def _check_same_files(place: Place, held: Files) -> None:
    """Refuse to acknowledge into a file that is no longer the one at the path."""
    if place.path is not None and files_at(place.path) != held:
        raise DatabaseUnusable(
            N_("The database file {place} was replaced while it was open: start again."),
            place=place.shown,
        )
