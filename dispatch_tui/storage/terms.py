"""The words by which customers, contacts, devices and people are looked up, kept beside them."""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.terms import LONGEST_TERM, SHORTEST_TAIL, phone_digits, plain
from dispatch_tui.storage import bulk
from dispatch_tui.storage.readings import firsts, initials_of, readings_of, spelled
from dispatch_tui.storage.schema import terms

MOST_OF_A_PART = 8
"""Combinations of readings kept of what stands within a name."""

BATCH = 400
"""Things whose words are written at once."""

BETWEEN = "\n"
"""Stands between the parts of a key: no line of text holds it."""


class Way(IntEnum):
    """In which way a word leads to a thing, the best first."""

    CHARACTERS = 1
    INITIALS = 2
    PINYIN = 3
    TAIL = 4
    PART = 5


CODES = {Thing.CUSTOMER: 1, Thing.CONTACT: 2, Thing.DEVICE: 3, Thing.PERSON: 4}
"""How things are written in the table: in this order they are found under the same word."""

THINGS = {code: thing for thing, code in CODES.items()}

Term = tuple[Way, str]
Named = Customer | Contact | Device | Staff
Subject = tuple[Thing, str]


def subject_of(record: Named) -> Subject:
    """Return what a record is known by among all that is found."""
    match record:
        case Customer():
            return Thing.CUSTOMER, record.code
        case Contact():
            return Thing.CONTACT, BETWEEN.join((record.customer, record.name, record.phone))
        case Device():
            return Thing.DEVICE, record.id
        case Staff():
            return Thing.PERSON, record.login


def terms_of(record: Named) -> set[Term]:
    """Return every word that leads to a record."""
    found = {(way, word[:LONGEST_TERM]) for way, word in _terms(record)}
    return {(way, word) for way, word in found if word}


def _terms(record: Named) -> Iterator[Term]:
    match record:
        case Customer():
            names = (record.name, record.short_name, record.former_name, *record.alias.split("|"))
            yield Way.CHARACTERS, plain(record.code)
            yield from _named(names)
            yield from _numbered(phone_digits(record.phone))
        case Contact():
            yield from _named((record.name,), person=True)
            yield from _numbered(phone_digits(record.phone))
        case Device():
            for number in (record.id, record.serial, record.asset_number, record.model):
                yield from _numbered(plain(number))
        case Staff():
            yield Way.CHARACTERS, plain(record.login)
            yield from _named((record.name,), person=True)
            yield from _numbered(phone_digits(record.phone))


def _numbered(number: str) -> Iterator[Term]:
    yield Way.CHARACTERS, number
    if len(number) >= SHORTEST_TAIL:
        yield Way.TAIL, number[::-1]


def _named(names: Sequence[str], *, person: bool = False) -> Iterator[Term]:
    for name in names:
        word = plain(name)
        yield Way.CHARACTERS, word
        yield from ((Way.PART, word[place:]) for place in range(1, len(word)))
        yield from ((Way.INITIALS, one) for one in initials_of([name]).split())
        readings = readings_of(name, person=person)
        yield from ((Way.PINYIN, one) for one in spelled(readings))
        yield from ((Way.INITIALS, one) for one in spelled(firsts(readings)))
        for place in range(1, len(readings)):
            rest = readings[place:]
            yield from ((Way.PART, one) for one in spelled(firsts(rest), MOST_OF_A_PART))
            yield from ((Way.PART, one) for one in spelled(rest, MOST_OF_A_PART))


async def keep(connection: AsyncConnection, records: Sequence[Named]) -> None:
    """Keep the words of records, in the place of those that led to them before."""
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        await _forget(connection, [subject_of(one) for one in batch])
        await bulk.add(connection, terms, [row for one in batch for row in _rows(one)])


async def drop(connection: AsyncConnection, record: Named) -> None:
    """Let no word lead to a record any more."""
    await _forget(connection, [subject_of(record)])


async def kept(
    connection: AsyncConnection, subjects: Sequence[Subject]
) -> dict[Subject, set[Term]]:
    """Return the words that lead to things, for audits."""
    found: dict[Subject, set[Term]] = {subject: set() for subject in subjects}
    if subjects:
        columns = (terms.c.kind, terms.c.subject, terms.c.way, terms.c.term)
        for kind, subject, way, term in await connection.execute(
            select(*columns).where(_of(subjects))
        ):
            found[THINGS[kind], subject].add((Way(way), term))
    return found


async def _forget(connection: AsyncConnection, subjects: Sequence[Subject]) -> None:
    await connection.execute(delete(terms).where(_of(subjects)))


def _of(subjects: Sequence[Subject]) -> Any:
    things = dict.fromkeys(thing for thing, _ in subjects)
    return or_(
        *(
            and_(
                terms.c.kind == CODES[thing],
                terms.c.subject.in_([name for one, name in subjects if one is thing]),
            )
            for thing in things
        )
    )


def _rows(record: Named) -> Iterator[Mapping[str, Any]]:
    thing, subject = subject_of(record)
    for way, term in sorted(terms_of(record)):
        yield {"way": int(way), "term": term, "kind": CODES[thing], "subject": subject}
