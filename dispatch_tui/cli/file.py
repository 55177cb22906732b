"""`file`: puts customers, devices, contacts and contracts on file, and changes them."""

from collections.abc import Sequence
from typing import Any

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import key_of, time_of
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.filed import RECORDS
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import records

NO_KEY = "-"


class FileCommand(Command):
    """The command with the tables, their keys and fields in its help."""

    def format_further(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what a record of each table is known by, and what stands in it."""
        run = context.ensure_object(Run)
        with formatter.section(run.say(N_("Tables: their KEY, and their fields (needed: *)"))):
            formatter.write_dl([(table, _summary(table)) for table in RECORDS])


def _summary(table: str) -> str:
    key = "/".join(records.BY_TYPE[RECORDS[table]].fields)
    fields = (f"{one.name}{'*' * one.needed}" for one in FORMATS[table].columns)
    return f"{key}: {' '.join(fields)}"


@click.command(
    "file",
    cls=FileCommand,
    help=N_(
        "Change a file: file TABLE KEY field=value …; of a contact or a contract the KEY has its "
        "parts with / between them. --new puts it on file, --remove takes it off."
    ),
)
@click.argument("table", metavar="TABLE", type=click.Choice(list(RECORDS)))
@click.argument("key", metavar="KEY")
@click.argument("values", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--new", is_flag=True, help=N_("It is not on file yet; KEY may be -."))
@click.option("--remove", is_flag=True, help=N_("Take a contact or a contract off the files."))
@click.option("--occurred-at", metavar="TIME", help=N_("When it happened; else now."))
@click.option(
    "--version", metavar="N", type=int, help=N_("The version that you saw: others are a conflict.")
)
@click.option(
    "--key", "retry_key", metavar="KEY", default="", help=N_("Makes a second try harmless.")
)
@json_option()
@click.pass_obj
def command(run: Run, /, table: str, key: str, values: Sequence[str], **options: Any) -> None:
    """Change a file."""
    texts = dict(_pair(one) for one in values)
    if not (texts or options["new"] or options["remove"]):
        raise InvalidInput(N_("Say what is to be changed: field=value."))

    async def work(desk: Desk) -> tuple[str, ...]:
        if options["new"]:
            texts.update(await _first(desk, table, clean_line(key), texts))
            return await desk.put_on_file(table, texts, retry_key=key_of(options["retry_key"]))
        found = await desk.key_named(table, clean_line(key))
        _, version = await desk.on_file(table, found)
        seen = version if options["version"] is None else options["version"]
        if options["remove"]:
            await desk.take_off_file(table, found, seen=seen)
            return found
        at = time_of(options["occurred_at"], desk, "--occurred-at")
        return await desk.change_file(table, found, texts, seen=seen, occurred_at=at)

    done = run.at_desk(work)
    if options["as_json"]:
        print_json({"table": table, "key": list(done)})
    else:
        click.echo("  ".join(done))


async def _first(desk: Desk, table: str, key: str, texts: dict[str, str]) -> dict[str, str]:
    """Return what a new record is known by: its KEY, or for a customer the next code."""
    name = {"customers": "code", "parts": "code", "devices": "serial"}.get(table, "")
    if not name or name in texts:
        return {}
    if key != NO_KEY:
        return {name: key}
    return {name: await desk.fresh_customer_code()} if table == "customers" else {}


def _pair(value: str) -> tuple[str, str]:
    name, equals, text = value.partition("=")
    if not equals:
        raise InvalidInput(N_("“{value}” must be written as field=value."), value=value[:80])
    return name.strip(), text
