"""What happened about more time for a repair (S4)."""

from datetime import datetime

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.facts import How


class ConsentAsked(Event, frozen=True, kw_only=True, tag="consent_asked"):
    """The purchaser was asked for more time."""

    name: str
    until: datetime
    phone: str = ""
    why: str = ""


class Consented(Event, frozen=True, kw_only=True, tag="consented"):
    """The purchaser agreed to more time; the first limit stays visible."""

    name: str
    position: str
    phone: str
    how: How
    why: str
    until: datetime


class ConsentRefused(Event, frozen=True, kw_only=True, tag="consent_refused"):
    """The purchaser did not agree."""

    name: str
    words: str = ""
