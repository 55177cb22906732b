"""The service report: from the journal, never typed twice; what it says once it is final."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

import msgspec

from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import Loan, Removal
from dispatch_tui.domain.checklists import NAMES, checklist
from dispatch_tui.domain.clocks import Clock, Policy, clocks
from dispatch_tui.domain.facts import (
    Adverse,
    Agreement,
    Cause,
    Consent,
    Part,
    ServiceFacts,
    Test,
    Unrepairable,
)
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.fold import standing
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.ticket import Severity, Ticket
from dispatch_tui.domain.visits import Purpose, Trip
from dispatch_tui.domain.warranty import Verdict, verdict

KEPT_YEARS = 5
"""A report is kept so long past the life of its device."""


class ReportTrip(msgspec.Struct, frozen=True, kw_only=True):
    """One engineer's part in a visit, with the name as it was then."""

    engineer: str
    purpose: Purpose
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None


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
    complaints: tuple[str, ...] = ()
    adverse: Adverse | None = None
    clocks: tuple[Clock, ...] = ()


def service_report(
    ticket: Ticket,
    journal: Sequence[e.Entry],
    customer: Customer | None,
    device: Device | None,
    staff: Mapping[str, Staff],
    zone: tzinfo,
    policy: Policy | None = None,
) -> ServiceReport:
    """Return the report as the journal tells it now; the warranty is that of the reported day."""

    def name(login: str) -> str:
        return staff[login].name if login in staff else login

    def trip(one: Trip, purpose: Purpose) -> ReportTrip:
        return ReportTrip(
            engineer=name(one.login),
            purpose=purpose,
            departed_at=one.departed_at,
            arrived_at=one.arrived_at,
            left_at=one.left_at,
        )

    begun = [
        trip(one, visit.purpose)
        for visit in ticket.visits
        for one in visit.trips
        if not one.waiting
    ]
    engineers = dict.fromkeys(
        (*(one.engineer for one in begun), *(name(one.login) for one in ticket.engineers))
    )
    return ServiceReport(
        number=ticket.number,
        zone=str(zone),
        **_of_device(device),
        customer=(customer.name if customer else "") or ticket.caller,
        department=ticket.department or (device.department if device else ""),
        reported_at=ticket.reported_at,
        reported_by=ticket.contact or ticket.caller,
        phone=ticket.phone,
        taken_by=name(ticket.logged_by),
        answered_at=ticket.talked_at,
        answered_by=name(_answered_by(ticket, journal)),
        trips=tuple(begun),
        engineers=tuple(engineers),
        started_at=ticket.arrived_at or ticket.talked_at,
        finished_at=ticket.dealt_with_at,
        fault=ticket.fault,
        severity=ticket.severity,
        cause=ticket.cause,
        found=ticket.found,
        tried=ticket.tried,
        what_was_done=ticket.what_was_done if ticket.restored_at or ticket.solved_at else "",
        by_phone=ticket.solved_at is not None,
        unrepairable=ticket.unrepairable,
        agreement=ticket.agreement,
        parts=ticket.parts,
        tests=ticket.tests,
        removals=ticket.removals,
        loans=ticket.loans,
        consents=ticket.consents,
        service=ticket.service,
        cover=verdict(device, ticket.reported_at.astimezone(zone).date()),
        complaints=ticket.complaints,
        adverse=ticket.adverse,
        clocks=clocks(ticket, policy or Policy()),
    )


def missing(report: ServiceReport) -> tuple[str, ...]:
    """Return what a report needs before it can be final and the journal does not know."""
    lacking = []
    if report.cause is None:
        lacking.append(N_("the cause (diagnose)"))
    if report.service is None:
        lacking.append(N_("the state after service and who confirmed it (describe-service)"))
    if report.started_at is not None and not report.by_phone and report.agreement is None:
        done = {one.item for one in report.tests}
        lacking += [NAMES[one.code] for one in checklist(report.kind) if one.code not in done]
    return tuple(lacking)


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
