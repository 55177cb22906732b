"""The move to another database: its journal goes into an empty one, all else is made of it anew."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from dispatch_tui.desk.auditing import Audit, audit_on
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.spreadsheet import unguarded
from dispatch_tui.storage import files, journal, proof, records, tickets
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.journal import TICKET, Line
from dispatch_tui.storage.tickets import Connection

BATCH = 500
"""Lines and rows that are written at once."""

LONGEST = 2**24
"""Characters of one cell: the text of a final report is in one."""

_LINE = msgspec.json.Decoder(Line)


class _Undone(Exception):
    """Takes a dry run back; the result is known all the same."""

    def __init__(self, audit: Audit) -> None:
        super().__init__()
        self.audit = audit


async def move(
    database: Database, path: Path, *, policy: Policy | None = None, dry_run: bool = False
) -> Audit:
    """Bring a journal in, make every row from it, and return the audit of what is there then.

    Raises `NotPossible` for a database that has a journal, and for a journal that was changed after
    it was written; `InvalidInput` for a file that is none. Nothing is kept then.
    """
    policy = policy or Policy()

    async def work(connection: Connection) -> Audit:
        if await journal.newest_id(connection):
            raise NotPossible(
                N_("This database has a journal: one can be brought into an empty database only.")
            )
        lines = lines_in(path)
        while batch := list(islice(lines, BATCH)):
            await journal.append(connection, batch)
        await _make_records(connection)
        await _make_tickets(connection, policy)
        await _make_settings(connection)
        found = await audit_on(connection, policy)
        if found.first is not None:
            raise _refused(found.first.kind, found.first.subject, found.first.what)
        if dry_run:
            raise _Undone(found)
        return found

    try:
        return await database.write(work)
    except _Undone as undone:
        return undone.audit
    except Duplicate as error:
        raise NotPossible(N_("Two lines of this journal have the same place or key.")) from error


def _refused(kind: str, subject: str, what: Message | str) -> NotPossible:
    return NotPossible(
        N_("This journal cannot be brought in: {kind} {subject}: {what}."),
        kind=kind,
        subject=subject,
        what=what,
    )


def lines_in(path: Path) -> Iterator[Line]:
    """Yield the lines of an exported journal, CSV or JSON lines, each with a hash that holds.

    Raises `InvalidInput` naming the line of the file that is none.
    """
    place = 0
    limit = csv.field_size_limit(LONGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            start = file.read(1)
            file.seek(0)
            read = _of_json if start == "{" else _of_csv
            for place, line in read(file):
                if line.computed_hash() != line.hash:
                    raise _bad(path, place, Message(N_("it was changed after it was written")))
                yield line
    except OSError as error:
        raise InvalidInput(
            N_("{path} cannot be read: {cause}."), path=str(path), cause=error.strerror
        ) from error
    except (ValueError, csv.Error, msgspec.MsgspecError) as error:
        raise _bad(path, place + 1, Message(N_("it is no line of a journal"))) from error
    finally:
        csv.field_size_limit(limit)


def _bad(path: Path, line: int, reason: Message) -> InvalidInput:
    return InvalidInput(
        N_("{file}, line {line}: {reason}"), file=str(path), line=line, reason=reason
    )


def _of_json(file: Iterable[str]) -> Iterator[tuple[int, Line]]:
    for place, text in enumerate(file, start=1):
        yield place, _LINE.decode(text)


def _of_csv(file: Iterable[str]) -> Iterator[tuple[int, Line]]:
    rows = csv.reader(file, strict=True)
    names = next(rows, [])
    if tuple(names) != Line.__struct_fields__:
        raise ValueError("other columns")
    for row in rows:
        values: dict[str, Any] = dict(zip(names, map(unguarded, row), strict=True))
        values["command_key"] = values["command_key"] or None
        yield rows.line_num, msgspec.convert(values, Line, strict=False)


async def _make_records(connection: Connection) -> None:
    """Store every record as the last line of its journal says."""
    for kind, book in records.BY_KIND.items():
        found: list[Any] = []
        async for subject, lines in proof.subjects(connection, kind=kind):
            if lines[-1].kind != records.WITHDRAWN:
                found.append(_record(book, subject, lines[-1]))
            if len(found) == BATCH:
                await records.store(connection, kind, found)
                found = []
        await records.store(connection, kind, found)


def _record(book: records.Book, subject: proof.Subject, line: Line) -> Any:
    try:
        return msgspec.json.decode(line.data, type=book.record)
    except msgspec.MsgspecError as error:
        raise _refused(*subject, str(error)) from error


async def _make_tickets(connection: Connection, policy: Policy) -> None:
    """Store every ticket as its journal folds, and go on after the last number of each day."""
    ready: list[tickets.Ready] = []
    last: dict[str, str] = {}
    async for subject, lines in proof.subjects(connection, kind=TICKET):
        number = subject[1]
        ready.append(_ticket(number, lines, policy))
        day = number.partition("-")[0]
        last[day] = max(last.get(day, ""), number, key=_ordinal)
        if len(ready) == BATCH:
            await tickets.add(connection, ready)
            ready = []
    await tickets.add(connection, ready)
    await tickets.note_numbers(connection, last.values())


def _ordinal(number: str) -> int:
    ordinal = number.partition("-")[2]
    return int(ordinal) if ordinal.isdecimal() else 0


def _ticket(number: str, lines: Iterable[Line], policy: Policy) -> tickets.Ready:
    try:
        entries = journal.entries_of(lines)
        ticket = fold(number, entries)
        if ticket is None or not _ordinal(number):
            raise ValueError("no ticket number")
        return tickets.ready((ticket, entries), policy)
    except (ValueError, msgspec.MsgspecError) as error:
        raise _refused(TICKET, number, str(error)) from error


async def _make_settings(connection: Connection) -> None:
    """Set what was set last."""
    async for (_, name), lines in proof.subjects(connection, kind="setting"):
        await files.put_setting(connection, name, msgspec.json.decode(lines[-1].data)["value"])
