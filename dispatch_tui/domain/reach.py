"""Until when somebody must have set out for a ticket, so that its on-site limit is kept (S2)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

import msgspec

from dispatch_tui.domain.clocks import Clock, ClockKind
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Certificate, Staff
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.travel import Spot, Times, travel_time


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Where people and customers are, who may work on what, and how long the ways take."""

    people: tuple[Staff, ...]
    """Those who are sent to customers."""
    certificates: tuple[Certificate, ...]
    stations: Mapping[str, Spot]
    customers: Mapping[str, Spot]
    times: Times


def setting_out(
    reach: Reach, ticket: Ticket, kind: str, clocks: Iterable[Clock], now: datetime, day: date
) -> tuple[datetime, Message] | None:
    """Return the latest departure that keeps the on-site limit, and what is to be said of it.

    It is that of whoever has the ticket, else of the nearest who may work on such a device. None
    where nobody has to set out (any more), where no way is known, and past the limit itself.
    """
    limit = next((one for one in clocks if one.kind is ClockKind.ON_SITE and one.running), None)
    if limit is None or limit.due_at <= now:
        return None
    if any(trip.travelling for visit in ticket.visits for trip in visit.trips):
        return None
    logins = frozenset(one.login for one in ticket.engineers)
    at = _departure(reach, ticket, kind, limit.due_at, day, logins)
    if at is None or at >= now:
        return None if at is None else (at, say(N_("leave by {at}"), at=at))
    other = _departure(reach, ticket, kind, limit.due_at, day, frozenset()) if logins else None
    if other is not None and other >= now:
        return other, say(
            N_("{lead} comes too late: send another by {at}"), lead=ticket.lead, at=other
        )
    return at, say(N_("lost: nobody arrives in time"))


def _departure(
    reach: Reach, ticket: Ticket, kind: str, due_at: datetime, day: date, logins: frozenset[str]
) -> datetime | None:
    people = [one for one in reach.people if one.login in logins or not logins]
    if not logins:
        people = [one for one in people if _may(reach, one, kind, day)] or people
    ways = [_way(reach, one, ticket) for one in people]
    shortest = min((way for way in ways if way is not None), default=None)
    return None if shortest is None else due_at - shortest


def _way(reach: Reach, person: Staff, ticket: Ticket) -> timedelta | None:
    origin = reach.stations.get(person.station, Spot())
    return travel_time(origin, reach.customers.get(ticket.customer, Spot()), reach.times)


def _may(reach: Reach, person: Staff, kind: str, day: date) -> bool:
    papers = [one for one in reach.certificates if one.login == person.login]
    if not papers:
        return kind in person.skills
    return any(one.kind == kind and one.valid(day) for one in papers)
