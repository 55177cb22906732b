"""`show`: a ticket with its clocks, what must happen next, and its journal."""

from collections.abc import Iterator
from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.away import Removal
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.standing import concerns, holder, standing
from dispatch_tui.domain.timeline import describe
from dispatch_tui.storage.journal import Line, entries_of
from dispatch_tui.words.covering import charged, covered

SOON = 120
"""Seconds between a fact and its entry that need not be shown."""


@click.command(
    "show",
    cls=Command,
    help=N_("Show a ticket: its facts, its clocks in words, what must happen next, its timeline."),
)
@click.argument("number", metavar="NUMBER")
@json_option()
@click.pass_obj
def command(run: Run, number: str, as_json: bool) -> None:
    """Show a ticket."""

    async def work(desk: Desk) -> tuple[TicketFile, list[Line], datetime]:
        file = await desk.ticket(number)
        return file, await desk.lines(file.case.number), desk.clock()

    file, lines, now = run.at_desk(work)
    if as_json:
        journal = [
            documents.journal_line(line, entry)
            for line, entry in zip(lines, entries_of(lines), strict=True)
        ]
        print_json({**documents.ticket(file.case, now), **documents.file(file), "journal": journal})
        return
    print_rows(_facts(run, file))
    click.echo()
    for clock in file.case.clocks:
        click.echo(run.speaker.clock(clock, now))
    for sentence in (standing(file.case.ticket), *concerns(file.case.ticket, now)):
        if sentence is not None:
            click.echo(run.say(sentence))
    click.echo(run.say(next_step(file.case.ticket, now).sentence))
    click.echo()
    print_rows(_timeline(run, file, now))


def _facts(run: Run, file: TicketFile) -> Iterator[tuple[str, str]]:
    ticket, case, speaker = file.case.ticket, file.case, run.speaker
    device = " ".join(part for part in (case.device_name, case.model, ticket.device) if part)
    customer = " ".join(part for part in (ticket.customer, case.customer_name, case.city) if part)
    has_it = holder(ticket)
    about = _of_fault if ticket.complaint is None else _of_complaint
    for label, value in (
        (N_("Ticket"), ticket.number),
        (N_("Status"), speaker.label(ticket.status)),
        (N_("Priority"), speaker.label(ticket.priority)),
        (N_("Customer"), customer),
        (N_("Department"), ticket.department),
        (N_("Contact"), f"{ticket.contact} {ticket.phone}"),
        (N_("Device"), device),
        *about(run, file),
        (N_("Engineers"), speaker.people([one.login for one in ticket.engineers])),
        (N_("Who has it"), speaker.who(has_it) if has_it else ""),
    ):
        if value.strip():
            yield speaker.translate(label), value


def _of_fault(run: Run, file: TicketFile) -> Iterator[tuple[str, str]]:
    ticket, speaker = file.case.ticket, run.speaker
    what, bill = covered(file.verdict, speaker), charged(file.verdict, speaker)
    yield N_("Warranty"), run.say(N_("{covered}; {charged}"), covered=what, charged=bill)
    yield N_("Severity"), speaker.label(ticket.severity)
    yield N_("Fault"), ticket.fault
    yield N_("Cause"), speaker.label(ticket.cause) if ticket.cause else ""
    yield N_("Repeat of"), file.repeats
    for thing in ticket.out:
        label = N_("Away") if isinstance(thing, Removal) else N_("On loan")
        yield label, f"{thing.item} {thing.serial}"
    yield N_("Still open"), ticket.agreement.left_open if ticket.agreement else ""
    yield N_("Call-backs unanswered"), str(ticket.failed_calls or "")
    yield N_("Complaints"), speaker.listed(ticket.complaints)


def _of_complaint(run: Run, file: TicketFile) -> Iterator[tuple[str, str]]:
    complaint = file.case.ticket.complaint
    if complaint is None:
        return
    yield N_("Complaint"), file.case.ticket.fault
    yield N_("By"), run.speaker.label(complaint.channel)
    yield N_("About ticket"), complaint.about
    yield N_("Findings"), complaint.findings
    yield N_("Measures"), complaint.measures
    yield N_("Answer given"), complaint.answer
    yield N_("Not satisfied"), str(complaint.refusals or "")
    if complaint.satisfied_at is not None:
        template = N_("{name}, {at}")
        at = complaint.satisfied_at
        yield N_("Satisfied"), run.say(template, name=complaint.satisfied_by, at=at)


def _timeline(run: Run, file: TicketFile, now: datetime) -> Iterator[tuple[str, str, str, str]]:
    for entry in file.journal:
        late = (entry.recorded_at - entry.occurred_at).total_seconds() > SOON
        template = N_("(imported {at})") if entry.imported else N_("(entered {at})")
        recorded = run.say(template, at=entry.recorded_at) if late or entry.imported else ""
        yield (
            run.speaker.time(entry.occurred_at, now),
            run.speaker.name(entry.actor),
            recorded,
            run.say(describe(entry, file.journal)),
        )
