"""`demo`: the console on a throw-away copy of the sample data."""

import asyncio
import multiprocessing
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from dispatch_tui.cli.console import check_terminal, show
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.run import Run
from dispatch_tui.desk import demo
from dispatch_tui.desk.bringing.sheets import sources_in
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.settings import DEFAULT_ZONE, Settings

FILE = "demo.db"


@click.command(
    "demo",
    cls=Command,
    help=N_(
        "Open the console on a throw-away copy of the sample data, with clocks running. "
        "--as takes a login of the sample, or a role: operator, manager, supervisor …"
    ),
)
@click.option("--no-console", is_flag=True, help=N_("Only make the database, and keep it."))
@click.option(
    "--prepare",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=N_("Only make the database in this folder."),
)
@click.pass_obj
def command(run: Run, no_console: bool, prepare: Path | None) -> None:
    """Open the console on a throw-away copy of the sample data."""
    sources = sources_in([demo.sample_folder()])
    login, other = demo.login_of(run.settings.login or Role.OPERATOR, sources)
    if no_console and prepare is None:
        prepare = Path(tempfile.mkdtemp(prefix="dispatch-demo-"))
    if prepare is not None:
        _make(run, prepare)
        click.echo(joining(prepare / FILE, login))
        return
    check_terminal()
    folder = Path(tempfile.mkdtemp(prefix="dispatch-demo-"))
    try:
        code = _open(run, folder, login, other)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    click.get_current_context().exit(code)


def joining(database: Path, login: str) -> str:
    """Return the command with which another terminal joins."""
    words = ["dispatch-tui", "--database", str(database), "--as", login]
    if "UV_RUN_RECURSION_DEPTH" in os.environ:  # uv run puts the program on its own path only
        words = ["uv", "run", *words]
    return shlex.join(words)


def _open(run: Run, folder: Path, login: str, other: str) -> int:
    """Make the database in a process of its own, while the console is loaded in this one."""
    maker = multiprocessing.Process(target=_make_apart, args=(folder,))
    maker.start()
    try:
        import dispatch_tui.console.app  # noqa: F401
    finally:
        maker.join()
    if maker.exitcode != 0:
        return maker.exitcode or 1
    join = joining(folder / FILE, other)
    run.tell(N_("Another terminal joins this demo with:"))
    click.echo(join, err=True)
    run.ask(database=str(folder / FILE), login=login)
    return show(run.settings, join=join, problems=run.problems)


def _make_apart(folder: Path) -> None:
    from dispatch_tui.cli.main import outcome

    sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    sys.exit(outcome(["demo", "--prepare", str(folder)]))


def _make(run: Run, folder: Path) -> None:
    from dispatch_tui import bootstrap
    from dispatch_tui.desk.bringing.bring import bring

    path = folder / FILE
    if path.exists():
        raise InvalidInput(N_("{path} is there already."), path=str(path))
    zone = ZoneInfo(DEFAULT_ZONE)
    sources = demo.sample(run.now(), zone)
    manager, _ = demo.login_of(Role.MANAGER, sources)

    async def work() -> None:
        async with bootstrap.opened(Settings(database=str(path))) as database:
            found = await bring(database, sources, manager, zone=zone, now=run.now())
        if found.problems:
            first = found.problems[0]
            raise InvalidInput(first.reason.template, **first.reason.values)

    asyncio.run(work())
