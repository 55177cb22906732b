"""What happened once the fault was dealt with, or was none."""

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.facts import CallBackResult


class CalledBack(Event, frozen=True, kw_only=True, tag="called_back"):
    """The customer was called after the repair; an attempt that reached nobody counts too."""

    result: CallBackResult
    attitude: int | None = None
    skill: int | None = None
    speed: int | None = None
    words: str = ""


class Closed(Event, frozen=True, kw_only=True, tag="closed"):
    """The case is over."""

    note: str = ""


class CaseKept(Event, frozen=True, kw_only=True, tag="case_kept"):
    """It was found worth keeping: how it showed, where it came from, what cured it."""

    symptom: str
    cause: str
    cure: str


class Cancelled(Event, frozen=True, kw_only=True, tag="cancelled"):
    """There was no case."""

    reason: str


class Merged(Event, frozen=True, kw_only=True, tag="merged"):
    """It is the same fault as on ticket `into`; the clocks of this one end."""

    into: str
    reason: str = ""


class Reopened(Event, frozen=True, kw_only=True, tag="reopened"):
    """The fault was not gone: the clocks run on as if they had never stopped."""

    reason: str
