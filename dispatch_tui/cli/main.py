"""The entry point, and the outermost edge: every end of the program has its exit code."""

import contextlib
import gc
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import click
from platformdirs import user_log_path

from dispatch_tui.cli import usage
from dispatch_tui.cli.frame import Entry, Group
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.errors import (
    Conflict,
    DatabaseUnusable,
    DispatchError,
    InvalidInput,
    NotAllowed,
    NotPossible,
)
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.phones import mask_text
from dispatch_tui.settings import APP

EXIT_CODES: dict[type[DispatchError], int] = {
    NotPossible: 1,
    InvalidInput: 2,
    NotAllowed: 3,
    Conflict: 4,
    DatabaseUnusable: 5,
}
UNEXPECTED, INTERRUPTED, BROKEN_PIPE = 70, 130, 141

_ENTRIES = tuple(
    Entry(name, f"dispatch_tui.cli.{module}", words)
    for name, module, words in (
        ("demo", "demo", N_("The console on a throw-away copy of sample data.")),
        ("init", "init", N_("Make the database and its first manager.")),
        ("import", "bring", N_("Bring CSV files in, all of them or nothing.")),
        ("export", "export", N_("Write tables, the journal and lists as files.")),
        ("call", "call", N_("Log a call.")),
        ("act", "act", N_("Give a command on a ticket.")),
        ("tickets", "tickets", N_("List tickets, now or at any time.")),
        ("find", "find", N_("Find anything by whatever is known of it.")),
        ("show", "show", N_("Show a ticket with its clocks and its journal.")),
        ("customer", "customer", N_("Show everything about a customer.")),
        ("device", "device", N_("Show a device and its whole past.")),
        ("file", "file", N_("Put customers and devices on file, and change them.")),
        ("parts", "parts", N_("List the parts of all stations.")),
        ("part", "part", N_("Take, send, order, receive, count parts.")),
        ("phone", "phone", N_("Show whom to call about a ticket.")),
        ("roster", "roster", N_("Show who is on duty and who does what.")),
        ("calendar", "calendar", N_("Dates of an engineer or a device, as an .ics file.")),
        ("suggest", "suggest", N_("Say who should go to a ticket, and why.")),
        ("handover", "handover", N_("What the next shift has to know.")),
        ("lend", "lend", N_("Lend somebody to another station.")),
        ("weights", "weights", N_("How much each part of a suggestion counts.")),
        ("plan", "plan", N_("Propose who goes where for all that nobody has yet.")),
        ("override", "override", N_("Change the roster of a person for a time.")),
        ("commands", "commands", N_("Print the table of commands.")),
        ("report", "report", N_("Print the service report of a ticket.")),
        ("staff", "staff", N_("Say who works here, and by which keys they are known.")),
        ("keys", "keys", N_("Tell sshd what a key may do (AuthorizedKeysCommand).")),
        ("session", "session", N_("What a key opens over SSH: the console, or a look.")),
        ("audit", "audit", N_("Prove that every ticket equals its journal.")),
        ("doctor", "doctor", N_("Show versions, paths and settings in force.")),
        ("check", "check", N_("Show what this terminal can do.")),
        ("where", "where", N_("Show every path, and print files of settings and keys.")),
    )
)


@click.pass_context
def _console(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        from dispatch_tui.cli.console import open_console  # only where no command is called

        context.exit(open_console(context.ensure_object(Run)))


root = Group(
    APP,
    _ENTRIES,
    callback=_console,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "The dispatch console of a medical equipment service centre. "
        "Without a command it opens the console."
    ),
)


def main() -> None:
    """Run the command line and leave with its exit code.

    Without the collector: what is loaded is no garbage, and looking for some in it takes a fifth
    of the time of a command. The console lives longer, and lets it work once it has loaded.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = outcome(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = BROKEN_PIPE
    if code == BROKEN_PIPE:
        _close_pipe()
    sys.exit(code)


def outcome(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what went wrong is said in one line."""
    run = Run()
    try:
        with root.make_context(APP, list(arguments), obj=run) as context:
            root.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        run.tell(usage.sentence(error))
        return 2
    except DispatchError as error:
        run.tell(error.message)
        codes = (code for kind, code in EXIT_CODES.items() if isinstance(error, kind))
        return next(codes, 1)
    except BrokenPipeError:
        return BROKEN_PIPE
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        return INTERRUPTED
    except Exception as error:
        log = _write_log()
        template = N_("Something unexpected went wrong ({error}). What is known of it is in {log}")
        if run.settings.guarded:
            template = N_("Something unexpected went wrong ({error}), and the server has noted it.")
        run.tell(template, error=type(error).__name__, log=str(log))
        return UNEXPECTED
    return 0


def _write_log() -> Path:
    """Write the current traceback where only its owner can read it."""
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    folders = (user_log_path(APP, appauthor=False), Path(tempfile.gettempdir()))
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = folder / name
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as log:
                log.write(mask_text(traceback.format_exc()))
            return file
    return Path(os.devnull)


def _close_pipe() -> None:
    """Nobody reads any more: let nothing be flushed into the closed pipe at the end."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
