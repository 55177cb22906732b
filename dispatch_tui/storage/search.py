"""The questions of a search: each goes to an index and brings so many as are looked at."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Select, func, literal_column, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.indexed import Thing, thing_mark
from dispatch_tui.domain.tokens import Phrase
from dispatch_tui.storage.schema import terms, texts, tickets
from dispatch_tui.storage.terms import CODES, THINGS, Subject, Way

_BEYOND = "\U0010ffff"
"""Comes after everything that begins with what stands before it."""

_LAST_NUMBER = "999999-99999"


class Place(NamedTuple):
    """Where a word stands among those of its way."""

    term: str
    kind: int
    subject: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a text must hold: all of `phrases`, of each group one mark at least, none of `without`.

    The ids of the texts are at least `first` and less than `beyond`.
    """

    phrases: tuple[Phrase, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    without: tuple[Phrase, ...] = ()
    first: int = 0
    beyond: int = 1 << 62


async def looked_up(
    connection: AsyncConnection,
    way: Way,
    word: str,
    things: Collection[Thing],
    *,
    whole: bool = False,
    after: Place | None = None,
    limit: int,
) -> list[tuple[Place, Subject]]:
    """Return what words of a way lead to that are this one, or begin with it: smaller ones first.

    Only what comes `after` a place; a thing can be there under several words.
    """
    columns = (terms.c.term, terms.c.kind, terms.c.subject)
    question = select(*columns).where(terms.c.way == int(way))
    if whole:
        question = question.where(terms.c.term == word)
    else:
        question = question.where(terms.c.term >= word, terms.c.term < word + _BEYOND)
    if set(things) < set(CODES):
        question = question.where(terms.c.kind.in_(sorted(CODES[one] for one in things)))
    if after is not None:
        question = question.where(tuple_(*columns) > tuple_(*after))
    rows = await connection.execute(question.order_by(*columns).limit(limit))
    return [(Place(*row), (THINGS[row.kind], row.subject)) for row in rows]


async def numbered(
    connection: AsyncConnection, start: str, *, before: str = "", limit: int
) -> list[str]:
    """Return the tickets whose numbers begin with this, the newest first, below `before`."""
    number = tickets.c.number
    question = select(number).where(number.between(start, start + _LAST_NUMBER[len(start) :]))
    if before:
        question = question.where(number < before)
    found = await connection.execute(question.order_by(number.desc()).limit(limit))
    return list(found.scalars())


async def written(
    connection: AsyncConnection, asked: Asked, things: Collection[Thing], limit: int
) -> list[tuple[int, Subject]]:
    """Return what has this in its text with the ids of the texts, the newest tickets first."""
    of_these = tuple(thing_mark(one) for one in sorted(things))
    asked = msgspec.structs.replace(asked, marks=(*asked.marks, of_these))
    on_server = connection.dialect.name == "postgresql"
    rows = await connection.execute((_on_server if on_server else _in_file)(asked).limit(limit))
    return [(row.id, (Thing(row.kind), row.subject)) for row in rows]


_FOUND = select(texts.c.id, texts.c.kind, texts.c.subject)


def _in_file(asked: Asked) -> Select[Any]:
    wanted = [_fts_phrase(one) for one in asked.phrases]
    wanted += [_any_of([_fts_word(one) for one in group], " OR ") for group in asked.marks]
    question = " AND ".join(wanted)
    if asked.without:
        question = f"({question}) NOT {_any_of(list(map(_fts_phrase, asked.without)), ' OR ')}"
    index = text(
        "texts_index MATCH :asked AND texts_index.rowid >= :first AND texts_index.rowid < :beyond"
    ).bindparams(asked=question, first=asked.first, beyond=asked.beyond)
    rowid: Any = literal_column("texts_index.rowid")
    return (
        _FOUND.select_from(text("texts_index"), texts)
        .where(index, texts.c.id == rowid)
        .order_by(rowid.desc())
    )


def _fts_word(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _fts_phrase(phrase: Phrase) -> str:
    return _fts_word(" ".join(phrase)) + ("*" if phrase.open else "")


def _any_of(questions: Sequence[str], between: str) -> str:
    return f"({between.join(questions)})"


def _on_server(asked: Asked) -> Select[Any]:
    wanted = [_ts_word(token, open=False) for one in asked.phrases for token in one[:-1]]
    wanted += [_ts_word(one[-1], open=one.open) for one in asked.phrases]
    wanted += [_any_of([_ts_word(one) for one in group], "|") for group in asked.marks]
    wanted += ["!" + _ts_word(one[0], open=one.open) for one in asked.without if len(one) == 1]
    index = text(f"{_VECTOR} @@ cast(:asked AS tsquery)").bindparams(asked=" & ".join(wanted))
    question = _FOUND.where(index, texts.c.id >= asked.first, texts.c.id < asked.beyond)
    for one in asked.phrases:
        if len(one) > 1:
            question = question.where(_standing(one) > 0)
    for one in asked.without:
        if len(one) > 1:
            question = question.where(_standing(one) == 0)
    return question.order_by(texts.c.id.desc())


_VECTOR = "array_to_tsvector(string_to_array(btrim(words), ' '))"
"""As the index has it."""


def _standing(phrase: Phrase) -> Any:
    """Where the tokens of a phrase stand together, 0 for nowhere."""
    return func.strpos(texts.c.words, f" {' '.join(phrase)}{'' if phrase.open else ' '}")


def _ts_word(token: str, *, open: bool = False) -> str:  # noqa: A002
    quoted = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'{':*' if open else ''}"
