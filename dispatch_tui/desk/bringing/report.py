"""What an import did, or why it did nothing."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from dispatch_tui.desk.bringing.records import Unit
from dispatch_tui.domain.message import N_, Message, say

MAX_PROBLEMS = 10_000
"""Refusals after which the rest of an import is not looked at: by then it is not the rows."""


class Stage(StrEnum):
    """What an import is at."""

    READING = "reading"
    CHECKING = "checking"
    KEEPING = "keeping"


Progress = Callable[[Stage, int, int, int], None]
"""Hears of a stage, how far it is of how much, and how many rows are done."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be taken: where it stands, what stands there, and why.

    `line` counts by `unit` and is 0 for the whole file; `value` is the start of what was given.
    """

    file: str
    line: int = 0
    unit: Unit = Unit.LINE
    column: str = ""
    value: str = ""
    reason: Message


class Enough(Exception):
    """So much was refused that the rest is not looked at."""


class Problems:
    """What was refused so far, in the order of finding."""

    def __init__(self) -> None:
        self.found: list[tuple[int, Problem]] = []

    def note(self, sheet: int, problem: Problem) -> None:
        """Take a problem of a sheet; raises `Enough` after too many."""
        self.found.append((sheet, problem))
        if len(self.found) >= MAX_PROBLEMS:
            reason = say(
                N_("So much was refused ({count}) that the rest was not looked at."),
                count=f"{MAX_PROBLEMS:,}",
            )
            self.found.append((sheet, Problem(file=problem.file, reason=reason)))
            raise Enough

    @property
    def enough(self) -> bool:
        """Whether so much was refused that nothing more is looked at."""
        return len(self.found) > MAX_PROBLEMS

    def forget_after(self, count: int) -> None:
        """Forget what was noted after the first ones."""
        del self.found[count:]

    def in_order(self) -> tuple[Problem, ...]:
        """Return them by sheet and line."""
        return tuple(one for _, one in sorted(self.found, key=lambda one: (one[0], one[1].line)))

    def refused(self, sheet: int) -> set[int]:
        """Return the lines of a sheet on which something is wrong, 0 for the sheet itself."""
        return {one.line for number, one in self.found if number == sheet}


class Count(msgspec.Struct, kw_only=True):
    """How the rows of one table fared; `passed_over` are those that a mapping leaves out."""

    table: str
    adds: int = 0
    changes: int = 0
    same: int = 0
    refuses: int = 0
    passed_over: int = 0


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import; `kept` says whether anything was stored.

    `read_as` are files with a code page that is not the usual one, `refused_in` the files that the
    refused rows were written to.
    """

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]
    kept: bool
    read_as: tuple[tuple[str, str], ...] = ()
    refused_in: tuple[str, ...] = ()
