"""The journal: appended to, read, and proven unchanged by a chain of hashes per subject."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.events import Entry, Event, TicketEvent
from dispatch_tui.storage import bulk
from dispatch_tui.storage.schema import journal

TICKET = "ticket"

IMPORTED = "import:"
"""What the command keys of imported tickets and acts begin with."""

_EVENTS: msgspec.json.Decoder[TicketEvent] = msgspec.json.Decoder(TicketEvent)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of any subject's journal, as stored."""

    subject_kind: str
    subject: str
    seq: int
    kind: str
    data: str
    actor: str
    occurred_at: datetime
    recorded_at: datetime
    command_key: str | None
    prev_hash: str
    hash: str

    def computed_hash(self) -> str:
        """The hash that the line must have by its content and its predecessor."""
        content = (
            self.prev_hash,
            self.subject_kind,
            self.subject,
            self.seq,
            self.kind,
            self.data,
            self.actor,
            self.occurred_at.astimezone(UTC).isoformat(),
            self.recorded_at.astimezone(UTC).isoformat(),
            self.command_key,
        )
        return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def kind_of(event: type[Event]) -> str:
    """Return the kind under which an event is written."""
    return str(event.__struct_config__.tag)


def ticket_lines(
    number: str, entries: Sequence[Entry], prev_hash: str = "", key: str | None = None
) -> list[Line]:
    """Return the lines of a ticket's entries; the first carries the command's key."""
    return chained(
        (
            Line(
                subject_kind=TICKET,
                subject=number,
                seq=entry.seq,
                kind=kind_of(type(entry.event)),
                data=msgspec.json.encode(entry.event).decode(),
                actor=entry.actor,
                occurred_at=entry.occurred_at,
                recorded_at=entry.recorded_at,
                command_key=key if entry is entries[0] else None,
                prev_hash="",
                hash="",
            )
            for entry in entries
        ),
        prev_hash,
    )


def chained(lines: Iterable[Line], prev_hash: str = "") -> list[Line]:
    """Return lines of one subject, each bound to the one before."""
    bound = []
    for line in lines:
        line = msgspec.structs.replace(line, prev_hash=prev_hash)
        line = msgspec.structs.replace(line, hash=line.computed_hash())
        prev_hash = line.hash
        bound.append(line)
    return bound


async def append(connection: AsyncConnection, lines: Sequence[Line]) -> None:
    """Append lines; two for the same place in a journal fail."""
    await bulk.add(connection, journal, [msgspec.structs.asdict(one) for one in lines])


async def append_to(
    connection: AsyncConnection,
    subject_kind: str,
    subject: str,
    kind: str,
    data: Mapping[str, Any],
    actor: str,
    at: datetime,
    *,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> None:
    """Append one line to the journal of any subject, after its last one.

    It is entered `at` a time, about something that happened then or at `occurred_at`; `key` is
    that of the command which it comes of.
    """
    last = (
        await connection.execute(
            select(journal.c.seq, journal.c.hash)
            .where(journal.c.subject_kind == subject_kind, journal.c.subject == subject)
            .order_by(journal.c.seq.desc())
            .limit(1)
        )
    ).first()
    line = Line(
        subject_kind=subject_kind,
        subject=subject,
        seq=last.seq + 1 if last else 1,
        kind=kind,
        data=msgspec.json.encode(dict(data)).decode(),
        actor=actor,
        occurred_at=occurred_at or at,
        recorded_at=at,
        command_key=key,
        prev_hash="",
        hash="",
    )
    await append(connection, chained([line], last.hash if last else ""))


async def append_all(
    connection: AsyncConnection,
    subject_kind: str,
    changes: Sequence[tuple[str, str, Mapping[str, Any]]],
    actor: str,
    at: datetime,
) -> None:
    """Append one line (subject, kind, data) to each of many subjects, after their last ones."""
    last = await _last_lines(connection, subject_kind, [subject for subject, _, _ in changes])
    lines = []
    for subject, kind, data in changes:
        seq, prev_hash = last.get(subject, (0, ""))
        line = Line(
            subject_kind=subject_kind,
            subject=subject,
            seq=seq + 1,
            kind=kind,
            data=msgspec.json.encode(dict(data)).decode(),
            actor=actor,
            occurred_at=at,
            recorded_at=at,
            command_key=None,
            prev_hash="",
            hash="",
        )
        lines += chained([line], prev_hash)
    await append(connection, lines)


async def _last_lines(
    connection: AsyncConnection, subject_kind: str, subjects: Sequence[str]
) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(subjects), 500):
        rows = await connection.execute(
            select(journal.c.subject, journal.c.seq, journal.c.hash)
            .where(
                journal.c.subject_kind == subject_kind,
                journal.c.subject.in_(subjects[start : start + 500]),
            )
            .order_by(journal.c.seq)
        )
        found |= {row.subject: (row.seq, row.hash) for row in rows}
    return found


async def ticket_journal(connection: AsyncConnection, number: str) -> list[Line]:
    """Return a ticket's lines in order."""
    rows = await connection.execute(_OF_TICKET, {"number": number})
    return [Line(**row._mapping) for row in rows]


async def ticket_journals(
    connection: AsyncConnection, numbers: Sequence[str]
) -> dict[str, list[Line]]:
    """Return the lines of several tickets by number."""
    found: dict[str, list[Line]] = {number: [] for number in numbers}
    for start in range(0, len(numbers), 500):
        rows = await connection.execute(
            _COLUMNS.where(
                journal.c.subject_kind == TICKET,
                journal.c.subject.in_(numbers[start : start + 500]),
            ).order_by(journal.c.subject, journal.c.seq)
        )
        for row in rows:
            found[row.subject].append(Line(**row._mapping))
    return found


async def lines_about(connection: AsyncConnection, subject_kind: str, subject: str) -> list[Line]:
    """Return the lines of any subject in order."""
    rows = await connection.execute(
        _COLUMNS.where(
            journal.c.subject_kind == subject_kind, journal.c.subject == subject
        ).order_by(journal.c.seq)
    )
    return [Line(**row._mapping) for row in rows]


async def newest_of_kind(connection: AsyncConnection, subject_kind: str) -> list[Line]:
    """Return the lines of the last subject of a kind whose names go with time, none without one."""
    newest = await connection.scalar(
        select(journal.c.subject)
        .where(journal.c.subject_kind == subject_kind)
        .order_by(journal.c.subject.desc())
        .limit(1)
    )
    return [] if newest is None else await lines_about(connection, subject_kind, newest)


def entries_of(lines: Iterable[Line]) -> tuple[Entry, ...]:
    """Return a ticket's lines as entries of the domain."""
    found = []
    imported = False
    for line in lines:
        if line.command_key is not None:
            imported = line.command_key.startswith(IMPORTED)
        found.append(
            Entry(
                seq=line.seq,
                event=_EVENTS.decode(line.data),
                actor=line.actor,
                occurred_at=line.occurred_at,
                recorded_at=line.recorded_at,
                follows=line.command_key is None and line.seq > 1,
                imported=imported,
            )
        )
    return tuple(found)


async def lines_of_key(connection: AsyncConnection, key: str) -> list[Line]:
    """Return the lines that a command with this key wrote, in order; none where it did not."""
    row = (await connection.execute(_COLUMNS.where(journal.c.command_key == key))).first()
    if row is None:
        return []
    later = await connection.execute(
        _COLUMNS.where(
            journal.c.subject_kind == row.subject_kind,
            journal.c.subject == row.subject,
            journal.c.seq > row.seq,
        ).order_by(journal.c.seq)
    )
    follow = takewhile(lambda one: one.command_key is None, later)
    return [Line(**one._mapping) for one in (row, *follow)]


async def subjects_of_keys(connection: AsyncConnection, keys: Sequence[str]) -> dict[str, str]:
    """Return the subjects on which commands with these keys wrote, by key."""
    rows = await connection.execute(
        select(journal.c.command_key, journal.c.subject).where(journal.c.command_key.in_(keys))
    )
    return {row.command_key: row.subject for row in rows}


async def newest_id(connection: AsyncConnection) -> int:
    """Return the id of the newest line, 0 for an empty journal."""
    found = await connection.execute(select(func.max(journal.c.id)))
    return found.scalar() or 0


_COLUMNS = select(*(journal.c[name] for name in Line.__struct_fields__))
_OF_TICKET = _COLUMNS.where(
    journal.c.subject_kind == TICKET, journal.c.subject == bindparam("number")
).order_by(journal.c.seq)
