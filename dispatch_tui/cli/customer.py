"""`customer`: everything about a customer."""

from typing import Any

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.records import filled, plain
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.views import CustomerFile
from dispatch_tui.domain.message import N_
from dispatch_tui.words import files as words


@click.command("customer", cls=Command, help=N_("Show everything about a customer."))
@click.argument("code", metavar="CODE")
@json_option()
@click.pass_obj
def command(run: Run, code: str, as_json: bool) -> None:
    """Show a customer."""
    found = run.at_desk(lambda desk: desk.customer_file(code))
    if as_json:
        print_json(_customer(found))
        return
    one, speaker = found.customer, run.speaker
    click.echo(f"{one.code}  {one.name}")
    print_rows(filled(run, one, skip=("code", "name", "initials")), indent=2)
    print_rows(((c.name, c.department, c.position, c.phone) for c in found.contacts), indent=2)
    print_rows(
        (
            (k.number, k.device, f"{k.since} - {k.until}", words.limits(k, speaker))
            for k in found.contracts
        ),
        indent=2,
    )
    print_rows(((d.serial, d.name, d.model, d.department) for d in found.devices), indent=2)
    print_rows(
        ((c.number, speaker.label(c.ticket.status), c.ticket.fault) for c in found.cases), indent=2
    )


def _customer(found: CustomerFile) -> dict[str, Any]:
    return {
        **plain(found.customer),
        "version": found.version,
        "contacts": [plain(one) for one in found.contacts],
        "contracts": [plain(one) for one in found.contracts],
        "devices": [one.id for one in found.devices],
        "tickets": [one.number for one in found.cases],
        "satisfaction": [plain(one) for one in found.satisfaction],
    }
