"""Makes the rows of tickets anew where this version folds their journals to something else."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.fold import FOLD_VERSION, fold
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage import files, journal, proof, tickets
from dispatch_tui.storage.schema import tickets as table

SETTING = "fold"
"""Under which a database says by which fold its rows were made."""

BATCH = 500
"""Rows that are written at once."""


async def fold_version(connection: AsyncConnection) -> str | None:
    """Return by which fold the rows were made, None before that was kept."""
    return await files.setting(connection, SETTING)


async def refold(connection: AsyncConnection, policy: Policy) -> None:
    """Fold every journal anew and put the rows in the place of those that are there.

    Raises `DatabaseUnusable` naming the ticket whose journal cannot be read.
    """
    batch: list[dict[str, Any]] = []
    async for (kind, number), lines in proof.subjects(connection):
        ticket = _folded(number, lines) if kind == journal.TICKET else None
        if ticket is not None:
            row = tickets.row_of(ticket, policy)
            batch.append({"this_number": row.pop("number"), **row})
        if len(batch) == BATCH:
            await connection.execute(_PUT, batch)
            batch = []
    if batch:
        await connection.execute(_PUT, batch)
    await files.put_setting(connection, SETTING, FOLD_VERSION)


def _folded(number: str, lines: Sequence[journal.Line]) -> Ticket | None:
    try:
        return fold(number, journal.entries_of(lines))
    except (ValueError, msgspec.MsgspecError) as error:
        raise DatabaseUnusable(
            N_(
                "Ticket {number} cannot be brought forward, its journal cannot be read ({error}): "
                "go back to a backup."
            ),
            number=number,
            error=str(error),
        ) from error


_PUT = update(table).where(table.c.number == bindparam("this_number"))
