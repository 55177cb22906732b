"""Makes rows and index anew where this version gives something else for the same journals."""

from collections.abc import Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.indexed import INDEX_VERSION
from dispatch_tui.domain.message import N_
from dispatch_tui.storage import files, index, journal, proof, records, terms, texts, tickets
from dispatch_tui.storage.revision import MADE_BY, SETTING

BATCH = 500
"""Tickets that are written at once."""

FOUND = tuple(
    record
    for record in records.BY_TYPE
    if issubclass(record, terms.Named) or record in texts.SOURCES
)
"""The records that can be found."""


async def is_current(connection: AsyncConnection) -> bool:
    """Whether rows and index were made by this version."""
    return await files.setting(connection, SETTING) == MADE_BY


async def refold(
    connection: AsyncConnection, policy: Policy, tell: proof.Tell = proof.untold
) -> None:
    """Fold every journal anew, in the place of the rows that are there, and index all there is.

    Raises `DatabaseUnusable` naming the ticket whose journal cannot be read.
    """
    made_by = await files.setting(connection, SETTING) or ""
    if made_by.rpartition(".")[2] != INDEX_VERSION:
        await index.clear(connection)
    batch: list[tickets.Folded] = []
    async for (kind, number), lines in proof.subjects(connection, tell):
        if kind == journal.TICKET and (case := _folded(number, lines)) is not None:
            batch.append(case)
        if len(batch) == BATCH:
            await tickets.put_anew(connection, batch, policy)
            batch = []
    await tickets.put_anew(connection, batch, policy)
    for record in FOUND:
        async for page in records.in_pages(connection, record):
            await index.keep(connection, page)
    await files.put_setting(connection, SETTING, MADE_BY)


def _folded(number: str, lines: Sequence[journal.Line]) -> tickets.Folded | None:
    try:
        entries = journal.entries_of(lines)
        ticket = fold(number, entries)
    except (ValueError, msgspec.MsgspecError) as error:
        raise DatabaseUnusable(
            N_(
                "Ticket {number} cannot be brought forward, its journal cannot be read ({error}): "
                "go back to a backup."
            ),
            number=number,
            error=str(error),
        ) from error
    return None if ticket is None else (ticket, entries)
