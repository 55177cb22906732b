"""`export`: whole tables, the journal, and the lists on screen, as files."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import time_of
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting import lists
from dispatch_tui.desk.exporting.export import Exported, export
from dispatch_tui.desk.exporting.files import new_file, new_folder
from dispatch_tui.desk.exporting.rights import JOURNAL
from dispatch_tui.desk.exporting.writers import Format, Writer, XlsxWriter, streamed
from dispatch_tui.desk.views import View
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_

LISTS = (" ".join(("tickets", "--view", "VIEW")), *lists.LISTS)
TABLES = (*FORMATS, JOURNAL, *lists.LISTS)


class ExportCommand(Command):
    """The command with the list of tables in its help."""

    def format_further(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write which tables and lists there are."""
        run = context.ensure_object(Run)
        with formatter.section(run.say(N_("Tables"))):
            formatter.write_text(" ".join((*FORMATS, JOURNAL)))
        with formatter.section(run.say(N_("Lists, as the screen has them"))):
            formatter.write_text(", ".join(LISTS))


@click.command(
    "export",
    cls=ExportCommand,
    help=N_(
        "Write tables as files that import takes: the same files come of them again. tickets.csv "
        "holds a case in one row, acts.csv what a row cannot hold; journal has everything, and is "
        "imported into an empty database only. Roles that see masked numbers (138****5678) get "
        "files with masks, which import refuses."
    ),
)
@click.argument("tables", nargs=-1, metavar="[TABLE]...", type=click.Choice(TABLES))
@click.option("--all", "everything", is_flag=True, help=N_("Every table, into a folder."))
@click.option(
    "--format",
    "shape",
    type=click.Choice([str(one) for one in Format]),
    help=N_("As what; else as the ending of the path says, or as CSV."),
)
@click.option("--output", metavar="PATH", help=N_("A new file, or for several tables a folder."))
@click.option(
    "--view",
    type=click.Choice([str(one) for one in View]),
    help=N_("The list of tickets that this view shows, instead of the table."),
)
@click.option("--at", metavar="TIME", help=N_("Lists of tickets and roster: as of this time."))
@click.pass_obj
def command(
    run: Run,
    tables: tuple[str, ...],
    everything: bool,
    shape: str | None,
    output: str | None,
    view: str | None,
    at: str | None,
) -> None:
    """Write files."""
    wanted = _wanted(tables, everything)
    path = Path(output) if output else None
    as_what = Format(shape) if shape else _ending(path)
    asked = [one for one in wanted if one in lists.LISTS or (view and one == lists.TICKETS)]
    if (view or at) and not asked:
        raise InvalidInput(N_("--view and --at are for the lists of tickets and of the roster."))
    gc.enable()  # of a million tickets the garbage would fill the memory
    with ExitStack() as stack:
        target = _Target(stack, path, as_what, several=everything or len(wanted) > 1)

        async def work(desk: Desk) -> Exported:
            whole = [one for one in wanted if one not in asked]
            done = await export(desk, whole, target.opener) if whole else Exported(rows={})
            for name in asked:
                chosen = lists.Chosen(view=View(view or View.OPEN), at=time_of(at, desk, "--at"))
                opener = target.opener
                done.rows[name] = await lists.write(desk, name, chosen, run.speaker, opener)
            return done

        done = run.at_desk(work)
    _tell(run, done)


def _wanted(tables: Sequence[str], everything: bool) -> list[str]:
    if everything and tables:
        raise InvalidInput(N_("Name tables, or say --all."))
    if not everything and not tables:
        raise InvalidInput(N_("Which table? Name one or several, or say --all."))
    return list(FORMATS) if everything else list(dict.fromkeys(tables))


def _ending(path: Path | None) -> Format:
    ending = path.suffix.casefold().removeprefix(".") if path is not None else ""
    return Format(ending) if ending in list(Format) else Format.CSV


class _Target:
    """Where the files go: to one path, into a folder, or to stdout."""

    def __init__(
        self, stack: ExitStack, path: Path | None, shape: Format, *, several: bool
    ) -> None:
        if path is None and several:
            raise InvalidInput(N_("--output is missing: say where the files are to go."))
        self._stack = stack
        self._path = path
        self._shape = shape
        self._several = several

    def opener(self, table: str, columns: Sequence[str]) -> Writer:
        """Begin the file of a table."""
        if self._path is None:
            return streamed(self._shape, lines=table == JOURNAL)(_stdout(), columns)
        part = self._stack.enter_context(new_file(self._place(table)))
        if self._shape is Format.XLSX:
            return XlsxWriter(part, table, columns)
        file: BinaryIO = self._stack.enter_context(part.open("wb"))
        return streamed(self._shape, lines=table == JOURNAL)(file, columns)

    def _place(self, table: str) -> Path:
        assert self._path is not None
        if not self._several:
            return self._path
        new_folder(self._path)
        return self._path / f"{table}.{self._shape}"


def _stdout() -> BinaryIO:
    """Bytes, whatever the terminal speaks."""
    sys.stdout.flush()
    return sys.stdout.buffer


def _tell(run: Run, done: Exported) -> None:
    for sentence in _sentences(done):
        run.tell(sentence, count=done.left_out)


def _sentences(done: Exported) -> Iterator[str]:
    if done.left_out:
        yield N_("{count} facts do not fit into these files; the journal has them all.")
    if done.masked:
        yield N_("Phone numbers are masked for your role: this cannot be imported again.")
