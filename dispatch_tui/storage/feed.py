"""Hears of changes that any process commits, without holding a snapshot."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any, Protocol

import msgspec
from msgspec import structs
from sqlalchemy import func, select

from dispatch_tui.domain.presence import Present
from dispatch_tui.storage import driver, journal, news, presence, schema
from dispatch_tui.storage.engine import Database, replaced, unusable
from dispatch_tui.storage.news import Mark
from dispatch_tui.storage.place import Place

PEOPLE_SECONDS = 30.0
"""At least so often it is looked who there is, even if nobody has written that it changed."""


class Change(msgspec.Struct, frozen=True):
    """Something was committed; `numbers` are the tickets that changed, None when any may have.

    `people` says whether staff, rotation or a file may have changed, `flags` whether any may have
    been raised or seen, `present` is who has what open where that has changed.
    """

    numbers: frozenset[str] | None = frozenset()
    people: bool = False
    flags: bool = False
    present: tuple[Present, ...] | None = None


class Feed(Protocol):
    """Changes since `start`, by whichever process they were committed.

    `answered_at` is when the database was last heard of, by the monotonic clock; `present` is who
    has what open, as far as that was yielded.
    """

    answered_at: float
    present: tuple[Present, ...]

    async def start(self) -> None:
        """Begin to listen: what is committed from now on is heard of.

        Raises `DatabaseUnusable`.
        """

    def changes(self) -> AsyncIterator[Change]:
        """Yield a change each time that something was committed which concerns others.

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


class Looks:
    """What the last look has told, and when it was."""

    def __init__(self) -> None:
        self.present: tuple[Present, ...] = ()
        self._mark = Mark()
        self.answered_at = self._people_at = time.monotonic()

    def answered(self) -> None:
        """Remember that the database has answered now."""
        self.answered_at = time.monotonic()

    def people_due(self) -> bool:
        """Whether it is time to look who there is; if so, it counts as done."""
        due = self.answered_at - self._people_at >= PEOPLE_SECONDS
        if due:
            self._people_at = self.answered_at
        return due


class FileFeed(Looks):
    """Asks SQLite for its data version ten times a second: some microseconds each.

    Where that has changed it asks what has, and says nothing of what concerns nobody else: drafts
    are saved while people type.
    """

    SECONDS = 0.1
    REST = 3.0
    """So many times as long as a change takes whoever hears of it, the next look waits.

    Where thirty listen on one machine, each leaves room for the others and for who types.
    """
    REST_SECONDS = 0.3
    """It never waits longer: a machine that slept for an hour in between is not to be deaf for
    three.
    """
    CONCERNS = """
        SELECT (SELECT max(id) FROM journal),
            (SELECT group_concat(console || ticket || doing || pressed_at) FROM presence),
            (SELECT max(id) FROM alarms), (SELECT max(rowid) FROM alarms_seen)
    """

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        assert database.place.path is not None
        self._place: Place = database.place
        self._path = database.place.path
        self._watch: Any = None
        self._version: int | None = None
        self._concerns: tuple[Any, ...] = ()

    async def start(self) -> None:
        """Begin to listen on a connection that never begins a transaction."""
        self.stop()
        async with self._database.read() as connection:
            try:
                self._watch = driver.connect(self._path)
                self._version = self._ask_version()
                self._concerns = self._ask(self.CONCERNS)
            except driver.errors() as error:
                raise unusable(self._place, error) from error
            self._files = driver.files_at(self._path)
            self._written_at = driver.written_at(self._path)
            self._mark = await news.newest(connection)
            self.present = await presence.everybody(connection)
        self.answered()

    async def changes(self) -> AsyncIterator[Change]:
        """Yield a change for each look that found a commit which concerns others."""
        while self._watch is not None:
            began = time.monotonic()
            version, concerns = self._look()
            if concerns != self._concerns:
                change = await self._change(*concerns)
                self._version, self._concerns = version, concerns
                yield change
            self._version = version
            self.answered()
            if self.people_due():
                yield Change(people=True)
            took = time.monotonic() - began
            await asyncio.sleep(max(self.SECONDS, min(self.REST * took, self.REST_SECONDS)))

    def committed(self) -> bool:
        """Whether anybody committed since the last change was heard of."""
        return self._look() != (self._version, self._concerns)

    def stop(self) -> None:
        """Stop listening and let go of the file."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    async def _change(self, journal_id: int | None, present: str | None, *flags: Any) -> Change:
        """Ask what has changed, as far as anything has."""
        knew_id, knew_present, *knew_flags = self._concerns
        change = Change(flags=[*flags] != knew_flags)
        async with self._database.read() as connection:
            if journal_id != knew_id:
                since = await news.news_since(connection, self._mark)
                if since is None:
                    raise replaced(self._place)
                self._mark = since.mark
                change = structs.replace(change, numbers=since.tickets, people=since.others)
            if present != knew_present:
                self.present = await presence.everybody(connection)
                change = structs.replace(change, present=self.present)
        return change

    def _look(self) -> tuple[int | None, tuple[Any, ...]]:
        """Return the data version, and what others are concerned with where that has changed.

        A file that is busy answers at the next look.
        """
        if driver.files_at(self._path) != self._files:
            raise replaced(self._place)
        try:
            if (written_at := driver.written_at(self._path)) != self._written_at:
                self._look_afresh()
                self._written_at = written_at
            version = self._ask_version()
            if version != self._version:
                return version, self._ask(self.CONCERNS)
        except driver.errors() as error:
            if not driver.is_busy(error):
                raise unusable(self._place, error) from error
        return self._version, self._concerns

    def _look_afresh(self) -> None:
        """Tell a checkpoint from a file that was copied into this one: both write the file itself.

        A fresh connection remembers nothing of what stood in the file before.
        """
        self.stop()
        self._watch = driver.connect(self._path)
        if self._mark.id and self._ask(_HASH, self._mark.id) != (self._mark.hash,):
            raise replaced(self._place)
        self._version = None

    def _ask_version(self) -> int:
        version: int = self._ask("PRAGMA data_version")[0]
        return version

    def _ask(self, question: str, *values: object) -> tuple[Any, ...]:
        """Return the row that answers a question, () for none; no read lock outlives it."""
        rows: list[tuple[Any, ...]] = self._watch.execute(question, values).fetchall()
        return rows[0] if rows else ()


_HASH = "SELECT hash FROM journal WHERE id = ?"


class ServerFeed(Looks):
    """Asks PostgreSQL twice a second how long the journal is, and who has what open.

    Its ids do not commit in their order, so the newest id alone would miss lines: the count tells,
    and then any ticket may have changed.
    """

    SECONDS = 0.5
    WINDOW = 10_000
    """Lines before the newest that a transaction already under way may still fill in."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._from = 0
        self._length: tuple[int, int] = (0, 0)
        self._listening = False

    async def start(self) -> None:
        """Begin to listen."""
        async with self._database.read() as connection:
            self._from = max(await journal.newest_id(connection) - self.WINDOW, 0)
        self._length, self.present = await self._measure()
        self._listening = True
        self.answered()

    async def changes(self) -> AsyncIterator[Change]:
        """Yield a change for each look that found a longer journal, or others with a ticket."""
        while self._listening:
            length, present = await self._measure()
            self.answered()
            moved = present if present != self.present else None
            self.present = present
            if length != self._length:
                self._length = await self._measure_from(length)
                yield Change(None, people=True, flags=True, present=moved)
            elif moved is not None:
                yield Change(present=moved)
            if self.people_due():
                yield Change(people=True)
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
        return (await self._measure())[0]

    async def _measure(self) -> tuple[tuple[int, int], tuple[Present, ...]]:
        """Return length and newest id of the journal, and who has what open.

        Raises `DatabaseUnusable` when the newest line of the look before is not there any more.
        """
        column = schema.journal.c.id
        question = select(func.count(), func.coalesce(func.max(column), 0)).where(
            column > self._from
        )
        async with self._database.read() as connection:
            count, newest = (await connection.execute(question)).one()
            present = await presence.everybody(connection)
            if newest != self._mark.id:
                if not await news.is_same(connection, self._mark):
                    raise replaced(self._database.place)
                self._mark = await news.newest(connection)
            return (count, newest), present
