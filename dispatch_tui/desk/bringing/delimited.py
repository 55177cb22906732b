"""Reads CSV: comma, semicolon or tab, quotes as spreadsheets write them."""

import csv
from collections.abc import Iterator, Set
from io import TextIOBase
from typing import BinaryIO

from dispatch_tui.desk.bringing.decoding import NAMES, text_of
from dispatch_tui.desk.bringing.records import MAX_COLUMNS, MAX_ROW, Record, Table, Unit, Unreadable
from dispatch_tui.domain.message import N_, say
from dispatch_tui.domain.spreadsheet import unguarded
from dispatch_tui.domain.text import clean_line

DELIMITERS = ",;\t"


def read(stream: BinaryIO, known: Set[str]) -> Iterator[Table]:
    """Yield the one table of a file; `known` are names that its header row may have."""
    with text_of(stream) as text:
        yield Table("", Unit.LINE, _records(text, known), NAMES.get(text.encoding, ""))


def _records(text: TextIOBase, known: Set[str]) -> Iterator[Record]:
    lines = _Lines(text)
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise Unreadable(0, say(N_("The file is empty: it needs a header row.")))
    begin = lines.count
    rows = csv.reader(lines.again(first), delimiter=_delimiter(first, known), strict=True)
    names: tuple[str, ...] | None = None
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            template = N_("The quotes or the length of this row are broken ({error}).")
            raise Unreadable(begin, say(template, error=str(error))) from error
        except UnicodeDecodeError as error:
            raise Unreadable(begin, say(N_("A character is broken here."))) from error
        if any(cell.strip() for cell in cells):
            if names is None:
                names = _names(begin, cells)
                yield Record(begin, names, None)
            else:
                yield Record(begin, names, [unguarded(cell) for cell in cells])
        begin = lines.count + 1
        lines.row_ended()


def _names(line: int, cells: list[str]) -> tuple[str, ...]:
    if len(cells) > MAX_COLUMNS:
        raise Unreadable(line, say(N_("There are more than {most} columns."), most=MAX_COLUMNS))
    return tuple(cells)


def _delimiter(header: str, known: Set[str]) -> str:
    """What is between the names of the columns: what makes the most known ones of the header."""

    def found(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return sum(clean_line(cell).casefold() in known for cell in cells), len(cells)

    return max(DELIMITERS, key=found)


class _Lines(Iterator[str]):
    """The physical lines of a file, never more of one row than a row may have."""

    def __init__(self, text: TextIOBase) -> None:
        self._text = text
        self._again = ""
        self._begin = 1
        self._length = 0
        self.count = 0

    def again(self, line: str) -> "_Lines":
        """Give a line once more."""
        self._again = line
        self.row_ended()
        self._begin = self.count
        return self

    def row_ended(self) -> None:
        """Begin to measure the next row."""
        self._begin, self._length = self.count + 1, 0

    def __next__(self) -> str:
        line, self._again = self._again, ""
        if not line:
            line = self._text.readline(MAX_ROW + 1)
            self.count += 1
        if not line:
            raise StopIteration
        self._length += len(line)
        if self._length > MAX_ROW:
            reason = say(N_("This row has more than {most} characters."), most=f"{MAX_ROW:,}")
            raise Unreadable(self._begin, reason)
        if "\0" in line:
            reason = say(N_("There is a NUL character here: this is no text file."))
            raise Unreadable(self.count, reason)
        return line
