"""From a file to its rows, each with the line on which it stands."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dispatch_tui.desk.bringing.cells import read_cell
from dispatch_tui.desk.bringing.formats import FORMATS, Format
from dispatch_tui.desk.bringing.layouts import Layout
from dispatch_tui.desk.bringing.mapping import Mapping
from dispatch_tui.desk.bringing.records import Unit
from dispatch_tui.desk.bringing.report import Problem, Problems
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage.spool import SpooledRow

SUFFIXES = frozenset({"csv", "tsv", "xlsx", "json", "jsonl", "ndjson"})
"""What the files are called that an import of a folder takes."""

_TABLE = re.compile("[a-z]*")
_SHOWN = 80


class Source(msgspec.Struct, frozen=True):
    """A file as it lies there; `name` is shown to people.

    The letters that its stem begins with say which table it is: devices, devices-2026.
    """

    name: str
    content: bytes | Path

    @property
    def table(self) -> str:
        """The table that the file's name stands for."""
        return _TABLE.match(Path(self.name).stem.casefold())[0]  # type: ignore[index]

    @property
    def suffix(self) -> str:
        """What kind of file it is."""
        return Path(self.name).suffix.casefold().removeprefix(".")

    @property
    def size(self) -> int:
        """How many bytes it has, 0 where nobody can tell any more."""
        if isinstance(self.content, bytes):
            return len(self.content)
        try:
            return self.content.stat().st_size
        except OSError:
            return 0

    def open(self) -> BinaryIO:
        """Return a stream of its bytes."""
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        return self.content.open("rb")


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row that could be read: its place among all, its line, and a value for each column."""

    place: int
    line: int
    values: dict[str, Any]


class Stored(msgspec.Struct, frozen=True, array_like=True):
    """A row in the work file: which layout it has, its cells, and what is no value of them."""

    layout: int
    cells: list[str]
    wrong: tuple[int, Message] | None = None


ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Stored)


class Sheet(msgspec.Struct, kw_only=True):
    """One table of one file: how its rows are to be read, and where what is wrong is noted."""

    number: int
    file: str
    source: Source
    format: Format
    unit: Unit
    problems: Problems
    mapping: Mapping | None = None
    layouts: list[Layout] = []
    read_as: str = ""
    passed_over: int = 0

    def refuse(self, line: int, column: str, reason: Message, value: str = "") -> None:
        """Note a row that cannot be taken."""
        problem = Problem(
            file=self.file,
            line=line,
            unit=self.unit,
            column=clean_line(column[:_SHOWN]),
            value=clean_line(value[:_SHOWN]),
            reason=reason,
        )
        self.problems.note(self.number, problem)

    def stored(self, row: SpooledRow) -> tuple[Layout, Stored]:
        """Return a row as it was read, and under which columns."""
        stored = _DECODER.decode(row.cells)
        return self.layouts[stored.layout], stored

    def read(self, row: SpooledRow, zone: tzinfo) -> Row | None:
        """Return the values of a row; None where one is none, which is noted."""
        layout, stored = self.stored(row)
        if stored.wrong is not None:
            place, reason = stored.wrong
            self.refuse(row.line, layout.names[place], reason, stored.cells[place])
            return None
        if len(stored.cells) != len(layout.names):
            reason = say(
                N_("The row has {count} cells, the header has {columns}."),
                count=len(stored.cells),
                columns=len(layout.names),
            )
            self.refuse(row.line, "", reason)
            return None
        values: dict[str, Any] = {}
        good = True
        for cell in layout.cells(stored.cells):
            try:
                values[cell.column.name] = read_cell(cell.column, cell.text, layout.zone or zone)
            except InvalidInput as error:
                self.refuse(row.line, cell.shown, error.message, cell.given)
                good = False
        return Row(row.place, row.line, values) if good else None

    def blame(self, row: SpooledRow, error: InvalidInput) -> None:
        """Note that a row cannot be taken, under the column that the error names."""
        layout, stored = self.stored(row)
        shown, given = "", ""
        for cell in layout.cells(stored.cells):
            if cell.column.name == error.field:
                shown, given = cell.shown, cell.given
        if not shown and self.format.column(error.field):
            shown = error.field
        self.refuse(row.line, shown, say(error.message.template, **error.message.values), given)


def sources_in(paths: Sequence[Path]) -> list[Source]:
    """Return the files, and those of the folders, in the order in which they are taken.

    Raises `InvalidInput` for a path that cannot be read or a folder without files for an import.
    """
    order = list(FORMATS)
    sources = [Source(str(file), file) for path in paths for file in _files_of(path)]
    return sorted(sources, key=lambda s: order.index(s.table) if s.table in order else len(order))


def _files_of(path: Path) -> Iterator[Path]:
    try:
        if not path.is_dir():
            path.open("rb").close()
            if not path.is_file():
                raise InvalidInput(N_("{path} is no file that can be read twice."), path=str(path))
            yield path
            return
        found = sorted(one for one in path.iterdir() if one.suffix.casefold()[1:] in SUFFIXES)
    except OSError as error:
        raise InvalidInput(
            N_("{path} cannot be read: {cause}."), path=str(path), cause=error.strerror
        ) from error
    if not found:
        raise InvalidInput(N_("There are no CSV, XLSX or JSON files in {path}."), path=str(path))
    yield from found
