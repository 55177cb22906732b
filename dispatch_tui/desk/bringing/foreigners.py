"""Numbers for the tickets of other systems: by the day of their report, the same each time."""

from datetime import datetime

from dispatch_tui.desk.bringing.cells import read_cell
from dispatch_tui.desk.bringing.past import name_there
from dispatch_tui.desk.bringing.sheets import Sheet
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.storage import journal, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.journal import IMPORTED
from dispatch_tui.storage.spool import Spool, SpooledRow

AT_ONCE = 500


async def number(database: Database, spool: Spool, sheets: list[Sheet], terms: Terms) -> None:
    """Give every ticket that is called by another system's number the one that it has here.

    One that was brought in before keeps its number; others get the next ones of the day of their
    report, in the order of their times.
    """
    for batch in spool.rows("tickets", AT_ONCE):
        for row in batch:
            _note(spool, sheets[row.sheet], row, terms)
    last: dict[str, int] = {}
    for names in spool.foreigners(AT_ONCE):
        async with database.read() as connection:
            known = await journal.subjects_of_keys(
                connection, [IMPORTED + name for name, _ in names]
            )
            days = {_day(at, terms) for _, at in names} - last.keys()
            last |= dict.fromkeys(days, 0) | await tickets.last_numbers(connection, days)
        found = []
        for name, at in names:
            number = known.get(IMPORTED + name)
            if number is None:
                day = _day(at, terms)
                number = ""
                while not number or spool.is_spoken_of("tickets", number):
                    last[day] += 1
                    number = f"{day}-{last[day]:03}"
            found.append((name, number))
        spool.number_foreigners(found)


def _day(at: str, terms: Terms) -> str:
    return f"{datetime.fromisoformat(at).astimezone(terms.zone):%y%m%d}"


def _note(spool: Spool, sheet: Sheet, row: SpooledRow, terms: Terms) -> None:
    """Take the name and the time of a row where it has both; what is wrong is said later."""
    layout, stored = sheet.stored(row)
    if len(stored.cells) != len(layout.names):
        return
    zone = layout.zone or terms.zone
    try:
        said = {
            cell.column.name: read_cell(cell.column, cell.text, zone)
            for cell in layout.cells(stored.cells)
            if cell.column.name in ("number", "reported_at")
        }
    except DispatchError:
        return
    if name := name_there(sheet, said["number"]):
        spool.note_foreigner(name, said["reported_at"].isoformat())
