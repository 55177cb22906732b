"""What happened about a suspected adverse event."""

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.facts import AdverseReport, Answer, Harm


class AdverseSuspected(Event, frozen=True, kw_only=True, tag="adverse_suspected"):
    """A patient may have been harmed; the time is when it was learnt."""

    harm: Harm
    what: str
    several: Answer = Answer.NO


class AdverseReported(Event, frozen=True, kw_only=True, tag="adverse_reported"):
    """The authority was told."""

    how: AdverseReport
    to: str
    reference: str = ""


class AdverseCleared(Event, frozen=True, kw_only=True, tag="adverse_cleared"):
    """The suspicion was unfounded."""

    reason: str
