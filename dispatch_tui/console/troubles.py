"""What does not work and since when: the database is away or late, or takes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from textual.message import Message

from dispatch_tui.domain.errors import DatabaseAway, DispatchError
from dispatch_tui.domain.message import N_

LATE = timedelta(seconds=5)
"""A database that has told nothing for so long is late, even if nothing has failed yet."""


@dataclass
class Trouble(Message):
    """What does not work since when; no error: all is well again.

    `saving` when only that is concerned; else what is shown is as old as `since`.
    """

    error: DispatchError | None
    since: datetime
    saving: bool = False


class Troubles:
    """At most one trouble at a time: each is told when it begins, changes and ends."""

    def __init__(self, tell: Callable[[Message], Any], clock: Callable[[], datetime]) -> None:
        self._tell = tell
        self._clock = clock
        self._late = False
        self.now: Trouble | None = None

    @property
    def may_save(self) -> bool:
        """Whether it makes sense to try to save."""
        return self.now is None or self.now.saving

    def begin(self, error: DispatchError, silence: timedelta) -> None:
        """What is shown grows old: nothing has been heard of the database for so long."""
        self._late = False
        since = self._clock() - silence
        if self.now is not None and not self.now.saving:
            since = self.now.since
        self._change(Trouble(error, since))

    def begin_saving(self, error: DispatchError, waiting: timedelta = timedelta()) -> None:
        """Nothing can be saved for so long, though all can be read as far as is known."""
        if self.may_save:
            since = self._clock() - waiting if self.now is None else self.now.since
            self._change(Trouble(error, since, saving=True))

    def listen(self, silence: timedelta, waiting: timedelta) -> None:
        """Take note of how long nothing has been heard, and how long a write has been waiting."""
        if silence > LATE and self.may_save:
            self.begin(DatabaseAway(N_("The database does not answer.")), silence)
            self._late = True
        elif silence <= LATE and self._late:
            self.end()
        elif waiting > LATE and self.now is None:
            busy = DatabaseAway(N_("What you save waits: others are at work in the database."))
            self.begin_saving(busy, waiting)

    def end(self) -> None:
        """All is well again."""
        trouble, self.now, self._late = self.now, None, False
        if trouble is not None:
            self._tell(Trouble(None, trouble.since, trouble.saving))

    def _change(self, trouble: Trouble) -> None:
        if self.now is None or _said(self.now) != _said(trouble):
            self.now = trouble
            self._tell(trouble)


def _said(trouble: Trouble) -> tuple[bool, str]:
    return trouble.saving, str(trouble.error)
