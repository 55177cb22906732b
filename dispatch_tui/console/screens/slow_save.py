"""A save that takes long: it says so, one can go back, and it is said what became of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from dispatch_tui.console.screens.dialog import Dialog
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_, Message

SLOW_SECONDS = 0.4
"""A save that takes longer than this says that it is under way."""

LONG_SECONDS = 2.0
"""From this on it says for how long, and that one need not wait for it."""


class SlowSave:
    """The save of one dialog, which may be left before it is done."""

    def __init__(self, dialog: Dialog[Any]) -> None:
        self._dialog = dialog
        self._began_at: float | None = None

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Say that it is being saved for as long as the block runs, if that takes long."""
        self._began_at = monotonic()
        timers = (
            self._dialog.set_timer(SLOW_SECONDS, self._say),
            self._dialog.set_interval(1.0, self._say),
        )
        try:
            yield
        finally:
            self._began_at = None
            for timer in timers:
                timer.stop()

    def go_back(self, back: Callable[[], None]) -> None:
        """Leave the dialog, unless it is saved within the time that a key takes anyway."""
        if self._seconds >= SLOW_SECONDS:
            back()
            self._tell(N_("It goes on being saved; what becomes of it is said here."))

    def tell_saved(self, done: Done) -> None:
        """Say that it was saved after the dialog was left."""
        self._tell(N_("{number}: saved after all."), number=done.number)

    def tell_not_saved(self, error: DispatchError) -> None:
        """Say that it was not saved after the dialog was left."""
        self._tell(N_("Not saved; what you typed is still there. {why}"), why=error.message)

    @property
    def _seconds(self) -> float:
        return monotonic() - self._began_at if self._began_at is not None else 0.0

    def _say(self) -> None:
        seconds = self._seconds
        if seconds < LONG_SECONDS:
            words = Message(N_("Saving ..."))
        else:
            template = N_("Saving for {seconds} s ... Esc goes back, and it goes on being saved.")
            words = Message(template, {"seconds": int(seconds)})
        self._dialog.tell(self._dialog.say(words), "muted" if seconds < LONG_SECONDS else "near")

    def _tell(self, template: str, **values: object) -> None:
        if (main := self._dialog.app.main) is not None:
            main.tell(template, **values)
