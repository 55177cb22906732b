"""What happened with a complaint (S17)."""

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.facts import Answer, How


class ComplaintOpened(Event, frozen=True, kw_only=True, tag="complaint_opened"):
    """The customer complained: ticket `number` follows it."""

    number: str
    text: str
    channel: How = How.CALL


class Acknowledged(Event, frozen=True, kw_only=True, tag="acknowledged"):
    """The customer knows that the complaint is being looked into."""

    note: str = ""


class Investigated(Event, frozen=True, kw_only=True, tag="investigated"):
    """What was found, or why it was not looked into."""

    findings: str = ""
    why_not: str = ""


class MeasuresTaken(Event, frozen=True, kw_only=True, tag="measures_taken"):
    """What is done about it."""

    measures: str


class ComplaintAnswered(Event, frozen=True, kw_only=True, tag="complaint_answered"):
    """The customer was answered."""

    answer: str
    how: How = How.CALL


class SatisfactionRecorded(Event, frozen=True, kw_only=True, tag="satisfaction_recorded"):
    """Whether the customer is satisfied, and who said so."""

    satisfied: Answer
    name: str
    words: str = ""
