"""Databases of the desk's tests."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import Place, place_of


@pytest.fixture
async def file_database(file_place: Place, databases: Any) -> Database:
    """An open, empty SQLite database."""
    found: Database = databases.open(file_place)
    return found


@pytest.fixture
async def elsewhere(tmp_path: Path, empty_file: Path, databases: Any) -> Database:
    """An open, empty SQLite database beside the one of the test."""
    found: Database = databases.open(place_of(shutil.copy(empty_file, tmp_path / "elsewhere.db")))
    return found
