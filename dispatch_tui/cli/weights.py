"""`weights`: how much each part of a suggestion counts."""

from collections.abc import Sequence

import click
import msgspec

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.suggestion import PartName, Weights
from dispatch_tui.domain.text import clean_line


@click.command(
    "weights",
    cls=Command,
    help=N_("Show how much each part of a suggestion counts, or say so: travel=40 fair=0."),
)
@click.argument("values", nargs=-1, metavar="[NAME=NUMBER]...")
@json_option()
@click.pass_obj
def command(run: Run, values: Sequence[str], as_json: bool) -> None:
    """Show the weights, or change them."""

    async def work(desk: Desk) -> Weights:
        if values:
            await desk.set_weights(_changed(await desk.weights(), values))
        return await desk.weights()

    found = msgspec.structs.asdict(run.at_desk(work))
    if as_json:
        print_json(found)
        return
    print_rows(
        (name, f"{value:g}", run.speaker.label(PartName(name))) for name, value in found.items()
    )


def _changed(weights: Weights, values: Sequence[str]) -> Weights:
    for said in values:
        name, _, number = said.partition("=")
        try:
            weights = msgspec.structs.replace(weights, **{PartName(name): float(number)})
        except ValueError as error:
            raise InvalidInput(
                N_("“{value}” is no weight: write one of {names} and a number, like travel=40."),
                value=clean_line(said[:80]),
                names=tuple(one.value for one in PartName),
            ) from error
    return weights
