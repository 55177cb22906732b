"""`handover`: what whoever comes next has to know, handed over and accepted."""

from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.handover import HandOver, Item
from dispatch_tui.domain.message import N_

Shown = tuple[tuple[Item, ...], HandOver | None, datetime]


@click.command(
    "handover",
    cls=Command,
    help=N_("Show what the next shift has to know; --note hands it over, --accept takes it."),
)
@click.option("--note", metavar="TEXT", default=None, help=N_("Hand over, with these words."))
@click.option("--to", metavar="LOGIN", default="", help=N_("To whom."))
@click.option("--accept", is_flag=True, help=N_("Take over what was handed over last."))
@json_option()
@click.pass_obj
def command(run: Run, note: str | None, to: str, accept: bool, as_json: bool) -> None:
    """Show the sheet, hand it over, or take it over."""

    async def work(desk: Desk) -> Shown:
        pending = await desk.pending_handover()
        if accept:
            if pending is None:
                raise InvalidInput(N_("Nothing waits to be taken over."))
            await desk.accept_handover(pending.id)
            pending = None
        elif note is not None:
            pending = await desk.hand_over(note, to)
        return await desk.handover_sheet(), pending, desk.clock()

    items, pending, now = run.at_desk(work)
    if as_json:
        print_json(documents.handover(items, pending, lambda one: run.speaker.say(one, now)))
        return
    print_rows(_row(run, one, now) for one in items)
    if pending is not None:
        words = N_("{person} handed over at {at}, and nobody has taken over yet: {note}")
        said = run.speaker.say(
            words, now, person=pending.by, at=pending.at, note=pending.note or "-"
        )
        click.echo(f"! {said}")


def _row(run: Run, one: Item, now: datetime) -> tuple[str, ...]:
    return (
        run.speaker.label(one.topic),
        one.number,
        run.speaker.time(one.at, now) if one.at is not None else "",
        run.speaker.say(one.sentence, now),
    )
