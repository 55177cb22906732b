"""Hears of changes that any process commits, without holding a snapshot."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Protocol

import msgspec
from sqlalchemy import func, select

from dispatch_tui.storage import driver, journal, schema
from dispatch_tui.storage.engine import Database, replaced, unusable
from dispatch_tui.storage.place import Place


class Change(msgspec.Struct, frozen=True):
    """Something was committed; `numbers` are the tickets that changed, None when any may have.

    None of them have changed (`numbers` is empty) with a change of staff, of a draft or a flag.
    """

    numbers: frozenset[str] | None


class Feed(Protocol):
    """Changes since `start`, by whichever process they were committed."""

    async def start(self) -> None:
        """Begin to listen: what is committed from now on is heard of.

        Raises `DatabaseUnusable`.
        """

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
        self.stop()
        async with self._database.read() as connection:
            assert self._place.path is not None
            try:
                self._watch = driver.connect(self._place.path)
                self._version = self._ask()
            except driver.errors() as error:
                raise unusable(self._place, error) from error
            self._files = driver.files_at(self._place.path)
            self._seen_id = await journal.newest_id(connection)

    async def changes(self) -> AsyncIterator[Change]:
        """Yield a change for each look that found a commit."""
        while self._watch is not None:
            version = self._look()
            if version != self._version:
                async with self._database.read() as connection:
                    numbers, self._seen_id = await journal.tickets_since(connection, self._seen_id)
                self._version = version
                yield Change(None if numbers is None else frozenset(numbers))
            await asyncio.sleep(self.SECONDS)

    def committed(self) -> bool:
        """Whether anybody committed since the last change was heard of."""
        return self._look() != self._version

    def stop(self) -> None:
        """Stop listening and let go of the file."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _look(self) -> int:
        assert self._place.path is not None
        if driver.files_at(self._place.path) != self._files:
            raise replaced(self._place)
        try:
            return self._ask()
        except driver.errors() as error:
            if driver.is_busy(error):
                return self._version
            raise unusable(self._place, error) from error

    def _ask(self) -> int:
        version: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        return version


class ServerFeed:
    """Asks PostgreSQL twice a second how long the journal is.

    Its ids do not commit in their order, so the newest id alone would miss lines: the count tells,
    and then any ticket may have changed.
    """

    SECONDS = 0.5
    WINDOW = 10_000
    """Lines before the newest that a transaction already under way may still fill in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._from = 0
        self._length: tuple[int, int] = (0, 0)
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
                self._length = await self._measure_from(length)
                yield Change(None)
            await asyncio.sleep(self.SECONDS)

    def stop(self) -> None:
        """Stop listening."""
        self._listening = False

    async def _measure_from(self, length: tuple[int, int]) -> tuple[int, int]:
        """Move on when much was written, so that a look stays cheap; returns the new measure."""
        newest = length[1]
        if newest - self._from <= 2 * self.WINDOW:
            return length
        self._from = newest - self.WINDOW
        return await self._measure()

    async def _measure(self) -> tuple[int, int]:
        column = schema.journal.c.id
        question = select(func.count(), func.coalesce(func.max(column), 0)).where(
            column > self._from
        )
        async with self._database.read() as connection:
            count, newest = (await connection.execute(question)).one()
            return count, newest
