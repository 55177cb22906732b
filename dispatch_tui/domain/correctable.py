"""The facts whose time can be put right: as typed, as shown, by which entry told, when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from dispatch_tui.domain import events as e
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ticket import Ticket


class Correctable(msgspec.Struct, frozen=True):
    """A fact with a time that matters."""

    event: type[e.Event]
    label: str
    at: Callable[[Ticket, str], datetime | None]
    """When it last happened on a ticket, on a visit of that login where one is given."""


def _once(name: str) -> Callable[[Ticket, str], datetime | None]:
    return lambda ticket, login: getattr(ticket, name)


def _within(name: str) -> Callable[[Ticket, str], datetime | None]:
    return lambda ticket, login: getattr(getattr(ticket, name), "at", None)


def _last(name: str, at: str) -> Callable[[Ticket, str], datetime | None]:
    def read(ticket: Ticket, login: str) -> datetime | None:
        things: Sequence[Any] = getattr(ticket, name)
        return getattr(things[-1], at) if things else None

    return read


def _trip(name: str) -> Callable[[Ticket, str], datetime | None]:
    def read(ticket: Ticket, login: str) -> datetime | None:
        trips = [trip for visit in ticket.visits for trip in visit.trips]
        times = [getattr(one, name) for one in trips if login in ("", one.login)]
        return max((at for at in times if at is not None), default=None)

    return read


CORRECTABLE: Mapping[str, Correctable] = {
    "reported": Correctable(e.CallLogged, N_("Reported"), _once("reported_at")),
    "responded": Correctable(e.Responded, N_("Customer answered"), _once("responded_at")),
    "needs_visit": Correctable(e.VisitNeeded, N_("Needs a visit"), _once("needs_visit_at")),
    "departed": Correctable(e.Departed, N_("Engineer set out"), _trip("departed_at")),
    "arrived": Correctable(e.Arrived, N_("Engineer on site"), _trip("arrived_at")),
    "left": Correctable(e.LeftSite, N_("Engineer left"), _trip("left_at")),
    "consented": Correctable(e.Consented, N_("Purchaser agreed"), _last("consents", "at")),
    "taken_away": Correctable(e.TakenAway, N_("Taken away"), _last("removals", "taken_at")),
    "restored": Correctable(e.Restored, N_("Works again"), _once("restored_at")),
    "solved": Correctable(e.SolvedByPhone, N_("Solved by phone"), _once("solved_at")),
    "agreed": Correctable(e.WayAgreed, N_("Way forward agreed"), _within("agreement")),
    "called_back": Correctable(e.CalledBack, N_("Called back"), _within("call_back")),
    "adverse": Correctable(e.AdverseSuspected, N_("Adverse event learnt of"), _within("adverse")),
    "closed": Correctable(e.Closed, N_("Case closed"), _once("closed_at")),
}

BY_EVENT = {one.event: name for name, one in CORRECTABLE.items()}
"""The name of a fact by its kind of entry."""
