"""What clients are shown: immutable read models."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from dispatch_tui.domain.clocks import RANK, Clock, Level, next_due_at, worst_level
from dispatch_tui.domain.device_history import Filing, Happening
from dispatch_tui.domain.duty import Override
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import Contact, Contract, Customer, Device
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.reliability import Reliability
from dispatch_tui.domain.roster import Job
from dispatch_tui.domain.rotation import Duty
from dispatch_tui.domain.satisfaction import Quarter
from dispatch_tui.domain.ticket import ACTIVE, AFTER_REPAIR, Kind, Status, Ticket
from dispatch_tui.domain.warranty import Coverage, Verdict


class Case(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A ticket as a list shows it: with its clocks and the names that belong to it."""

    ticket: Ticket
    clocks: tuple[Clock, ...]
    customer_name: str = ""
    short_name: str = ""
    city: str = ""
    initials: str = ""
    device_name: str = ""
    model: str = ""
    serial: str = ""
    device_kind: str = ""

    @property
    def number(self) -> str:
        """The identity of the ticket."""
        return self.ticket.number

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.ticket.is_open

    @property
    def next_due_at(self) -> datetime | None:
        """The earliest limit that is still running."""
        return next_due_at(self.clocks)

    @property
    def next_clock(self) -> Clock | None:
        """The running clock with the earliest limit."""
        running = [one for one in self.clocks if one.running]
        return min(running, key=lambda one: one.due_at, default=None)

    def level(self, now: datetime) -> Level:
        """The gravest flag of the running clocks."""
        return worst_level(self.clocks, now)


class View(StrEnum):
    """Which tickets a list shows."""

    OPEN = "open"
    NEAR = "near"
    BREACHED = "breached"
    MINE = "mine"
    CALL_BACKS = "call-backs"
    AWAY = "away"
    COMPLAINTS = "complaints"
    CONSENT = "consent"
    OVER = "over"
    ALL = "all"


WITH_OVER = frozenset({View.OVER, View.ALL})
"""The views that hold closed and cancelled tickets."""


def shown_in(view: View, case: Case, now: datetime, login: str) -> bool:
    """Whether a case belongs to a view."""
    match view:
        case View.OPEN:
            return case.is_open
        case View.NEAR:
            return case.is_open and RANK[case.level(now)] >= RANK[Level.NEAR]
        case View.BREACHED:
            return case.is_open and case.level(now) is Level.BREACHED
        case View.MINE:
            mine = case.ticket.assignment(login) is not None or case.ticket.logged_by == login
            return case.is_open and mine
        case View.OVER:
            return not case.is_open
        case View.ALL:
            return True
        case _:
            return case.is_open and waits_for(view, case.ticket)


WAITING = (View.CALL_BACKS, View.AWAY, View.COMPLAINTS, View.CONSENT)
"""The views of what waits for somebody, clock or not."""


def waits_for(view: View, ticket: Ticket) -> bool:
    """Whether an open ticket waits for what a view is about."""
    match view:
        case View.CALL_BACKS:
            return ticket.status in AFTER_REPAIR - {Status.CONFIRMED}
        case View.AWAY:
            return any(one.out for one in ticket.removals)
        case View.COMPLAINTS:
            return ticket.kind is Kind.COMPLAINT and ticket.is_open
        case View.CONSENT:
            return ticket.consent_asked is not None and ticket.status in ACTIVE
        case _:
            return False


def by_time_left(case: Case) -> tuple[bool, datetime, str]:
    """Sort key of the queue: least time left first, then what waits without a clock."""
    due_at = case.next_due_at
    return due_at is None, due_at or case.ticket.reported_at, case.number


class TicketFile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one ticket, with what its reader may do with it now.

    `obstacles` has every command of the table: None where it can be given, else why not. `verdict`
    is what the device was covered by on the day of the report; `repeats` is the ticket whose fault
    came back, `recent` are faults of the device in the 60 days before.
    """

    case: Case
    journal: tuple[Entry, ...]
    customer: Customer | None
    device: Device | None
    obstacles: dict[str, Message | None]
    verdict: Verdict = Verdict(Coverage.UNKNOWN)
    repeats: str = ""
    recent: tuple[Case, ...] = ()


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the roster and what holds them; `off` is what keeps them away now."""

    person: Staff
    job: Job
    on_duty: bool = False
    off: Override | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A rotation group, "" for those who are sent without being in one."""

    name: str
    on_duty: bool
    members: tuple[Member, ...]


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """Who is on duty, and what everybody is doing.

    Without a rotation plan `duty` is None, with a holiday roster its group is ""; `then` is the
    group of the turn after it, `staff` are the logins of those on duty.
    """

    at: datetime
    duty: Duty | None
    groups: tuple[Group, ...]
    staff: tuple[str, ...] = ()
    then: str = ""


class DeviceFile(msgspec.Struct, frozen=True, kw_only=True):
    """One machine with its past, the newest ticket first; `state` is how it stands now."""

    device: Device
    customer: Customer | None
    history: tuple[Case, ...]
    state: DeviceState = DeviceState.IN_USE
    repeats: frozenset[str] = frozenset()
    """Tickets of the past whose fault had come back."""


class DeviceHistory(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one machine; `version` is the number of changes of its file.

    `contract` is the one that holds today, `inspection_on` the day by which the next round is due.
    """

    file: DeviceFile
    version: int
    verdict: Verdict
    contract: Contract | None
    inspection_on: date | None
    figures: Reliability
    entries: tuple[Happening, ...]
    may_edit: bool = False


class CustomerFile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one customer; `version` is the number of changes of its file."""

    customer: Customer
    version: int
    contacts: tuple[Contact, ...]
    devices: tuple[Device, ...]
    contracts: tuple[Contract, ...]
    cases: tuple[Case, ...]
    satisfaction: tuple[Quarter, ...]
    filings: tuple[Filing, ...]
    may_edit: bool = False


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller was found by: a customer, perhaps with one of its devices or contacts."""

    customer: Customer
    device: Device | None = None
    contact: Contact | None = None


class Belongings(msgspec.Struct, frozen=True, kw_only=True):
    """A customer with its people and machines, by department and name."""

    customer: Customer
    contacts: tuple[Contact, ...]
    devices: tuple[Device, ...]


class Further(msgspec.Struct, frozen=True):
    """Where a search goes on: after a key within one of its ways, without what was `seen`."""

    way: int = 0
    key: Any = None
    seen: frozenset[tuple[Thing, str]] = frozenset()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One page of what was found, best first; `further` is None where there is no more."""

    hits: tuple[Hit | Case | Staff, ...] = ()
    further: Further | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command, after its commit; `repeated` when its key had done it before.

    `other` is the ticket that it opened or changed beside its own, "" for none.
    """

    number: str
    version: int
    other: str = ""
    repeated: bool = False
