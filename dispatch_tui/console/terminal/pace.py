"""What the terminal at the end of a line is asked, so that no more is sent than it can draw."""

import math

MOST_UNDER_WAY = 1200
"""Characters that are sent without waiting for an answer."""

RATE = 1200
"""Characters a second that any line carries: 9.6 kbit/s."""

PATIENCE = 10.0
"""Seconds after which an answer counts as lost."""

SILENCE = 3.0
"""Seconds without a word from the terminal after which the next frame asks whether it is there."""

DEAD = 30.0
"""Seconds within which a server has ended a session whose line is dead, once nothing is sent."""

QUESTION = "\x1b[6n"
"""Where is the cursor? Terminals answer that once they have drawn all before it."""


class Pace:
    """Holds frames back while too much is under way, or while nobody answers at all.

    The latter is for the server, which looks for dead lines only while nothing is sent (OpenSSH 9.2
    begins to count anew with every frame): a console that draws what others do would never end.
    Who never answered is never waited for. Times are seconds of one clock.
    """

    def __init__(self) -> None:
        self._under_way = 0.0
        self._counted_at = self._heard_at = -math.inf
        self._asked_at: float | None = None
        self._since_asked = 0
        self._answers = False

    def sent(self, count: int, now: float) -> str:
        """Count characters that are sent; returns the question to send after them, or ""."""
        self._under_way = max(0.0, self._under_way - (now - self._counted_at) * RATE) + count
        self._since_asked += count
        self._counted_at = now
        if now - self._heard_at >= SILENCE:
            asks = not self._unheard()
        else:
            asks = self._asked_at is None and self._under_way > MOST_UNDER_WAY
        if not asks:
            return ""
        self._asked_at, self._since_asked = now, 0
        return QUESTION

    def heard(self, now: float) -> None:
        """Know that somebody is there: the terminal has sent something."""
        self._heard_at = now

    def answered(self) -> None:
        """Know that all up to the question was drawn."""
        self._answers = True
        self._asked_at = None
        self._under_way = float(self._since_asked)

    def holds(self, now: float) -> bool:
        """Whether the next frame has to wait for an answer."""
        if self._asked_at is None:
            return False
        unheard = self._unheard()
        if now - self._asked_at >= (DEAD if unheard else PATIENCE):
            self._answers, self._asked_at = False, None
        return self._answers and (unheard or self._under_way > MOST_UNDER_WAY)

    def _unheard(self) -> bool:
        """Whether a question is the last word that was said."""
        return self._asked_at is not None and self._asked_at >= self._heard_at
