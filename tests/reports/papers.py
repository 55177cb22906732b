"""A report with something in every field, and how it can stand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from dispatch_tui.domain import facts as f
from dispatch_tui.domain.away import Loan, Place, Removal, Step
from dispatch_tui.domain.clocks import Clock, ClockKind, Outcome
from dispatch_tui.domain.message import say
from dispatch_tui.domain.report import (
    Amendment,
    ReportComplaint,
    ReportFile,
    ReportTrip,
    ServiceReport,
    document_of,
    hash_of,
    missing,
)
from dispatch_tui.domain.sections import ReportState, Section
from dispatch_tui.domain.ticket import Severity
from dispatch_tui.domain.visits import Purpose
from dispatch_tui.domain.warranty import Coverage, Verdict
from dispatch_tui.words.speaker import Speaker

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENGLISH = Speaker("en", SHANGHAI)
CHINESE = Speaker("zh_CN", SHANGHAI)
REPORTED = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
"""Tuesday noon in Shanghai."""

Text = Callable[[str], str]


def at(hours: float) -> datetime:
    """The time so many hours after the fault was reported."""
    return REPORTED + timedelta(hours=hours)


def clock(kind: ClockKind, limit: float, stopped: float | None, outcome: Outcome) -> Clock:
    """A promise counted from the report."""
    return Clock(
        kind=kind,
        started_at=REPORTED,
        due_at=at(limit),
        original_due_at=at(limit),
        stopped_at=None if stopped is None else at(stopped),
        outcome=outcome,
    )


CLOCKS = (
    clock(ClockKind.RESPONSE, 1, 0.5, Outcome.MET),
    clock(ClockKind.ON_SITE, 48, 49, Outcome.MISSED),
    msgspec.structs.replace(
        clock(ClockKind.REPAIR, 47, 46, Outcome.MET_EXTENDED), original_due_at=at(36)
    ),
    clock(ClockKind.CALL_BACK, 24, None, Outcome.RUNNING),
    clock(ClockKind.ADVERSE_PHONE, 12, 3, Outcome.VOID),
    clock(ClockKind.ADVERSE_REPORT, 24 * 7, 30, Outcome.SETTLED),
)


def full(text: Text = "字{}".format) -> ServiceReport:
    """A report in which every text is what `text` makes of the name of its field."""
    return ServiceReport(
        number="260303-001",
        zone="Asia/Shanghai",
        device_name=text("device_name"),
        udi=text("udi"),
        asset_number=text("asset_number"),
        model=text("model"),
        serial=text("serial"),
        maker=text("maker"),
        made_on=date(2020, 1, 2),
        installed_on=date(2020, 3, 4),
        kind="ct",
        customer=text("customer"),
        department=text("department"),
        reported_at=REPORTED,
        reported_by=text("reported_by"),
        reported_how=f.How.MESSAGE,
        phone=text("phone"),
        taken_by=text("taken_by"),
        answered_at=at(0.5),
        answered_by=text("answered_by"),
        trips=_trips(text),
        engineers=(text("first"), text("second")),
        started_at=at(5),
        finished_at=at(46),
        fault=text("fault"),
        severity=Severity.MAJOR,
        cause=f.Cause.BOARD,
        found=text("found"),
        tried=text("tried"),
        what_was_done=text("what_was_done"),
        by_phone=True,
        unrepairable=f.Unrepairable(
            reduced=text("reduced"), remains=text("remains"), report=text("report"), at=at(40)
        ),
        agreement=f.Agreement(
            way=text("way"),
            name=text("agreed_by"),
            document=text("document"),
            left_open=text("left_open"),
            at=at(41),
        ),
        parts=_parts(text),
        tests=_tests(text),
        removals=_removals(text),
        loans=_loans(text),
        consents=(
            f.Consent(
                name=text("consented_by"),
                position=text("consent_position"),
                phone=text("consent_phone"),
                how=f.How.LETTER,
                why=text("consent_why"),
                until=at(47),
                at=at(30),
            ),
        ),
        service=f.ServiceFacts(
            state_after=f.DeviceState.LIMITED,
            confirmed_by=text("confirmed_by"),
            advice=text("advice"),
            at=at(46),
        ),
        cover=Verdict(Coverage.CONTRACT, date(2027, 1, 31)),
        complaints=(ReportComplaint(number="260304-002", why=text("complaint")),),
        adverse=f.Adverse(
            harm=f.Harm.DEATH,
            several=True,
            what=text("adverse"),
            at=at(2),
            original_at=at(2),
            phoned_at=at(3),
            reported_at=at(30),
            cleared_at=at(31),
        ),
        clocks=CLOCKS,
    )


def _trips(text: Text) -> tuple[ReportTrip, ...]:
    return (
        ReportTrip(
            engineer=text("first"),
            purpose=Purpose.REPAIR,
            departed_at=at(3),
            arrived_at=at(5),
            left_at=at(8),
        ),
        ReportTrip(
            visit=2,
            engineer=text("second"),
            purpose=Purpose.REINSTALL,
            departed_at=at(43),
            arrived_at=at(44),
        ),
    )


def _parts(text: Text) -> tuple[f.Part, ...]:
    return (
        f.Part(
            fitted=False,
            name=text("part_out"),
            model=text("part_out_model"),
            serial=text("part_out_serial"),
            maker=text("part_out_maker"),
            made_on=date(2019, 5, 6),
            at=at(6),
        ),
        f.Part(
            fitted=True,
            name=text("part_in"),
            model=text("part_in_model"),
            serial=text("part_in_serial"),
            maker=text("part_in_maker"),
            made_on=date(2026, 2, 7),
            source=f.PartSource.MANUFACTURER,
            price="1280.50",
            at=at(45),
        ),
    )


def _tests(text: Text) -> tuple[f.Test, ...]:
    known = f.Test(
        item="noise",
        instrument="test phantom",
        limit="<= 0.35 %",
        value=text("value"),
        passed=False,
        at=at(45),
    )
    made_up = f.Test(
        item=text("item"),
        instrument=text("instrument"),
        limit=text("limit"),
        value=text("other_value"),
        passed=True,
        at=at(45),
    )
    return known, made_up


def _removals(text: Text) -> tuple[Removal, ...]:
    gone = Removal(
        no=1,
        item=text("taken"),
        model=text("taken_model"),
        serial=text("taken_serial"),
        signed_by=text("taken_signed"),
        taken_at=at(7),
        place=Place.WORKSHOP,
        step=Step.IN_WORK,
        step_at=at(9),
        owner=text("owner"),
    )
    back = msgspec.structs.replace(
        gone, no=2, returned_at=at(44), returned_serial=text("returned_serial")
    )
    return gone, back


def _loans(text: Text) -> tuple[Loan, ...]:
    loan = Loan(
        no=1,
        item=text("lent"),
        model=text("lent_model"),
        serial=text("lent_serial"),
        signed_by=text("lent_signed"),
        lent_at=at(7),
        returned_at=at(44),
    )
    return (loan,)


def bare() -> ServiceReport:
    """A report of which nothing is known but the call."""
    return ServiceReport(
        number="260303-002",
        zone="Asia/Shanghai",
        reported_at=REPORTED,
        cover=Verdict(Coverage.UNKNOWN),
    )


def draft(report: ServiceReport | None = None) -> ReportFile:
    """A report as the journal tells it now."""
    report = report or full()
    return ReportFile(report=report, document=document_of(report), lacking=missing(report))


def final(report: ServiceReport | None = None) -> ReportFile:
    """A report that was made final and that nobody has signed."""
    file = draft(report)
    return msgspec.structs.replace(
        file,
        state=ReportState.FINAL,
        hash=hash_of(file.document),
        finished_at=at(47),
        finished_by="终",
        lacking=(),
    )


def signed(report: ServiceReport | None = None, text: Text = "字{}".format) -> ReportFile:
    """A report that was signed, and amended before and after."""
    return msgspec.structs.replace(
        final(report),
        no=2,
        state=ReportState.SIGNED,
        signed_by=text("signed_by"),
        position=text("signed_position"),
        signed_at=at(48),
        amendments=(
            amendment(1, Section.PARTS, text("first_amendment"), 47.5),
            amendment(2, Section.OUTCOME, text("second_amendment"), 50),
            amendment(3, Section.PARTS, text("third_amendment"), 51),
        ),
    )


def amendment(no: int, section: Section, text: str, hours: float) -> Amendment:
    """One change to a final report."""
    return Amendment(no=no, section=section, text=text, by="改", at=at(hours))


def tampered() -> ReportFile:
    """A final report whose text is not the one that was made final."""
    return msgspec.structs.replace(final(), finding=say("{what}", what="篡"))
