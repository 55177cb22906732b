"""`tickets`: lists tickets, now or at any time."""

from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import time_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import Case, View, by_time_left, shown_in
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.standing import next_word_at
from dispatch_tui.domain.text import clean_line
from dispatch_tui.domain.ticket import Priority, Ticket
from dispatch_tui.words.columns import cut

_WITH_OVER = frozenset({View.OVER, View.ALL})
_FAULT_CELLS = 60


@click.command(
    "tickets",
    cls=Command,
    help=N_("List tickets, least time left first. With --at, as they were at that time."),
)
@click.option(
    "--view",
    type=click.Choice([str(one) for one in View]),
    default=str(View.OPEN),
    help=N_("Which tickets; near holds what is breached too."),
)
@click.option("--at", metavar="TIME", help=N_("As of this time."))
@json_option()
@click.pass_obj
def command(run: Run, view: str, at: str | None, as_json: bool) -> None:
    """List tickets."""

    async def work(desk: Desk) -> tuple[list[Case], datetime]:
        now = time_of(at, desk, "--at")
        found = await (_now(desk, View(view)) if now is None else _then(desk, View(view), now))
        now = now or desk.clock()
        return [one for one in found if shown_in(View(view), one, now, desk.me.login)], now

    cases, now = run.at_desk(work)
    if as_json:
        print_json([documents.ticket(case, now) for case in cases])
    else:
        print_rows([_row(run, View(view), case, now) for case in cases], right={2})


async def _now(desk: Desk, view: View) -> list[Case]:
    cases = [] if view is View.OVER else await desk.open_cases()
    if view in _WITH_OVER:
        before = ""
        while page := await desk.over_cases(before):
            cases += page
            before = page[-1].number
    return cases


async def _then(desk: Desk, view: View, at: datetime) -> list[Case]:
    cases = await desk.cases_at(at, over=view in _WITH_OVER)
    return sorted(cases, key=by_time_left)


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
