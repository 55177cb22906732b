"""`where`: every path of the program, what is wrong with its files, and files to begin with."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
from platformdirs import user_log_path

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.settings import APP, export_folder, keys_file, settings_file


class Spot(msgspec.Struct, frozen=True):
    """A path; `exists` is None where that cannot be looked up, as on a server."""

    path: str
    exists: bool | None


@click.command(
    "where",
    cls=Command,
    help=N_(
        "Show every path: database, settings, keys, logs, exports, sample data; and what is wrong "
        "with the files of settings and keys. --settings and --keys print such a file, with all "
        "that can be in it, to be saved and changed."
    ),
)
@json_option()
@click.option("--settings", is_flag=True, help=N_("Print a file of settings."))
@click.option("--keys", is_flag=True, help=N_("Print a file of keys."))
@click.pass_obj
def command(run: Run, as_json: bool, settings: bool, keys: bool) -> None:
    """Show every path, or print a file to begin with."""
    if as_json + settings + keys > 1:
        raise InvalidInput(
            N_("Only one of --json, --settings and --keys can be printed at a time.")
        )
    if settings or keys:
        from dispatch_tui.cli.templates import keys_template, settings_template

        lines = settings_template(run) if settings else keys_template(run)
        click.echo("\n".join(lines))
        return
    spots = dict(_spots(run))
    problems = [run.say(one) for one in file_problems(run)]
    if as_json:
        print_json({"paths": spots, "problems": problems})
        return
    missing = run.say(N_("(not there yet)"))
    print_rows(
        (name, one.path, missing if one.exists is False else "") for name, one in spots.items()
    )
    for problem in problems:
        click.echo(problem, err=True)


def file_problems(run: Run) -> tuple[Message, ...]:
    """Return what is wrong with the files of settings and of keys, line by line."""
    from dispatch_tui.console.keys.keymap import keymap_of  # loads no screen

    return (*run.problems, *keymap_of(keys_file()).problems)


def _spots(run: Run) -> Iterator[tuple[str, Spot]]:
    from dispatch_tui.desk.demo import sample_folder
    from dispatch_tui.storage.place import place_of

    place = place_of(run.settings.database)
    yield "database", Spot(place.shown, None if place.path is None else os.path.exists(place.path))
    yield "settings", _spot(settings_file())
    yield "keys", _spot(keys_file())
    yield "log", _spot(user_log_path(APP, appauthor=False))
    yield "exports", _spot(export_folder())
    try:
        yield "sample_data", _spot(sample_folder())
    except DispatchError:
        yield "sample_data", Spot("", exists=False)
    yield "program", _spot(Path(__file__).parents[1])
    yield "python", _spot(Path(sys.executable))


def _spot(path: Path) -> Spot:
    return Spot(str(path), os.path.exists(path))
