"""The list that somebody looks at, as a new file for a spreadsheet."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import count
from os.path import lexists
from pathlib import Path

from dispatch_tui.desk.exporting import lists
from dispatch_tui.desk.exporting.files import new_file, new_folder
from dispatch_tui.desk.exporting.writers import CsvWriter
from dispatch_tui.desk.views import Case, View


def write_list(
    folder: Path, view: View, cases: Sequence[Case], now: datetime, zone: tzinfo
) -> Path:
    """Write tickets to a file named after their view and the time in `zone`; return its path.

    Raises `InvalidInput` where nothing can be written.
    """
    new_folder(folder)
    path = _free(folder, f"tickets-{view}-{now.astimezone(zone):%Y%m%d-%H%M%S}")
    with new_file(path) as part, part.open("wb") as file:
        writer = CsvWriter(file, lists.COLUMNS[lists.TICKETS])
        lists.put(lists.tickets(cases, now), lists.TICKETS, writer)
        writer.end()
    return path


def _free(folder: Path, stem: str) -> Path:
    """A name that nothing has yet."""
    names = (f"{stem}{f'-{no}' if no > 1 else ''}.csv" for no in count(1))
    return next(path for name in names if not lexists(path := folder / name))
