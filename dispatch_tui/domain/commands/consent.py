"""What is asked for about more time for a repair."""

from datetime import datetime

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.facts import How


class AskConsent(Command, frozen=True, kw_only=True):
    """Ask the purchaser for more time."""

    name: str
    until: datetime
    phone: str = ""
    why: str = ""


class Consent(Command, frozen=True, kw_only=True):
    """The purchaser agreed: who, how, why, until when."""

    name: str
    position: str
    phone: str
    how: How
    why: str
    until: datetime


class RefuseConsent(Command, frozen=True, kw_only=True):
    """The purchaser did not agree."""

    name: str
    words: str = ""
