"""What happened with engineers and their visits."""

from datetime import datetime

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.visits import Purpose


class Assigned(Event, frozen=True, kw_only=True, tag="assigned"):
    """Engineers were given the ticket; `lead` leads from now on."""

    engineers: tuple[str, ...]
    lead: str
    why: str = ""


class Unassigned(Event, frozen=True, kw_only=True, tag="unassigned"):
    """Engineers were taken off; `lead` leads from now on ("" when nobody is left)."""

    engineers: tuple[str, ...]
    lead: str = ""
    reason: str = ""


class VisitPlanned(Event, frozen=True, kw_only=True, tag="visit_planned"):
    """Engineers are to go at a time."""

    engineers: tuple[str, ...]
    planned_at: datetime
    purpose: Purpose = Purpose.REPAIR


class Departed(Event, frozen=True, kw_only=True, tag="departed"):
    """Engineers set out."""

    engineers: tuple[str, ...]
    expected_at: datetime | None = None


class Expected(Event, frozen=True, kw_only=True, tag="expected"):
    """Engineers under way will arrive at another time."""

    engineers: tuple[str, ...]
    expected_at: datetime
    reason: str = ""


class Arrived(Event, frozen=True, kw_only=True, tag="arrived"):
    """Engineers reached the customer (S2); the first arrival starts the repair clock (S3)."""

    engineers: tuple[str, ...]


class LeftSite(Event, frozen=True, kw_only=True, tag="left_site"):
    """Engineers left the customer."""

    engineers: tuple[str, ...]
    note: str = ""
