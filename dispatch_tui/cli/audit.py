"""`audit`: proves that every ticket equals its journal and that no journal was changed."""

import asyncio

import click

from dispatch_tui import bootstrap
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.auditing import Audit, audit
from dispatch_tui.domain.message import N_


@click.command(
    "audit",
    cls=Command,
    help=N_(
        "Fold every journal and compare it with what is stored, check every chain of hashes. "
        "Exit code 1 when anything differs."
    ),
)
@json_option()
@click.pass_obj
def command(run: Run, as_json: bool) -> None:
    """Prove that every ticket equals its journal."""
    run.check_database()

    async def work() -> Audit:
        async with bootstrap.opened(run.settings) as database:
            return await audit(database)

    found = asyncio.run(work())
    first = found.first
    if as_json:
        print_json(
            {
                "ok": first is None,
                "tickets": found.tickets,
                "subjects": found.subjects,
                "lines": found.lines,
                "bad": found.bad,
                "first": first
                and {
                    "kind": first.kind,
                    "subject": first.subject,
                    "seq": first.seq or None,
                    "what": run.say(first.what),
                },
            }
        )
    else:
        click.echo(
            run.say(
                N_("{tickets} tickets, {subjects} subjects, {lines} journal entries checked."),
                tickets=found.tickets,
                subjects=found.subjects,
                lines=found.lines,
            )
        )
    if first is not None:
        template = N_("{bad} found; the first: {kind} {subject}: {what}")
        if first.seq:
            template = N_("{bad} found; the first: {kind} {subject}, entry {seq}: {what}")
        run.tell(
            template,
            bad=found.bad,
            kind=first.kind,
            subject=first.subject,
            seq=first.seq,
            what=first.what,
        )
    click.get_current_context().exit(0 if first is None else 1)
