"""How satisfied a customer is over time: the scores that it gave when called back."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import tzinfo
from statistics import fmean

import msgspec

from dispatch_tui.domain.ticket import Kind, Ticket


class Quarter(msgspec.Struct, frozen=True, kw_only=True):
    """The calls of a quarter: the mean of all scores (1 to 5), how many calls gave some."""

    year: int
    quarter: int
    mean: float
    calls: int
    complaints: int = 0


def satisfaction(tickets: Iterable[Ticket], zone: tzinfo) -> list[Quarter]:
    """Return the quarters in which a customer gave scores or complained, the newest first.

    A quarter of complaints alone has a mean of 0.
    """
    scores: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    complaints: defaultdict[tuple[int, int], int] = defaultdict(int)
    for ticket in tickets:
        if ticket.kind is Kind.COMPLAINT:
            at = ticket.reported_at.astimezone(zone)
            complaints[at.year, (at.month + 2) // 3] += 1
        call = ticket.call_back
        if call is None:
            continue
        given = [one for one in (call.attitude, call.skill, call.speed) if one is not None]
        if given:
            at = call.at.astimezone(zone)
            scores[at.year, (at.month + 2) // 3].append(fmean(given))
    return [
        Quarter(
            year=year,
            quarter=quarter,
            mean=fmean(found) if (found := scores[year, quarter]) else 0.0,
            calls=len(scores[year, quarter]),
            complaints=complaints[year, quarter],
        )
        for year, quarter in sorted({*scores, *complaints}, reverse=True)
    ]
