"""A first look at the open queue, before all that acts on it is loaded."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from dispatch_tui.desk.cases import case_of
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.phones import masked, sees_customers
from dispatch_tui.domain.session import Kept
from dispatch_tui.storage.glance import glance, kept
from dispatch_tui.storage.place import place_of


class Glimpse(msgspec.Struct, frozen=True, kw_only=True):
    """The open cases by number, everybody's name by login, and the company's zone if it says so."""

    cases: dict[str, Case]
    names: dict[str, str]
    zone: ZoneInfo | None


def glimpse(database: str, login: str) -> Glimpse | None:
    """Return what there is to look at for a login; None where only opening the database tells."""
    try:
        path = place_of(database).path
        found = glance(path, login) if path is not None else None
        if found is None:
            return None
        zone = ZoneInfo(found.zone) if found.zone else None
    except (DispatchError, ZoneInfoNotFoundError, ValueError, OSError):
        return None
    cases = [
        case if sees_customers(found.me, case.ticket) else masked(case)
        for case in (case_of(row, Policy()) for row in found.rows)
    ]
    return Glimpse(cases={one.number: one for one in cases}, names=found.names, zone=zone)


def remembered(database: str, login: str) -> Kept | None:
    """Return what is kept of a login; None where only opening the database tells."""
    try:
        path = place_of(database).path
        return kept(path, login) if path is not None and path.exists() else None
    except (DispatchError, ValueError, OSError):
        return None
