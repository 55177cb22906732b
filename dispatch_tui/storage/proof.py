"""The questions of an audit: everything once, in pages, never all of it in memory."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any
from zlib import crc32

from sqlalchemy import func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.storage import records
from dispatch_tui.storage.journal import TICKET, Line, newest_id
from dispatch_tui.storage.schema import day_numbers, journal, terms, texts, tickets

PAGE = 2000
"""Lines that are read at once."""

Subject = tuple[str, str]

Tell = Callable[[int, int], None]
"""Is told how many lines were read, and of about how many."""


def untold(_: int, __: int) -> None:
    """Tell nobody."""


async def subjects(
    connection: AsyncConnection, tell: Tell = untold, kind: str = ""
) -> AsyncIterator[tuple[Subject, list[Line]]]:
    """Yield every subject of the journal, or those of a kind, with its lines in order.

    Tells how far that is.
    """
    place = tuple_(journal.c.subject_kind, journal.c.subject, journal.c.seq)
    page = (
        select(*(journal.c[name] for name in Line.__struct_fields__))
        .order_by(journal.c.subject_kind, journal.c.subject, journal.c.seq)
        .limit(PAGE)
    )
    if kind:
        page = page.where(journal.c.subject_kind == kind)
    question, group, read = page, list[Line](), 0
    whole = await newest_id(connection)
    while rows := (await connection.execute(question)).all():
        read += len(rows)
        tell(read, max(read, whole))
        for row in rows:
            line = Line(**row._mapping)
            if group and (line.subject_kind, line.subject) != _subject(group):
                yield _subject(group), group
                group = []
            group.append(line)
        last = group[-1]
        question = page.where(place > (last.subject_kind, last.subject, last.seq))
    if group:
        tell(read, read)
        yield _subject(group), group


def _subject(lines: Sequence[Line]) -> Subject:
    return lines[0].subject_kind, lines[0].subject


async def ticket_rows(
    connection: AsyncConnection, numbers: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return the stored rows of these tickets, whole, by number."""
    found = await connection.execute(select(tickets).where(tickets.c.number.in_(numbers)))
    return {row.number: {str(name): one for name, one in row._asdict().items()} for row in found}


async def without_journal(connection: AsyncConnection) -> Subject | None:
    """Return the first row of any table whose changes are journaled that has no journal."""
    found = await connection.execute(_no_journal(TICKET, tickets.c.number, tickets.c.number))
    if row := found.first():
        return TICKET, row[0]
    for book in records.BOOKS:
        columns = [book.table.c[name] for name in book.fields]
        subject: Any = columns[0]
        for column in columns[1:]:
            subject = subject + "/" + column
        found = await connection.execute(_no_journal(book.kind, subject, *columns))
        if row := found.first():
            return book.kind, records.subject_of(tuple(row))
    return None


def _no_journal(kind: str, subject: Any, *columns: Any) -> Any:
    first_line = select(journal.c.id).where(
        journal.c.subject_kind == kind, journal.c.subject == subject, journal.c.seq == 1
    )
    return select(*columns).where(~first_line.exists()).order_by(*columns).limit(1)


async def days(connection: AsyncConnection) -> dict[str, int]:
    """Return the last number that was taken on each day."""
    return {row.day: row.last for row in await connection.execute(select(day_numbers))}


async def index_size(connection: AsyncConnection) -> tuple[int, int]:
    """Return how many words lead to things, and how many texts are kept."""
    counts = [
        await connection.scalar(select(func.count()).select_from(one)) for one in (terms, texts)
    ]
    return counts[0] or 0, counts[1] or 0


def text_sum(id_: int, words: str) -> int:
    """Return a sum over each token of a text and its place in it, as `index_sum` makes it."""
    total = sum(crc32(token.encode()) * place for place, token in enumerate(words.split(), 1))
    return total * (id_ % _PRIME + 1)


async def index_sum(connection: AsyncConnection) -> int | None:
    """Return the sum of `text_sum` over the engine's index itself, None where it cannot be read.

    SQLite's index of full texts is fed by triggers; a server's belongs to its table.
    """
    if connection.dialect.name == "postgresql":
        return None
    total, last = 0, ""
    await connection.execute(text(_OPEN_INDEX))
    try:
        while page := (await connection.execute(text(_SUMS), {"last": last})).all():
            total += sum(crc32(token.encode()) * places for token, places in page)
            last = page[-1][0]
    finally:
        await connection.execute(text(_LEAVE_INDEX))
    return total


_PRIME = 1_000_003
_OPEN_INDEX = (
    "CREATE VIRTUAL TABLE temp.texts_places USING fts5vocab(main, 'texts_index', 'instance')"
)
_LEAVE_INDEX = "DROP TABLE temp.texts_places"
_SUMS = f"""
    SELECT term, sum((doc % {_PRIME} + 1) * ("offset" + 1)) FROM temp.texts_places
    WHERE term > :last GROUP BY term ORDER BY term LIMIT {PAGE}
"""
