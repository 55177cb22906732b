"""What is asked for once the fault is dealt with, or was none."""

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.facts import Answer, CallBackResult


class CallBack(Command, frozen=True, kw_only=True):
    """Tell what a call after the repair gave; the scores are 1 to 5."""

    result: CallBackResult
    attitude: int | None = None
    skill: int | None = None
    speed: int | None = None
    words: str = ""
    complaint: Answer = Answer.NO


class Close(Command, frozen=True, kw_only=True):
    """End a case whose fault is gone."""

    note: str = ""


class KeepCase(Command, frozen=True, kw_only=True):
    """Mark a solved case as worth keeping, for whoever meets the like of it (S16)."""

    symptom: str
    cause: str
    cure: str


class Cancel(Command, frozen=True, kw_only=True):
    """End a case that was none."""

    reason: str


class Merge(Command, frozen=True, kw_only=True):
    """It is the same fault as on another ticket."""

    into: str
    reason: str = ""


class Reopen(Command, frozen=True, kw_only=True):
    """The fault was not gone."""

    reason: str
