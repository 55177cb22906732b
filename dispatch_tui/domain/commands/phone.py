"""What is asked for on the phone, before anybody goes."""

from dispatch_tui.domain.commands.base import Command


class Respond(Command, frozen=True, kw_only=True):
    """Record the first talk with the customer about the fault."""

    note: str = ""


class NeedVisit(Command, frozen=True, kw_only=True):
    """It cannot be solved by phone."""

    why: str


class SolveByPhone(Command, frozen=True, kw_only=True):
    """The fault is gone without a visit."""

    what_was_done: str
