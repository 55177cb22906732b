"""The two engines that the same tests run on, and the databases that a test has open."""

from collections.abc import Callable
from contextlib import AsyncExitStack

from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import Place

SQLITE, POSTGRESQL = "sqlite", "postgresql"

Run = Callable[..., str]
"""Runs a program in a fresh interpreter, with arguments, and returns what it prints."""


class Databases:
    """Opens databases and closes them in the end."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack

    def open(self, place: Place) -> Database:
        """Return a database with connections of its own."""
        database = Database(place)
        self._stack.push_async_callback(database.close)
        return database
