"""`device`: a machine and everything that happened to it."""

from datetime import timedelta
from typing import Any

import click

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows, rfc3339
from dispatch_tui.cli.records import filled, plain
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.views import DeviceHistory
from dispatch_tui.domain.message import N_
from dispatch_tui.words import files as words
from dispatch_tui.words.covering import charged, covered

ENTRIES = 30
"""Entries of a timeline that are printed for people; --json has all of them."""


@click.command("device", cls=Command, help=N_("Show a device and everything that happened to it."))
@click.argument("device_id", metavar="DEVICE")
@json_option()
@click.pass_obj
def command(run: Run, device_id: str, as_json: bool) -> None:
    """Show a device."""
    found = run.at_desk(lambda desk: desk.device_history(device_id))
    if as_json:
        print_json(_device(found))
        return
    one, speaker = found.file.device, run.speaker
    click.echo(f"{one.serial}  {one.name}  {speaker.label(found.file.state)}")
    click.echo(f"  {covered(found.verdict, speaker)}  {charged(found.verdict, speaker)}")
    owner = found.file.customer
    click.echo(f"  {owner.name if owner else one.customer}  {one.department}")
    if (contract := found.contract) is not None:
        click.echo(f"  {contract.number}  {words.limits(contract, speaker)}")
    click.echo(f"  {speaker.listed(words.figures(found.figures, speaker))}")
    print_rows(filled(run, one, skip=("id", "serial", "name", "state")), indent=2)
    print_rows(
        (
            (speaker.time(entry.at), speaker.label(entry.topic), entry.number, run.say(entry.text))
            for entry in found.entries[:ENTRIES]
        ),
        indent=2,
    )
    if len(found.entries) > ENTRIES:
        run.tell(N_("The last {count} entries; --json has all of them."), count=ENTRIES)


def _device(found: DeviceHistory) -> dict[str, Any]:
    figures = found.figures
    return {
        **plain(found.file.device),
        "state": found.file.state,
        "version": found.version,
        "warranty": {
            "verdict": found.verdict.coverage,
            "until": found.verdict.until,
            "charged": not found.verdict.free,
        },
        "contract": found.contract.number if found.contract else None,
        "inspection_on": found.inspection_on,
        "failures": figures.failures,
        "repeats": figures.repeats,
        "mean_hours_between_failures": _hours(figures.mtbf),
        "down_hours_this_year": _hours(figures.down),
        "availability": figures.availability,
        "parts_cost": str(figures.cost),
        "history": [
            {
                "at": rfc3339(one.at),
                "topic": one.topic,
                "ticket": one.number or None,
                "text": str(one.text),
            }
            for one in found.entries
        ],
    }


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 3600, 2)
