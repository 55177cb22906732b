"""Writes the rows that were refused into files of their own, to be mended and brought in again."""

import csv
from collections.abc import Sequence
from pathlib import Path

from dispatch_tui.desk.bringing.report import Problem, Problems
from dispatch_tui.desk.bringing.sheets import Sheet, Source
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, say
from dispatch_tui.domain.spreadsheet import guarded
from dispatch_tui.storage.spool import Spool

AT_ONCE = 1000


def check(target: Path, sources: Sequence[Source]) -> None:
    """Raise `InvalidInput` where the refused rows cannot go: over a file, or all into one."""
    for source in sources:
        if isinstance(source.content, Path) and _is_same(source.content, target):
            raise InvalidInput(
                N_("{path} is brought in itself: name another file for the refused rows."),
                path=str(target),
            )
    if len(sources) > 1 and not target.is_dir():
        raise InvalidInput(
            N_("Several files are brought in: name a folder for the refused rows, not {path}."),
            path=str(target),
        )


def write(
    target: Path, spool: Spool, sheets: list[Sheet], problems: Problems
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write the refused rows as CSV under the columns of their files.

    Into a folder comes a file for each that rows were refused of, named after it. Returns the
    files, and what could not be written.
    """
    written: list[str] = []
    failed: list[Problem] = []
    for sheet in sheets:
        for layout in _layouts(spool, sheet, problems):
            path = _path(target, sheet, set(written))
            try:
                _write(path, spool, sheet, layout, problems)
            except OSError as error:
                reason = say(N_("It cannot be written: {cause}."), cause=error.strerror or "")
                failed.append(Problem(file=str(path), reason=reason))
            else:
                written.append(str(path))
    return tuple(written), tuple(failed)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


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


def _path(target: Path, sheet: Sheet, taken: set[str]) -> Path:
    """Where refused rows go; the table's name is first: it says what they are, coming again."""
    first = target
    if target.is_dir():
        stem = Path(sheet.source.name).stem
        if sheet.source.table != sheet.format.table:
            stem = f"{sheet.format.table}-{stem}"
        first = target / f"{stem}-refused.csv"
    path, count = first, 1
    while str(path) in taken:
        count += 1
        path = first.with_stem(f"{first.stem}-{count}")
    return path


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
