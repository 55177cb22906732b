"""Writes the rows that were refused into files of their own, to be mended and brought in again."""

import csv
from pathlib import Path

from dispatch_tui.desk.bringing.report import Problems
from dispatch_tui.desk.bringing.sheets import Sheet
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spreadsheet import guarded
from dispatch_tui.storage.spool import Spool

AT_ONCE = 1000


def write(target: Path, spool: Spool, sheets: list[Sheet], problems: Problems) -> tuple[str, ...]:
    """Write the refused rows as CSV under the columns of their files; return the files' names.

    Into a folder comes a file for each that rows were refused of, named after it. Raises
    `InvalidInput` where one file is named but several are needed, or where it cannot be written.
    """
    wanted = [(sheet, layout) for sheet in sheets for layout in _layouts(spool, sheet, problems)]
    if not wanted:
        return ()
    if len(wanted) > 1 and not target.is_dir():
        raise InvalidInput(
            N_("Rows of several files were refused: name a folder for them, not {path}."),
            path=str(target),
        )
    written: list[str] = []
    for sheet, layout in wanted:
        path = target
        if target.is_dir():
            path = target / _name(sheet, {Path(one).name for one in written})
        try:
            _write(path, spool, sheet, layout, problems)
        except OSError as error:
            raise InvalidInput(
                N_("{path} cannot be written: {cause}."), path=str(path), cause=error.strerror
            ) from error
        written.append(str(path))
    return tuple(written)


def _layouts(spool: Spool, sheet: Sheet, problems: Problems) -> list[int]:
    """Which headers the refused rows of a sheet have."""
    lines = problems.refused(sheet.number)
    found = {
        sheet.stored(row)[1].layout
        for batch in spool.rows_of_sheet(sheet.number, AT_ONCE)
        for row in batch
        if row.line in lines
    }
    return sorted(found)


def _name(sheet: Sheet, taken: set[str]) -> str:
    """The table's name first: it says what the file is when it comes again."""
    stem = Path(sheet.source.name).stem
    if sheet.source.table != sheet.format.table:
        stem = f"{sheet.format.table}-{stem}"
    name, count = f"{stem}-refused.csv", 1
    while name in taken:
        count += 1
        name = f"{stem}-refused-{count}.csv"
    return name


def _write(path: Path, spool: Spool, sheet: Sheet, layout: int, problems: Problems) -> None:
    lines = problems.refused(sheet.number)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.layouts[layout].names)
        for batch in spool.rows_of_sheet(sheet.number, AT_ONCE):
            for row in batch:
                _, stored = sheet.stored(row)
                if row.line in lines and stored.layout == layout:
                    writer.writerow([guarded(cell) for cell in stored.cells])
