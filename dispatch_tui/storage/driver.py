"""Which SQLite library is used: the system's, or a sound one in its place.

SQLite 3.7.0 to 3.51.2 can lose acknowledged commits in WAL mode with several processes. It must
be replaced before aiosqlite and SQLAlchemy are imported.
"""

import contextlib
import sqlite3
import sys
from pathlib import Path
from typing import Any

_SOUND_BACKPORTS = {(3, 50): 7, (3, 44): 6}


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
    used = sys.modules["sqlite3"]
    version: tuple[int, int, int] = used.sqlite_version_info
    return used.__name__, used.sqlite_version, not affected(version)


def connect(path: Path) -> Any:
    """Return a plain connection of the library in use, which waits for nobody."""
    return sys.modules["sqlite3"].connect(path, isolation_level=None, timeout=0)


def busy_errors() -> type[Exception]:
    """Return the error of the library in use for a locked file."""
    error: type[Exception] = sys.modules["sqlite3"].OperationalError
    return error
