"""`import journal.…`: the journal of another database into an empty one."""

import asyncio
import gc
from collections.abc import Sequence
from pathlib import Path

import click

from dispatch_tui import bootstrap
from dispatch_tui.cli.output import print_json
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.auditing import Audit
from dispatch_tui.desk.exporting.rights import JOURNAL
from dispatch_tui.desk.moving import move
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.settings import Settings


def journal_in(paths: Sequence[Path]) -> Path | None:
    """Return the exported journal among files, None where there is none.

    Raises `InvalidInput` for one beside other files.
    """
    found = [path for path in paths if path.stem.casefold() == JOURNAL and not path.is_dir()]
    if found and len(paths) > 1:
        raise InvalidInput(N_("A journal is brought in alone: it has everything in it."))
    return found[0] if found else None


def move_in(run: Run, settings: Settings, path: Path, *, dry_run: bool, as_json: bool) -> None:
    """Bring a journal in and say what came of it."""

    async def work() -> Audit:
        async with bootstrap.opened(settings) as database:
            return await move(database, path, dry_run=dry_run)

    gc.enable()  # of a million tickets the garbage would fill the memory
    found = asyncio.run(work())
    if as_json:
        counts = {"subjects": found.subjects, "lines": found.lines, "tickets": found.tickets}
        print_json({"kept": not dry_run, "dry_run": dry_run, **counts})
    else:
        said = N_("journal: {lines} lines, {tickets} tickets; every hash holds")
        click.echo(run.say(said, lines=found.lines, tickets=found.tickets))
    if dry_run:
        run.tell(N_("This was a dry run: nothing was kept."))
