"""A database file that is replaced, moved or robbed of its WAL is never written to in vain."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from centre import CALL, desk_of

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage import driver
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.feed import feed_of
from dispatch_tui.storage.tickets import Connection


def _wal(path: Path) -> Path:
    return Path(f"{path}-wal")


def _replace(path: Path) -> None:
    shutil.copy(path, f"{path}.new")
    os.replace(f"{path}.new", path)


def _move_away(path: Path) -> None:
    path.rename(f"{path}.old")


def _delete(path: Path) -> None:
    path.unlink()


def _delete_wal(path: Path) -> None:
    _wal(path).unlink()


def _replace_wal(path: Path) -> None:
    shutil.copy(_wal(path), f"{path}.new")
    os.replace(f"{path}.new", _wal(path))


def _move_wal_away(path: Path) -> None:
    _wal(path).rename(f"{path}.old")


def _move_folder_away(path: Path) -> None:
    path.parent.rename(f"{path.parent}.old")


INJURIES = [
    _replace,
    _move_away,
    _delete,
    _delete_wal,
    _replace_wal,
    _move_wal_away,
    _move_folder_away,
]
injuries = pytest.mark.parametrize("injure", INJURIES, ids=lambda one: one.__name__.strip("_"))


def _path(database: Database) -> Path:
    assert database.place.path is not None
    return database.place.path


@injuries
async def test_a_call_is_not_acknowledged_into_a_file_that_is_gone(
    file_centre: Database, injure: Callable[[Path], None]
) -> None:
    desk = desk_of("ola", file_centre)
    await desk.log_call(CALL)
    injure(_path(file_centre))
    for _ in range(2):
        with pytest.raises(DatabaseUnusable, match="was replaced while it was open: look again"):
            await desk.log_call(CALL)


@injuries
async def test_a_replacement_during_the_transaction_is_seen_before_the_acknowledgement(
    file_centre: Database, injure: Callable[[Path], None]
) -> None:
    async def work(connection: Connection) -> None:
        injure(_path(file_centre))

    with pytest.raises(DatabaseUnusable, match="was replaced"):
        await file_centre.write(work)


@injuries
async def test_the_feed_tells_of_a_replacement(
    file_centre: Database, injure: Callable[[Path], None]
) -> None:
    feed = feed_of(file_centre)
    await feed.start()
    injure(_path(file_centre))
    with pytest.raises(DatabaseUnusable, match="was replaced"):
        await anext(feed.changes())
    feed.stop()


async def test_a_deleted_file_is_not_made_anew_by_a_reader(file_centre: Database) -> None:
    path = _path(file_centre)
    await file_centre.close()
    path.unlink()
    with pytest.raises(DatabaseUnusable):
        await desk_of("ola", file_centre).staff()
    assert driver.files_at(path) == ()


async def test_a_checkpoint_is_no_replacement(file_centre: Database) -> None:
    desk = desk_of("ola", file_centre)
    await desk.log_call(CALL)
    other = driver.connect(_path(file_centre))
    assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    other.close()
    await desk.log_call(CALL)
