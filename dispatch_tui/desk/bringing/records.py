"""What every kind of file gives: tables of records, read one after the other."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from dispatch_tui.domain.message import Message

MAX_COLUMNS = 200
MAX_ROW = 1 << 20
"""Characters of one row or record: what is longer has lost a quote or a bracket."""


class Unit(StrEnum):
    """By what a place in a file is counted."""

    LINE = "line"
    ROW = "row"
    RECORD = "record"


class Unreadable(Exception):
    """From here on the file cannot be read; `line` counts as its records do, 0 for the whole."""

    def __init__(self, line: int, reason: Message) -> None:
        super().__init__(str(reason))
        self.line = line
        self.reason = reason


class Record(NamedTuple):
    """Cells under the names of their columns, as they stand in the file; None for the header.

    `wrong` are the place of a cell that is no value, and why it is none.
    """

    line: int
    names: tuple[str, ...]
    cells: list[str] | None
    wrong: tuple[int, Message] | None = None


class Table(NamedTuple):
    """The records of one table of a file.

    `part` is its name in the file, "" where it has none; `read_as` the code page, where it is not
    the usual one.
    """

    part: str
    unit: Unit
    records: Iterator[Record]
    read_as: str = ""
