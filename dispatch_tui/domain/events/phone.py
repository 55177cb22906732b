"""What happened on the phone."""

from dispatch_tui.domain.events.base import Event


class Responded(Event, frozen=True, kw_only=True, tag="responded"):
    """Somebody talked with the customer about the fault (S1)."""

    note: str = ""


class VisitNeeded(Event, frozen=True, kw_only=True, tag="visit_needed"):
    """It cannot be solved by phone."""

    why: str


class SolvedByPhone(Event, frozen=True, kw_only=True, tag="solved_by_phone"):
    """The fault is gone without a visit."""

    what_was_done: str
