"""Stores what was decided, in one transaction, while what it rests on is still the same."""

from collections.abc import Callable

import msgspec

from dispatch_tui.desk import carrying
from dispatch_tui.desk.bringing.histories import Ready
from dispatch_tui.desk.bringing.shelves import EVERYTHING
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.domain.decide import Facts
from dispatch_tui.domain.files import Contract
from dispatch_tui.storage import files, imports, journal, records, tickets
from dispatch_tui.storage.imports import Mark
from dispatch_tui.storage.spool import Spool
from dispatch_tui.storage.tickets import Connection

AT_ONCE = 1000

_READY = msgspec.msgpack.Decoder(Ready)


class Changed(Exception):
    """What the decisions rest on was changed since: they have to be made again."""


async def keep(
    connection: Connection, spool: Spool, mark: Mark, terms: Terms, done: Callable[[int], None]
) -> None:
    """Store all that was made; raises `Changed` when others changed what it rests on.

    `done` hears how many records and tickets more were stored.
    """
    await imports.alone(connection)
    async for kind, subject in imports.changes_since(connection, mark):
        if spool.uses(kind, subject) or spool.uses(kind, EVERYTHING):
            raise Changed
    signed: set[str] = set()
    for book in records.BOOKS:
        body = msgspec.json.Decoder(tuple[bool, book.record])  # type: ignore[name-defined]
        for batch in spool.all_made(book.kind, AT_ONCE):
            found = [(record, new) for new, record in (body.decode(one.body) for one in batch)]
            await records.keep(connection, book.kind, found, terms.actor, terms.now)
            signed |= {one.customer for one, _ in found if isinstance(one, Contract)}
            done(len(batch))
    await _follow(connection, signed, terms)
    for batch in spool.all_made(journal.TICKET, AT_ONCE):
        ready = [_READY.decode(one.body) for one in batch]
        await journal.append(connection, [line for one in ready for line in one.lines])
        await tickets.add(connection, [one.ticket for one in ready])
        done(len(batch))
    await tickets.note_numbers(connection, spool.made_keys(journal.TICKET))


async def _follow(connection: Connection, customers: set[str], terms: Terms) -> None:
    """Let the clocks of the tickets that are open already follow the contracts that came in."""
    me = await files.person(connection, terms.actor) if customers else None
    if me is not None:
        facts = Facts(now=terms.now, at=terms.now, actor=me, policy=terms.policy, zone=terms.zone)
        await carrying.follow_contracts(connection, customers, facts)
