"""How far a long work is: a bar on stderr, where that is a terminal."""

import sys
from contextlib import ExitStack
from typing import Any

import click

from dispatch_tui.cli.run import Run
from dispatch_tui.desk.bringing.report import Stage
from dispatch_tui.domain.message import N_

_LABELS = {
    Stage.READING: N_("Reading"),
    Stage.CHECKING: N_("Checking"),
    Stage.KEEPING: N_("Storing"),
}


class Bar:
    """One bar after the other, for each stage of an import; nothing where nobody looks."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._seen = sys.stderr.isatty()
        self._stage: Stage | None = None
        self._shown = ExitStack()
        self._bar: Any = None

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self._shown.close()

    def show(self, stage: Stage, done: int, total: int, rows: int) -> None:
        """Show how far a stage is, and how many rows are done."""
        if not self._seen:
            return
        if stage is not self._stage:
            self._shown.close()
            self._stage = stage
            self._bar = self._shown.enter_context(self._new(stage, total))
        self._bar.update(done - self._bar.pos, rows)

    def _new(self, stage: Stage, total: int) -> Any:
        def rows(done: int | None) -> str:
            return self._run.say(N_("{count} rows"), count=f"{done or 0:,}")

        return click.progressbar(
            length=max(total, 1),
            label=self._run.say(_LABELS[stage]),
            item_show_func=rows,
            file=sys.stderr,
        )
