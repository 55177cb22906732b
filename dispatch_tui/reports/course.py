"""Section of a report: who came when, the promises with planned and real times, consent."""

from datetime import timedelta

from dispatch_tui.domain.clocks import ADVERSE_PHONE, ADVERSE_REPORT, Clock, ClockKind, Outcome
from dispatch_tui.domain.facts import Consent
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.report import ReportTrip, ServiceReport
from dispatch_tui.domain.sections import Section
from dispatch_tui.reports.page import Block
from dispatch_tui.reports.writer import Writer

_VISITS = (
    N_("Visit"),
    N_("Engineer"),
    N_("Purpose"),
    N_("Set out"),
    N_("Arrived"),
    N_("Left the customer"),
)
_PROMISES = (N_("Promise"), N_("Counted from"), N_("Due by"), N_("Done at"), N_("Result"))
_CONSENTS = (
    N_("Agreed at"),
    N_("Agreed by"),
    N_("Position"),
    N_("Phone"),
    N_("How"),
    N_("More time until"),
    N_("Why"),
)


def course(report: ServiceReport, writer: Writer) -> Block:
    """Return the visits, every promise with its planned and its real time, and the consents."""
    return Block(
        section=Section.COURSE,
        rows=(
            writer.row(N_("Engineers"), writer.speaker.listed(report.engineers), wide=True),
            writer.row(N_("Work started"), writer.time(report.started_at)),
            writer.row(N_("Work finished"), writer.time(report.finished_at)),
        ),
        tables=(
            *writer.table(N_("Visits"), _VISITS, (_trip(one, writer) for one in report.trips)),
            *writer.table(
                N_("What was promised"),
                _PROMISES,
                (_promise(one, report, writer) for one in report.clocks),
            ),
            *writer.table(
                N_("Consent to more time"),
                _CONSENTS,
                (_consent(one, writer) for one in report.consents),
            ),
        ),
        notes=() if report.trips else (_nobody(report, writer),),
    )


def _nobody(report: ServiceReport, writer: Writer) -> str:
    if report.finished_at is None:
        return writer.say(N_("Nobody has come yet."))
    return writer.say(N_("Nobody had to come."))


def _trip(trip: ReportTrip, writer: Writer) -> tuple[str, ...]:
    times = (trip.departed_at, trip.arrived_at, trip.left_at)
    return (str(trip.visit), trip.engineer, writer.label(trip.purpose), *map(writer.time, times))


def _promise(clock: Clock, report: ServiceReport, writer: Writer) -> tuple[str, ...]:
    limit = writer.time(clock.due_at)
    if clock.original_due_at != clock.due_at:
        original = writer.time(clock.original_due_at)
        limit = writer.say(N_("{limit}\n(first limit {original})"), limit=limit, original=original)
    return (
        _promised(clock, report, writer),
        writer.time(clock.started_at),
        limit,
        writer.time(None if clock.outcome is Outcome.VOID else clock.stopped_at),
        _result(clock, writer),
    )


def _promised(clock: Clock, report: ServiceReport, writer: Writer) -> str:
    """What was promised within which time: "repair within 36 h"."""
    promise = writer.label(clock.kind)
    return writer.say(
        N_("{promise} within {span}"), promise=promise, span=_span(_limit(clock, report), writer)
    )


def _limit(clock: Clock, report: ServiceReport) -> timedelta:
    """The time that was promised, or that the law gives, before any extension."""
    limits = report.limits
    match clock.kind:
        case ClockKind.RESPONSE:
            return limits.response
        case ClockKind.ON_SITE:
            return limits.on_site
        case ClockKind.REPAIR:
            return limits.repair
        case ClockKind.CALL_BACK:
            return limits.call_back
        case ClockKind.ADVERSE_PHONE:
            return ADVERSE_PHONE
        case ClockKind.ADVERSE_REPORT:
            return ADVERSE_REPORT[report.adverse.harm] if report.adverse else timedelta()


def _span(length: timedelta, writer: Writer) -> str:
    """A span without what is zero in it: "36 h", "20 d"."""
    hours, rest = divmod(length, timedelta(hours=1))
    if rest:
        return writer.speaker.span(length)
    if hours > 72 and hours % 24 == 0:
        return writer.say(N_("{days} d"), days=hours // 24)
    return writer.say(N_("{hours} h"), hours=hours)


def _result(clock: Clock, writer: Writer) -> str:
    outcome = writer.label(clock.outcome)
    if clock.stopped_at is None:
        return outcome
    if clock.outcome is Outcome.VOID:
        since = writer.time(clock.stopped_at)
        return writer.say(N_("{outcome} since {since}"), outcome=outcome, since=since)
    spare = writer.speaker.span(clock.due_at - clock.stopped_at)
    late = clock.stopped_at > clock.due_at
    template = N_("{outcome}, {spare} late")
    if not late:
        template = N_("{outcome}, {spare} to spare")
    return writer.say(template, outcome=outcome, spare=spare)


def _consent(consent: Consent, writer: Writer) -> tuple[str, ...]:
    return (
        writer.time(consent.at),
        consent.name,
        consent.position,
        consent.phone,
        writer.label(consent.how),
        writer.time(consent.until),
        consent.why,
    )
