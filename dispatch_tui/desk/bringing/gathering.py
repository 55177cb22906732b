"""Reads the files of an import into its work file, whatever they hold."""

from collections.abc import Callable, Iterator, Sequence, Set
from typing import BinaryIO

from dispatch_tui.desk.bringing import delimited, objects, workbooks
from dispatch_tui.desk.bringing.formats import FORMATS, Format
from dispatch_tui.desk.bringing.layouts import Layout
from dispatch_tui.desk.bringing.mapping import Mapping, key_of
from dispatch_tui.desk.bringing.records import Record, Table, Unit, Unreadable
from dispatch_tui.desk.bringing.report import Problems, Progress, Stage
from dispatch_tui.desk.bringing.sheets import ENCODER, Sheet, Source, Stored
from dispatch_tui.domain.message import N_, say
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage.spool import Spool

AT_ONCE = 1000
MAX_LAYOUTS = 1000

_Reader = Callable[[BinaryIO, Set[str]], Iterator[Table]]
_READERS: dict[str, _Reader] = {
    "xlsx": workbooks.read,
    "json": objects.read,
    "jsonl": objects.read_lines,
    "ndjson": objects.read_lines,
}


class Gathering:
    """The reading of the files of one import."""

    def __init__(
        self, spool: Spool, mapping: Mapping | None, problems: Problems, progress: Progress
    ) -> None:
        self.spool = spool
        self.mapping = mapping
        self.problems = problems
        self.progress = progress
        self.sheets: list[Sheet] = []
        self._rows = 0

    def gather(self, sources: Sequence[Source]) -> list[Sheet]:
        """Return the sheets of the files, whose rows are in the work file now.

        What is wrong with a file is noted in its sheet; raises `InvalidInput` for a file that
        needs a library which is not installed.
        """
        total = sum(source.size for source in sources)
        before = 0
        for source in sources:
            self._read(source, before, total)
            before += source.size
        return self.sheets

    def _read(self, source: Source, before: int, total: int) -> None:
        reader = _READERS.get(source.suffix, delimited.read)
        begun = len(self.sheets)
        line = 0
        try:
            with source.open() as stream:

                def tell() -> None:
                    at = 0 if stream.closed else stream.tell()
                    self.progress(Stage.READING, before + at, total, self._rows)

                for table in reader(stream, self._known(source, reader)):
                    sheet = self._sheet(source, table)
                    if sheet is not None:
                        self._take(sheet, table.records, tell)
            return
        except Unreadable as error:
            line, reason = error.line, error.reason
        except OSError as error:
            reason = say(N_("It cannot be read: {cause}."), cause=error.strerror or str(error))
        if len(self.sheets) == begun:
            self._sheet(source, Table("", Unit.LINE, iter(())))
        self.sheets[-1].refuse(line, "", reason)

    def _known(self, source: Source, reader: _Reader) -> Set[str]:
        """The names by which a reader finds its way: of columns, or of sheets."""
        if self.mapping is not None:
            names = map(key_of, self.mapping.columns)
            return frozenset() if reader is workbooks.read else frozenset(names)
        if reader is not delimited.read:
            return FORMATS.keys()
        known = FORMATS.get(source.table)
        return frozenset(one.name for one in known.columns) if known else frozenset()

    def _sheet(self, source: Source, table: Table) -> Sheet | None:
        """A sheet for a table of a file; None where nobody knows what it is, which is noted."""
        name = self.mapping.table if self.mapping else table.part or source.table
        known = FORMATS.get(name)
        if known is not None and self.mapping is not None:
            known = self.mapping.format
        sheet = Sheet(
            number=len(self.sheets),
            file=f"{source.name} ({table.part})" if table.part else source.name,
            source=source,
            format=known or Format(name, ()),
            unit=table.unit,
            problems=self.problems,
            mapping=self.mapping,
            layouts=[],
            read_as=table.read_as,
        )
        self.sheets.append(sheet)
        if known is not None:
            return sheet
        names = tuple(f"{one}.csv" for one in FORMATS)
        reason = N_("A file of this name is not known; known are {names}.")
        sheet.refuse(0, "", say(reason, names=names))
        return None

    def _take(self, sheet: Sheet, records: Iterator[Record], tell: Callable[[], None]) -> None:
        layouts: dict[tuple[str, ...], int | None] = {}
        rows: list[tuple[str, int, int, str, bytes]] = []
        try:
            for record in records:
                if record.names not in layouts:
                    layouts[record.names] = self._layout(sheet, record)
                layout = layouts[record.names]
                if record.cells is None:
                    if layout is None:
                        return
                elif layout is not None:
                    rows += self._row(sheet, layout, record, record.cells)
                if len(rows) >= AT_ONCE:
                    self._keep(rows, tell)
        finally:
            self._keep(rows, tell)

    def _keep(self, rows: list[tuple[str, int, int, str, bytes]], tell: Callable[[], None]) -> None:
        self.spool.add_rows(rows)
        self._rows += len(rows)
        rows.clear()
        tell()

    def _row(
        self, sheet: Sheet, number: int, record: Record, cells: list[str]
    ) -> Iterator[tuple[str, int, int, str, bytes]]:
        layout, table = sheet.layouts[number], sheet.format.table
        if not layout.takes(cells):
            sheet.passed_over += 1
            return
        name = layout.text_of(sheet.format.spoken_of, cells)
        names = [clean_line(one) for one in name.split("|")] if name else []
        self.spool.speak_of(table, names)
        stored = ENCODER.encode(Stored(number, cells, record.wrong))
        yield table, sheet.number, record.line, names[0] if names else "", stored

    def _layout(self, sheet: Sheet, record: Record) -> int | None:
        layout = Layout(record.names, sheet.format, sheet.mapping)
        if len(sheet.layouts) >= MAX_LAYOUTS:
            raise Unreadable(record.line, say(N_("No two records have the same names.")))
        for column, reason in layout.mistakes:
            sheet.refuse(record.line, column, reason)
        if layout.mistakes:
            return None
        sheet.layouts.append(layout)
        return len(sheet.layouts) - 1
