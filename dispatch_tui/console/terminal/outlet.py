"""The way out to a terminal, in a thread: nobody waits for one that stops reading."""

import os
import select
import threading
from collections.abc import Callable


class Outlet(threading.Thread):
    """Writes to a descriptor in the order given; `emptied` and `lost` are called in this thread.

    `emptied` is called once after somebody found it busy, `lost` when the terminal has gone.
    """

    def __init__(
        self, descriptor: int, emptied: Callable[[], object], lost: Callable[[], object]
    ) -> None:
        super().__init__(name="outlet", daemon=True)
        self._descriptor = descriptor
        self._emptied = emptied
        self._lost = lost
        self._waiting: list[str] = []
        self._changed = threading.Condition()
        self._busy = False
        self._asked = False
        self._closing = False

    def write(self, text: str) -> None:
        """Give something to be written, at once and without waiting."""
        with self._changed:
            self._waiting.append(text)
            self._busy = True
            self._changed.notify()

    def is_free(self) -> bool:
        """Whether all was written; if not, `emptied` is called when it is."""
        with self._changed:
            self._asked = self._busy
            return not self._busy

    def close(self, within: float) -> None:
        """Write what is left, for so many seconds at most."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self.join(within)

    def run(self) -> None:
        """Write until closed or lost."""
        try:
            while (text := self._next()) is not None:
                self._write(text.encode("utf-8", "replace"))
                self._done()
        except OSError:
            self._lost()

    def _next(self) -> str | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            if not self._waiting:
                return None
            text = "".join(self._waiting)
            self._waiting.clear()
            return text

    def _done(self) -> None:
        with self._changed:
            self._busy = bool(self._waiting)
            tell, self._asked = self._asked and not self._busy, self._asked and self._busy
        if tell:
            self._emptied()

    def _write(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:  # whoever shares the terminal made it so
                select.select([], [self._descriptor], [])
