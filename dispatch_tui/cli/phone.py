"""`phone`: whom to call about a ticket, and under which number."""

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.message import N_


@click.command(
    "phone",
    cls=Command,
    help=N_(
        "Show whom to call about a ticket, and under which number. For roles that see masked "
        "numbers (138****5678) it is journaled who looked one up."
    ),
)
@click.argument("number", metavar="NUMBER")
@json_option()
@click.pass_obj
def command(run: Run, number: str, as_json: bool) -> None:
    """Show a phone number."""
    found = run.at_desk(lambda desk: desk.reveal_phone(number))
    if as_json:
        print_json(found)
        return
    print_rows([(found.contact, found.phone)])
    if found.noted:
        run.tell(N_("It was noted in the journal that you looked this number up."))
