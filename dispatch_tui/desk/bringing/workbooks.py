"""Reads XLSX row by row: dates and numbers as people see them, of formulas what they gave."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Set
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from dispatch_tui.desk.bringing.records import MAX_COLUMNS, MAX_ROW, Record, Table, Unit, Unreadable
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.text import clean_line

MAX_UNPACKED = 1 << 30
MAX_STRINGS = 96 << 20
"""Bytes of a workbook when it is unpacked, and of its table of texts, which is held whole."""

_STRINGS = "xl/sharedstrings.xml"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BLOCK = 1 << 16
_ZEROS = re.compile(r"0{2,40}")
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, SyntaxError),
    *(TypeError, ValueError, OSError, EOFError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What the library raises on a workbook that is none; faults of XML are a SyntaxError."""


def read(stream: BinaryIO, known: Set[str]) -> Iterator[Table]:
    """Yield the sheets that are called like tables; where none is, the first one.

    Raises `Unreadable`, and `InvalidInput` where the library is missing.
    """
    try:
        import openpyxl  # takes 0.2 s
    except ModuleNotFoundError as error:
        raise InvalidInput(
            N_("XLSX files need one more package: install dispatch-tui[xlsx].")
        ) from error
    _check_size(stream)
    with warnings.catch_warnings(action="ignore"):
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except _FAULTS as error:
            raise _no_workbook() from error
        try:
            yield from _tables(book.worksheets, known)
        finally:
            book.close()


def _tables(sheets: list[Any], known: Set[str]) -> Iterator[Table]:
    named = [one for one in sheets if clean_line(str(one.title)).casefold() in known]
    if not sheets:
        raise _no_workbook()
    for sheet in named or sheets[:1]:
        part = clean_line(str(sheet.title)).casefold() if named else ""
        yield Table(part, Unit.ROW, _records(sheet))


def _check_size(stream: BinaryIO) -> None:
    """Read through the packed files once: none larger than it may be, no text without end."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED:
                raise _too_large(MAX_UNPACKED)
            for one in archive.infolist():
                if one.compress_type not in _PACKINGS:
                    raise _no_workbook()
                if one.filename.casefold() == _STRINGS and one.file_size > MAX_STRINGS:
                    raise _too_large(MAX_STRINGS)
                _check_texts(archive, one)
    except Unreadable:
        raise
    except (*_FAULTS, RuntimeError, zipfile.LargeZipFile) as error:
        raise _no_workbook() from error
    stream.seek(0)


def _check_texts(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> None:
    length = 0
    xml = one.filename.casefold().endswith((".xml", ".rels"))
    with archive.open(one) as packed:
        while block := packed.read(_BLOCK):
            tag = block.rfind(b"<")
            length = length + len(block) if tag < 0 else len(block) - tag
            if xml and length > MAX_ROW:
                raise Unreadable(
                    0, say(N_("A cell has more than {most} characters."), most=f"{MAX_ROW:,}")
                )


def _records(sheet: Any) -> Iterator[Record]:
    sheet.reset_dimensions()
    names: tuple[str, ...] | None = None
    line = 0
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
    while True:
        try:
            row = next(rows, None)
        except _FAULTS as error:
            raise Unreadable(line + 1, say(N_("The workbook is broken here."))) from error
        if row is None:
            break
        line += 1
        texts = [_text(cell) for cell in row]
        cells = _without_end([text or "" for text in texts])
        if not cells:
            continue
        if names is None:
            if len(cells) > MAX_COLUMNS:
                raise Unreadable(
                    line, say(N_("There are more than {most} columns."), most=MAX_COLUMNS)
                )
            names = tuple(cells)
            yield Record(line, names, None)
            continue
        cells += [""] * (len(names) - len(cells))
        yield Record(line, names, cells, _wrong(row, names))
    if names is None:
        raise Unreadable(0, say(N_("The file is empty: it needs a header row.")))


def _without_end(cells: list[str]) -> list[str]:
    """The cells without the empty ones after the last that is not."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _wrong(row: tuple[Any, ...], names: tuple[str, ...]) -> tuple[int, Message] | None:
    for place, cell in enumerate(row[: len(names)]):
        if cell.data_type == "e":
            return place, say(N_("A formula gave the error {value}."), value=str(cell.value)[:20])
    return None


def _text(cell: Any) -> str:
    """What people see in a cell."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, cell)
    if isinstance(value, datetime):
        return _moment(value, str(cell.number_format))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat("auto" if value.second else "minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value)


def _number(value: float, cell: Any) -> str:
    text = str(int(value)) if value == value // 1 and abs(value) < 1e15 else repr(value)
    shape = str(cell.number_format)
    return text.zfill(len(shape)) if _ZEROS.fullmatch(shape) and text.isdigit() else text


def _moment(value: datetime, shape: str) -> str:
    """A day where the cell shows no hours; to the second, since Excel counts in fractions."""
    if not re.search("[hH]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", shape)) and not (
        value.hour or value.minute or value.second
    ):
        return value.date().isoformat()
    return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()


def _too_large(most: int) -> Unreadable:
    return Unreadable(
        0,
        say(N_("Unpacked, the workbook has more than {most} MB: split it."), most=most >> 20),
    )


def _no_workbook() -> Unreadable:
    return Unreadable(0, say(N_("This is no XLSX workbook, or it is broken.")))
