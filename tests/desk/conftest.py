"""Databases of the desk's tests."""

from typing import Any

import pytest

from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import Place


@pytest.fixture
async def file_database(file_place: Place, databases: Any) -> Database:
    """An open, empty SQLite database."""
    found: Database = databases.open(file_place)
    return found
