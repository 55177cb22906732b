"""SQLite behind a thread of its own, with one trip to that thread for each statement.

aiosqlite makes four (a cursor, the statement, its rows, the cursor's end), and a trip takes
longer than the statement.
"""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import aiosqlite

from dispatch_tui.storage.driver import Files, files_at


class Connection(aiosqlite.Connection):
    """A connection for SQLAlchemy, made by `opened`; `files` are those that it was opened on."""

    def __init__(self, path: Path, opened: Callable[[], Any]) -> None:
        self.files: Files = ()
        self._ended: asyncio.Future[Any] | None = None
        self._told_to_end = False

        def connect() -> Any:
            connection = opened()
            self.files = files_at(path)
            return connection

        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True
        self._serve = self._thread.run
        self._thread.run = self._serve_to_the_end  # type: ignore[method-assign]

    def _serve_to_the_end(self) -> None:
        """Serve, and close the file when the loop of those who asked has ended."""
        try:
            self._serve()
        except RuntimeError:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    async def open(self) -> "Connection":
        """Open it; when that fails, its thread has ended before the error is raised."""
        try:
            await self
        except Exception:
            if self._ended is not None:
                await self._ended
            raise
        return self

    def stop(self) -> "asyncio.Future[Any] | None":
        """End the thread, once: a second request would wait for an answer from nobody."""
        if not self._told_to_end:
            self._told_to_end = True
            self._ended = super().stop()
        return self._ended

    async def run(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do something in the connection's thread."""
        await self._execute(work, *arguments)  # type: ignore[no-untyped-call]

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """Return a cursor without asking the thread for one."""
        return Cursor(self)


class Cursor:
    """One statement: its rows have come along when it was executed."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> None:
        """Run a statement and fetch what it returns."""
        await self._connection.run(self._run, "execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> None:
        """Run a statement for each set of parameters."""
        await self._connection.run(self._run, "executemany", sql, parameters)

    async def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int = 1) -> list[Any]:
        """Return the next rows."""
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:
        """Return the next row, None after the last."""
        return self._rows.pop(0) if self._rows else None

    async def close(self) -> None:
        """Forget the rows."""
        self._rows = []

    def _run(self, method: str, sql: str, parameters: Any) -> None:
        cursor = self._connection._conn.cursor()
        try:
            getattr(cursor, method)(sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
