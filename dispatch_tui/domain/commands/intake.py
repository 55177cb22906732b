"""What is asked for with a call, and with what was written down of it."""

from datetime import datetime

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.facts import How
from dispatch_tui.domain.ticket import Kind, Priority


class LogCall(Command, frozen=True, kw_only=True):
    """Take a fault notification; `caller` is what an unknown customer calls itself.

    A complaint names the ticket that it is `about`, if there is one.
    """

    fault: str
    customer: str = ""
    caller: str = ""
    device: str = ""
    department: str = ""
    contact: str = ""
    phone: str = ""
    priority: Priority = Priority.NORMAL
    kind: Kind = Kind.FAULT
    about: str = ""
    channel: How = How.CALL


class AddCall(Command, frozen=True, kw_only=True):
    """Attach a further call about the same fault."""

    text: str
    contact: str = ""
    phone: str = ""


class TakeInCall(Command, frozen=True, kw_only=True):
    """Attach the call of a ticket that was merged into this one; follows from merging."""

    text: str
    merged_from: str
    contact: str = ""
    phone: str = ""


class SetLimits(Command, frozen=True, kw_only=True):
    """Take over the limits of the customer's contract; follows from a change of the contract."""

    contract: str = ""
    response_minutes: int | None = None
    on_site_hours: int | None = None
    repair_hours: int | None = None


class Note(Command, frozen=True, kw_only=True):
    """Write something down."""

    text: str


class SetPriority(Command, frozen=True, kw_only=True):
    """Decide the urgency anew."""

    priority: Priority
    reason: str = ""


class Correct(Command, frozen=True, kw_only=True):
    """Put facts of the intake right; fields left out stay as they are."""

    customer: str | None = None
    device: str | None = None
    department: str | None = None
    contact: str | None = None
    phone: str | None = None
    fault: str | None = None
    reason: str = ""


class CorrectTime(Command, frozen=True, kw_only=True):
    """Put the time of a fact right: the latest of its kind, or the latest of that engineer's."""

    what: str
    to: datetime
    engineer: str = ""
    reason: str = ""


class Undo(Command, frozen=True, kw_only=True):
    """Take back one's own last act while it is fresh."""
