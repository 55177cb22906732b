"""The shapes of JSON documents that scripts rely on."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from dispatch_tui.cli.output import rfc3339
from dispatch_tui.desk.suggesting import Suggested
from dispatch_tui.desk.views import Case, Hit, Roster, TicketFile
from dispatch_tui.domain.away import Loan, Removal
from dispatch_tui.domain.clocks import Clock
from dispatch_tui.domain.day_plan import Planned
from dispatch_tui.domain.duty import Override, Span
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.facts import Report
from dispatch_tui.domain.handover import HandOver, Item
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.lending import Lending
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.visits import Visit
from dispatch_tui.storage.journal import Line


def ticket(case: Case, now: datetime) -> dict[str, Any]:
    """Return a ticket as it stands at `now`."""
    one = case.ticket
    return {
        "number": one.number,
        "kind": one.kind,
        "priority": one.priority,
        "severity": one.severity,
        "status": one.status,
        "customer": one.customer,
        "customer_name": case.customer_name,
        "caller": one.caller,
        "device": one.device,
        "device_name": case.device_name,
        "department": one.department,
        "contact": one.contact,
        "phone": one.phone,
        "fault": one.fault,
        "engineers": _lead_first(case),
        "reported_at": rfc3339(one.reported_at),
        "version": one.version,
        "next_due_at": rfc3339(case.next_due_at),
        "clocks": [_clock(clock, now) for clock in case.clocks],
        "next_step": next_step(one, now).command,
        "cause": one.cause,
        "visits": [_visit(visit) for visit in one.visits],
        "escalation": _built(one.escalation),
        "consent_asked": _built(one.consent_asked),
        "consents": [_built(consent) for consent in one.consents],
        "away": [_thing(removal) for removal in one.removals],
        "loans": [_thing(loan) for loan in one.loans],
        "parts": [_built(part) for part in one.parts],
        "unrepairable": _built(one.unrepairable),
        "agreement": _built(one.agreement),
        "failed_calls": one.failed_calls,
        "call_back": _built(one.call_back),
        "report": _report(one.report),
        "adverse": _built(one.adverse),
        "complaints": list(one.complaints),
        "complaint": _built(one.complaint),
        "about": one.complaint.about if one.complaint else "",
        "merged_into": one.merged_into,
    }


def file(file: TicketFile) -> dict[str, Any]:
    """Return what is known of a ticket beyond its row: warranty, repeat fault."""
    until = file.verdict.until
    return {
        "warranty": {
            "verdict": file.verdict.coverage,
            "until": until.isoformat() if until else None,
            "charged": not file.verdict.free,
        },
        "repeats": file.repeats or None,
        "recent_faults": [case.number for case in file.recent],
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "no": visit.no,
        "purpose": visit.purpose,
        "state": visit.state,
        "planned_at": rfc3339(visit.planned_at),
        "ended_at": rfc3339(visit.ended_at),
        "trips": [
            {
                "engineer": trip.login,
                "departed_at": rfc3339(trip.departed_at),
                "expected_at": rfc3339(trip.expected_at),
                "arrived_at": rfc3339(trip.arrived_at),
                "left_at": rfc3339(trip.left_at),
            }
            for trip in visit.trips
        ],
    }


def _thing(thing: Removal | Loan) -> dict[str, Any]:
    return {**(_built(thing) or {}), "out": thing.out}


def _report(report: Report | None) -> dict[str, Any]:
    if report is None:
        return {"state": "draft", "hash": None, "signed_by": None}
    return {
        "state": "signed" if report.signed_by else "final",
        "hash": report.hash,
        "signed_by": report.signed_by or None,
    }


def _built(struct: msgspec.Struct | None) -> dict[str, Any] | None:
    """A struct of the domain with its times as scripts read them, None for none."""
    if struct is None:
        return None
    found = msgspec.structs.asdict(struct)
    return {
        name: rfc3339(value) if isinstance(value, datetime) else value
        for name, value in found.items()
    }


def _lead_first(case: Case) -> list[str]:
    engineers = sorted(case.ticket.engineers, key=lambda one: not one.lead)
    return [one.login for one in engineers]


def _clock(clock: Clock, now: datetime) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "started_at": rfc3339(clock.started_at),
        "due_at": rfc3339(clock.due_at),
        "original_due_at": rfc3339(clock.original_due_at),
        "stopped_at": rfc3339(clock.stopped_at),
        "outcome": clock.outcome,
        "level": clock.level(now),
    }


def journal_line(line: Line, entry: Entry) -> dict[str, Any]:
    """Return one line of a journal, and the entry that it is, with its place in the chain."""
    return {
        "seq": line.seq,
        "kind": line.kind,
        "actor": line.actor,
        "occurred_at": rfc3339(line.occurred_at),
        "recorded_at": rfc3339(line.recorded_at),
        "imported": entry.imported,
        "data": msgspec.json.decode(line.data),
        "hash": line.hash,
    }


def spans(found: Iterable[Span]) -> list[dict[str, Any]]:
    """Return a preview of the roster."""
    return [
        {
            "from": rfc3339(one.since),
            "until": rfc3339(one.until),
            "group": one.group,
            "staff": list(one.staff),
        }
        for one in found
    ]


def suggested(found: Suggested, say: Callable[[Message], str]) -> dict[str, Any]:
    """Return everybody ranked for a ticket, the parts of each score, and why in words."""
    return {
        "number": found.number,
        "due_at": rfc3339(found.need.due_at),
        "first": found.first.person.login if found.first else None,
        "shortfall": [say(one) for one in found.shortfall],
        "ranked": [
            {
                "login": one.person.login,
                "score": round(one.score, 1),
                "fit": one.fit,
                "on_duty": one.on_duty,
                "busy": one.busy,
                "late": one.late,
                "travel_minutes": round(one.travel.total_seconds() / 60) if one.travel else None,
                "arrives_at": rfc3339(one.arrives_at),
                "leave_by": rfc3339(one.leave_by),
                "parts": {
                    part.name: {"value": round(part.value, 3), "weight": part.weight}
                    for part in one.parts
                },
                "obstacles": [say(sentence) for sentence in one.obstacles],
                "reasons": [say(sentence) for sentence in one.reasons],
            }
            for one in found.ranked
        ],
    }


def day_plan(found: Iterable[Planned], say: Callable[[Message], str]) -> list[dict[str, Any]]:
    """Return a proposal for the day, and why in words."""
    return [
        {
            "number": one.number,
            "login": one.person or None,
            "turn": one.turn,
            "arrives_at": rfc3339(one.arrives_at),
            "late": one.late,
            "reasons": [say(sentence) for sentence in one.reasons],
        }
        for one in found
    ]


def handover(
    items: Iterable[Item], pending: HandOver | None, say: Callable[[Message], str]
) -> dict[str, Any]:
    """Return the sheet of this moment, and what waits to be taken over."""
    return {
        "items": [
            {
                "topic": one.topic,
                "number": one.number or None,
                "at": rfc3339(one.at),
                "sentence": say(one.sentence),
            }
            for one in items
        ],
        "pending": pending
        and {
            "id": pending.id,
            "by": pending.by,
            "to": pending.to or None,
            "at": rfc3339(pending.at),
            "note": pending.note,
            "items": pending.items,
        },
    }


def lending(one: Lending) -> dict[str, Any]:
    """Return somebody who is lent to another station."""
    return {
        "id": one.id,
        "login": one.login,
        "station": one.station,
        "from": rfc3339(one.since),
        "until": rfc3339(one.ends_at),
        "for": one.what_for,
    }


def override(one: Override) -> dict[str, Any]:
    """Return what is said of a person's roster."""
    return {
        "id": one.id,
        "kind": one.kind,
        "login": one.login,
        "by": one.by,
        "from": rfc3339(one.since),
        "until": rfc3339(one.until),
        "reason": one.reason,
    }


def found(one: Hit | Case | Staff) -> dict[str, Any]:
    """Return what was found: its kind, what it is known by, its name, and what it belongs to."""
    match one:
        case Case():
            names = {"number": one.number, "status": one.ticket.status, "fault": one.ticket.fault}
            return {"found": Thing.TICKET, "customer": one.ticket.customer, **names}
        case Staff():
            return {"found": Thing.PERSON, "login": one.login, "name": one.name, "role": one.role}
    owner = {"customer": one.customer.code, "customer_name": one.customer.name}
    if one.device is not None:
        device = one.device
        names = {"name": device.name, "model": device.model, "serial": device.serial}
        return {"found": Thing.DEVICE, "device": device.id, **names, **owner}
    if one.contact is not None:
        contact = one.contact
        return {"found": Thing.CONTACT, "name": contact.name, "phone": contact.phone, **owner}
    return {"found": Thing.CUSTOMER, **owner}


def roster(roster: Roster) -> dict[str, Any]:
    """Return who is on duty and what everybody is doing."""
    duty = roster.duty
    on_duty = duty and {
        "group": duty.group,
        "since": rfc3339(duty.since),
        "until": rfc3339(duty.until),
        "staff": list(roster.staff),
    }
    return {
        "at": rfc3339(roster.at),
        "on_duty": on_duty,
        "groups": [
            {
                "name": group.name,
                "on_duty": group.on_duty,
                "members": [
                    {
                        "login": member.person.login,
                        "name": member.person.name,
                        "phone": member.person.phone,
                        "station": member.person.station,
                        "skills": list(member.person.skills),
                        "language": member.person.language,
                        "on_duty": member.on_duty,
                        "off_until": rfc3339(member.off.until if member.off else None),
                        "doing": member.job.doing,
                        "number": member.job.number,
                        "since": rfc3339(member.job.since),
                        "tickets": member.job.tickets,
                    }
                    for member in group.members
                ],
            }
            for group in roster.groups
        ],
    }
