"""`plan`: a proposal for every fault that nobody has yet; nothing is done by it."""

from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.day_plan import Planned
from dispatch_tui.domain.message import N_


@click.command(
    "plan", cls=Command, help=N_("Propose who goes where for every fault that nobody has yet.")
)
@json_option()
@click.pass_obj
def command(run: Run, as_json: bool) -> None:
    """Show the proposal, the most urgent first."""

    async def work(desk: Desk) -> tuple[list[Planned], datetime]:
        return await desk.day_plan(), desk.clock()

    found, now = run.at_desk(work)
    if as_json:
        print_json(documents.day_plan(found, lambda one: run.speaker.say(one, now)))
        return
    if not found:
        click.echo(run.say(N_("Every fault has somebody already.")))
    print_rows(_row(run, one, now) for one in found)


def _row(run: Run, one: Planned, now: datetime) -> tuple[str, ...]:
    speaker = run.speaker
    return (
        one.number,
        speaker.name(one.person) if one.person else "-",
        speaker.time(one.arrives_at, now) if one.arrives_at is not None else "",
        speaker.translate(N_("too late")) if one.late else "",
        speaker.listed(speaker.say(sentence, now) for sentence in one.reasons),
    )
