"""`calendar`: the dates of an engineer or a device as a file for any calendar."""

import sys
from datetime import datetime
from pathlib import Path

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.dates import dates_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.files import new_file
from dispatch_tui.domain.dates import Date
from dispatch_tui.domain.message import N_
from dispatch_tui.reports.ics import calendar_of


@click.command(
    "calendar",
    cls=Command,
    help=N_(
        "Write dates as an .ics file: of an engineer the turns of duty of 90 days, departures, "
        "arrivals and the limits of their tickets; of a device the ends of warranty and contract, "
        "the next inspection, the limits of its open tickets."
    ),
)
@click.argument("who", metavar="LOGIN|DEVICE")
@click.option("--output", metavar="PATH", help=N_("A new file to write it to; else it is printed."))
@click.pass_obj
def command(run: Run, who: str, output: str | None) -> None:
    """Write a calendar."""

    async def work(desk: Desk) -> tuple[str, list[Date], datetime]:
        return *await dates_of(desk, who), desk.clock()

    name, dates, now = run.at_desk(work)
    content = calendar_of(dates, name, run.speaker, now)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    with new_file(Path(output)) as part:
        part.write_bytes(content)
