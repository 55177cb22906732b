"""The facts whose time can be put right: as typed, as shown, and by which entry they are told."""

from collections.abc import Mapping

import msgspec

from dispatch_tui.domain import events as e
from dispatch_tui.domain.message import N_


class Correctable(msgspec.Struct, frozen=True):
    """A fact with a time that matters."""

    event: type[e.Event]
    label: str


CORRECTABLE: Mapping[str, Correctable] = {
    "reported": Correctable(e.CallLogged, N_("Reported")),
    "responded": Correctable(e.Responded, N_("Customer answered")),
    "needs_visit": Correctable(e.VisitNeeded, N_("Needs a visit")),
    "departed": Correctable(e.Departed, N_("Engineer set out")),
    "arrived": Correctable(e.Arrived, N_("Engineer on site")),
    "left": Correctable(e.LeftSite, N_("Engineer left")),
    "consented": Correctable(e.Consented, N_("Purchaser agreed")),
    "taken_away": Correctable(e.TakenAway, N_("Taken away")),
    "restored": Correctable(e.Restored, N_("Works again")),
    "solved": Correctable(e.SolvedByPhone, N_("Solved by phone")),
    "agreed": Correctable(e.WayAgreed, N_("Way forward agreed")),
    "called_back": Correctable(e.CalledBack, N_("Called back")),
    "adverse": Correctable(e.AdverseSuspected, N_("Adverse event learnt of")),
    "closed": Correctable(e.Closed, N_("Case closed")),
}

BY_EVENT = {one.event: name for name, one in CORRECTABLE.items()}
"""The name of a fact by its kind of entry."""
