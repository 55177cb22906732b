"""What is asked for about a suspected adverse event."""

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.facts import AdverseReport, Answer, Harm


class SuspectAdverse(Command, frozen=True, kw_only=True):
    """A patient may have been harmed."""

    harm: Harm
    what: str
    several: Answer = Answer.NO


class ReportAdverse(Command, frozen=True, kw_only=True):
    """The authority was told: by phone, or in writing."""

    how: AdverseReport
    to: str
    reference: str = ""


class ClearAdverse(Command, frozen=True, kw_only=True):
    """The suspicion was unfounded."""

    reason: str
