"""What an import did, or why it did nothing."""

import msgspec

from dispatch_tui.domain.message import Message


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be taken: where it stands and why; `line` 0 means the whole file."""

    file: str
    line: int = 0
    column: str = ""
    reason: Message


class Count(msgspec.Struct, kw_only=True):
    """How the rows of one table fared."""

    table: str
    adds: int = 0
    changes: int = 0
    same: int = 0
    refuses: int = 0


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import; `kept` says whether anything was stored."""

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]
    kept: bool
