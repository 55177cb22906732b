"""Full texts as tokens: what a ticket's journal and the notes of the files are found by.

The engine's own index follows this table by itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.indexed import Thing, place_of, thing_mark, words_of_ticket
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.tokens import words_of
from dispatch_tui.storage import files
from dispatch_tui.storage.schema import texts

SOURCES: dict[type[Any], tuple[Thing, str, tuple[str, ...]]] = {
    Customer: (Thing.CUSTOMER, "code", ("notes",)),
    Device: (Thing.DEVICE, "id", ("notes",)),
}
"""The records that are found by what is written in them: what they are, their key, their texts."""

BATCH = 500
"""Texts that are written at once."""


class Text(msgspec.Struct, frozen=True, gc=False):
    """The tokens of one thing; no `words` mean that there is nothing to find it by."""

    thing: Thing
    subject: str
    words: str

    @property
    def id(self) -> int:
        """Where it stands among all texts."""
        return place_of(self.thing, self.subject)


def text_of_ticket(ticket: Ticket, journal: Sequence[Entry]) -> Text:
    """Return the text of a ticket with its whole journal."""
    return Text(Thing.TICKET, ticket.number, words_of_ticket(ticket, journal))


def text_of_record(record: Any) -> Text | None:
    """Return the text of a record, None where its kind has none."""
    source = SOURCES.get(type(record))
    if source is None:
        return None
    thing, key, fields = source
    written = [getattr(record, name) for name in fields]
    words = words_of(written, [thing_mark(thing)]) if any(written) else ""
    return Text(thing, getattr(record, key), words)


async def keep(connection: AsyncConnection, found: Iterable[Text]) -> None:
    """Keep texts, in the place of those of the same things."""
    every = list(found)
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        rows = [
            {"id": one.id, "kind": str(one.thing), "subject": one.subject, "words": one.words}
            for one in batch
            if one.words
        ]
        await files.put(connection, texts, rows)
        if bare := [one.id for one in batch if not one.words]:
            await connection.execute(delete(texts).where(texts.c.id.in_(bare)))


async def drop(connection: AsyncConnection, text: Text) -> None:
    """Let nothing be found by a text any more."""
    await connection.execute(delete(texts).where(texts.c.id == text.id))


async def kept(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, str]:
    """Return the tokens as they are kept, by id: for audits."""
    found = await connection.execute(
        select(texts.c.id, texts.c.words).where(texts.c.id.in_(list(ids)))
    )
    return {row.id: row.words for row in found}
