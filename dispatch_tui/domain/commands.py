"""What a person can ask for: the commands, as plain structs."""

from datetime import datetime

import msgspec

from dispatch_tui.domain.ticket import Kind, Priority


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person wants to happen to a ticket."""


class LogCall(Command, frozen=True, kw_only=True):
    """Take a fault notification; `caller` is what an unknown customer calls itself."""

    fault: str
    customer: str = ""
    caller: str = ""
    device: str = ""
    department: str = ""
    contact: str = ""
    phone: str = ""
    priority: Priority = Priority.NORMAL
    kind: Kind = Kind.FAULT


class AddCall(Command, frozen=True, kw_only=True):
    """Attach a further call about the same fault."""

    text: str
    contact: str = ""
    phone: str = ""


class Respond(Command, frozen=True, kw_only=True):
    """Record the first talk with the customer about the fault."""

    note: str = ""


class Note(Command, frozen=True, kw_only=True):
    """Write something down."""

    text: str


class Assign(Command, frozen=True, kw_only=True):
    """Give the ticket to engineers; `lead` "" keeps the lead, or takes the first."""

    engineers: tuple[str, ...]
    lead: str = ""


class Unassign(Command, frozen=True, kw_only=True):
    """Take engineers off; none named means all."""

    engineers: tuple[str, ...] = ()
    reason: str = ""


class Depart(Command, frozen=True, kw_only=True):
    """Engineers set out; none named means all who have not."""

    engineers: tuple[str, ...] = ()
    expected_at: datetime | None = None


class Arrive(Command, frozen=True, kw_only=True):
    """Engineers are on site; none named means all who are not."""

    engineers: tuple[str, ...] = ()


class Restore(Command, frozen=True, kw_only=True):
    """The device, or a replacement, works again."""

    what_was_done: str


class SolveByPhone(Command, frozen=True, kw_only=True):
    """The fault is gone without a visit."""

    what_was_done: str


class Close(Command, frozen=True, kw_only=True):
    """End a case whose fault is gone."""

    note: str = ""


class Cancel(Command, frozen=True, kw_only=True):
    """End a case that was none."""

    reason: str


class Reopen(Command, frozen=True, kw_only=True):
    """The fault was not gone."""

    reason: str


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
