"""What happened when somebody called, and to what was written down of it."""

from datetime import datetime

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.facts import How
from dispatch_tui.domain.ticket import Kind, Priority


class CallLogged(Event, frozen=True, kw_only=True, tag="call_logged"):
    """The fault notification was taken; its time starts the clocks (S1, S2)."""

    kind: Kind = Kind.FAULT
    priority: Priority = Priority.NORMAL
    customer: str = ""
    caller: str = ""
    device: str = ""
    department: str = ""
    contact: str = ""
    phone: str = ""
    fault: str
    about: str = ""
    channel: How = How.CALL


class CallAdded(Event, frozen=True, kw_only=True, tag="call_added"):
    """The customer called again about the same fault."""

    text: str
    contact: str = ""
    phone: str = ""
    merged_from: str = ""


class LimitsSet(Event, frozen=True, kw_only=True, tag="limits_set"):
    """From now on the limits of a contract hold, "" for the service plan's."""

    contract: str = ""
    response_minutes: int | None = None
    on_site_hours: int | None = None
    repair_hours: int | None = None


class Noted(Event, frozen=True, kw_only=True, tag="noted"):
    """Somebody wrote something down."""

    text: str


class PrioritySet(Event, frozen=True, kw_only=True, tag="priority_set"):
    """The urgency was decided anew."""

    priority: Priority
    reason: str = ""


class Corrected(Event, frozen=True, kw_only=True, tag="corrected"):
    """Facts of the intake were put right; fields that are None stay as they were."""

    customer: str | None = None
    device: str | None = None
    department: str | None = None
    contact: str | None = None
    phone: str | None = None
    fault: str | None = None
    reason: str = ""


class TimeCorrected(Event, frozen=True, kw_only=True, tag="time_corrected"):
    """The entry `seq` happened at `to`, not when it was first told."""

    seq: int
    to: datetime
    reason: str = ""


class Withdrawn(Event, frozen=True, kw_only=True, tag="withdrawn"):
    """The entries `seqs` are taken back; folding passes over them."""

    seqs: tuple[int, ...]
