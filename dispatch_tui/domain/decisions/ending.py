"""Decisions about the call after the repair, the end of a case, and complaints."""

from datetime import datetime

from msgspec.structs import asdict, astuple

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decisions.base import Decision, Events, Facts, same, under_contract
from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.facts import LOW_SCORE, Answer, CallBackResult, Harm, How
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ticket import ACTIVE, Kind, Ticket

STILL_BROKEN = "still broken when called back"
"""Stands in the journal as the reason where the customer gave no words."""


def complains(command: c.CallBack) -> bool:
    """Whether a call-back opens a complaint: by a low score, or because the customer wants it."""
    scores = (command.attitude, command.skill, command.speed)
    low = any(one is not None and one <= LOW_SCORE for one in scores)
    return command.result is not CallBackResult.UNREACHED and (
        low or command.complaint is Answer.YES
    )


def _call_back(ticket: Ticket, command: c.CallBack, facts: Facts) -> Events:
    reached = command.result is not CallBackResult.UNREACHED
    scores = (command.attitude, command.skill, command.speed)
    if not reached and any(one is not None for one in scores):
        raise InvalidInput(N_("Nobody was reached, so nobody gave scores."), field="attitude")
    if reached and None in scores and not command.words:
        raise InvalidInput(
            N_("Ask for the three scores from 1 to 5, or write in words why there are none."),
            field=("attitude", "skill", "speed")[scores.index(None)],
        )
    if complains(command) and not command.words:
        raise InvalidInput(
            N_("Write down what the customer is not satisfied with: it opens a complaint."),
            field="words",
        )
    found: Events = (
        e.CalledBack(
            result=command.result,
            attitude=command.attitude,
            skill=command.skill,
            speed=command.speed,
            words=command.words,
        ),
    )
    if command.result is CallBackResult.BROKEN:
        reopened = e.Reopened(reason=command.words or STILL_BROKEN)
        found = (*found, reopened, *under_contract(ticket, facts))
    if complains(command):
        found = (*found, _complaint(command.words, How.CALL, facts))
    return found


def _complaint(text: str, channel: How, facts: Facts) -> e.ComplaintOpened:
    return e.ComplaintOpened(number=facts.fresh_number, text=text, channel=channel)


def _complain(_: Ticket, command: c.Complain, facts: Facts) -> Events:
    return (_complaint(command.text, command.channel, facts),)


def _merge(ticket: Ticket, command: c.Merge, facts: Facts) -> Events:
    other = facts.other
    if other is None:
        raise NotFound(
            N_("There is no ticket {number}: check the number."), field="into", number=command.into
        )
    if other.number == ticket.number:
        raise InvalidInput(
            N_("A ticket cannot be merged into itself: name the one that goes on."), field="into"
        )
    if other.kind is not Kind.FAULT or other.status not in ACTIVE:
        raise NotPossible(
            N_("Ticket {number} is {status}: name a fault that is still there, or reopen it."),
            number=other.number,
            status=other.status,
        )
    if ticket.customer and other.customer and ticket.customer != other.customer:
        raise InvalidInput(
            N_("Tickets {number} and {other} are of different customers and stay apart."),
            field="into",
            number=ticket.number,
            other=other.number,
        )
    if other.reported_at > ticket.reported_at:
        raise InvalidInput(
            N_(
                "Ticket {other} was reported later ({other_at}) than {number} ({at}): merge it "
                "into {number}, or correct first when it was reported."
            ),
            field="into",
            other=other.number,
            other_at=other.reported_at,
            number=ticket.number,
            at=ticket.reported_at,
        )
    return (e.Merged(into=other.number, reason=command.reason),)


def _reopen(ticket: Ticket, command: c.Reopen, facts: Facts) -> Events:
    ended_at = max(_ends(ticket))
    if facts.at < ended_at:
        raise InvalidInput(
            N_("It cannot have been reopened before it ended ({ended_at})."), ended_at=ended_at
        )
    return (e.Reopened(reason=command.reason), *under_contract(ticket, facts))


def _ends(ticket: Ticket) -> list[datetime]:
    complaint = ticket.complaint
    times = (
        ticket.restored_at,
        ticket.solved_at,
        ticket.agreement.at if ticket.agreement else None,
        ticket.call_back.at if ticket.call_back else None,
        ticket.closed_at,
        ticket.cancelled_at,
        ticket.merged_at,
        complaint.satisfied_at if complaint else None,
    )
    return [at for at in times if at is not None]


def _suspect(ticket: Ticket, command: c.SuspectAdverse, _: Facts) -> Events:
    known = ticket.adverse
    if known is not None and known.suspected:
        several = command.several is Answer.YES and not known.several
        died = command.harm is Harm.DEATH and known.harm is not Harm.DEATH
        if not several and not died:
            raise NotPossible(
                N_("Ticket {number} has this suspicion already: note what else is known."),
                number=ticket.number,
            )
    return (e.AdverseSuspected(**asdict(command)),)


def _investigate(_: Ticket, command: c.Investigate, __: Facts) -> Events:
    if bool(command.findings) == bool(command.why_not):
        raise InvalidInput(
            N_("Write either what was found, or why it is not looked into."), field="findings"
        )
    return (e.Investigated(findings=command.findings, why_not=command.why_not),)


def _keep(ticket: Ticket, command: c.KeepCase, _: Facts) -> Events:
    kept = ticket.kept
    if kept and (kept.symptom, kept.cause, kept.cure) == astuple(command):
        raise NotPossible(N_("Ticket {number} is kept in these words."), number=ticket.number)
    return (e.CaseKept(**asdict(command)),)


DECISIONS: dict[type[c.Command], Decision] = {
    c.CallBack: _call_back,
    c.KeepCase: _keep,
    c.Close: same(e.Closed),
    c.Cancel: same(e.Cancelled),
    c.Merge: _merge,
    c.Reopen: _reopen,
    c.Complain: _complain,
    c.Acknowledge: same(e.Acknowledged),
    c.Investigate: _investigate,
    c.TakeMeasures: same(e.MeasuresTaken),
    c.AnswerComplaint: same(e.ComplaintAnswered),
    c.RecordSatisfaction: same(e.SatisfactionRecorded),
    c.CloseComplaint: same(e.Closed),
    c.SuspectAdverse: _suspect,
    c.ReportAdverse: same(e.AdverseReported),
    c.ClearAdverse: same(e.AdverseCleared),
}
