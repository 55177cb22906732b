"""`roster`: who is on duty, and what everybody is doing."""

from collections.abc import Iterator
from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import time_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import Group, Roster
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.roster import Doing

_DOING = {
    Doing.FREE: N_("free"),
    Doing.PLANNED: N_("planned"),
    Doing.UNDER_WAY: N_("under way"),
    Doing.ON_SITE: N_("on site"),
}


@click.command("roster", cls=Command, help=N_("Show who is on duty and what everybody is doing."))
@click.option("--at", metavar="TIME", help=N_("As of this time."))
@json_option()
@click.pass_obj
def command(run: Run, at: str | None, as_json: bool) -> None:
    """Show the roster."""

    async def work(desk: Desk) -> tuple[Roster, datetime]:
        return await desk.roster(time_of(at, desk, "--at")), desk.clock()

    roster, now = run.at_desk(work)
    if as_json:
        print_json(documents.roster(roster))
        return
    if roster.duty is not None:
        click.echo(
            run.say(
                N_("On duty: group {group} until {until}"),
                group=roster.duty.group,
                until=roster.duty.until,
            )
        )
    else:
        click.echo(run.say(N_("There is no rotation plan.")))
    print_rows(row for group in roster.groups for row in _rows(run, group, now))


def _rows(run: Run, group: Group, now: datetime) -> Iterator[tuple[str, ...]]:
    for member in group.members:
        job = member.job
        yield (
            group.name,
            member.person.name,
            member.person.phone,
            run.speaker.translate(_DOING[job.doing]),
            job.number,
            run.speaker.time(job.since, now) if job.since else "",
        )
