"""`find`: finds anything by whatever is known of it."""

from collections.abc import Sequence

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import Case, Found, Hit
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.text import clean_line
from dispatch_tui.words.columns import cut

LIMIT = 20
_TEXT_CELLS = 60


@click.command(
    "find",
    cls=Command,
    help=N_(
        "Find tickets, customers, contacts, devices and people, the best first: by number, name, "
        "initials, pinyin, phone, serial or the tail of it, model, words of faults, notes and "
        'reports. "a b" stand together, -a must not be there; kind:, status:, client:, device:, '
        "engineer:, since:, until: narrow it down. Write -- before a word that begins with -."
    ),
)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice([str(one) for one in Thing]),
    multiple=True,
    help=N_("Only this; may be given several times."),
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1, 1000),
    default=LIMIT,
    show_default=False,
    help=N_("At most so many; else 20."),
)
@json_option()
@click.pass_obj
def command(
    run: Run, words: Sequence[str], kinds: Sequence[str], limit: int, as_json: bool
) -> None:
    """Find anything; nothing found is an answer of its own."""
    things = {Thing(one) for one in kinds} or set(Thing)

    async def work(desk: Desk) -> Found:
        return await desk.find(" ".join(words), things, limit=limit)

    found = run.at_desk(work)
    if as_json:
        print_json([documents.found(one) for one in found.hits])
    else:
        print_rows([_row(run, one) for one in found.hits])
    if found.further is not None:
        run.tell(
            N_("There is more: ask for more with {option}, or say it more closely."),
            option="--limit",
        )
    if not found.hits:
        raise NotPossible(N_("Nothing is found by that."))


def _row(run: Run, found: Hit | Case | Staff) -> tuple[str, ...]:
    """What it is, by what it is known, its name, more of it."""
    say = run.speaker.label
    match found:
        case Case():
            ticket = found.ticket
            fault = cut(clean_line(ticket.fault), _TEXT_CELLS)
            about = f"{found.short_name} {say(ticket.status)}"
            return say(Thing.TICKET), ticket.number, fault, about
        case Staff():
            return say(Thing.PERSON), found.login, found.name, found.title or say(found.role)
    customer, device, contact = found.customer, found.device, found.contact
    name = customer.short_name or customer.name
    if device is not None:
        about = f"{name} {device.department}"
        return say(Thing.DEVICE), device.id, f"{device.name} {device.model}", about
    if contact is not None:
        about = f"{name} {contact.department} {contact.position}"
        return say(Thing.CONTACT), contact.phone, contact.name, about
    return say(Thing.CUSTOMER), customer.code, customer.name, customer.city
