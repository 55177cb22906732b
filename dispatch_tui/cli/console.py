"""No command: the console."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Sequence

import click
import msgspec

from dispatch_tui.cli.run import Run
from dispatch_tui.domain.errors import InvalidInput, NotAllowed
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.settings import Settings, os_login


def open_console(run: Run) -> int:
    """Open the console and return its exit code; on an empty database, offer to begin one."""
    check_terminal()
    if not _has_staff(run):
        if run.settings.guarded:
            raise NotAllowed(N_("Nobody works here yet: the console opens where there is staff."))
        from dispatch_tui.cli.init import make

        login = run.settings.login or os_login()
        question = run.say(
            N_("Become the first manager of this database as {login}? [y/N]"), login=login
        )
        click.echo(run.settings.database, err=True)
        if input(f"{question} ").strip().casefold() not in ("y", "yes", "是", "shi"):
            from dispatch_tui import bootstrap

            bootstrap.signed_in({}, login)
        make(run, login, login)
        run.ask(login=login)
    _bring_forward(run)
    return show(run.settings, problems=run.problems)


def check_terminal() -> None:
    """Raise `InvalidInput` where there is no terminal that a console could be drawn on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InvalidInput(
            N_("The console needs a terminal; for scripts there are commands: dispatch-tui --help")
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise InvalidInput(
            N_("This terminal cannot show the console (TERM is empty or dumb): try another.")
        )


def show(settings: Settings, *, join: str = "", problems: Sequence[Message] = ()) -> int:
    """Load the console and open it, in the size that the terminal has, whatever a shell says.

    Somebody who was never here is shown around.
    """
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    from dispatch_tui.console.app import run

    settings = msgspec.structs.replace(settings, tour=True)
    return run(settings, join=join, problems=problems)


def _bring_forward(run: Run) -> None:
    """Bring a file of an earlier version to this one while its reader sees how far that is."""
    from dispatch_tui.storage.glance import is_current

    path = run.place().path
    if path is None or is_current(path):
        return
    from dispatch_tui import bootstrap

    async def work() -> None:
        async with bootstrap.opened(run.settings, run.bringing_forward()):
            """All that is asked is that it can be opened."""

    asyncio.run(work())


def _has_staff(run: Run) -> bool:
    """Whether anybody can sign in: asked of a file without loading what the console loads later."""
    from dispatch_tui.storage.driver import connect, errors
    from dispatch_tui.storage.place import is_there

    path = run.place().path
    if path is None:
        return True
    if not is_there(path):
        return False
    with contextlib.suppress(*errors()), contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA busy_timeout=1000")
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if "staff" not in tables:
            return bool(tables)
        return connection.execute("SELECT 1 FROM staff LIMIT 1").fetchone() is not None
    return True
