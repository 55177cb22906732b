"""Writes stamped tickets straight into an SQLite file, as the product would have stored them."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
from planning import Planned
from shapes import Course
from sqlalchemy import Table
from stamping import Stamped, Stamper

from dispatch_tui.domain.alarms import CALL, EMERGENCY, Flag
from dispatch_tui.domain.clocks import Level, Policy, clocks
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.ticket import Priority, Ticket
from dispatch_tui.storage import driver, schema, texts, tickets
from dispatch_tui.storage.journal import Line

Row = tuple[Any, ...]

_RAISED = (Level.NEAR, Level.CRITICAL, Level.BREACHED)
_LINE = Line.__struct_fields__
_OCCURRED, _RECORDED = _LINE.index("occurred_at"), _LINE.index("recorded_at")
_RECORDED_AT = itemgetter(_RECORDED)
_TICKET = tuple(column.name for column in schema.tickets.columns)
_TEXT = ("id", "kind", "subject", "words")
_FLAG = (*Flag.__struct_fields__, "raised_at")


class Batch(msgspec.Struct, frozen=True):
    """The rows of some tickets; no line of a later batch was recorded before `begins`."""

    begins: str
    lines: list[Row]
    tickets: list[Row]
    texts: list[Row]
    flags: list[Row]


def _value(value: Any) -> Any:
    """A value as SQLAlchemy writes it into SQLite."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value


def _line(line: Line) -> Row:
    values = list(msgspec.structs.astuple(line))
    for place in (_OCCURRED, _RECORDED):
        values[place] = _value(values[place])
    return tuple(values)


class Press:
    """Makes batches; the same plan gives the same rows in whichever process."""

    def __init__(
        self,
        stamper: Stamper,
        courses: Sequence[Course],
        devices: Sequence[Device],
        seed: int,
        now: datetime,
    ) -> None:
        self._stamper, self._courses, self._devices = stamper, courses, devices
        self._seed, self._now = seed, now
        self._policy = Policy()

    def stamped(self, planned: Planned) -> Stamped:
        """Return a planned ticket."""
        course = self._courses[planned.course]
        if planned.complains:
            assert course.complaint is not None
            course = course.complaint
        return self._stamper.ticket(
            planned.number,
            course,
            planned.at,
            self._devices[planned.device],
            random.Random(f"{self._seed} {planned.number}"),
            other=planned.other,
            until=self._now if planned.goes_on else None,
        )

    def batch(self, plan: Sequence[Planned]) -> Batch:
        """Return the rows of some planned tickets."""
        lines, rows, written, flags = [], [], [], []
        for planned in plan:
            found = self.stamped(planned)
            lines += map(_line, found.lines)
            row = tickets.row_of(found.ticket, self._policy)
            rows.append(tuple(_value(row[name]) for name in _TICKET))
            text = texts.text_of_ticket(found.ticket, found.entries)
            written.append((text.id, str(text.thing), text.subject, text.words))
            flags += self._flags(found.ticket)
        return Batch(_value(plan[0].at), lines, rows, written, flags)

    def _flags(self, ticket: Ticket) -> Iterator[Row]:
        """The flags that a watcher will have raised, each when its time came."""
        if ticket.priority is Priority.EMERGENCY:
            at = ticket.reported_at
            yield ticket.number, CALL, EMERGENCY, _value(at), _value(at)
        for clock in clocks(ticket, self._policy):
            for level in _RAISED:
                at = clock.crosses(level)
                if at <= (clock.stopped_at or self._now):
                    due_at = _value(clock.due_at)
                    yield ticket.number, clock.kind.value, level.value, due_at, _value(at)


class Writer:
    """Writes batches in the order of the indexes, the journal as time went."""

    def __init__(self, connection: Any, seen_by: Sequence[str]) -> None:
        self._connection = connection
        self._seen_by = seen_by
        self._pending: list[Row] = []
        self._alarms = 0

    def write(self, batches: Iterable[Batch], days: dict[str, int]) -> None:
        """Write batches in their order, and the last number of each day."""
        for batch in batches:
            self._journal(until=batch.begins)
            self._pending += batch.lines
            self._insert(schema.tickets, _TICKET, batch.tickets)
            self._insert(schema.texts, _TEXT, batch.texts)
            self._raise(batch.flags)
        self._journal()
        self._insert(schema.day_numbers, ("day", "last"), list(days.items()))

    def _journal(self, until: str = "") -> None:
        """Write what no later line comes before."""
        self._pending.sort(key=_RECORDED_AT)
        count = len(self._pending)
        if until:
            count = next(
                (p for p, one in enumerate(self._pending) if _RECORDED_AT(one) >= until), count
            )
        self._insert(schema.journal, _LINE, self._pending[:count])
        del self._pending[:count]

    def _raise(self, flags: Sequence[Row]) -> None:
        self._insert(schema.alarms, _FLAG, flags)
        ids = range(self._alarms + 1, self._alarms + len(flags) + 1)
        seen = [(login, one) for login in self._seen_by for one in ids]
        self._insert(schema.alarms_seen, ("login", "alarm"), seen)
        self._alarms += len(flags)

    def _insert(self, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
        if rows:
            holders = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({holders})"
            self._connection.executemany(statement, rows)


def write(
    path: Path, batches: Iterable[Batch], days: dict[str, int], seen_by: Sequence[str]
) -> None:
    """Write batches into the file of a database without tickets, in one transaction."""
    with closing(driver.connect(path)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        Writer(connection, seen_by).write(batches, days)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
