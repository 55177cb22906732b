"""Rows as files: CSV for spreadsheets, JSON for programs, XLSX; written as they come."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import msgspec

from dispatch_tui.desk.exporting.cells import text_of
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spreadsheet import guarded

MARK = "\ufeff"
"""Without it spreadsheets in China read a CSV file as GB18030, and every name is garbage."""

LINE_END = "\r\n"
"""Of CSV by RFC 4180; within a cell a break stays what it is."""

MOST_ROWS, MOST_CHARS = 2**20, 32_767
"""What a sheet and a cell of an XLSX file hold."""


class Format(StrEnum):
    """As what a table is written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


class Writer(Protocol):
    """Takes rows, in the types of JSON by column, and ends the file."""

    def row(self, values: Mapping[str, Any]) -> None:
        """Write one row."""

    def end(self) -> None:
        """Write what comes after the last row."""


class CsvWriter:
    """UTF-8 with its mark; no cell is a formula."""

    def __init__(self, file: BinaryIO, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns
        self._line = io.StringIO(newline="")
        self._writer = csv.writer(self._line, lineterminator=LINE_END)
        self._line.write(MARK)
        self._write(columns)

    def row(self, values: Mapping[str, Any]) -> None:
        """Write one row."""
        self._write([_cell(values[name]) for name in self._columns])

    def end(self) -> None:
        """Write nothing more."""

    def _write(self, cells: Sequence[str]) -> None:
        self._writer.writerow(cells)
        self._file.write(self._line.getvalue().encode())
        self._line.seek(0)
        self._line.truncate()


def _cell(value: Any) -> str:
    """The text of a cell; a number is no formula, whatever its sign."""
    text = text_of(value)
    return text if isinstance(value, (int, float)) else guarded(text)


class JsonWriter:
    """A list of objects, one on a line."""

    def __init__(self, file: BinaryIO, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns
        self._before = b"[\n"

    def row(self, values: Mapping[str, Any]) -> None:
        """Write one row."""
        row = msgspec.json.encode({name: values[name] for name in self._columns})
        self._file.write(self._before + row)
        self._before = b",\n"

    def end(self) -> None:
        """End the list."""
        self._file.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")


class LinesWriter:
    """JSON lines: each row an object of its own."""

    def __init__(self, file: BinaryIO, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns

    def row(self, values: Mapping[str, Any]) -> None:
        """Write one row."""
        row = msgspec.json.encode({name: values[name] for name in self._columns})
        self._file.write(row + b"\n")

    def end(self) -> None:
        """Write nothing more."""


class XlsxWriter:
    """One sheet; texts are texts, neither formulas nor links."""

    def __init__(self, path: Path, name: str, columns: Sequence[str]) -> None:
        self._book = _xlsxwriter().Workbook(
            path,
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._sheet = self._book.add_worksheet(name)
        self._columns = columns
        self._next = 0
        self.row({one: one for one in columns})

    def row(self, values: Mapping[str, Any]) -> None:
        """Write one row; raises `NotPossible` for more than a sheet holds."""
        if self._next == MOST_ROWS:
            raise NotPossible(N_("An XLSX file holds no more than {rows} rows."), rows=MOST_ROWS)
        for place, name in enumerate(self._columns):
            self._write(place, values[name])
        self._next += 1

    def _write(self, place: int, value: Any) -> None:
        if type(value) in (int, float):
            self._sheet.write_number(self._next, place, value)
        elif text := text_of(value):
            if len(text) > MOST_CHARS:
                raise NotPossible(
                    N_("A cell of an XLSX file holds no more than {count} characters."),
                    count=MOST_CHARS,
                )
            self._sheet.write_string(self._next, place, text)

    def end(self) -> None:
        """Put the file together."""
        self._book.close()


def _xlsxwriter() -> Any:
    try:
        import xlsxwriter
    except ImportError as error:
        raise NotPossible(N_("XLSX needs one more package: install dispatch-tui[xlsx].")) from error
    return xlsxwriter


def streamed(shape: Format, *, lines: bool) -> Callable[[BinaryIO, Sequence[str]], Writer]:
    """Return what writes to anything that takes bytes; of JSON objects, each on a line of its own.

    Raises `InvalidInput` for XLSX, which needs a file.
    """
    if shape is Format.XLSX:
        raise InvalidInput(N_("XLSX needs a file: say where with --output."))
    if shape is Format.CSV:
        return CsvWriter
    return LinesWriter if lines else JsonWriter
