"""`parts`: what is on the shelves of the stations, and what is under way to them."""

from typing import Any

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.records import consignment
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.files import Consignment
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.stocking import Shelf


@click.command(
    "parts", cls=Command, help=N_("List the parts of all stations, what is short first.")
)
@click.option("--short", is_flag=True, help=N_("Only what is short."))
@json_option()
@click.pass_obj
def command(run: Run, short: bool, as_json: bool) -> None:
    """List the parts."""

    async def work(desk: Desk) -> tuple[list[Shelf], list[Consignment]]:
        return await desk.shelves(), await desk.consignments()

    shelves, under_way = run.at_desk(work)
    if short:
        shelves = [one for one in shelves if one.short]
    if as_json:
        print_json(
            {
                "shelves": [_shelf(one) for one in shelves],
                "under_way": [consignment(one) for one in under_way],
            }
        )
        return
    print_rows(
        (
            (
                one.part.code,
                one.part.name,
                one.station.code,
                str(one.count),
                run.say(N_("{count} coming"), count=one.coming) if one.coming else "",
                run.say(N_("{count} short"), count=one.short) if one.short else "",
            )
            for one in shelves
        ),
        right={3},
    )
    for sent in under_way:
        words = N_("{id}: {count} of {part} under way to {station} since {at}")
        click.echo(
            run.say(
                words,
                id=sent.id,
                count=sent.count,
                part=sent.part,
                station=sent.destination,
                at=sent.sent_at,
            )
        )


def _shelf(shelf: Shelf) -> dict[str, Any]:
    return {
        "part": shelf.part.code,
        "name": shelf.part.name,
        "station": shelf.station.code,
        "count": shelf.count,
        "minimum": shelf.minimum,
        "coming": shelf.coming,
        "short": shelf.short,
    }
