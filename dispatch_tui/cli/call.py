"""`call`: logs a call."""

from typing import Any

import click
import msgspec

from dispatch_tui.cli import documents, repeats
from dispatch_tui.cli.fields import check_length
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import key_of, time_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.naming import customer_named, device_named
from dispatch_tui.desk.views import Done, TicketFile
from dispatch_tui.domain.commands import LogCall
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spec import FieldKind
from dispatch_tui.domain.table import LOG


def _field_options() -> list[click.Parameter]:
    """One option for each field of the table's row."""
    return [
        click.Option(
            [f"--{field.name}"],
            required=field.required,
            help=field.label,
            metavar=None if field.kind is FieldKind.CHOICE else field.name.upper(),
            type=click.Choice([str(one) for one in field.choices]) if field.choices else str,
        )
        for field in LOG.fields
    ]


@click.command(
    "call",
    cls=Command,
    params=_field_options(),
    help=N_(
        "Log a call and print the number of its ticket. A customer is named by code, name, pinyin "
        "initials or a unique part; a device by its serial or the tail of it."
    ),
)
@click.option("--reported-at", metavar="TIME", help=N_("When it was reported; else now."))
@click.option("--key", metavar="KEY", default="", help=N_("Makes a second try harmless."))
@json_option()
@click.pass_obj
def command(
    run: Run, /, reported_at: str | None, key: str, as_json: bool, **fields: str | None
) -> None:
    """Log a call and print the number of its ticket."""
    given: dict[str, Any] = {name: value for name, value in fields.items() if value is not None}

    async def work(desk: Desk) -> tuple[Done, TicketFile, dict[str, Any]]:
        await _name(desk, given)
        done = await desk.log_call(
            msgspec.convert(given, LogCall),
            key=key_of(key),
            reported_at=time_of(reported_at, desk, "reported_at"),
        )
        file = await desk.ticket(done.number)
        return done, file, documents.ticket(file.case, desk.clock()) | documents.file(file)

    done, file, document = run.at_desk(work)
    if warning := repeats.perhaps(file):
        run.tell(warning)
    if as_json:
        print_json(document)
    else:
        click.echo(done.number)


async def _name(desk: Desk, given: dict[str, Any]) -> None:
    """Put the customer and the device that were meant in the place of what was said."""
    for field in LOG.fields:
        check_length(field, given.get(field.name, ""))
    if given.get("customer"):
        given["customer"] = (await customer_named(desk.database, given["customer"])).code
    if given.get("device"):
        customer = given.get("customer", "")
        device = await device_named(desk.database, given["device"], customer)
        given["device"] = device.id
        given.setdefault("department", device.department)
        if not given.get("caller"):
            given["customer"] = customer or device.customer
