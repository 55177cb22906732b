"""When the flags of tickets rise next: one time for each ticket, however often it changes."""

from collections.abc import Iterable
from datetime import UTC, datetime

NEVER = datetime.max.replace(tzinfo=UTC)


class Rises:
    """The next time at which a flag of each ticket rises."""

    def __init__(self) -> None:
        self._at: dict[str, datetime] = {}
        self._earliest = NEVER
        """Not after any of the times: nothing is looked at before."""

    def __len__(self) -> int:
        return len(self._at)

    def expect(self, number: str, times: Iterable[datetime]) -> None:
        """Remember the earliest of the times at which flags of a ticket rise; none forgets it."""
        at = min(times, default=None)
        if at is None:
            self._at.pop(number, None)
        else:
            self._at[number] = at
            self._earliest = min(self._earliest, at)

    def due(self, now: datetime) -> frozenset[str]:
        """Return the tickets whose time has come; they stay until they are expected anew."""
        if now < self._earliest:
            return frozenset()
        self._earliest = min(self._at.values(), default=NEVER)
        return frozenset(number for number, at in self._at.items() if at <= now)
