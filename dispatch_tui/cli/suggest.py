"""`suggest`: who should go to a ticket, and why."""

from collections.abc import Iterator

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.suggesting import Suggested
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.suggestion import Suggestion


@click.command("suggest", cls=Command, help=N_("Say who should go to a ticket, and why."))
@click.argument("number", metavar="NUMBER")
@json_option()
@click.pass_obj
def command(run: Run, number: str, as_json: bool) -> None:
    """Show everybody ranked, with reasons and obstacles."""
    found = run.at_desk(lambda desk: desk.suggestions(number))
    if as_json:
        print_json(documents.suggested(found, lambda one: run.speaker.say(one, found.at)))
        return
    for sentence in found.shortfall:
        click.echo(f"! {run.speaker.say(sentence, found.at)}")
    print_rows(_row(run, place, one, found) for place, one in enumerate(found.ranked, start=1))


def _row(run: Run, place: int, one: Suggestion, found: Suggested) -> tuple[str, ...]:
    speaker = run.speaker
    leave = speaker.time(one.leave_by, found.at) if one.leave_by is not None else ""
    return (
        "-" if one.obstacles else f"{place}.",
        speaker.name(one.person.login),
        f"{one.score:.0f}",
        speaker.say(N_("leave by {at}"), at=leave) if leave else "",
        speaker.listed(_words(run, one, found)),
    )


def _words(run: Run, one: Suggestion, found: Suggested) -> Iterator[str]:
    for sentence in (*one.obstacles, *one.reasons):
        yield run.speaker.say(sentence, found.at)
