"""Hears of changes that any process commits, without holding a snapshot."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Protocol

import msgspec
from sqlalchemy import func, select

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_
from dispatch_tui.storage import driver, journal, schema
from dispatch_tui.storage.engine import Database, files_at
from dispatch_tui.storage.place import Place


class Change(msgspec.Struct, frozen=True):
    """Something was committed; `numbers` are the tickets that changed, None when any may have."""

    numbers: frozenset[str] | None


class Feed(Protocol):
    """Changes since `start`, by whichever process they were committed."""

    async def start(self) -> None:
        """Begin to listen: what is committed from now on is heard of."""

    def changes(self) -> AsyncIterator[Change]:
        """Yield a change each time that something was committed.

        Raises `DatabaseUnusable` when the database was replaced or cannot be read; one may go on
        listening by iterating anew.
        """

    def stop(self) -> None:
        """Stop listening."""


def feed_of(database: Database) -> Feed:
    """Return the feed that fits the engine."""
    if database.place.path is None:
        return ServerFeed(database)
    return FileFeed(database)


class FileFeed:
    """Asks SQLite for its data version ten times a second: some microseconds each."""

    SECONDS = 0.1

    def __init__(self, database: Database) -> None:
        self._database = database
        self._place: Place = database.place
        self._watch: Any = None
        self._version = 0
        self._seen_id = 0

    async def start(self) -> None:
        """Begin to listen on a connection that never begins a transaction."""
        assert self._place.path is not None
        self._watch = driver.connect(self._place.path)
        self._version = self._watch.execute("PRAGMA data_version").fetchone()[0]
        self._watch.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._files = files_at(self._place.path)
        async with self._database.read() as connection:
            self._seen_id = await journal.newest_id(connection)

    async def changes(self) -> AsyncIterator[Change]:
        """Yield a change for each look that found a commit."""
        while self._watch is not None:
            if self.committed():
                async with self._database.read() as connection:
                    numbers, self._seen_id = await journal.subjects_since(connection, self._seen_id)
                yield Change(frozenset(numbers))
            await asyncio.sleep(self.SECONDS)

    def committed(self) -> bool:
        """Whether anybody committed since the last look."""
        assert self._place.path is not None
        if files_at(self._place.path) != self._files:
            raise DatabaseUnusable(
                N_("The database file {place} was replaced while it was open: start again."),
                place=self._place.shown,
            )
        try:
            version = self._watch.execute("PRAGMA data_version").fetchone()[0]
        except driver.busy_errors():
            return False
        if version == self._version:
            return False
        self._version = version
        return True

    def stop(self) -> None:
        """Stop listening and let go of the file."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None


class ServerFeed:
    """Asks PostgreSQL twice a second how long the journal is.

    Its ids do not commit in their order, so the newest id alone would miss lines: the count tells,
    and then any ticket may have changed.
    """

    SECONDS = 0.5
    WINDOW = 10_000
    """Lines before the start that a transaction already under way may still fill in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._from = 0
        self._length: tuple[int, ...] = ()
        self._listening = False

    async def start(self) -> None:
        """Begin to listen."""
        async with self._database.read() as connection:
            self._from = max(await journal.newest_id(connection) - self.WINDOW, 0)
        self._length = await self._measure()
        self._listening = True

    async def changes(self) -> AsyncIterator[Change]:
        """Yield a change for each look that found a longer journal."""
        while self._listening:
            length = await self._measure()
            if length != self._length:
                self._length = length
                yield Change(None)
            await asyncio.sleep(self.SECONDS)

    def stop(self) -> None:
        """Stop listening."""
        self._listening = False

    async def _measure(self) -> tuple[int, ...]:
        column = schema.journal.c.id
        question = select(func.count(), func.max(column)).where(column > self._from)
        async with self._database.read() as connection:
            return tuple((await connection.execute(question)).one())
