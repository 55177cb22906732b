"""What each engineer is doing, by the tickets."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatch_tui.domain.ticket import ACTIVE, Ticket


class Doing(StrEnum):
    """Where an engineer is, according to the journal."""

    FREE = "free"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    ON_SITE = "on_site"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """The ticket that holds an engineer, and since when; `tickets` counts all that they have."""

    doing: Doing = Doing.FREE
    number: str = ""
    since: datetime | None = None
    tickets: int = 0


A_JOB = timedelta(hours=8)
"""How long somebody is taken to be on site, where nobody knows better."""

ON_THE_WAY = timedelta(hours=4)
"""How long they are taken to be under way before that."""


def free_at(job: Job, now: datetime) -> datetime:
    """Return about when somebody can set out for another ticket: now, unless they are at work."""
    if job.since is None or job.doing not in (Doing.UNDER_WAY, Doing.ON_SITE):
        return now
    way = ON_THE_WAY if job.doing is Doing.UNDER_WAY else timedelta()
    return max(now, job.since + way + A_JOB)


_RANK = {doing: rank for rank, doing in enumerate(Doing)}


def jobs(tickets: Iterable[Ticket]) -> dict[str, Job]:
    """Return what holds each engineer, by login; who is in none of the tickets is free."""
    found: dict[str, Job] = {}
    for ticket in tickets:
        for login, job in _held(ticket):
            before = found.get(login, Job())
            held = job if _RANK[job.doing] > _RANK[before.doing] else before
            found[login] = msgspec.structs.replace(held, tickets=before.tickets + 1)
    return found


def _held(ticket: Ticket) -> Iterator[tuple[str, Job]]:
    """Whom a ticket holds: who is on a trip for it, and who has still to go."""
    for one in ticket.engineers:
        trip = ticket.trip(one.login)
        done_at = ticket.dealt_with_at
        if trip is not None and trip.arrived_at and not (done_at and trip.arrived_at <= done_at):
            yield one.login, Job(doing=Doing.ON_SITE, number=ticket.number, since=trip.arrived_at)
        elif trip is not None and trip.travelling:
            yield (
                one.login,
                Job(doing=Doing.UNDER_WAY, number=ticket.number, since=trip.departed_at),
            )
        elif ticket.status in ACTIVE or (trip is not None and trip.waiting):
            yield one.login, Job(doing=Doing.PLANNED, number=ticket.number, since=one.assigned_at)
