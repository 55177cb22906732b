"""Decisions about the service report."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decisions.base import Decision, Events, Facts, same
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.report import document_of, hash_of, missing, service_report
from dispatch_tui.domain.ticket import Ticket


def _finish(ticket: Ticket, _: c.FinishReport, facts: Facts) -> Events:
    report = service_report(
        ticket,
        facts.journal,
        facts.customer,
        facts.device,
        facts.staff,
        facts.zone,
        facts.policy,
        facts.history,
    )
    if lacking := missing(report):
        raise NotPossible(
            N_("The report on ticket {number} lacks: {facts}. Enter that first."),
            number=ticket.number,
            facts=tuple(Message(one) for one in lacking),
        )
    document = document_of(report)
    return (e.ReportFinished(document=document, hash=hash_of(document)),)


DECISIONS: dict[type[c.Command], Decision] = {
    c.RecordTest: same(e.TestRecorded),
    c.DescribeService: same(e.ServiceDescribed),
    c.FinishReport: _finish,
    c.SignReport: same(e.ReportSigned),
    c.AmendReport: same(e.ReportAmended),
}
