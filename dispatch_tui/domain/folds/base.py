"""What a fold is given, and what several need."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.ticket import Ticket


class Told(NamedTuple):
    """An entry, and when it is held to have happened after corrections, in UTC."""

    at: datetime
    entry: Entry

    @property
    def first_at(self) -> datetime:
        """When it was first told to have happened."""
        return self.entry.occurred_at.astimezone(UTC)


Fold = Callable[[Ticket, Any, Told], Ticket]


def earlier(known: datetime | None, at: datetime) -> datetime:
    """Return the earlier of a time that may not be known and one that is."""
    return at if known is None else min(known, at)
