"""Opening the database, and the one way to read and to write it."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Connection as SyncConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from dispatch_tui.domain.errors import DatabaseAway, DatabaseUnusable, InvalidInput
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.phones import mask_text
from dispatch_tui.storage import driver
from dispatch_tui.storage.connection import Connection
from dispatch_tui.storage.place import Place

T = TypeVar("T")

WRITER_BUSY_MS = 20
"""SQLite's own wait for the write lock: short, since it is unfair; fair waiting is `write`'s."""

READER_BUSY_MS = 5000
"""SQLite's own wait of readers, who meet only somebody that opens, closes or recovers the file."""

WAIT_FOR_LOCK = 60.0
"""Seconds that a write waits for others before it gives up: a large import needs some of them."""

COMMAND_TIMEOUT = 30.0
"""Seconds after which a statement on a server is given up."""

_TRANSIENT_STATES = frozenset({"40001", "40P01"})
"""SQLSTATEs of PostgreSQL after which the same work may succeed: serialization, deadlock."""

_NOT_UP = frozenset({"57P01", "57P02", "57P03", "08001", "08003", "08006"})
"""SQLSTATEs of PostgreSQL of a server that stops, starts or has gone."""

_FAILURES = (DBAPIError, NoConnectionFree, OSError)


class Duplicate(Exception):
    """A unique value was there already: a command key, a place in a journal."""


class Database:
    """An open database: `read` and `write` are the only ways to it."""

    def __init__(self, place: Place, *, foreign_keys: bool = True) -> None:
        self.place = place
        self._closed = False
        if place.path is None:
            engine = _server(place)
            self._readers = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._writers = engine
        else:
            opened = partial(driver.open_for_work, place.path, foreign_keys=foreign_keys)
            self._readers = _file(place.path, partial(opened, READER_BUSY_MS), "BEGIN")
            self._writers = _file(
                place.path,
                partial(opened, WRITER_BUSY_MS),
                "BEGIN IMMEDIATE",
                pool_size=1,
                max_overflow=0,
                pool_timeout=WAIT_FOR_LOCK,
            )

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one snapshot and is given back at once."""
        self._check_open()
        try:
            async with self._readers.connect() as connection:
                yield connection
        except _FAILURES as error:
            raise unusable(self.place, error) from error

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run `work` in one transaction and return its result after the commit.

        Waits fairly for other writers: the work is tried anew after a random pause of some
        milliseconds, so nothing in it may be kept from a failed try. Raises `Duplicate`, and
        `DatabaseUnusable` when the lock is not had in time or the file was replaced meanwhile.
        """
        give_up_at = time.monotonic() + WAIT_FOR_LOCK
        while True:
            try:
                return await self._try(work)
            except IntegrityError as error:
                raise Duplicate(str(error.orig)) from error
            except _FAILURES as error:
                if not _passes(error) or time.monotonic() > give_up_at:
                    raise unusable(self.place, error) from error
            await asyncio.sleep(random.uniform(0.001, 0.012))

    async def _try(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        self._check_open()
        async with self._writers.connect() as connection:
            held = (await connection.get_raw_connection()).driver_connection
            self._check_same_files(held)
            async with connection.begin():
                result = await work(connection)
            self._check_same_files(held)
            return result

    def _check_open(self) -> None:
        """Refuse to open connections that nobody would close."""
        if self._closed:
            raise DatabaseAway(
                N_("The database {place} does not answer: it is being opened again."),
                place=self.place.shown,
            )

    def _check_same_files(self, held: Any) -> None:
        """Refuse to acknowledge into a file that is no longer the one at the path."""
        path = self.place.path
        if path is not None and driver.files_at(path) != held.files:
            raise replaced(self.place)

    async def close(self) -> None:
        """Give every connection back; whoever still reads or writes is refused from now on."""
        self._closed = True
        await self._readers.dispose()
        await self._writers.dispose()


def unusable(place: Place, error: BaseException) -> DatabaseUnusable:
    """Return the refusal for an error of the database, in one sentence."""
    cause = getattr(error, "orig", None) or error
    if isinstance(error, NoConnectionFree) or driver.is_busy(cause):
        return DatabaseAway(
            N_("The database {place} is busy: others have been at work in it for too long."),
            place=place.shown,
        )
    refusal = DatabaseAway if _is_away(cause) else DatabaseUnusable
    words = " ".join(str(getattr(cause, "strerror", None) or cause).split()).rstrip(".")
    return refusal(
        N_("The database {place} cannot be used: {cause}."),
        place=place.shown,
        cause=mask_text(words) or Message(N_("it does not answer")),
    )


def replaced(place: Place) -> DatabaseUnusable:
    """Return the refusal for a file that is no longer the one that was opened."""
    return DatabaseAway(
        N_("The database file {place} was replaced while it was open: look again, then repeat."),
        place=place.shown,
    )


def _is_away(cause: BaseException) -> bool:
    """Whether a server is not there, does not answer or is still starting."""
    return isinstance(cause, OSError) or getattr(cause, "sqlstate", None) in _NOT_UP


def _passes(error: Exception) -> bool:
    """Whether the same work may succeed a moment later."""
    cause = getattr(error, "orig", None)
    return driver.is_busy(cause) or getattr(cause, "sqlstate", None) in _TRANSIENT_STATES


def _server(place: Place) -> AsyncEngine:
    try:
        return create_async_engine(
            place.url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": 3, "command_timeout": COMMAND_TIMEOUT},
        )
    except ModuleNotFoundError as error:
        raise DatabaseUnusable(
            N_("PostgreSQL needs one more package: install dispatch-tui[postgres].")
        ) from error
    except (ArgumentError, ValueError) as error:
        raise InvalidInput(
            N_("{place} is not the address of a PostgreSQL database."), place=place.shown
        ) from error


def _file(path: Path, opened: Callable[[], Any], begin: str, **pool: Any) -> AsyncEngine:
    async def connect() -> Connection:
        return await Connection(path, opened).open()

    engine = create_async_engine(
        "sqlite+aiosqlite:///file", async_creator=connect, hide_parameters=True, **pool
    )

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: SyncConnection) -> None:
        connection.exec_driver_sql(begin)

    return engine
