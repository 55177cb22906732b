"""A ticket as folded from its journal, and the words for its states."""

from datetime import datetime
from enum import StrEnum

import msgspec

from dispatch_tui.domain.away import Loan, Place, Removal
from dispatch_tui.domain.facts import (
    Adverse,
    Agreement,
    CallBack,
    CallBackResult,
    Cause,
    Complaint,
    Consent,
    ConsentAsked,
    Escalation,
    KeptCase,
    Limits,
    Part,
    Report,
    ServiceFacts,
    Test,
    Unrepairable,
)
from dispatch_tui.domain.visits import Trip, Visit, VisitState, current_trip


class Kind(StrEnum):
    """What a case is about."""

    FAULT = "fault"
    COMPLAINT = "complaint"


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
    IN_WORKSHOP = "in_workshop"
    AT_MANUFACTURER = "at_manufacturer"
    UNREPAIRABLE = "unrepairable"
    RESTORED = "restored"
    SOLVED = "solved"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATED = "investigated"
    ANSWERED = "answered"
    SATISFIED = "satisfied"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


_S = Status
ACTIVE = frozenset(
    {
        *(_S.LOGGED, _S.RESPONDED, _S.ASSIGNED, _S.UNDER_WAY, _S.ON_SITE),
        *(_S.IN_WORKSHOP, _S.AT_MANUFACTURER, _S.UNREPAIRABLE),
    }
)
"""The fault is still there: its clocks run."""

AFTER_REPAIR = frozenset({_S.RESTORED, _S.SOLVED, _S.AGREED, _S.CONFIRMED})
"""The fault is dealt with; the case is not over before the customer has been called back."""

FAULT_OPEN = ACTIVE | AFTER_REPAIR
"""Something is left to do about a fault."""

COMPLAINING = frozenset({_S.ACKNOWLEDGED, _S.INVESTIGATED, _S.ANSWERED, _S.SATISFIED})
"""A complaint is being followed."""

OVER = frozenset({_S.CLOSED, _S.CANCELLED, _S.MERGED})
"""Nothing is left to do."""

OPEN = ACTIVE | AFTER_REPAIR | COMPLAINING


class Assignment(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One engineer who has the ticket; their trips are in its visits."""

    login: str
    lead: bool = False
    assigned_at: datetime


class Ticket(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One case; every value follows from its journal, `version` is the number of its entries.

    The `original_…` times are those first told, before any correction: limits that were first
    given are never hidden. `talked_at` is the first talk with the customer about the fault (by an
    answer, on site, while solving it by phone); reopening does not undo it. `customer` and `device`
    are codes; an unknown caller has `customer` "" and what was said in `caller`. `life` counts
    how often the case was reopened. `limits` are those of a contract, `original_limits` those that
    held at the call. `failed_calls` counts the call-backs that reached nobody.
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
    cause: Cause | None = None
    found: str = ""
    tried: str = ""
    what_was_done: str = ""
    engineers: tuple[Assignment, ...] = ()
    visits: tuple[Visit, ...] = ()
    escalation: Escalation | None = None
    removals: tuple[Removal, ...] = ()
    loans: tuple[Loan, ...] = ()
    consents: tuple[Consent, ...] = ()
    consent_asked: ConsentAsked | None = None
    unrepairable: Unrepairable | None = None
    agreement: Agreement | None = None
    parts: tuple[Part, ...] = ()
    tests: tuple[Test, ...] = ()
    service: ServiceFacts | None = None
    reports: tuple[Report, ...] = ()
    call_back: CallBack | None = None
    failed_calls: int = 0
    adverse: Adverse | None = None
    complaints: tuple[str, ...] = ()
    complaint: Complaint | None = None
    merged_into: str = ""
    kept: KeptCase | None = None
    limits: Limits | None = None
    original_limits: Limits | None = None
    reported_at: datetime
    original_reported_at: datetime
    responded_at: datetime | None = None
    talked_at: datetime | None = None
    needs_visit_at: datetime | None = None
    arrived_at: datetime | None = None
    original_arrived_at: datetime | None = None
    restored_at: datetime | None = None
    solved_at: datetime | None = None
    original_dealt_with_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None
    merged_at: datetime | None = None
    reopened_at: datetime | None = None
    life: int = 0
    version: int = 1

    @property
    def status(self) -> Status:
        """How far the case has come, by the furthest fact that stands."""
        if self.cancelled_at:
            return Status.CANCELLED
        if self.merged_at:
            return Status.MERGED
        if self.closed_at:
            return Status.CLOSED
        if self.complaint is not None:
            return _complaint_status(self.complaint)
        return self._after_repair or self._on_the_way or self._at_first

    @property
    def is_open(self) -> bool:
        """Whether something is left to do: a closed case may have an adverse event to report."""
        status = self.status
        pending = self.adverse is not None and self.adverse.pending
        return status in OPEN or (pending and status is Status.CLOSED)

    @property
    def _after_repair(self) -> Status | None:
        if not (self.restored_at or self.solved_at or self.agreement):
            return None
        if self.confirmed_at:
            return Status.CONFIRMED
        if self.restored_at:
            return Status.RESTORED
        return Status.SOLVED if self.solved_at else Status.AGREED

    @property
    def _on_the_way(self) -> Status | None:
        states = {visit.state for visit in self.visits}
        if VisitState.ARRIVED in states:
            return Status.ON_SITE
        if VisitState.DEPARTED in states:
            return Status.UNDER_WAY
        places = {one.place for one in self.removals if one.out}
        if Place.MANUFACTURER in places:
            return Status.AT_MANUFACTURER
        if places:
            return Status.IN_WORKSHOP
        return Status.UNREPAIRABLE if self.unrepairable else None

    @property
    def _at_first(self) -> Status:
        if self.engineers:
            return Status.ASSIGNED
        return Status.RESPONDED if self.talked_at else Status.LOGGED

    @property
    def dealt_with_at(self) -> datetime | None:
        """When the fault was gone or a way forward agreed, None while it is there."""
        agreed_at = self.agreement.at if self.agreement else None
        times = (self.restored_at, self.solved_at, agreed_at)
        return min((at for at in times if at is not None), default=None)

    @property
    def confirmed_at(self) -> datetime | None:
        """When the customer said, called back, that it works as it should."""
        done = self.call_back is not None and self.call_back.result is CallBackResult.WORKS
        return self.call_back.at if done and self.call_back else None

    @property
    def out(self) -> tuple[Removal | Loan, ...]:
        """What is away from the customer, and what is there on loan."""
        things: tuple[Removal | Loan, ...] = (*self.removals, *self.loans)
        return tuple(one for one in things if one.out)

    @property
    def report(self) -> Report | None:
        """The final report on this life of the case, if there is one."""
        return next((one for one in reversed(self.reports) if one.life == self.life), None)

    @property
    def lead(self) -> str:
        """Login of the engineer who leads, "" when nobody is assigned."""
        return next((one.login for one in self.engineers if one.lead), "")

    def assignment(self, login: str) -> Assignment | None:
        """The assignment of one person on this ticket, if any."""
        return next((one for one in self.engineers if one.login == login), None)

    def trip(self, login: str) -> Trip | None:
        """The trip that holds one person for this ticket, if any."""
        return current_trip(self.visits, login)


def _complaint_status(complaint: Complaint) -> Status:
    if complaint.satisfied_at:
        return Status.SATISFIED
    if complaint.answered_at:
        return Status.ANSWERED
    if complaint.investigated_at:
        return Status.INVESTIGATED
    return Status.ACKNOWLEDGED if complaint.acknowledged_at else Status.LOGGED
