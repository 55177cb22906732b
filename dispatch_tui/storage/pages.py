"""All journals in pages by key: never more of them in memory than is looked at."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.storage.journal import Line, ticket_journals
from dispatch_tui.storage.schema import journal, tickets

PAGE = 500
"""Rows that are read at once."""


async def all_journals(
    connection: AsyncConnection,
) -> AsyncIterator[list[tuple[str, Sequence[Line]]]]:
    """Yield the journals of all tickets in the order of their numbers, a page at a time."""
    page = select(tickets.c.number).order_by(tickets.c.number).limit(PAGE)
    question = page
    while numbers := list((await connection.execute(question)).scalars()):
        found = await ticket_journals(connection, numbers)
        yield [(number, found[number]) for number in numbers]
        question = page.where(tickets.c.number > numbers[-1])


async def all_lines(connection: AsyncConnection) -> AsyncIterator[Line]:
    """Yield every line of every journal in the order in which they were written."""
    page = select(journal).order_by(journal.c.id).limit(PAGE)
    question = page
    while rows := (await connection.execute(question)).all():
        for row in rows:
            yield Line(**{name: row._mapping[name] for name in Line.__struct_fields__})
        question = page.where(journal.c.id > rows[-1].id)
