"""Proves that every row is what its journal says, and that no journal was changed."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from dispatch_tui.desk.proving import DIFFERS, IndexProof
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.report import hash_of
from dispatch_tui.storage import journal, proof, records, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.journal import TICKET, Line
from dispatch_tui.storage.proof import Subject
from dispatch_tui.storage.tickets import Connection, Folded

BATCH = 200
"""Subjects whose rows are fetched at once."""

_NUMBER = re.compile(r"(\d{6})-(\d+)")
_GONE = N_("there is a journal, but no row")
_BACK = N_("it was withdrawn, but there is a row")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it must be; `seq` 0 means the row, not a line of its journal."""

    kind: str
    subject: str
    seq: int = 0
    what: Message


class Audit(msgspec.Struct, kw_only=True):
    """How far an audit came and what it found; `bad` counts findings, `first` is the first."""

    subjects: int = 0
    lines: int = 0
    tickets: int = 0
    bad: int = 0
    first: Finding | None = None

    def note(self, finding: Finding | None) -> None:
        """Count a finding, if there is one."""
        if finding is not None:
            self.bad += 1
            self.first = self.first or finding


async def audit(
    database: Database, policy: Policy | None = None, tell: proof.Tell = proof.untold
) -> Audit:
    """Check everything within one snapshot, telling how far that is; raises `DatabaseUnusable`."""
    async with database.read() as connection:
        return await audit_on(connection, policy or Policy(), tell, database.place.shown)


async def audit_on(
    connection: Connection, policy: Policy, tell: proof.Tell = proof.untold, place: str = ""
) -> Audit:
    """Check everything that a transaction sees; `place` is how its database is called."""
    found, index = Audit(), IndexProof()
    last: dict[str, int] = {}
    try:
        batch: list[tuple[Subject, list[Line]]] = []
        async for subject, lines in proof.subjects(connection, tell):
            batch.append((subject, lines))
            _count(found, last, subject, lines)
            if len(batch) == BATCH:
                await _check(connection, batch, found, policy, index)
                batch = []
        await _check(connection, batch, found, policy, index)
        if orphan := await proof.without_journal(connection):
            what = say(N_("there is a row, but no journal"))
            found.note(Finding(kind=orphan[0], subject=orphan[1], what=what))
        _check_days(found, last, await proof.days(connection))
        for table, sentence in await index.end(connection) if not found.bad else ():
            found.note(Finding(kind="index", subject=table, what=say(sentence)))
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        what = say(N_("what is stored cannot be read ({error})"), error=str(error))
        found.note(Finding(kind="database", subject=place, what=what))
    return found


def _count(found: Audit, last: dict[str, int], subject: Subject, lines: Sequence[Line]) -> None:
    found.subjects += 1
    found.lines += len(lines)
    if subject[0] != TICKET:
        return
    found.tickets += 1
    if match := _NUMBER.fullmatch(subject[1]):
        last[match[1]] = max(last.get(match[1], 0), int(match[2]))
    else:
        what = say(N_("this is no ticket number"))
        found.note(Finding(kind=TICKET, subject=subject[1], what=what))


def _check_days(found: Audit, last: dict[str, int], days: dict[str, int]) -> None:
    for day, number in last.items():
        if days.get(day, 0) < number:
            what = say(N_("the numbers of this day are behind: {number} was given"), number=number)
            found.note(Finding(kind="day", subject=day, what=what))


async def _check(
    connection: Connection,
    batch: Sequence[tuple[Subject, list[Line]]],
    found: Audit,
    policy: Policy,
    index: IndexProof,
) -> None:
    numbers = [name for (kind, name), _ in batch if kind == TICKET]
    rows = await proof.ticket_rows(connection, numbers)
    stored = await _records(connection, [subject for subject, _ in batch])
    cases: dict[Subject, Folded] = {}
    findings: dict[Subject, Finding | None] = {}
    for subject, lines in batch:
        kind, name = subject
        finding = _chain(subject, lines)
        if finding is None and kind == TICKET:
            finding = _ticket(name, lines, rows.get(name), policy, cases)
        if finding is None and kind in records.BY_KIND:
            finding = _record(subject, lines, stored.get(subject))
        findings[subject] = finding
    for subject in await index.differing(connection, cases, stored):
        if findings[subject] is None:
            findings[subject] = Finding(kind=subject[0], subject=subject[1], what=say(DIFFERS))
    for finding in findings.values():
        found.note(finding)


async def _records(
    connection: Connection, subjects: Sequence[Subject]
) -> dict[Subject, records.Record]:
    found: dict[Subject, records.Record] = {}
    for kind in records.BY_KIND:
        names = [name for one, name in subjects if one == kind]
        keys = [key for name in names for key in records.keys_of(kind, name)]
        if keys:
            stored = await records.with_keys(connection, kind, keys)
            found |= {(kind, records.subject_of(key)): one for key, one in stored.items()}
    return found


def _chain(subject: Subject, lines: Sequence[Line]) -> Finding | None:
    """The first line that is missing, or not what it was when it was written."""
    prev_hash = ""
    for seq, line in enumerate(lines, start=1):
        what = ""
        if line.seq != seq:
            what = N_("an entry is missing before this one")
        elif line.prev_hash != prev_hash:
            what = N_("this entry does not follow the one before")
        elif line.computed_hash() != line.hash:
            what = N_("this entry was changed after it was written")
        if what:
            return Finding(kind=subject[0], subject=subject[1], seq=line.seq, what=Message(what))
        prev_hash = line.hash
    return None


def _ticket(
    number: str,
    lines: Sequence[Line],
    row: dict[str, Any] | None,
    policy: Policy,
    cases: dict[Subject, Folded],
) -> Finding | None:
    """Where a stored ticket differs from its folded journal; what that gives goes to `cases`."""
    try:
        entries = journal.entries_of(lines)
        folded = fold(number, entries)
        kinds = [journal.kind_of(type(entry.event)) for entry in entries]
    except (ValueError, msgspec.MsgspecError) as error:
        what = say(N_("its journal cannot be folded ({error})"), error=str(error))
        return Finding(kind=TICKET, subject=number, what=what)
    for line, kind in zip(lines, kinds, strict=True):
        if line.kind != kind:
            what = say(N_("this entry says that it is of another kind than it is"))
            return Finding(kind=TICKET, subject=number, seq=line.seq, what=what)
    for entry in entries:
        final = entry.event
        if isinstance(final, e.ReportFinished) and hash_of(final.document) != final.hash:
            what = say(N_("the text of this final report is not what its hash says"))
            return Finding(kind=TICKET, subject=number, seq=entry.seq, what=what)
    if folded is None or row is None:
        return Finding(kind=TICKET, subject=number, what=say(_GONE))
    cases[TICKET, number] = folded, entries
    differing = tuple(_differing(tickets.row_of(folded, policy), row))
    if not differing:
        return None
    what = say(N_("the row differs from its journal in {columns}"), columns=differing)
    return Finding(kind=TICKET, subject=number, what=what)


def _differing(wanted: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    for column in sorted(wanted.keys() | row.keys()):
        if wanted.get(column) != row.get(column):
            yield column


def _record(
    subject: Subject, lines: Sequence[Line], record: records.Record | None
) -> Finding | None:
    """Where stored reference data differ from the last line of their journal.

    Facts that were not asked for when it was written have their defaults.
    """
    kind, name = subject
    withdrawn = lines[-1].kind == records.WITHDRAWN
    if withdrawn and record is None:
        return None
    if record is None or withdrawn:
        return Finding(kind=kind, subject=name, what=say(_BACK if withdrawn else _GONE))
    last: dict[str, Any] = msgspec.json.decode(lines[-1].data)
    wanted = records.data_of(msgspec.convert(last, records.BY_KIND[kind].record))
    differing = tuple(_differing(wanted, records.data_of(record)))
    if not differing:
        return None
    what = say(N_("the row differs from its journal in {columns}"), columns=differing)
    return Finding(kind=kind, subject=name, what=what)
