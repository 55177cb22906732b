"""`act`: gives a command on a ticket, or lists what is possible for it now."""

from collections.abc import Sequence
from typing import Any

import click

from dispatch_tui.cli import documents, fields, repeats
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json
from dispatch_tui.cli.possible import print_possible
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import key_of, time_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.commands import Diagnose
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import COMMANDS, of_kind
from dispatch_tui.domain.text import clean_line


class ActCommand(Command):
    """The command with all that can be done to tickets in its help."""

    def format_further(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write every command with its fields."""
        run = context.ensure_object(Run)
        with formatter.section(run.say(N_("Commands (fields with * are needed)"))):
            formatter.write_dl(
                [(spec.name, fields.summary(run.speaker, spec)) for spec in COMMANDS.values()]
            )


@click.command(
    "act",
    cls=ActCommand,
    context_settings={"help_option_names": []},
    help=N_(
        "Give a command on a ticket: act NUMBER COMMAND name=value … "
        "act NUMBER --help lists what is possible for this ticket now."
    ),
)
@click.argument("number", required=False, metavar="NUMBER")
@click.argument("name", required=False, metavar="COMMAND")
@click.argument("values", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--occurred-at", metavar="TIME", help=N_("When it happened; else now."))
@click.option(
    "--version", metavar="N", type=int, help=N_("The version that you saw: others are a conflict.")
)
@click.option("--key", metavar="KEY", default="", help=N_("Makes a second try harmless."))
@click.option("-h", "--help", "wants_help", is_flag=True, help=N_("Show this message and exit."))
@json_option()
@click.pass_context
def command(
    context: click.Context,
    /,
    number: str | None,
    name: str | None,
    values: Sequence[str],
    wants_help: bool,
    **options: Any,
) -> None:
    """Give a command on a ticket."""
    run = context.ensure_object(Run)
    if number is None:
        if not wants_help:
            raise InvalidInput(N_("Which ticket? Write: act NUMBER COMMAND name=value …"))
        click.echo(context.get_help())
        return
    if name is not None:
        spec = _spec(name)
    elif not wants_help:
        raise InvalidInput(
            N_("What is to be done? See what is possible: act {number} --help"), number=number
        )
    if wants_help:
        file = run.at_desk(lambda desk: desk.ticket(number))
        print_possible(run, file, [spec] if name else of_kind(file.case.ticket.kind))
        return
    _act(run, number, spec, values, **options)


def _spec(name: str) -> Spec:
    spec = COMMANDS.get(name.replace("_", "-").casefold())
    if spec is None:
        raise InvalidInput(
            N_("There is no command {name}; there are: {names}."),
            name=clean_line(name[:80]),
            names=tuple(COMMANDS),
        )
    return spec


def _act(
    run: Run,
    number: str,
    spec: Spec,
    values: Sequence[str],
    *,
    occurred_at: str | None,
    version: int | None,
    key: str,
    as_json: bool,
) -> None:
    async def work(desk: Desk) -> tuple[TicketFile, str, dict[str, Any]]:
        command = await fields.command_of(desk, spec, values)
        done = await desk.act(
            number,
            command,
            key=key_of(key),
            version=version,
            occurred_at=time_of(occurred_at, desk, "--occurred-at"),
        )
        file = await desk.ticket(done.number)
        document = documents.ticket(file.case, desk.clock()) | documents.file(file)
        return file, done.other, {**document, "other": done.other or None}

    file, other, document = run.at_desk(work)
    if spec.command is Diagnose and (warning := repeats.certain(file)):
        run.tell(warning)
    if as_json:
        print_json(document)
        return
    click.echo(
        run.say(
            N_("{number} is {status}. {next}"),
            number=file.case.number,
            status=file.case.ticket.status,
            next=next_step(file.case.ticket, run.now()).sentence,
        )
    )
    if other:
        click.echo(run.say(N_("See also {number}."), number=other))
