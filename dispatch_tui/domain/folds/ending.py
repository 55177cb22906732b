"""Folds: the call after the repair, the report, and the end of a case."""

from msgspec.structs import asdict, replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain import facts as f
from dispatch_tui.domain import visits as v
from dispatch_tui.domain.folds.base import Fold, Told
from dispatch_tui.domain.ticket import Ticket


def _called_back(ticket: Ticket, event: e.CalledBack, told: Told) -> Ticket:
    if event.result is f.CallBackResult.UNREACHED:
        return replace(ticket, failed_calls=ticket.failed_calls + 1)
    call = f.CallBack(by=told.entry.actor, at=told.at, **asdict(event))
    return replace(ticket, call_back=call)


def _closed(ticket: Ticket, _: e.Closed, told: Told) -> Ticket:
    return replace(ticket, closed_at=told.at, visits=v.ended(ticket.visits, told.at))


def _cancelled(ticket: Ticket, _: e.Cancelled, told: Told) -> Ticket:
    return replace(ticket, cancelled_at=told.at, visits=v.ended(ticket.visits, told.at))


def _merged(ticket: Ticket, event: e.Merged, told: Told) -> Ticket:
    return replace(
        ticket,
        merged_into=event.into,
        merged_at=told.at,
        visits=v.ended(ticket.visits, told.at),
    )


def _reopened(ticket: Ticket, _: e.Reopened, told: Told) -> Ticket:
    if ticket.report is not None:
        ticket = replace(ticket, parts=(), tests=(), service=None)
    if ticket.complaint is not None:
        again = replace(ticket.complaint, answered_at=None, satisfied_at=None, satisfied_by="")
        ticket = replace(ticket, complaint=again)
    return replace(
        ticket,
        visits=v.ended(ticket.visits, told.at),
        restored_at=None,
        solved_at=None,
        agreement=None,
        unrepairable=None,
        original_dealt_with_at=None,
        call_back=None,
        failed_calls=0,
        closed_at=None,
        cancelled_at=None,
        merged_at=None,
        merged_into="",
        reopened_at=told.at,
        life=ticket.life + 1,
    )


def _case_kept(ticket: Ticket, event: e.CaseKept, told: Told) -> Ticket:
    return replace(ticket, kept=f.KeptCase(by=told.entry.actor, at=told.at, **asdict(event)))


def _test_recorded(ticket: Ticket, event: e.TestRecorded, told: Told) -> Ticket:
    test = f.Test(
        item=event.item,
        instrument=event.instrument,
        limit=event.limit,
        value=event.value,
        passed=event.passed is f.Answer.YES,
        at=told.at,
    )
    return replace(ticket, tests=(*ticket.tests, test))


def _service_described(ticket: Ticket, event: e.ServiceDescribed, told: Told) -> Ticket:
    return replace(ticket, service=f.ServiceFacts(at=told.at, **asdict(event)))


def _report_finished(ticket: Ticket, event: e.ReportFinished, told: Told) -> Ticket:
    report = f.Report(seq=told.entry.seq, hash=event.hash, at=told.at, life=ticket.life)
    return replace(ticket, reports=(*ticket.reports, report))


def _report_signed(ticket: Ticket, event: e.ReportSigned, told: Told) -> Ticket:
    return _last_report(ticket, signed_by=event.name, signed_at=told.at)


def _report_amended(ticket: Ticket, _: e.ReportAmended, __: Told) -> Ticket:
    count = ticket.reports[-1].amendments if ticket.reports else 0
    return _last_report(ticket, amendments=count + 1)


def _last_report(ticket: Ticket, **changes: object) -> Ticket:
    if not ticket.reports:
        return ticket
    return replace(ticket, reports=(*ticket.reports[:-1], replace(ticket.reports[-1], **changes)))


FOLDS: dict[type[e.Event], Fold] = {
    e.CalledBack: _called_back,
    e.Closed: _closed,
    e.Cancelled: _cancelled,
    e.Merged: _merged,
    e.Reopened: _reopened,
    e.CaseKept: _case_kept,
    e.TestRecorded: _test_recorded,
    e.ServiceDescribed: _service_described,
    e.ReportFinished: _report_finished,
    e.ReportSigned: _report_signed,
    e.ReportAmended: _report_amended,
}
