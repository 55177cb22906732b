"""`lend`: people that one station lends to another, and back."""

from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import time_ahead
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.lending import Lending, lending
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line

BACK = "back"


@click.command(
    "lend",
    cls=Command,
    help=N_("Lend somebody to another station: LOGIN STATION; back ID returns them; or list."),
)
@click.argument("who", required=False, metavar="[LOGIN|back]", default="")
@click.argument("station", required=False, metavar="[STATION|ID]", default="")
@click.option("--from", "since", metavar="TIME", help=N_("From when on; else now."))
@click.option("--to", "until", metavar="TIME", help=N_("Until when, not included."))
@click.option("--for", "what_for", metavar="TEXT", default="", help=N_("What for."))
@json_option()
@click.pass_obj
def command(run: Run, /, who: str, station: str, *, as_json: bool, **said: str | None) -> None:
    """Lend somebody, bring them back, or list who is lent."""

    async def work(desk: Desk) -> tuple[list[Lending], datetime]:
        if who == BACK:
            await desk.bring_back(clean_line(station))
        elif who:
            await desk.lend(_wanted(desk, clean_line(who), clean_line(station), said))
        return await desk.lendings(), desk.clock()

    found, now = run.at_desk(work)
    if as_json:
        print_json([documents.lending(one) for one in found])
        return
    print_rows(
        (
            one.id,
            run.speaker.name(one.login),
            one.station,
            run.speaker.time(one.since, now),
            run.speaker.time(one.ends_at, now),
            one.what_for,
        )
        for one in found
    )


def _wanted(desk: Desk, who: str, station: str, said: dict[str, str | None]) -> Lending:
    since = time_ahead(said["since"], desk, "--from") if said["since"] else desk.clock()
    if not said["until"]:
        raise InvalidInput(N_("{option} is missing: it needs a time."), option="--to")
    until = time_ahead(said["until"], desk, "--to")
    assert since is not None
    assert until is not None
    return lending(who, station, since, until, clean_line(said["what_for"] or ""))
