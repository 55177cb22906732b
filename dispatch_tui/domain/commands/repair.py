"""What is asked for about the fault and its repair."""

from datetime import date

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.facts import Cause, EscalationReason, PartSource
from dispatch_tui.domain.ticket import Severity


class Diagnose(Command, frozen=True, kw_only=True):
    """Say how grave the fault is, what it came from and what was tried; at least one of them."""

    severity: Severity | None = None
    cause: Cause | None = None
    found: str = ""
    tried: str = ""


class Escalate(Command, frozen=True, kw_only=True):
    """Call in the specialist; `specialist` "" means the only one there is."""

    reason: EscalationReason
    specialist: str = ""
    note: str = ""


class EndEscalation(Command, frozen=True, kw_only=True):
    """The specialist is no longer needed."""

    reason: str


class FitPart(Command, frozen=True, kw_only=True):
    """A part went in; `price` "" means that nothing is charged."""

    name: str
    model: str = ""
    serial: str = ""
    maker: str = ""
    made_on: date | None = None
    source: PartSource | None = None
    price: str = ""


class RemovePart(Command, frozen=True, kw_only=True):
    """A part came out."""

    name: str
    model: str = ""
    serial: str = ""
    maker: str = ""
    made_on: date | None = None


class Restore(Command, frozen=True, kw_only=True):
    """The device, or a replacement, works again."""

    what_was_done: str


class CannotRepair(Command, frozen=True, kw_only=True):
    """The fault cannot be removed: it was reduced, and a maintenance report written."""

    reduced: str
    remains: str
    report: str


class AgreeWay(Command, frozen=True, kw_only=True):
    """The way forward was fixed with the customer in writing."""

    way: str
    name: str
    document: str
    left_open: str = ""
