"""What happened with things that left the customer, and with loans."""

from datetime import datetime

from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.events.base import Event


class TakenAway(Event, frozen=True, kw_only=True, tag="taken_away"):
    """Something left the customer against a receipt; no clock pauses."""

    item: str
    serial: str
    signed_by: str
    to: Place
    owner: str
    word_due_at: datetime
    model: str = ""


class LegReported(Event, frozen=True, kw_only=True, tag="leg_reported"):
    """Somebody told how far the thing `no` is."""

    no: int
    place: Place
    step: Step
    owner: str
    word_due_at: datetime | None = None
    note: str = ""


class BroughtBack(Event, frozen=True, kw_only=True, tag="brought_back"):
    """The customer has the thing `no` again, or another in its place."""

    no: int
    new_serial: str = ""
    received_by: str = ""


class Lent(Event, frozen=True, kw_only=True, tag="lent"):
    """The customer has something on loan."""

    item: str
    serial: str
    signed_by: str
    model: str = ""


class LoanReturned(Event, frozen=True, kw_only=True, tag="loan_returned"):
    """The loan `no` is back."""

    no: int
