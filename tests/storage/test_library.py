"""SQLite libraries that can lose commits are replaced, or used without WAL."""

from pathlib import Path

import pytest
from engines import Run

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage import driver
from dispatch_tui.storage.place import Place

AFFECTED = ["3.7.0", "3.40.1", "3.44.5", "3.45.0", "3.50.6", "3.51.0", "3.51.2"]
SOUND = ["3.44.6", "3.44.9", "3.50.7", "3.51.3", "3.52.0", "3.53.4", "4.0.0"]

STANDS_IN = """
import sys
import dispatch_tui.storage
import aiosqlite.core, sqlalchemy.dialects.sqlite.aiosqlite as dialect
from dispatch_tui.storage import driver
used = sys.modules["sqlite3"]
assert aiosqlite.core.sqlite3 is used
assert dialect.SQLiteDialect_aiosqlite.import_dbapi().sqlite is used
name, version, safe = driver.library()
assert name == used.__name__ and version == used.sqlite_version
assert safe is (not driver.affected(used.sqlite_version_info))
import sqlite3
assert sqlite3 is used
print(name, safe)
"""

WITHOUT_STAND_IN = """
import asyncio, sys
sys.modules["pysqlite3"] = None
import dispatch_tui.storage
from dispatch_tui.storage import driver
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import place_of
from sqlalchemy import text
driver.affected = lambda version: True

async def main():
    database = Database(place_of(sys.argv[1]))
    async def work(connection):
        found = []
        for pragma in ("journal_mode", "synchronous", "foreign_keys"):
            found.append((await connection.execute(text(f"PRAGMA {pragma}"))).scalar())
        return found
    print(driver.library()[0], *await database.write(work))
    await database.close()

asyncio.run(main())
"""


def _version(text: str) -> tuple[int, int, int]:
    major, minor, patch = text.split(".")
    return int(major), int(minor), int(patch)


@pytest.mark.parametrize("version", AFFECTED)
def test_versions_that_can_lose_commits_are_known(version: str) -> None:
    assert driver.affected(_version(version))


@pytest.mark.parametrize("version", SOUND)
def test_versions_that_were_mended_are_known(version: str) -> None:
    assert not driver.affected(_version(version))


def test_everybody_uses_the_library_that_was_chosen(run_python: Run) -> None:
    name, safe = run_python(STANDS_IN).split()
    assert safe == "True"
    assert name in ("sqlite3", "pysqlite3", "pysqlite3.dbapi2")


def test_an_affected_library_without_a_stand_in_is_used_without_wal(
    run_python: Run, file_place: Place
) -> None:
    assert run_python(WITHOUT_STAND_IN, str(file_place.path)).split() == [
        "sqlite3",
        "delete",
        "2",
        "1",
    ]
    assert file_place.path is not None
    assert not Path(f"{file_place.path}-wal").exists()


def test_an_affected_library_refuses_a_file_that_is_in_wal_mode_elsewhere(
    file_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert file_place.path is not None
    other = driver.open_for_work(file_place.path, 0, foreign_keys=True)
    monkeypatch.setattr(driver, "affected", lambda version: True)
    monkeypatch.setattr(driver, "OPEN_WITHIN", 0.01)
    with pytest.raises(DatabaseUnusable, match="can lose data then: install pysqlite3"):
        driver.open_for_work(file_place.path, 0, foreign_keys=True)
    other.close()


def test_commits_reach_the_disk_before_they_are_acknowledged(file_place: Place) -> None:
    assert file_place.path is not None
    connection = driver.open_for_work(file_place.path, 20, foreign_keys=True)
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    found = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in pragmas]
    connection.close()
    assert found == ["wal", 2, 1, 20]


class BusyOnce:
    """A connection that meets another one which is switching the file just now."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def execute(self, statement: str) -> None:
        """Refuse the first time."""
        self.asked.append(statement)
        if len(self.asked) == 1:
            (kind,) = driver.errors()
            error = kind("database is locked")
            error.sqlite_errorcode = 5  # type: ignore[attr-defined]
            raise error


def test_switching_to_wal_is_tried_again_when_somebody_else_switches(tmp_path: Path) -> None:
    connection = BusyOnce()
    driver._set_journal_mode(connection, tmp_path / "dispatch.db")
    assert connection.asked == ["PRAGMA journal_mode=WAL"] * 2
