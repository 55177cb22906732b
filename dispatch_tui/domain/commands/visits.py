"""What is asked for of engineers and their visits."""

from datetime import datetime

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.visits import Purpose


class Assign(Command, frozen=True, kw_only=True):
    """Give the ticket to engineers; `lead` "" keeps the lead, or takes the first."""

    engineers: tuple[str, ...]
    lead: str = ""
    why: str = ""


class Unassign(Command, frozen=True, kw_only=True):
    """Take engineers off; none named means all."""

    engineers: tuple[str, ...] = ()
    reason: str = ""


class PlanVisit(Command, frozen=True, kw_only=True):
    """Engineers are to go; none named means all on the ticket."""

    planned_at: datetime
    engineers: tuple[str, ...] = ()
    purpose: Purpose = Purpose.REPAIR


class Depart(Command, frozen=True, kw_only=True):
    """Engineers set out; none named means all who have not."""

    engineers: tuple[str, ...] = ()
    expected_at: datetime | None = None


class Expect(Command, frozen=True, kw_only=True):
    """Engineers under way will arrive at another time; none named means all of them."""

    expected_at: datetime
    engineers: tuple[str, ...] = ()
    reason: str = ""


class Arrive(Command, frozen=True, kw_only=True):
    """Engineers are on site; none named means all who are not."""

    engineers: tuple[str, ...] = ()


class Leave(Command, frozen=True, kw_only=True):
    """Engineers left the customer; none named means all who are there."""

    engineers: tuple[str, ...] = ()
    note: str = ""
