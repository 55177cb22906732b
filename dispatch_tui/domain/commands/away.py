"""What is asked for about things that leave the customer, and loans that stand in."""

from datetime import datetime

from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.commands.base import Command


class TakeAway(Command, frozen=True, kw_only=True):
    """Take something along, against a receipt; `owner` "" means whoever enters it."""

    item: str
    serial: str
    signed_by: str
    to: Place
    word_due_at: datetime
    model: str = ""
    owner: str = ""


class ReportWorkshop(Command, frozen=True, kw_only=True):
    """Tell how far the workshop is; `serial` "" means the only thing that is away."""

    step: Step
    word_due_at: datetime | None = None
    serial: str = ""
    owner: str = ""
    note: str = ""


class ReportExchange(Command, frozen=True, kw_only=True):
    """Tell how far the exchange with the manufacturer is; fields as for the workshop."""

    step: Step
    word_due_at: datetime | None = None
    serial: str = ""
    owner: str = ""
    note: str = ""


class BringBack(Command, frozen=True, kw_only=True):
    """Give back what was taken away, or what came in its place."""

    serial: str = ""
    new_serial: str = ""
    received_by: str = ""


class Lend(Command, frozen=True, kw_only=True):
    """Leave a device or part with the customer, against a receipt."""

    item: str
    serial: str
    signed_by: str
    model: str = ""


class TakeLoanBack(Command, frozen=True, kw_only=True):
    """Take back what the customer has on loan; `serial` "" means the only loan."""

    serial: str = ""
