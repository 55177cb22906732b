"""`session`: what a key opens over SSH: the console of its owner, or a look from a short list."""

import copy
import os
import shlex
import signal
from importlib import import_module

import click
import msgspec

from dispatch_tui.cli.console import open_console
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_

ASKED = "SSH_ORIGINAL_COMMAND"
"""The variable in which sshd leaves what the client wanted to run."""

LONGEST = 400
"""Characters that a client may ask in."""

LOOK_SECONDS = 60
"""After so long a look is over, read or not: whoever may not look any more has seen no more."""

LOOKS: dict[str, frozenset[str]] = {
    "tickets": frozenset({"view", "at", "limit", "as_json"}),
    "show": frozenset({"number", "as_json"}),
    "roster": frozenset({"at", "since", "until", "as_json"}),
}
"""The commands that only look, and what can be said to each; what is not here opens nothing."""


@click.command(
    "session",
    cls=Command,
    help=N_(
        "What sshd runs for a key that keys knows: the console of --as LOGIN, or, where the client "
        "asks for one of them, tickets, show or roster. Nothing else is ever run."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Open what a key opens."""
    run = context.ensure_object(Run)
    if not run.settings.login:
        raise InvalidInput(N_("{option} is missing: it is needed for this."), option="--as")
    run.settings = msgspec.structs.replace(run.settings, remote=True, guarded=True)
    asked = os.environ.pop(ASKED, "")
    if asked:
        look(context, asked)
    else:
        context.exit(open_console(run))


def look(context: click.Context, asked: str) -> None:
    """Run one of the commands that only look; raises `InvalidInput` for anything else."""
    verb, *arguments = _words(asked) or [""]
    if verb not in LOOKS:
        raise InvalidInput(
            N_("Over SSH there are the console and {commands}; nothing else is run."),
            commands=tuple(LOOKS),
        )
    known: click.Command = import_module(f"dispatch_tui.cli.{verb}").command
    narrow = copy.copy(known)
    narrow.params = [one for one in known.params if one.name in LOOKS[verb]]
    signal.alarm(LOOK_SECONDS)
    try:
        with narrow.make_context(verb, arguments, parent=context.find_root()) as inner:
            narrow.invoke(inner)
    finally:
        signal.alarm(0)


def _words(asked: str) -> list[str]:
    """What the client asked for, word by word; none where that cannot be said."""
    try:
        return shlex.split(asked) if len(asked) <= LONGEST else []
    except ValueError:
        return []
