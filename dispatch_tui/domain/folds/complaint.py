"""Folds: complaints, and suspected adverse events."""

from msgspec.structs import replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.clocks import first_report_due_at, report_due_at
from dispatch_tui.domain.folds.base import Fold, Told
from dispatch_tui.domain.ticket import Ticket


def _opened(ticket: Ticket, event: e.ComplaintOpened, _: Told) -> Ticket:
    return replace(ticket, complaints=(*ticket.complaints, event.number))


def _acknowledged(ticket: Ticket, _: e.Acknowledged, told: Told) -> Ticket:
    return _with(ticket, acknowledged_at=told.at)


def _investigated(ticket: Ticket, event: e.Investigated, told: Told) -> Ticket:
    findings = event.findings or event.why_not
    return _with(ticket, investigated_at=told.at, findings=findings, answered_at=None)


def _measures_taken(ticket: Ticket, event: e.MeasuresTaken, _: Told) -> Ticket:
    return _with(ticket, measures=event.measures)


def _answered(ticket: Ticket, event: e.ComplaintAnswered, told: Told) -> Ticket:
    return _with(ticket, answered_at=told.at, answer=event.answer)


def _satisfaction(ticket: Ticket, event: e.SatisfactionRecorded, told: Told) -> Ticket:
    if event.satisfied is f.Answer.YES:
        return _with(ticket, satisfied_at=told.at, satisfied_by=event.name)
    refusals = ticket.complaint.refusals + 1 if ticket.complaint else 1
    return _with(ticket, answered_at=None, refusals=refusals)


def _with(ticket: Ticket, **changes: object) -> Ticket:
    complaint = replace(ticket.complaint or f.Complaint(), **changes)
    return replace(ticket, complaint=complaint)


def _suspected(ticket: Ticket, event: e.AdverseSuspected, told: Told) -> Ticket:
    """Graver news takes nothing of what was suspected back, and puts no date off.

    What was reported already has to be reported anew.
    """
    several = event.several is f.Answer.YES
    fresh = f.Adverse(
        harm=event.harm,
        several=several,
        what=event.what,
        at=told.at,
        original_at=told.first_at,
        several_at=told.at if several else None,
        several_original_at=told.first_at if several else None,
    )
    known = ticket.adverse if ticket.adverse and ticket.adverse.suspected else None
    return replace(ticket, adverse=fresh if known is None else _graver(known, fresh))


def _graver(known: f.Adverse, fresh: f.Adverse) -> f.Adverse:
    several = known.several or fresh.several
    graver = replace(
        fresh,
        harm=f.Harm.DEATH if f.Harm.DEATH in (known.harm, fresh.harm) else fresh.harm,
        several=several,
        several_at=fresh.at if several else None,
        several_original_at=fresh.original_at if several else None,
    )
    if known.reported_at is not None:
        return graver
    return replace(
        graver,
        several_at=known.several_at or graver.several_at,
        several_original_at=known.several_original_at or graver.several_original_at,
        at=known.at,
        original_at=known.original_at,
        due_at=min(report_due_at(known), report_due_at(graver)),
        original_due_at=min(first_report_due_at(known), first_report_due_at(graver)),
        phoned_at=known.phoned_at if known.several else None,
        phoned_to=known.phoned_to if known.several else "",
    )


def _reported(ticket: Ticket, event: e.AdverseReported, told: Told) -> Ticket:
    if ticket.adverse is None:
        return ticket
    name = "phoned" if event.how is f.AdverseReport.PHONE else "reported"
    if (known := getattr(ticket.adverse, f"{name}_at")) is not None and known <= told.at:
        return ticket  # what follows the first word to the authority stands in the journal only
    to = " ".join(one for one in (event.to, event.reference) if one)
    told_now = {f"{name}_at": told.at, f"{name}_to": to}
    return replace(ticket, adverse=replace(ticket.adverse, **told_now))


def _cleared(ticket: Ticket, event: e.AdverseCleared, told: Told) -> Ticket:
    if ticket.adverse is None:
        return ticket
    return replace(
        ticket, adverse=replace(ticket.adverse, cleared_at=told.at, why_cleared=event.reason)
    )


FOLDS: dict[type[e.Event], Fold] = {
    e.ComplaintOpened: _opened,
    e.Acknowledged: _acknowledged,
    e.Investigated: _investigated,
    e.MeasuresTaken: _measures_taken,
    e.ComplaintAnswered: _answered,
    e.SatisfactionRecorded: _satisfaction,
    e.AdverseSuspected: _suspected,
    e.AdverseReported: _reported,
    e.AdverseCleared: _cleared,
}
