"""`roster`: who is on duty, now or over the days ahead, and what everybody is doing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import time_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import Group, Member, Roster
from dispatch_tui.domain.duty import Span
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.roster import Doing
from dispatch_tui.domain.roster_quality import Flaw

AHEAD = timedelta(days=14)
"""How far a preview goes where its end is not given."""

LONGEST = timedelta(days=400)

_DOING = {
    Doing.FREE: N_("free"),
    Doing.PLANNED: N_("planned"),
    Doing.UNDER_WAY: N_("under way"),
    Doing.ON_SITE: N_("on site"),
}


@click.command("roster", cls=Command, help=N_("Show who is on duty and what everybody is doing."))
@click.option("--at", metavar="TIME", help=N_("As of this time."))
@click.option("--from", "since", metavar="TIME", help=N_("The roster from here on, in spans."))
@click.option("--to", "until", metavar="TIME", help=N_("Its end; 14 days if not given."))
@json_option()
@click.pass_obj
def command(run: Run, at: str | None, since: str | None, until: str | None, as_json: bool) -> None:
    """Show the roster."""
    if since or until:
        _preview(run, since, until, as_json=as_json)
        return

    async def work(desk: Desk) -> tuple[Roster, list[Flaw], datetime]:
        roster = await desk.roster(time_of(at, desk, "--at"))
        return roster, [] if at else await desk.roster_flaws(), desk.clock()

    roster, flaws, now = run.at_desk(work)
    if as_json:
        print_json(documents.roster(roster))
        return
    click.echo(_heading(run, roster))
    print_rows(row for group in roster.groups for row in _rows(run, group, now))
    for flaw in flaws:
        click.echo(f"! {run.say(flaw.sentence)}")


def _preview(run: Run, since: str | None, until: str | None, *, as_json: bool) -> None:
    async def work(desk: Desk) -> tuple[list[Span], datetime]:
        start = time_of(since, desk, "--from") or desk.clock()
        end = time_of(until, desk, "--to") or start + AHEAD
        if end <= start:
            raise InvalidInput(N_("The end must be after the beginning."), field="--to")
        if end - start > LONGEST:
            raise InvalidInput(N_("A preview covers at most 400 days."), field="--to")
        return await desk.preview(start, end), desk.clock()

    found, now = run.at_desk(work)
    if as_json:
        print_json(documents.spans(found))
        return
    nobody = run.speaker.translate(N_("nobody"))
    print_rows(
        (
            run.speaker.time(one.since, now),
            run.speaker.time(one.until, now),
            one.group or "-",
            run.speaker.listed(run.speaker.name(login) for login in one.staff) or nobody,
        )
        for one in found
    )


def _heading(run: Run, roster: Roster) -> str:
    if roster.duty is None:
        return run.say(N_("There is no rotation plan."))
    if not roster.duty.group:
        return run.say(N_("On duty: a holiday roster until {until}"), until=roster.duty.until)
    return run.say(
        N_("On duty: group {group} until {until}"),
        group=roster.duty.group,
        until=roster.duty.until,
    )


def _rows(run: Run, group: Group, now: datetime) -> Iterator[tuple[str, ...]]:
    for member in group.members:
        job = member.job
        yield (
            group.name,
            "*" if member.on_duty else "",
            member.person.name,
            member.person.phone,
            _doing(run, member),
            job.number,
            run.speaker.time(job.since, now) if job.since else "",
        )


def _doing(run: Run, member: Member) -> str:
    if member.off is not None:
        return run.say(N_("off until {until}"), until=member.off.until)
    return run.speaker.translate(_DOING[member.job.doing])
