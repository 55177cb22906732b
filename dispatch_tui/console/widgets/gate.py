"""Keeps the order of keys: what is typed after a key that acts waits until it has acted.

Letters go into a field at once, while Enter, Tab or Backspace travel up to the app before they do
anything: of keys that arrive together the later letter would overtake the earlier Enter.
"""

from collections.abc import Iterable, Iterator
from itertools import dropwhile
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

PATIENCE = 1.0
"""Seconds after which a key is let through even if nobody said that the one before has acted."""

WAYS_OUT = frozenset({"escape", "ctrl+c", "f10"})
"""Keys that wait for no answer."""

Typed = events.Key | events.Paste


class Through(Message):
    """Follows a key on its way; on the second lap all that it started has been done."""

    def __init__(self, widget: Widget, lap: int) -> None:
        super().__init__()
        self.widget = widget
        self.lap = lap


class KeyGate:
    """Holds the keys of one screen while one that acts is on its way.

    What was opened meanwhile gets them; one that `asks` whether somebody is sure takes none that
    were pressed before it was seen. `letters_act` where nothing is typed.
    """

    def __init__(
        self, screen: Screen[Any], *, letters_act: bool = False, asks: bool = False
    ) -> None:
        self.asks = asks
        self._screen = screen
        self._letters_act = letters_act
        self._ways_out = {"f10"} if letters_act else WAYS_OUT
        self._last = ""
        self._held: list[Typed] = []
        self._closed_at: float | None = None
        self._kept = 0

    @property
    def closed(self) -> bool:
        """Whether keys have to wait."""
        closed_at = self._closed_at
        return self._kept > 0 or (closed_at is not None and monotonic() - closed_at < PATIENCE)

    @property
    def holding(self) -> bool:
        """Whether any wait, which those that come later must not overtake."""
        return bool(self._held)

    def hold(self, typed: Typed) -> bool:
        """Keep what was typed until the gate is open; say whether that has to be."""
        if not (self.closed or self._held):
            return False
        leaves = isinstance(typed, events.Key) and typed.key in self._ways_out
        if leaves and (self._kept or not self.closed):
            return False
        if not self._held:
            self._screen.set_timer(PATIENCE, self._look)
        self._held.append(typed)
        if not self.closed:
            self._screen.app.call_later(self.open)
        return True

    def _look(self) -> None:
        """Open where nobody says that the key before has acted: what was given it has gone."""
        if self._held and self.closed:
            self._screen.set_timer(PATIENCE, self._look)
        elif self._held:
            self._screen.app.call_later(self.open)

    def keep(self) -> None:
        """Let keys wait until `release`, which is called as often."""
        self._kept += 1

    def release(self, widget: Widget) -> None:
        """Let the keys go on after what this widget's key has started."""
        self._kept -= 1
        if not self._kept:
            self.close(widget)

    def leave(self) -> None:
        """Let what is under this screen, which was left, have what waits before all else."""
        if held := self._take_held():
            below = gate_of(self._screen.app.screen)
            if below is not None:
                below.begin_with(held)

    def begin_with(self, typed: list[Typed]) -> None:
        """Hand on these before whatever waits."""
        self._held[:0] = typed
        self._screen.app.call_later(self.open)

    def drop(self) -> bool:
        """Forget the keys that wait; say whether there were any."""
        return bool(self._take_held())

    def _take_held(self) -> list[Typed]:
        held, self._held = self._held, []
        return held

    def given(self, typed: Typed, widget: Widget) -> None:
        """Let other keys wait where this one, which a widget was given, may act."""
        if isinstance(typed, events.Key) and (self._letters_act or not typed.is_printable):
            self._last = typed.key
            self.close(widget)

    def close(self, widget: Widget) -> None:
        """Let keys wait for the one that this widget has just been given."""
        self._closed_at = monotonic()
        self._send(Through(widget, 1))

    def passed(self, through: Through) -> None:
        """Follow the key to the app and back once more, then open."""
        if through.lap == 1:
            self._screen.app.call_later(self._send, Through(through.widget, 2))
        else:
            self._screen.app.call_later(self.open)

    def _send(self, through: Through) -> None:
        """Send it on its way; a widget that has gone does nothing any more."""
        if not through.widget.post_message(through):
            self._screen.app.call_later(self.open)

    async def open(self) -> None:
        """Hand on the keys that waited, up to the next one that acts."""
        if self._kept:
            return
        self._closed_at = None
        held = self._take_held()
        app = self._screen.app
        assert isinstance(app, GatedApp)
        top = gate_of(app.screen)
        if top is not None and top is not self and top.asks:
            return
        # Of a key that opens and is held down, the further ones are no text.
        repeated = self._letters_act and top is not self
        await app.take(dropwhile(self._is_last, held) if repeated else held)

    def _is_last(self, typed: Typed) -> bool:
        return isinstance(typed, events.Key) and typed.key == self._last


class GatedApp(App[int]):
    """Gives what is typed to whom it is for, in the order in which it came."""

    async def on_event(self, event: events.Event) -> None:
        """Let nothing that was typed overtake what was typed before it."""
        if isinstance(event, Typed) and not event.is_forwarded and self.is_running:
            await self.take([event])
        else:
            await super().on_event(event)

    async def take(self, typed: Iterable[Typed]) -> None:
        """Give each to whom it is for, or let it wait for its turn."""
        for one in typed:
            if any(gate.hold(one) for gate in self._gates()):
                continue
            gate, widget = gate_of(self.screen), self.focused or self.screen
            await super().on_event(one)
            if gate is not None:
                gate.given(one, widget)

    def _gates(self) -> Iterator[KeyGate]:
        """Find where something waits already, then the one that it is for."""
        for screen in self._screen_stack:
            gate = gate_of(screen)
            if gate is not None and (gate.holding or screen is self.screen):
                yield gate


def gate_of(screen: Screen[Any]) -> KeyGate | None:
    """Return the gate of a screen that has one."""
    gate = getattr(screen, "gate", None)
    return gate if isinstance(gate, KeyGate) else None
