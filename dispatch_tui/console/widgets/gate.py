"""Keeps the order of keys: what is typed after a key that acts waits until it has acted.

Letters go into a field at once, while Enter, Tab or Backspace travel up to the app before they do
anything: of keys that arrive together the later letter would overtake the earlier Enter.
"""

from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

PATIENCE = 1.0
"""Seconds after which a key is let through even if nobody said that the one before has acted."""

WAYS_OUT = frozenset({"escape", "f10"})
"""Keys that wait for no answer."""

if TYPE_CHECKING:
    Base = Widget
else:
    Base = object


class Through(Message):
    """Follows a key on its way; on the second lap all that it started has been done."""

    def __init__(self, widget: Widget, lap: int) -> None:
        super().__init__()
        self.widget = widget
        self.lap = lap


class KeyGate:
    """Holds the keys of one screen while one that acts is on its way."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._held: list[events.Key] = []
        self._closed_at: float | None = None
        self._kept = 0

    @property
    def closed(self) -> bool:
        """Whether keys have to wait."""
        closed_at = self._closed_at
        return self.kept or (closed_at is not None and monotonic() - closed_at < PATIENCE)

    @property
    def kept(self) -> bool:
        """Whether a key that acts waits for something itself."""
        return self._kept > 0

    def keep(self) -> None:
        """Let keys wait until `release`, which is called as often."""
        self._kept += 1

    def release(self, widget: Widget) -> None:
        """Let the keys go on after what this widget's key has started."""
        self._kept -= 1
        if not self._kept:
            self.close(widget)

    def hold(self, key: events.Key) -> None:
        """Keep a key until the gate is open."""
        self._held.append(key)

    def close(self, widget: Widget) -> None:
        """Let keys wait for the one that this widget has just been given."""
        self._closed_at = monotonic()
        widget.post_message(Through(widget, 1))

    def passed(self, through: Through) -> None:
        """Follow the key to the app and back once more, then open."""
        if through.lap == 1:
            again = Through(through.widget, 2)
            self._screen.app.call_later(through.widget.post_message, again)
        else:
            self._screen.app.call_later(self.open)

    def open(self) -> None:
        """Hand on the keys that waited, up to the next one that acts."""
        if self.kept:
            return
        self._closed_at = None
        held, self._held = self._held, []
        for key in held:
            if self.closed:
                self.hold(key)
            elif (focused := self._screen.focused) is not None:
                focused._forward_event(key)


class Gated(Base):
    """A widget whose keys pass the gate of its screen, if that has one."""

    def _forward_event(self, event: events.Event) -> None:
        gate = getattr(self.screen, "gate", None)
        if not isinstance(event, events.Key) or not isinstance(gate, KeyGate):
            super()._forward_event(event)
            return
        if gate.kept and event.key in WAYS_OUT:
            super()._forward_event(event)
        elif gate.closed:
            gate.hold(event)
        else:
            super()._forward_event(event)
            if not event.is_printable:
                gate.close(self)
