"""The dates of an engineer and of a device, for the calendar of whoever wants to have them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from dispatch_tui.domain.clocks import Clock
from dispatch_tui.domain.contracts import in_force, next_inspection
from dispatch_tui.domain.duty import Rules, Span, duty_at, spans
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import Contract, Device
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.visits import live_trips
from dispatch_tui.domain.warranty import warranty_end

AHEAD = timedelta(days=90)
"""How far ahead turns of duty are told."""


class DateKind(StrEnum):
    """What a date is about."""

    DUTY = "duty"
    DEPARTURE = "departure"
    ARRIVAL = "arrival"
    LIMIT = "limit"
    WARRANTY = "warranty"
    CONTRACT = "contract"
    INSPECTION = "inspection"


class Date(msgspec.Struct, frozen=True, kw_only=True):
    """One date: a day, or an instant with or without an end; `uid` stays while the date is one."""

    uid: str
    kind: DateKind
    sentence: Message
    starts: datetime | date
    ends: datetime | None = None
    place: str = ""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket with its clocks, and whose it is."""

    ticket: Ticket
    clocks: tuple[Clock, ...]
    customer: str = ""


def of_engineer(login: str, rules: Rules | None, jobs: Iterable[Job], now: datetime) -> list[Date]:
    """Return turns of duty of the next 90 days, and what an engineer's own tickets ask for."""
    mine = [one for one in jobs if one.ticket.assignment(login) is not None]
    found = [*_duty(login, rules, now)]
    for job in mine:
        found += [*_trips(login, job), *_limits(job)]
    return sorted(found, key=_order)


def of_device(
    device: Device, contracts: Iterable[Contract], jobs: Iterable[Job], today: date
) -> list[Date]:
    """Return what ends for a device, its next inspection, and the limits of its open tickets."""
    held = [one for one in contracts if _holds(one, device) and one.until >= today]
    found = [*_ends(device, held, today)]
    day = next_inspection(device.accepted_on, in_force(held, device.id, today), today)
    if day is not None and device.state is not DeviceState.RETIRED:
        sentence = say(N_("Inspection: {device}"), device=_name(device))
        uid = f"inspection-{device.id}-{day:%Y%m%d}"
        found.append(Date(uid=uid, kind=DateKind.INSPECTION, sentence=sentence, starts=day))
    for job in jobs:
        if job.ticket.device == device.id:
            found += _limits(job)
    return sorted(found, key=_order)


def _holds(contract: Contract, device: Device) -> bool:
    return contract.customer == device.customer and contract.device in ("", device.id)


def _ends(device: Device, contracts: Iterable[Contract], today: date) -> Iterator[Date]:
    end = warranty_end(device.accepted_on, device.warranty_months)
    if end is not None and end >= today:
        yield Date(
            uid=f"warranty-{device.id}",
            kind=DateKind.WARRANTY,
            sentence=say(N_("The warranty ends: {device}"), device=_name(device)),
            starts=end,
        )
    named = [(one.number, one.until) for one in contracts]
    if device.contract_until is not None and device.contract_until >= today:
        named.append(("", device.contract_until))
    for number, until in named:
        about = say(N_("The contract ends: {device}"), device=_name(device))
        yield Date(
            uid=f"contract-{number}-{device.id}",
            kind=DateKind.CONTRACT,
            sentence=say(N_("{sentence} ({number})"), sentence=about, number=number)
            if number
            else about,
            starts=until,
        )


def _name(device: Device) -> str:
    return " ".join(one for one in (device.name, device.model, device.id) if one)


def _duty(login: str, rules: Rules | None, now: datetime) -> Iterator[Date]:
    """The turns with whole lengths: that of now from its beginning, the last one to its end."""
    if rules is None:
        return
    first, last = duty_at(rules, now), duty_at(rules, now + AHEAD)
    for one in _joined(login, spans(rules, first.since, last.until)):
        if one.until > now:
            yield Date(
                uid=f"duty-{login}-{one.since:%Y%m%dT%H%M%SZ}",
                kind=DateKind.DUTY,
                sentence=say(N_("On duty (group {group})"), group=one.group)
                if one.group
                else Message(N_("On duty (holiday roster)")),
                starts=one.since,
                ends=one.until,
            )


def _joined(login: str, found: Iterable[Span]) -> list[Span]:
    """The spans of one person, one where only who else is on duty changes."""
    joined: list[Span] = []
    for one in found:
        if login not in one.staff:
            continue
        before = joined[-1] if joined else None
        if before is not None and (before.until, before.group) == (one.since, one.group):
            joined[-1] = msgspec.structs.replace(before, until=one.until)
        else:
            joined.append(one)
    return joined


def _trips(login: str, job: Job) -> Iterator[Date]:
    number = job.ticket.number
    for visit, trip in live_trips(job.ticket.visits):
        if trip.login != login:
            continue
        if trip.waiting and visit.planned_at is not None:
            yield Date(
                uid=f"departure-{number}-{visit.no}-{login}",
                kind=DateKind.DEPARTURE,
                sentence=say(N_("Set out for {number}"), number=number),
                starts=visit.planned_at,
                place=job.customer,
            )
        if trip.travelling and trip.expected_at is not None:
            yield Date(
                uid=f"arrival-{number}-{visit.no}-{login}",
                kind=DateKind.ARRIVAL,
                sentence=say(N_("Expected on site for {number}"), number=number),
                starts=trip.expected_at,
                place=job.customer,
            )


def _limits(job: Job) -> Iterator[Date]:
    for clock in job.clocks:
        if clock.running:
            number = job.ticket.number
            yield Date(
                uid=f"limit-{number}-{clock.kind}",
                kind=DateKind.LIMIT,
                sentence=say(N_("Limit of {number}: {kind}"), number=number, kind=clock.kind),
                starts=clock.due_at,
                place=job.customer,
            )


def _order(one: Date) -> tuple[str, str]:
    return one.starts.isoformat(), one.uid
