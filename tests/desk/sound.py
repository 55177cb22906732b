"""Everything that was written, checked: each chain of hashes, each row against its journal."""

from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage import journal, proof, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.journal import TICKET


class Sound:
    """The tickets of a database whose chains and rows are whole, and their journals, by number."""

    def __init__(self) -> None:
        self.tickets: dict[str, Ticket] = {}
        self.journals: dict[str, tuple[Entry, ...]] = {}

    @property
    def complaints(self) -> list[str]:
        """The complaints that follow from a case; each knows the other."""
        told = [number for one in self.tickets.values() for number in one.complaints]
        found = {
            number: one.complaint.about
            for number, one in self.tickets.items()
            if one.complaint is not None and one.complaint.about
        }
        assert sorted(told) == sorted(found)
        assert all(number in self.tickets[about].complaints for number, about in found.items())
        return sorted(found)

    @property
    def merged(self) -> dict[str, str]:
        """Into which ticket each was merged; that one took its call in, once, and none else's."""
        into = {number: one.merged_into for number, one in self.tickets.items() if one.merged_into}
        taken_in = [
            (entry.event.merged_from, number)
            for number, entries in self.journals.items()
            for entry in entries
            if isinstance(entry.event, e.CallAdded) and entry.event.merged_from
        ]
        assert sorted(taken_in) == sorted(into.items())
        return into


async def sound(database: Database) -> Sound:
    """Return what is in a database after checking all of it."""
    async with database.read() as connection:
        subjects = [one async for one in proof.subjects(connection)]
        numbers = [subject for (kind, subject), _ in subjects if kind == TICKET]
        rows = await proof.ticket_rows(connection, numbers)
    found = Sound()
    for (kind, subject), lines in subjects:
        before = ["", *(line.hash for line in lines)]
        for seq, (line, prev_hash) in enumerate(zip(lines, before, strict=False), start=1):
            assert (line.seq, line.prev_hash) == (seq, prev_hash)
            assert line.hash == line.computed_hash()
        if kind == TICKET:
            entries = journal.entries_of(lines)
            ticket = fold(subject, entries)
            assert ticket is not None
            assert rows[subject] == tickets.row_of(ticket, Policy())
            found.tickets[subject], found.journals[subject] = ticket, entries
    assert set(found.tickets) == set(rows)
    return found
