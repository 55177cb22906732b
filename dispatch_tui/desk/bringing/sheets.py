"""From a CSV file to its rows, each with the line on which it stands."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.cells import read_cell
from dispatch_tui.desk.bringing.formats import FORMATS, Column, Format
from dispatch_tui.desk.bringing.report import Problem
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.text import clean_line


class Source(msgspec.Struct, frozen=True):
    """A file as it lies there; `name` is shown to people, its stem says which table it is."""

    name: str
    content: bytes

    @property
    def table(self) -> str:
        """The table that the file's name stands for."""
        return Path(self.name).stem.casefold()


class Row(msgspec.Struct, frozen=True):
    """One row: the physical line on which it begins, and a value for each column of the file."""

    line: int
    values: dict[str, Any]


class Sheet(msgspec.Struct, kw_only=True):
    """A file that was read; refused rows are only among the problems.

    `spoken_of` holds what other files may refer to, refused rows included, so that one mistake
    is reported once; `refused` holds that of the rows that could not be read.
    """

    file: str
    format: Format
    rows: list[Row]
    problems: list[Problem]
    spoken_of: set[str]
    refused: set[str]

    def refuse(self, line: int, column: str, reason: Message) -> None:
        """Note a row that cannot be taken."""
        self.problems.append(Problem(file=self.file, line=line, column=column, reason=reason))


def sources_in(paths: Sequence[Path]) -> list[Source]:
    """Read the files, and the CSV files of the folders, in the order in which they are taken.

    Raises `InvalidInput` for a path that cannot be read or a folder without CSV files.
    """
    found = [file for path in paths for file in _files_of(path)]
    order = list(FORMATS)
    sources = []
    for file in found:
        try:
            sources.append(Source(str(file), file.read_bytes()))
        except OSError as error:
            raise InvalidInput(
                N_("{path} cannot be read: {cause}."), path=str(file), cause=error.strerror
            ) from error
    return sorted(sources, key=lambda s: order.index(s.table) if s.table in order else len(order))


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        found = sorted(one for one in path.iterdir() if one.suffix.casefold() == ".csv")
    except OSError as error:
        raise InvalidInput(
            N_("{path} cannot be read: {cause}."), path=str(path), cause=error.strerror
        ) from error
    if not found:
        raise InvalidInput(N_("There are no CSV files in {path}."), path=str(path))
    return found


def read_sheet(source: Source, zone: tzinfo) -> Sheet:
    """Read a file; everything that is wrong with it is among the problems of the sheet."""
    known = FORMATS.get(source.table)
    sheet = Sheet(
        file=source.name,
        format=known or Format(source.table, ()),
        rows=[],
        problems=[],
        spoken_of=set(),
        refused=set(),
    )
    if known is None:
        names = tuple(f"{name}.csv" for name in FORMATS)
        sheet.refuse(
            0, "", say(N_("A file of this name is not known; known are {names}."), names=names)
        )
        return sheet
    text = _decoded(source, sheet)
    if text is None:
        return sheet
    lines = _lines(text, sheet)
    header = next(lines, None)
    columns = _columns(header, sheet)
    if columns is not None:
        for line, cells in lines:
            _take(sheet, columns, line, cells, zone)
    return sheet


def _decoded(source: Source, sheet: Sheet) -> str | None:
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.content.count(b"\n", 0, error.start) + 1
        sheet.refuse(line, "", say(N_("This is no UTF-8 text: save the file as CSV UTF-8.")))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        sheet.refuse(line, "", say(N_("There is a NUL character here: this is no text file.")))
        return None
    return text


def _lines(text: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sheet.refuse(
                line,
                "",
                say(
                    N_("The quotes or the length of this row are broken ({error})."),
                    error=str(error),
                ),
            )
            return
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _columns(header: tuple[int, list[str]] | None, sheet: Sheet) -> list[Column] | None:
    if header is None:
        if not sheet.problems:
            sheet.refuse(0, "", say(N_("The file is empty: it needs a header row.")))
        return None
    line, cells = header
    names = [clean_line(cell).casefold() for cell in cells]
    possible = {one.name: one for one in sheet.format.columns}
    for name in dict.fromkeys(names):
        if name not in possible:
            sheet.refuse(
                line,
                name[:80],
                say(N_("This column is not known; known are {names}."), names=tuple(possible)),
            )
        elif names.count(name) > 1:
            sheet.refuse(line, name, say(N_("This column is there twice.")))
    for column in sheet.format.columns:
        if column.needed and column.name not in names:
            sheet.refuse(line, column.name, say(N_("This column is missing, but it is needed.")))
    return None if sheet.problems else [possible[name] for name in names]


def _take(sheet: Sheet, columns: list[Column], line: int, cells: list[str], zone: tzinfo) -> None:
    names = _names(sheet, columns, cells)
    sheet.spoken_of |= names
    if len(cells) != len(columns):
        sheet.refused |= names
        sheet.refuse(
            line,
            "",
            say(
                N_("The row has {count} cells, the header has {columns}."),
                count=len(cells),
                columns=len(columns),
            ),
        )
        return
    values: dict[str, Any] = {}
    before = len(sheet.problems)
    for column, cell in zip(columns, cells, strict=True):
        try:
            values[column.name] = read_cell(column, cell, zone)
        except InvalidInput as error:
            sheet.refuse(line, column.name, error.message)
    if len(sheet.problems) == before:
        sheet.rows.append(Row(line, values))
    else:
        sheet.refused |= names


def _names(sheet: Sheet, columns: list[Column], cells: list[str]) -> set[str]:
    """What other files, or other rows, may refer to a row by."""
    return {
        clean_line(part)
        for column, cell in zip(columns, cells, strict=False)
        if column.name == sheet.format.spoken_of
        for part in cell.split("|")
    }
