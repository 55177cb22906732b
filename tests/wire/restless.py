"""Hands that never rest: keys by chance, forms opened and left, windows resized, lines cut."""

import random
import signal
import threading
from collections.abc import Callable

from terminal import Terminal

PALETTE = "\x10"
MOVES = (*("<down>",) * 6, "<up>", "<up>", "<pagedown>", "<pageup>", "<home>", "<end>", "<tab>")
VIEWS = ("v", "V", "1", "2", "3", "4", "x", "<escape>")
SCREENS = ("m", "e", "d", "f", "c", "h", "g", "/", "p", "?", "<f2>", "<f4>", "t", "r", PALETTE)
"""What opens something: the menu, files, the roster, forms, the search, help, the palette."""

TYPED = ("8139x", "心电", "no image", "<tab>", "<down>", "<backspace>", "[/]", "<enter>")
LEFT = ("<escape>",) * 4
RESIZED, LOOKED = 0.05, 0.6
"""How often, in parts of all, a window gets another size, and somebody only looks about."""

SIZES = ((80, 24), (120, 40), (160, 50), (40, 12), (7, 3), (200, 60))
ENDS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)


class Restless:
    """Somebody at a terminal who types without rest until told to stop, or for so many keys."""

    def __init__(self, terminal: Terminal, seed: int, *, pause: float, keys: int = 0) -> None:
        self.terminal = terminal
        self.pressed = 0
        self._keys = keys
        self._chance = random.Random(seed)
        self._pause = pause
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the hands rest at once."""
        self._stopped.set()
        self._thread.join()

    def finish(self) -> None:
        """Wait until all keys were pressed."""
        self._thread.join()

    def _work(self) -> None:
        while self.terminal.alive and not (self._keys and self.pressed >= self._keys):
            for key in self._bout():
                self.terminal.send(key)
                self.pressed += 1
                if self._stopped.wait(self._pause):
                    return

    def _bout(self) -> list[str]:
        """What is done in one go: looking about, or a form that is opened, filled and left."""
        chance = self._chance
        if chance.random() < RESIZED:
            self.terminal.resize(*chance.choice(SIZES))
        if chance.random() < LOOKED:
            return chance.choices((*MOVES, *VIEWS), k=chance.randint(1, 8))
        screen = chance.choice(SCREENS)
        typed = chance.choices((*TYPED, *MOVES), k=chance.randint(0, 6))
        if screen == PALETTE:  # where Enter may leave the console
            typed = [one for one in typed if one != "<enter>"]
        return [screen, *typed, *LEFT]


class Commuter:
    """Somebody whose line is cut again and again, and who signs in anew each time."""

    def __init__(self, opened: Callable[[], Terminal], seed: int) -> None:
        self.pids: list[int] = []
        self._opened = opened
        self._chance = random.Random(seed)

    def ride(self, keys: int) -> None:
        """Sign in, press some keys, lose the line; the console must be gone then."""
        with self._opened() as terminal:
            self.pids.append(terminal.pid)
            Restless(terminal, len(self.pids), pause=0.03, keys=keys).finish()
            way = self._chance.choice((*ENDS, None))
            if way is None:
                terminal.hang_up()
            else:
                terminal.signal(way)
            terminal.exit_status()
