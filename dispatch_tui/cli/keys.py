"""`keys`: what sshd asks about a key at every sign-in."""

import sys

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ssh_keys import FINGERPRINT, authorized_line
from dispatch_tui.storage.doorkeeper import Holder, holder_in_file, holder_on_server

INTERPRETER = ("exec", sys.executable, "-I", "-X", "utf8", "-m", "dispatch_tui")
"""In the place of the shell, and isolated: neither the environment nor the folder adds code."""


@click.command(
    "keys",
    cls=Command,
    help=N_(
        "Print the line of authorized_keys by which a key opens the console of its owner; nothing "
        "for a key of nobody who works here. For sshd: AuthorizedKeysCommand … keys %f"
    ),
)
@click.argument("fingerprint", metavar="FINGERPRINT")
@click.pass_obj
def command(run: Run, fingerprint: str) -> None:
    """Say what a key opens."""
    if not FINGERPRINT.fullmatch(fingerprint):
        return
    place = run.place()
    if place.path is not None:
        holder = holder_in_file(place.path, fingerprint)
    else:
        import asyncio

        holder = asyncio.run(holder_on_server(place, fingerprint))
    if holder is not None:
        click.echo(authorized_line(holder.kind, holder.body, _session(run, holder)))


def _session(run: Run, holder: Holder) -> list[str]:
    """The command that a key runs.

    A database that the file of settings names is found there by the session too: its password is
    not to be seen in the list of processes.
    """
    named = run.settings.database == run.settings.preferences.database
    where = () if named else ("--database", run.settings.database)
    return [*INTERPRETER, "session", *where, "--as", holder.login]
