"""Takes tables out, as whoever asks for them sees them."""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.cells import plain
from dispatch_tui.desk.exporting.rights import JOURNAL, check_tables
from dispatch_tui.desk.exporting.tables import Piece, pieces
from dispatch_tui.desk.exporting.writers import Writer
from dispatch_tui.desk.permission import active, note_refusal
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.files import Station
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.phones import masked, sees_colleagues, sees_customers
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage import files, pages
from dispatch_tui.storage.journal import Line

Opener = Callable[[str, Sequence[str]], Writer]
"""Begins the file of a table with these columns."""


class Exported(msgspec.Struct, kw_only=True):
    """Rows by table, facts of cases and records that no row can hold, and whether masks are in."""

    rows: dict[str, int]
    left_out: int = 0
    masked: bool = False


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table's file."""
    if table == JOURNAL:
        return Line.__struct_fields__
    return tuple(one.name for one in FORMATS[table].columns)


async def export(desk: Desk, tables: Sequence[str], opener: Opener) -> Exported:
    """Write tables, or the journal, within one snapshot; a page at a time is in memory.

    Raises `NotAllowed`, and what the writers raise.
    """
    me = await _allowed(desk, tables)
    sight = _Sight(me)
    writers = {table: opener(table, columns_of(table)) for table in tables}
    done = Exported(rows=dict.fromkeys(tables, 0))
    async with aclosing(_pieces(desk, sight, tables)) as found:
        async for piece in found:  # the snapshot knows nothing of what goes wrong with the files
            done.left_out += piece.left_out
            if piece.values:
                writers[piece.table].row(piece.values)
                done.rows[piece.table] += 1
    for writer in writers.values():
        writer.end()
    done.masked = sight.masks
    return done


async def _allowed(desk: Desk, tables: Sequence[str]) -> Staff:
    """Return who takes tables out; a refusal is journaled."""
    async with desk.database.read() as connection:
        me = await files.person(connection, desk.me.login)
    try:
        me = active(me, desk.me.login)
        check_tables(me, tables)
    except NotAllowed as refusal:
        now = desk.clock()
        await note_refusal(desk.database, desk.me.login, refusal, now, command="export")
        raise
    return me


async def _pieces(
    desk: Desk, sight: "_Sight", tables: Sequence[str]
) -> AsyncGenerator[Piece, None]:
    terms = Terms(actor=desk.me.login, now=desk.clock(), zone=desk.zone, policy=desk.policy)
    async with desk.database.read() as connection:
        if JOURNAL in tables:
            async for line in pages.all_lines(connection):
                yield Piece(JOURNAL, dict(_of_line(line)))
        others = [table for table in tables if table != JOURNAL]
        async for piece in pieces(connection, others, terms, sight.seen):
            yield piece


def _of_line(line: Line) -> Iterator[tuple[str, Any]]:
    for name in line.__struct_fields__:
        yield name, plain(getattr(line, name))


class _Sight:
    """What somebody sees; `masks` once a number was masked for them."""

    def __init__(self, me: Staff) -> None:
        self.me = me
        self.masks = False

    def seen(self, thing: Any, ticket: Ticket | None) -> Any:
        """Return a record, or what is told of a ticket, with its numbers or with masks.

        The numbers of stations are for everybody: they are on the company's signs.
        """
        colleague = isinstance(thing, Staff)
        whole = sees_colleagues(self.me) if colleague else sees_customers(self.me, ticket)
        if whole or isinstance(thing, Station):
            return thing
        found = masked(thing)
        self.masks = self.masks or found != thing
        return found
