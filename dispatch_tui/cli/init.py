"""`init`: makes the database and its first manager."""

import asyncio
from datetime import tzinfo
from zoneinfo import ZoneInfo

import click

from dispatch_tui import bootstrap
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.founding import found
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line
from dispatch_tui.settings import DEFAULT_ZONE, os_login


@click.command(
    "init",
    cls=Command,
    help=N_("Make the database and its first manager; refuses where there is staff already."),
)
@click.option("--login", metavar="LOGIN", help=N_("The manager's login; else --as or your own."))
@click.option("--name", metavar="NAME", help=N_("The manager's name; else the login."))
@click.option(
    "--zone", metavar="ZONE", default=DEFAULT_ZONE, help=N_("The time zone of the company.")
)
@click.pass_obj
def command(run: Run, login: str | None, name: str | None, zone: str) -> None:
    """Make the database and its first manager."""
    login = clean_line(login or run.settings.login or os_login())
    make(run, login, clean_line(name or login), zone)
    run.tell(
        N_("{name} ({login}) is now the first manager of {database}."),
        name=name or login,
        login=login,
        database=run.settings.database,
    )


def make(run: Run, login: str, name: str, zone: str = DEFAULT_ZONE) -> None:
    """Make the database with one manager."""
    known_zone = _zone(zone)
    run.place()  # none is made where it is not known which one is meant

    async def work() -> None:
        async with bootstrap.opened(run.settings) as database:
            await found(database, login=login, name=name, zone=str(known_zone), now=run.now())

    asyncio.run(work())


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput(N_("There is no time zone {value}."), value=name[:80]) from error
