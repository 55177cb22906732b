"""`import`: brings files in."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import msgspec

from dispatch_tui import bootstrap
from dispatch_tui.cli import moving
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json
from dispatch_tui.cli.progress import Bar
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.mapping_file import read_mapping
from dispatch_tui.desk.bringing.records import Unit
from dispatch_tui.desk.bringing.report import Brought, Problem
from dispatch_tui.desk.bringing.sheets import sources_in
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.settings import Settings, os_login
from dispatch_tui.storage.place import is_there
from dispatch_tui.words.speaker import Speaker
from dispatch_tui.words.tables import TABLES

_WHERE = {
    (Unit.LINE, False): N_("{file}, line {line}: {reason}"),
    (Unit.LINE, True): N_("{file}, line {line}, column {column}: {reason}"),
    (Unit.ROW, False): N_("{file}, row {line}: {reason}"),
    (Unit.ROW, True): N_("{file}, row {line}, column {column}: {reason}"),
    (Unit.RECORD, False): N_("{file}, record {line}: {reason}"),
    (Unit.RECORD, True): N_("{file}, record {line}, {column}: {reason}"),
}


class ImportCommand(Command):
    """The command with the list of files and columns in its help."""

    def format_further(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write which files there are, their columns, and which are needed."""
        run = context.ensure_object(Run)
        with formatter.section(run.say(N_("Files (columns with * are needed)"))):
            rows = []
            for table, one in FORMATS.items():
                names = (column.name + "*" * column.needed for column in one.columns)
                rows.append((f"{table}.csv", " ".join(names)))
            formatter.write_dl(rows)


@click.command(
    "import",
    cls=ImportCommand,
    help=N_(
        "Bring CSV, XLSX or JSON files in, or a folder of them. A file is known by the letters "
        "that its name begins with, a column by its name. Rows that are there already are "
        "changed; past tickets are never. One bad row, and nothing is kept."
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@click.option("--dry-run", is_flag=True, help=N_("Check everything, keep nothing."))
@click.option(
    "--mapping",
    "mapping_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("What the columns and values of another system mean: a TOML file."),
)
@click.option(
    "--refused",
    "refused_to",
    metavar="FILE|FOLDER",
    type=click.Path(path_type=Path),
    help=N_("Write the refused rows there as CSV, to be mended and brought in again."),
)
@json_option()
@click.pass_obj
def command(
    run: Run,
    paths: tuple[Path, ...],
    dry_run: bool,
    mapping_file: Path | None,
    refused_to: Path | None,
    as_json: bool,
) -> None:
    """Bring files in."""
    if (moved := moving.journal_in(paths)) is not None:
        with _where_it_goes(run, dry_run) as settings:
            moving.move_in(run, settings, moved, dry_run=dry_run, as_json=as_json)
        return
    sources = sources_in(paths)
    mapping = read_mapping(mapping_file) if mapping_file else None

    async def work() -> tuple[Brought, Speaker]:
        async with bootstrap.opened(settings) as database:
            zone, login = await bootstrap.importer(database, run.settings.login or os_login())
            with Bar(run) as bar:
                found = await bring(
                    *(database, sources, login),
                    zone=zone,
                    now=run.now(),
                    dry_run=dry_run,
                    mapping=mapping,
                    refused_to=refused_to,
                    progress=bar.show,
                )
            return found, Speaker(run.settings.language, zone)

    with _where_it_goes(run, dry_run) as settings:
        brought, run.speaker = asyncio.run(work())
    for problem in brought.problems:
        click.echo(_sentence(run, problem), err=True)
    if as_json:
        print_json(_document(run, brought, dry_run))
    else:
        _print(run, brought)
    _tell_the_end(run, brought, dry_run)
    click.get_current_context().exit(1 if brought.problems else 0)


@contextmanager
def _where_it_goes(run: Run, dry_run: bool) -> Iterator[Settings]:
    """The database; for a dry run without one, an empty one that is thrown away."""
    path = run.place().path
    if not dry_run or path is None or is_there(path):
        yield run.settings
        return
    with TemporaryDirectory(prefix="dispatch-dry-run-") as folder:
        yield msgspec.structs.replace(run.settings, database=str(Path(folder) / "empty.db"))


def _tell_the_end(run: Run, brought: Brought, dry_run: bool) -> None:
    for path in brought.refused_in:
        run.tell(N_("The refused rows are in {path}: mend them, and bring them in."), path=path)
    if brought.problems:
        run.tell(N_("Nothing of this import was kept."))
    elif dry_run:
        run.tell(N_("This was a dry run: nothing was kept."))


def _print(run: Run, brought: Brought) -> None:
    for file, code_page in brought.read_as:
        run.tell(N_("{file} was read as {code_page}."), file=file, code_page=code_page)
    for count in brought.counts:
        values = {
            name: f"{value:,}" if isinstance(value, int) else value
            for name, value in msgspec.structs.asdict(count).items()
        }
        values["table"] = run.say(TABLES.get(count.table, count.table))
        template = N_("{table}: adds {adds}, changes {changes}, leaves {same}, refuses {refuses}")
        if count.passed_over:
            template = N_(
                "{table}: adds {adds}, changes {changes}, leaves {same}, refuses {refuses}, "
                "passes over {passed_over} as the mapping says"
            )
        click.echo(run.say(template, **values))


def _sentence(run: Run, problem: Problem) -> str:
    where = N_("{file}: {reason}")
    if problem.line:
        where = _WHERE[problem.unit, bool(problem.column)]
    reason: Message = problem.reason
    if problem.value and problem.value not in reason.values.values():
        reason = say(N_("“{value}”: {reason}"), value=problem.value, reason=reason)
    told = {"file": problem.file, "line": problem.line, "column": problem.column}
    return run.say(where, **told, reason=reason)


def _document(run: Run, brought: Brought, dry_run: bool) -> dict[str, Any]:
    return {
        "kept": brought.kept,
        "dry_run": dry_run,
        "tables": {
            count.table: {
                "adds": count.adds,
                "changes": count.changes,
                "same": count.same,
                "refuses": count.refuses,
                **({"passed_over": count.passed_over} if count.passed_over else {}),
            }
            for count in brought.counts
        },
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "unit": problem.unit,
                "column": problem.column,
                "value": problem.value,
                "reason": run.say(problem.reason),
            }
            for problem in brought.problems
        ],
        "refused_in": list(brought.refused_in),
    }
