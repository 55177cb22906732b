"""How far a long work is, for whoever waits for it: a bar on stderr, where that is a terminal."""

import sys
from contextlib import ExitStack
from typing import Any

import click


class Bar:
    """A bar that appears when it is first told how much is done, and goes on below at the end."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._shown = ExitStack()
        self._bar: Any = None

    def __call__(self, done: int, whole: int) -> None:
        """Show how much is done, and of how much."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            bar = click.progressbar(length=whole, label=self._words, file=sys.stderr)
            self._bar = self._shown.enter_context(bar)
        self._bar.update(done - self._bar.pos)
        if done >= whole:
            self._shown.close()
