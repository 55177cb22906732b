"""The service report: from the journal, never typed twice; what it says once it is final."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

import msgspec
from msgspec.structs import replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import Loan, Removal
from dispatch_tui.domain.checklists import NAMES, Check, checklist
from dispatch_tui.domain.clocks import Clock, Policy, clocks
from dispatch_tui.domain.facts import (
    Adverse,
    Agreement,
    CallBack,
    Cause,
    Consent,
    How,
    Part,
    ServiceFacts,
    Test,
    Unrepairable,
)
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.fold import standing
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.repeats import repeat_of
from dispatch_tui.domain.sections import ReportState, Section
from dispatch_tui.domain.ticket import Severity, Ticket
from dispatch_tui.domain.visits import Purpose, Trip, Visit
from dispatch_tui.domain.warranty import Verdict, verdict

KEPT_YEARS = 5
"""A report is kept so long past the life of its device."""


class ReportTrip(msgspec.Struct, frozen=True, kw_only=True):
    """One engineer's part in a visit, with the name as it was then; `visit` is its number."""

    visit: int = 1
    engineer: str
    purpose: Purpose
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None


class ReportComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint that the customer made about the case: its ticket, and why."""

    number: str
    why: str = ""


class ServiceReport(msgspec.Struct, frozen=True, kw_only=True):
    """All that a hospital and its regulator ask for about one service; people by name."""

    number: str
    zone: str
    device_name: str = ""
    udi: str = ""
    asset_number: str = ""
    model: str = ""
    serial: str = ""
    maker: str = ""
    made_on: date | None = None
    installed_on: date | None = None
    kind: str = ""
    customer: str = ""
    department: str = ""
    reported_at: datetime
    reported_by: str = ""
    reported_how: How = How.CALL
    phone: str = ""
    taken_by: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    trips: tuple[ReportTrip, ...] = ()
    engineers: tuple[str, ...] = ()
    started_at: datetime | None = None
    finished_at: datetime | None = None
    fault: str = ""
    severity: Severity = Severity.ORDINARY
    cause: Cause | None = None
    found: str = ""
    tried: str = ""
    repeats: str = ""
    what_was_done: str = ""
    by_phone: bool = False
    unrepairable: Unrepairable | None = None
    agreement: Agreement | None = None
    parts: tuple[Part, ...] = ()
    tests: tuple[Test, ...] = ()
    removals: tuple[Removal, ...] = ()
    loans: tuple[Loan, ...] = ()
    consents: tuple[Consent, ...] = ()
    service: ServiceFacts | None = None
    cover: Verdict
    complaints: tuple[ReportComplaint, ...] = ()
    call_back: CallBack | None = None
    adverse: Adverse | None = None
    limits: Policy = Policy()
    clocks: tuple[Clock, ...] = ()


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """A change to a final report: which section it amends, how, and by whom (by name)."""

    no: int
    section: Section
    text: str
    by: str
    at: datetime


class ReportFile(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it stands: drawn up from the journal now, or frozen with what followed it.

    `document` is its text, of which a final one has the `hash`. `no` counts the reports of a case
    that was reopened. `lacking` is what a draft needs before it
    can be final; `finding` says what is wrong with a final one that is not what was made final.
    """

    report: ServiceReport
    document: str
    no: int = 1
    state: ReportState = ReportState.DRAFT
    hash: str = ""
    finished_at: datetime | None = None
    finished_by: str = ""
    signed_by: str = ""
    position: str = ""
    signed_at: datetime | None = None
    amendments: tuple[Amendment, ...] = ()
    lacking: tuple[str, ...] = ()
    finding: Message | None = None


def service_report(
    ticket: Ticket,
    journal: Sequence[e.Entry],
    customer: Customer | None,
    device: Device | None,
    staff: Mapping[str, Staff],
    zone: tzinfo,
    policy: Policy,
    history: Sequence[Ticket] = (),
) -> ServiceReport:
    """Return the report as the journal tells it now; the warranty is that of the reported day.

    `history` has the tickets of the device, among which the fault that this one repeats is found.
    """
    repeated = repeat_of(ticket, history)
    return ServiceReport(
        number=ticket.number,
        zone=str(zone),
        customer=(customer.name if customer else "") or ticket.caller,
        department=ticket.department or (device.department if device else ""),
        cover=verdict(device, ticket.reported_at.astimezone(zone).date()),
        repeats=repeated.number if repeated else "",
        tests=_with_limits(ticket.tests, device),
        complaints=_complaints(ticket, journal),
        limits=policy,
        clocks=clocks(ticket, policy),
        **_of_device(device),
        **_of_call(ticket, journal, staff),
        **_of_visits(ticket, staff),
        **_of_repair(ticket, staff),
    )


def _of_call(
    ticket: Ticket, journal: Sequence[e.Entry], staff: Mapping[str, Staff]
) -> dict[str, Any]:
    return {
        "reported_at": ticket.reported_at,
        "reported_by": ticket.contact or ticket.caller,
        "reported_how": _channel(journal),
        "phone": ticket.phone,
        "taken_by": _name(ticket.logged_by, staff),
        "answered_at": ticket.talked_at,
        "answered_by": _name(_answered_by(ticket, journal), staff),
    }


def _of_visits(ticket: Ticket, staff: Mapping[str, Staff]) -> dict[str, Any]:
    trips = tuple(
        _trip(one, visit, staff)
        for visit in ticket.visits
        for one in visit.trips
        if not one.waiting
    )
    assigned = (_name(one.login, staff) for one in ticket.engineers)
    return {
        "trips": trips,
        "engineers": tuple(dict.fromkeys((*(one.engineer for one in trips), *assigned))),
        "started_at": ticket.arrived_at or ticket.talked_at,
        "finished_at": ticket.dealt_with_at,
    }


def _trip(one: Trip, visit: Visit, staff: Mapping[str, Staff]) -> ReportTrip:
    return ReportTrip(
        visit=visit.no,
        engineer=_name(one.login, staff),
        purpose=visit.purpose,
        departed_at=one.departed_at,
        arrived_at=one.arrived_at,
        left_at=one.left_at,
    )


def _of_repair(ticket: Ticket, staff: Mapping[str, Staff]) -> dict[str, Any]:
    same = (
        *("fault", "severity", "cause", "found", "tried", "unrepairable", "agreement"),
        *("parts", "loans", "consents", "service", "adverse"),
    )
    call_back = ticket.call_back
    return {
        **{name: getattr(ticket, name) for name in same},
        "what_was_done": ticket.what_was_done if ticket.restored_at or ticket.solved_at else "",
        "by_phone": ticket.solved_at is not None,
        "removals": tuple(replace(one, owner=_name(one.owner, staff)) for one in ticket.removals),
        "call_back": replace(call_back, by=_name(call_back.by, staff)) if call_back else None,
    }


def _name(login: str, staff: Mapping[str, Staff]) -> str:
    return staff[login].name if login in staff else login


def missing(report: ServiceReport) -> tuple[str, ...]:
    """Return what a report needs before it can be final and the journal does not know."""
    lacking = []
    if report.cause is None:
        lacking.append(N_("the cause (diagnose)"))
    if report.service is None:
        lacking.append(N_("the state after service and who confirmed it (describe-service)"))
    lacking += [NAMES[one.code] for one in untested(report)]
    return tuple(lacking)


def untested(report: ServiceReport) -> tuple[Check, ...]:
    """Return the tests of the checklist that are still to be made, none where nothing was fixed."""
    if report.started_at is None or report.by_phone or report.agreement is not None:
        return ()
    done = {one.item for one in report.tests}
    return tuple(one for one in checklist(report.kind) if one.code not in done)


def document_of(report: ServiceReport) -> str:
    """Return the text of a report that is made final: JSON, the same for the same report."""
    return msgspec.json.encode(report, order="deterministic").decode()


def hash_of(document: str) -> str:
    """Return the SHA-256 of a report's text."""
    return hashlib.sha256(document.encode()).hexdigest()


def report_of(document: str) -> ServiceReport:
    """Return the report whose text this is."""
    return msgspec.json.decode(document, type=ServiceReport)


def _answered_by(ticket: Ticket, journal: Sequence[e.Entry]) -> str:
    """Who talked with the customer first."""
    talks = (e.Responded, e.VisitNeeded, e.SolvedByPhone, e.Arrived)
    return next(
        (
            entry.event.engineers[0] if isinstance(entry.event, e.Arrived) else entry.actor
            for entry, at in standing(journal)
            if isinstance(entry.event, talks) and at == ticket.talked_at
        ),
        "",
    )


def _channel(journal: Sequence[e.Entry]) -> How:
    """How the fault was reported."""
    channels = (one.event.channel for one in journal if isinstance(one.event, e.CallLogged))
    return next(channels, How.CALL)


def _complaints(ticket: Ticket, journal: Sequence[e.Entry]) -> tuple[ReportComplaint, ...]:
    """The complaints about the case, each with the customer's words."""
    opened = [one.event for one, _ in standing(journal)]
    why = {one.number: one.text for one in opened if isinstance(one, e.ComplaintOpened)}
    return tuple(ReportComplaint(number=one, why=why.get(one, "")) for one in ticket.complaints)


def _with_limits(tests: Sequence[Test], device: Device | None) -> tuple[Test, ...]:
    """The tests, with the limit of the checklist where nobody told another."""
    limits = {one.code: one.limit for one in checklist(device.kind if device else "")}
    return tuple(replace(one, limit=one.limit or limits.get(one.item, "")) for one in tests)


def _of_device(device: Device | None) -> dict[str, Any]:
    if device is None:
        return {}
    return {
        "device_name": device.name,
        "udi": device.udi,
        "asset_number": device.asset_number,
        "model": device.model,
        "serial": device.serial,
        "maker": device.maker,
        "made_on": device.made_on,
        "installed_on": device.accepted_on,
        "kind": device.kind,
    }
