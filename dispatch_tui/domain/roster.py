"""What each engineer is doing, by the tickets."""

from collections.abc import Iterable
from datetime import datetime
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


_RANK = {doing: rank for rank, doing in enumerate(Doing)}


def jobs(tickets: Iterable[Ticket]) -> dict[str, Job]:
    """Return what holds each engineer, by login; who is in none of the tickets is free."""
    found: dict[str, Job] = {}
    for ticket in tickets:
        if ticket.status not in ACTIVE:
            continue
        for one in ticket.engineers:
            before = found.get(one.login, Job())
            if one.arrived_at:
                job = Job(doing=Doing.ON_SITE, number=ticket.number, since=one.arrived_at)
            elif one.departed_at:
                job = Job(doing=Doing.UNDER_WAY, number=ticket.number, since=one.departed_at)
            else:
                job = Job(doing=Doing.PLANNED, number=ticket.number, since=one.assigned_at)
            held = job if _RANK[job.doing] > _RANK[before.doing] else before
            found[one.login] = msgspec.structs.replace(held, tickets=before.tickets + 1)
    return found
