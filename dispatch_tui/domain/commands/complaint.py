"""What is asked for about a complaint."""

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.facts import Answer, How


class Complain(Command, frozen=True, kw_only=True):
    """The customer complains about how a case was handled."""

    text: str
    channel: How = How.CALL
    contact: str = ""
    phone: str = ""


class Acknowledge(Command, frozen=True, kw_only=True):
    """The customer was told that the complaint is being looked into."""

    note: str = ""


class Investigate(Command, frozen=True, kw_only=True):
    """Tell what was found, or why it is not looked into."""

    findings: str = ""
    why_not: str = ""


class TakeMeasures(Command, frozen=True, kw_only=True):
    """Tell what is done about it."""

    measures: str


class AnswerComplaint(Command, frozen=True, kw_only=True):
    """The customer was answered."""

    answer: str
    how: How = How.CALL


class RecordSatisfaction(Command, frozen=True, kw_only=True):
    """The customer says whether the matter is settled."""

    satisfied: Answer
    name: str
    words: str = ""


class CloseComplaint(Command, frozen=True, kw_only=True):
    """End a complaint whose customer is satisfied."""

    note: str = ""
