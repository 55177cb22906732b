"""`part`: moves parts from and to the shelves of the stations."""

from typing import Any

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json
from dispatch_tui.cli.records import consignment, plain
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import key_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.files import Consignment, Stock
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.when import parse_day

MOVES = ("take", "put-back", "send", "order", "receive", "count")


@click.command(
    "part",
    cls=Command,
    help=N_(
        "Move parts: take, put-back, send, order and count name a PART and its --station; receive "
        "names the consignment."
    ),
)
@click.argument("move", metavar="MOVE", type=click.Choice(MOVES))
@click.argument("part", metavar="PART|ID")
@click.option("--station", metavar="CODE", default="", help=N_("The station of the shelf."))
@click.option("--to", "destination", metavar="CODE", default="", help=N_("To which station."))
@click.option("--count", metavar="N", type=int, default=1, help=N_("How many; else one."))
@click.option("--minimum", metavar="N", type=int, help=N_("How few there should be (count)."))
@click.option("--ticket", metavar="NUMBER", default="", help=N_("For which ticket."))
@click.option("--due", metavar="DAY", help=N_("When what is ordered should arrive."))
@click.option("--key", metavar="KEY", default="", help=N_("Makes a second try harmless."))
@json_option()
@click.pass_obj
def command(run: Run, /, move: str, part: str, as_json: bool, **said: Any) -> None:
    """Move parts."""
    station, count, ticket = said["station"], said["count"], said["ticket"]
    if move != "receive" and not station:
        raise InvalidInput(N_("{option} is missing: it is needed for this."), option="--station")
    if move == "send" and not said["destination"]:
        raise InvalidInput(N_("{option} is missing: it is needed for this."), option="--to")
    due_on = parse_day(said["due"]) if said["due"] else None
    key = key_of(said["key"])

    async def work(desk: Desk) -> Stock | Consignment:
        match move:
            case "take":
                return await desk.take_part(part, station, count, ticket=ticket, key=key)
            case "put-back":
                return await desk.put_part_back(part, station, count, ticket=ticket, key=key)
            case "send":
                to = said["destination"]
                return await desk.send_parts(part, station, to, count, ticket=ticket, key=key)
            case "order":
                return await desk.order_parts(
                    part, station, count, ticket=ticket, due_on=due_on, key=key
                )
            case "receive":
                return await desk.receive_parts(part)
            case _:
                minimum = said["minimum"]
                return await desk.count_stock(part, station, count, minimum=minimum, key=key)

    done = run.at_desk(work)
    if as_json:
        print_json(consignment(done) if isinstance(done, Consignment) else plain(done))
    elif isinstance(done, Consignment):
        click.echo(done.id)
    else:
        words = N_("{station}: {count} of {part}")
        click.echo(run.say(words, station=done.station, count=done.count, part=done.part))
