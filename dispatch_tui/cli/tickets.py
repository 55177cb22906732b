"""`tickets`: lists tickets, now or at any time."""

from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import JsonList, json_option, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import time_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.reading import PAGE
from dispatch_tui.desk.views import Case, View
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.standing import next_word_at
from dispatch_tui.domain.text import clean_line
from dispatch_tui.domain.ticket import Priority, Ticket
from dispatch_tui.words.columns import cut

_FAULT_CELLS = 60


@click.command(
    "tickets",
    cls=Command,
    help=N_(
        "List tickets, least time left first, then what is over, the newest first. "
        "With --at, as they were at that time."
    ),
)
@click.option(
    "--view",
    type=click.Choice([str(one) for one in View]),
    default=str(View.OPEN),
    help=N_("Which tickets; near holds what is breached too."),
)
@click.option("--at", metavar="TIME", help=N_("As of this time."))
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), help=N_("At most so many tickets.")
)
@json_option()
@click.pass_obj
def command(run: Run, view: str, at: str | None, limit: int | None, as_json: bool) -> None:
    """List tickets."""

    async def work(desk: Desk) -> None:
        then = time_of(at, desk, "--at")
        now, left, document = then or desk.clock(), limit, JsonList()
        async for page in desk.pages(View(view), then, most=limit or PAGE):
            found = page[:left]
            if as_json:
                document.add([documents.ticket(case, now) for case in found])
            else:
                print_rows([_row(run, View(view), case, now) for case in found], right={2})
            left = left and left - len(found)
            if left == 0:
                break
        if as_json:
            document.end()

    run.at_desk(work)


def _word(run: Run, view: View, ticket: Ticket) -> str:
    """By when, or since when, the word is awaited that the view is about, "" for none."""
    if view is View.AWAY and (at := next_word_at(ticket)):
        return run.say(N_("next word by {at}"), at=at)
    if view is View.CONSENT and (asked := ticket.consent_asked):
        return run.say(N_("{name} was asked {at}"), name=asked.name, at=asked.at)
    return ""


def _row(run: Run, view: View, case: Case, now: datetime) -> tuple[str, ...]:
    ticket, speaker, clock = case.ticket, run.speaker, case.next_clock
    emergency = ticket.priority is Priority.EMERGENCY
    return (
        case.number,
        speaker.label(ticket.priority) if emergency else "",
        speaker.short_span(clock.due_at - now) if clock else "",
        speaker.label(clock.kind) if clock else "",
        _word(run, view, ticket),
        speaker.label(ticket.status),
        speaker.people([one.login for one in ticket.engineers]),
        case.short_name,
        case.device_name,
        cut(clean_line(ticket.fault), _FAULT_CELLS),
    )
