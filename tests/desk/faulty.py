"""Databases that fail in a chosen way."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

T = TypeVar("T")


class LosesAcknowledgements(Database):
    """A database whose line is cut after the commit."""

    async def write(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Commit, and never say so."""
        await super().write(work)
        raise DatabaseUnusable("the line is cut")
