"""Which SQLite library is used, the system's or a sound one in its place, and opening a file.

SQLite 3.7.0 to 3.51.2 can lose acknowledged commits in WAL mode with several processes. It must
be replaced before aiosqlite and SQLAlchemy are imported.
"""

import contextlib
import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_

_SOUND_BACKPORTS = {(3, 50): 7, (3, 44): 6}
_BUSY, _LOCKED = 5, 6

OPEN_WITHIN = 5.0
"""Seconds that opening a file waits for others who recover it or change its mode."""

LARGEST_IDLE_WAL = 64 * 2**20
"""Bytes to which a WAL file is cut back once its content is in the database."""

Files = tuple[tuple[int, int], ...]


def affected(version: tuple[int, int, int]) -> bool:
    """Whether an SQLite of this version can lose commits in WAL mode."""
    if version >= (3, 51, 3):
        return False
    patch = _SOUND_BACKPORTS.get(version[:2])
    return patch is None or version[2] < patch


def stand_in_where_needed() -> None:
    """Let pysqlite3 stand in for an affected system library, if it is installed."""
    if affected(sqlite3.sqlite_version_info):
        with contextlib.suppress(ImportError):
            import pysqlite3

            sys.modules["sqlite3"] = pysqlite3
            sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def library() -> tuple[str, str, bool]:
    """Return the module in use, its SQLite version, and whether WAL is safe with it."""
    used = _used()
    version: tuple[int, int, int] = used.sqlite_version_info
    return used.__name__, used.sqlite_version, not affected(version)


def connect(path: Path) -> Any:
    """Return a plain connection to a file that exists; it waits for nobody."""
    return _used().connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=0)


def open_for_one(path: Path, cache_kb: int) -> Any:
    """Return a connection to a new work file of this process, of which nothing need survive."""
    connection = _used().connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute(f"PRAGMA cache_size=-{cache_kb}")
    return connection


def open_for_work(path: Path, busy_timeout_ms: int, *, foreign_keys: bool) -> Any:
    """Return a connection whose commits are on the disk, for use by several threads in turn.

    Raises the library's error, and `DatabaseUnusable` where it would have to risk commits.
    """
    connection = _used().connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=OPEN_WITHIN,
        check_same_thread=False,
    )
    try:
        _set_journal_mode(connection, path)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA journal_size_limit={LARGEST_IDLE_WAL}")
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA busy_timeout={busy_timeout_ms}")
    except BaseException:
        connection.close()
        raise
    return connection


def files_at(path: Path) -> Files:
    """Return device and inode of the database file and of its WAL, where they exist."""
    found = []
    for name in (path, f"{path}-wal"):
        try:
            status = os.stat(name)
        except FileNotFoundError:
            continue
        found.append((status.st_dev, status.st_ino))
    return tuple(found)


def written_at(path: Path) -> int:
    """Return when the database file itself was written last, 0 for one that is not there."""
    try:
        return os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return 0


def errors() -> tuple[type[Exception], ...]:
    """Return the errors of the library in use."""
    return (_used().Error,)


def is_busy(error: BaseException | None) -> bool:
    """Whether an error only says that somebody else holds the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (_BUSY, _LOCKED)


def _used() -> Any:
    return sys.modules["sqlite3"]


def _set_journal_mode(connection: Any, path: Path) -> None:
    """Switch to WAL where it is safe; the switch itself does not wait for others, so try again."""
    _, version, wal_is_safe = library()
    give_up_at = time.monotonic() + OPEN_WITHIN
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode={'WAL' if wal_is_safe else 'DELETE'}")
            return
        except errors() as error:
            if not is_busy(error):
                raise
            if time.monotonic() > give_up_at:
                if wal_is_safe:
                    raise
                raise DatabaseUnusable(
                    N_(
                        "The database {place} is open in another program, and SQLite {version} "
                        "can lose data then: install pysqlite3, or close the other one."
                    ),
                    place=str(path),
                    version=version,
                ) from error
        time.sleep(0.005)
