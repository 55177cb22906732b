"""What happened with the fault and its repair."""

from datetime import date

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.facts import Cause, EscalationReason, PartSource
from dispatch_tui.domain.ticket import Severity


class Diagnosed(Event, frozen=True, kw_only=True, tag="diagnosed"):
    """How grave the fault is, what it came from, what was tried; None or "" say nothing."""

    severity: Severity | None = None
    cause: Cause | None = None
    found: str = ""
    tried: str = ""


class Escalated(Event, frozen=True, kw_only=True, tag="escalated"):
    """The specialist was called in, and has the ticket too."""

    specialist: str
    reason: EscalationReason
    note: str = ""


class EscalationEnded(Event, frozen=True, kw_only=True, tag="escalation_ended"):
    """The specialist is no longer needed."""

    reason: str


class PartFitted(Event, frozen=True, kw_only=True, tag="part_fitted"):
    """A part went in."""

    name: str
    model: str = ""
    serial: str = ""
    maker: str = ""
    made_on: date | None = None
    source: PartSource | None = None
    price: str = ""


class PartRemoved(Event, frozen=True, kw_only=True, tag="part_removed"):
    """A part came out."""

    name: str
    model: str = ""
    serial: str = ""
    maker: str = ""
    made_on: date | None = None


class Restored(Event, frozen=True, kw_only=True, tag="restored"):
    """The device, or a replacement, works again (S3)."""

    what_was_done: str


class FoundUnrepairable(Event, frozen=True, kw_only=True, tag="found_unrepairable"):
    """The fault cannot be removed; it was reduced, and a maintenance report written."""

    reduced: str
    remains: str
    report: str


class WayAgreed(Event, frozen=True, kw_only=True, tag="way_agreed"):
    """The way forward was fixed with the customer in writing: the repair clock ends (S3)."""

    way: str
    name: str
    document: str
    left_open: str = ""
