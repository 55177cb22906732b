"""What happened to a ticket: the entries of its journal."""

from datetime import datetime

import msgspec

from dispatch_tui.domain.ticket import Kind, Priority


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag=True):
    """One fact in the course of a ticket."""


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


class CallAdded(Event, frozen=True, kw_only=True, tag="call_added"):
    """The customer called again about the same fault."""

    text: str
    contact: str = ""
    phone: str = ""


class Responded(Event, frozen=True, kw_only=True, tag="responded"):
    """Somebody talked with the customer about the fault (S1)."""

    note: str = ""


class Noted(Event, frozen=True, kw_only=True, tag="noted"):
    """Somebody wrote something down."""

    text: str


class Assigned(Event, frozen=True, kw_only=True, tag="assigned"):
    """Engineers were given the ticket; `lead` leads from now on."""

    engineers: tuple[str, ...]
    lead: str


class Unassigned(Event, frozen=True, kw_only=True, tag="unassigned"):
    """Engineers were taken off; `lead` leads from now on ("" when nobody is left)."""

    engineers: tuple[str, ...]
    lead: str = ""
    reason: str = ""


class Departed(Event, frozen=True, kw_only=True, tag="departed"):
    """Engineers set out."""

    engineers: tuple[str, ...]
    expected_at: datetime | None = None


class Arrived(Event, frozen=True, kw_only=True, tag="arrived"):
    """Engineers reached the customer (S2); the first arrival starts the repair clock (S3)."""

    engineers: tuple[str, ...]


class Restored(Event, frozen=True, kw_only=True, tag="restored"):
    """The device, or a replacement, works again (S3)."""

    what_was_done: str


class SolvedByPhone(Event, frozen=True, kw_only=True, tag="solved_by_phone"):
    """The fault is gone without a visit."""

    what_was_done: str


class Closed(Event, frozen=True, kw_only=True, tag="closed"):
    """The case is over."""

    note: str = ""


class Cancelled(Event, frozen=True, kw_only=True, tag="cancelled"):
    """There was no case."""

    reason: str


class Reopened(Event, frozen=True, kw_only=True, tag="reopened"):
    """The fault was not gone: the clocks run on as if they had never stopped."""

    reason: str


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


TicketEvent = (
    CallLogged
    | CallAdded
    | Responded
    | Noted
    | Assigned
    | Unassigned
    | Departed
    | Arrived
    | Restored
    | SolvedByPhone
    | Closed
    | Cancelled
    | Reopened
    | PrioritySet
    | Corrected
    | TimeCorrected
    | Withdrawn
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a ticket's journal; `seq` counts from 1, both times are aware UTC."""

    seq: int
    event: TicketEvent
    actor: str
    occurred_at: datetime
    recorded_at: datetime
