"""How much may be under way on a slow line: after so many bytes the terminal is asked to answer."""

MOST_UNDER_WAY = 1200
"""Characters that are sent without waiting for an answer."""

RATE = 1200
"""Characters a second that any line carries: 9.6 kbit/s."""

PATIENCE = 10.0
"""Seconds after which an answer counts as lost."""

QUESTION = "\x1b[6n"
"""Where is the cursor? Terminals answer that once they have drawn all before it."""


class Pace:
    """Holds frames back while too much is under way; who never answered is never waited for.

    Times are seconds of one clock.
    """

    def __init__(self) -> None:
        self._under_way = float(MOST_UNDER_WAY)  # so that the first frame asks
        self._counted_at: float | None = None
        self._asked_at: float | None = None
        self._answers = False

    def sent(self, count: int, now: float) -> str:
        """Count characters that are sent; returns the question to send after them, or ""."""
        if self._counted_at is not None:
            self._under_way -= (now - self._counted_at) * RATE
        self._under_way = max(0.0, self._under_way) + count
        self._counted_at = now
        if self._asked_at is not None or self._under_way <= MOST_UNDER_WAY:
            return ""
        self._asked_at = now
        return QUESTION

    def answered(self) -> None:
        """Know that all up to the question was drawn."""
        self._answers = True
        self._asked_at = None
        self._under_way = 0.0

    def holds(self, now: float) -> bool:
        """Whether the next frame has to wait for an answer."""
        if self._asked_at is None:
            return False
        if now - self._asked_at >= PATIENCE:
            self._answers, self._asked_at = False, None
        return self._answers
