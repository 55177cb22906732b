"""How reliable a device is: its failures, the time it was down, what it cost."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

import msgspec

from dispatch_tui.domain.device_history import NOT_COUNTED
from dispatch_tui.domain.facts import Cause
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.repeats import repeats_in
from dispatch_tui.domain.ticket import Kind, Ticket
from dispatch_tui.domain.warranty import verdict

Spans = list[tuple[datetime, datetime]]


class Reliability(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a device since its acceptance, or its first fault where that is not known.

    `failures` are faults that were not of operation; `mtbf` is the mean time that it worked
    between them, None without any. `down` is the time from report to repair in the calendar year,
    `availability` the part of the year so far (0 to 1) for which it was not down. `cost` is
    what parts cost the customer, in yuan.
    """

    failures: int = 0
    repeats: int = 0
    mtbf: timedelta | None = None
    down: timedelta = timedelta()
    availability: float | None = None
    cost: Decimal = Decimal(0)


def reliability(
    device: Device, tickets: Iterable[Ticket], now: datetime, zone: tzinfo
) -> Reliability:
    """Return the figures of a device as of now, from all its tickets."""
    known = [one for one in tickets if one.status not in NOT_COUNTED]
    faults = [one for one in known if one.kind is Kind.FAULT]
    failures = [one for one in faults if one.cause is not Cause.OPERATION]
    since = _since(device, faults, zone)
    if since is None or since > now:
        return Reliability(cost=_cost(device, known, zone))
    again = repeats_in(faults)
    down = _union((one.reported_at, one.dealt_with_at or now) for one in failures)
    year = now.astimezone(zone).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    start = max(year, since)
    this_year = _length(_within(down, start, now))
    worked = now - since - _length(_within(down, since, now))
    return Reliability(
        failures=len(failures),
        repeats=sum(one.number in again for one in failures),
        mtbf=worked / len(failures) if failures else None,
        down=this_year,
        availability=1 - this_year / (now - start) if now > start else None,
        cost=_cost(device, known, zone),
    )


def _since(device: Device, faults: Sequence[Ticket], zone: tzinfo) -> datetime | None:
    if device.accepted_on is not None:
        return datetime.combine(device.accepted_on, time(), zone)
    return min((one.reported_at for one in faults), default=None)


def _union(spans: Iterable[tuple[datetime, datetime]]) -> Spans:
    """The spans without what two of them share."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _within(spans: Spans, since: datetime, until: datetime) -> Spans:
    cut = ((max(start, since), min(end, until)) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def _length(spans: Spans) -> timedelta:
    return sum((end - start for start, end in spans), timedelta())


def _cost(device: Device, tickets: Iterable[Ticket], zone: tzinfo) -> Decimal:
    """What the parts cost that went in on days without cover."""
    return sum(
        (
            _amount(part.price)
            for ticket in tickets
            if not verdict(device, ticket.reported_at.astimezone(zone).date()).free
            for part in ticket.parts
            if part.fitted
        ),
        Decimal(0),
    )


def _amount(price: str) -> Decimal:
    try:
        return Decimal(price)
    except InvalidOperation:
        return Decimal(0)
