"""A ticket as folded from its journal, and the words for its states."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a case is about."""

    FAULT = "fault"


class Priority(StrEnum):
    """How urgent the customer's need is; an emergency is phoned through to the manager at once."""

    NORMAL = "normal"
    EMERGENCY = "emergency"


class Severity(StrEnum):
    """How grave the fault is; only a major one can be extended (S4)."""

    ORDINARY = "ordinary"
    MAJOR = "major"


class Status(StrEnum):
    """How far a case has come."""

    LOGGED = "logged"
    RESPONDED = "responded"
    ASSIGNED = "assigned"
    UNDER_WAY = "under_way"
    ON_SITE = "on_site"
    RESTORED = "restored"
    SOLVED = "solved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ACTIVE = frozenset(
    {Status.LOGGED, Status.RESPONDED, Status.ASSIGNED, Status.UNDER_WAY, Status.ON_SITE}
)
"""The fault is still there: clocks run."""

WORKING_AGAIN = frozenset({Status.RESTORED, Status.SOLVED})
"""The fault is gone, the case is not over yet."""

OVER = frozenset({Status.CLOSED, Status.CANCELLED})
"""Nothing is left to do."""

OPEN = ACTIVE | WORKING_AGAIN


class Assignment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One engineer on one ticket, with the trip of this visit."""

    login: str
    lead: bool = False
    assigned_at: datetime
    departed_at: datetime | None = None
    expected_at: datetime | None = None
    arrived_at: datetime | None = None


class Ticket(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One case; every value follows from its journal, `version` is the number of its entries.

    The `original_…` times are those first told, before any correction: limits that were first
    given are never hidden. `talked_at` is the first talk with the customer about the fault (by an
    answer, on site, while solving it by phone); reopening does not undo it. `customer` and `device`
    are codes; an unknown caller has `customer` "" and what was said in `caller`.
    """

    number: str
    kind: Kind = Kind.FAULT
    priority: Priority = Priority.NORMAL
    severity: Severity = Severity.ORDINARY
    customer: str = ""
    caller: str = ""
    device: str = ""
    department: str = ""
    contact: str = ""
    phone: str = ""
    fault: str = ""
    calls: int = 1
    logged_by: str = ""
    engineers: tuple[Assignment, ...] = ()
    reported_at: datetime
    original_reported_at: datetime
    responded_at: datetime | None = None
    talked_at: datetime | None = None
    arrived_at: datetime | None = None
    original_arrived_at: datetime | None = None
    restored_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None
    reopened_at: datetime | None = None
    version: int = 1

    @property
    def status(self) -> Status:
        """How far the case has come, by the furthest fact that stands."""
        if self.cancelled_at:
            return Status.CANCELLED
        if self.closed_at:
            return Status.CLOSED
        if self.restored_at:
            return Status.RESTORED
        if self.solved_at:
            return Status.SOLVED
        if any(one.arrived_at for one in self.engineers):
            return Status.ON_SITE
        if any(one.departed_at for one in self.engineers):
            return Status.UNDER_WAY
        if self.engineers:
            return Status.ASSIGNED
        return Status.RESPONDED if self.talked_at else Status.LOGGED

    @property
    def lead(self) -> str:
        """Login of the engineer who leads, "" when nobody is assigned."""
        return next((one.login for one in self.engineers if one.lead), "")

    def assignment(self, login: str) -> Assignment | None:
        """The assignment of one person on this ticket, if any."""
        return next((one for one in self.engineers if one.login == login), None)
