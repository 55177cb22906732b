"""`audit`: proves that every ticket equals its journal and that no journal was changed."""

import asyncio
from typing import Any

import click
from msgspec.structs import asdict

from dispatch_tui import bootstrap
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.waiting import Bar
from dispatch_tui.desk.auditing import Audit, Finding, audit
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
        async with bootstrap.opened(run.settings, run.bringing_forward()) as database:
            return await audit(database, tell=Bar(run.say(N_("Checking"))))

    found = asyncio.run(work())
    if as_json:
        print_json(_document(run, found))
    else:
        click.echo(
            run.say(
                N_("{tickets} tickets, {subjects} subjects, {lines} journal entries checked."),
                tickets=found.tickets,
                subjects=found.subjects,
                lines=found.lines,
            )
        )
    if found.first is not None:
        run.tell(_sentence(found.first), bad=found.bad, **asdict(found.first))
    click.get_current_context().exit(0 if found.first is None else 1)


def _sentence(first: Finding) -> str:
    if first.seq:
        return N_("{bad} found; the first: {kind} {subject}, entry {seq}: {what}")
    return N_("{bad} found; the first: {kind} {subject}: {what}")


def _document(run: Run, found: Audit) -> dict[str, Any]:
    first = found.first
    return {
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
