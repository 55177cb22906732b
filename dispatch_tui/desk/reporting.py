"""The service report of a ticket, drawn up from its journal or as it was frozen in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import takewhile

import msgspec
from msgspec.structs import replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import NotFound, NotPossible
from dispatch_tui.domain.fold import standing
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.report import (
    Amendment,
    ReportFile,
    ServiceReport,
    document_of,
    hash_of,
    missing,
    report_of,
    service_report,
)
from dispatch_tui.domain.sections import ReportState
from dispatch_tui.domain.ticket import Kind
from dispatch_tui.storage import files, journal, tickets
from dispatch_tui.storage.tickets import Connection

Fact = tuple[e.Entry, datetime]
"""An entry that stands, and when it is held to have happened."""


async def report_file(
    connection: Connection, number: str, *, zone: tzinfo, policy: Policy, no: int = 0
) -> ReportFile:
    """Return a report of a ticket: the current one, or with `no` that of an earlier life.

    Raises `NotFound`, and `NotPossible` for a complaint or a frozen text that cannot be read. A
    frozen text that is not the one that was made final comes with a `finding`.
    """
    rows = await tickets.rows(connection, [number])
    if not rows:
        raise NotFound(N_("There is no ticket {number}."), number=number)
    ticket = rows[0].ticket
    if ticket.kind is not Kind.FAULT:
        raise NotPossible(
            N_("Ticket {number} is a complaint: only a fault has a service report."), number=number
        )
    entries = journal.entries_of(await journal.ticket_journal(connection, number))
    staff = await files.all_staff(connection)
    facts = standing(entries)
    finals = [place for place, fact in enumerate(facts) if _is_final(fact)]
    current = len(finals) if ticket.report is not None else len(finals) + 1
    no = no or current
    if not 1 <= no <= current:
        raise NotFound(
            N_("Ticket {number} has no service report no. {no}: the last one is no. {last}."),
            number=number,
            no=no,
            last=current,
        )
    if no <= len(finals):
        return _frozen(no, number, facts[finals[no - 1] :], staff)
    customer = await files.customer(connection, ticket.customer)
    device = await files.device(connection, ticket.device)
    past = await tickets.device_rows(connection, ticket.device) if device else []
    history = [row.ticket for row in past]
    report = service_report(ticket, entries, customer, device, staff, zone, policy, history)
    return ReportFile(report=report, document=document_of(report), no=no, lacking=missing(report))


def _is_final(fact: Fact) -> bool:
    return isinstance(fact[0].event, e.ReportFinished)


def _frozen(no: int, number: str, facts: Sequence[Fact], staff: Mapping[str, Staff]) -> ReportFile:
    """The report that the first of the facts made final, with what followed before the next."""
    (entry, at), *later = facts
    later = list(takewhile(lambda fact: not _is_final(fact), later))
    finished = entry.event
    assert isinstance(finished, e.ReportFinished)
    file = ReportFile(
        report=_read(finished.document, number),
        document=finished.document,
        no=no,
        state=ReportState.FINAL,
        hash=finished.hash,
        finished_at=at,
        finished_by=_name(entry.actor, staff),
        amendments=_amendments(later, staff),
        finding=_finding(finished, number),
    )
    for one, signed_at in later:
        if isinstance(one.event, e.ReportSigned):
            file = replace(
                file,
                state=ReportState.SIGNED,
                signed_by=one.event.name,
                position=one.event.position,
                signed_at=signed_at,
            )
    return file


def _amendments(facts: Sequence[Fact], staff: Mapping[str, Staff]) -> tuple[Amendment, ...]:
    found = [
        (one.event, one.actor, at) for one, at in facts if isinstance(one.event, e.ReportAmended)
    ]
    return tuple(
        Amendment(no=no, section=event.section, text=event.text, by=_name(actor, staff), at=at)
        for no, (event, actor, at) in enumerate(found, start=1)
    )


def _read(document: str, number: str) -> ServiceReport:
    try:
        return report_of(document)
    except msgspec.MsgspecError as error:
        raise NotPossible(
            N_("The text of the service report on ticket {number} cannot be read ({error})."),
            number=number,
            error=str(error),
        ) from error


def _finding(finished: e.ReportFinished, number: str) -> Message | None:
    """What is wrong with a frozen text, None when it is the one that was made final."""
    found = hash_of(finished.document)
    if found == finished.hash:
        return None
    return say(
        N_(
            "The text of the service report on ticket {number} was changed after it was made "
            "final: its hash is {found}, not {hash}."
        ),
        number=number,
        found=found,
        hash=finished.hash,
    )


def _name(login: str, staff: Mapping[str, Staff]) -> str:
    return staff[login].name if login in staff else login
