"""The ways to what is said, in the order in which they are gone: each is one question by key."""

import re
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.indexed import Thing, after_day, first_of_day
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.query import Filter, Query
from dispatch_tui.domain.terms import SHORTEST_TAIL, has_words, phone_digits, plain
from dispatch_tui.domain.text import fold_width
from dispatch_tui.domain.tokens import Phrase, mark, phrase
from dispatch_tui.storage import files, search
from dispatch_tui.storage.search import Asked
from dispatch_tui.storage.terms import BETWEEN, Subject, Way
from dispatch_tui.storage.tickets import Connection

Step = Callable[[Connection, Any, int], Awaitable[list[tuple[Any, Subject]]]]
"""A way: what it leads to after a key, at most so many, each with its own key."""

CALLERS = frozenset({Thing.CUSTOMER, Thing.CONTACT, Thing.DEVICE})
"""What somebody who calls can be found by."""

WITH_TEXT = frozenset({Thing.TICKET, Thing.CUSTOMER, Thing.DEVICE})
"""What is found by what is written in it."""

_NUMBER = re.compile(r"([0-9]{1,6})(?:(?<=[0-9]{6})-?([0-9]{0,5}))?")

DEVICES = 500
"""Devices of named customers that are read at once."""

MOST_NAMED = 30
"""Customers or people whose things are looked through when a part of a name is said."""


async def ways_of(connection: Connection, query: Query, things: Collection[Thing]) -> list[Step]:
    """Return the ways to what a query asks for.

    Exact in characters, begun in characters, initials, full pinyin, tails and parts; then what has
    it in its text; then, of several words, what belongs to the customer that the first one names.
    Raises `NotFound` for a customer or an engineer that nobody is.
    """
    if query.empty:
        return []
    if query.of_tickets:
        if Thing.TICKET not in things:
            return []
        return [partial(_written, await _asked(connection, query), {Thing.TICKET})]
    ways = list(_named(" ".join(query.names), things))
    texts = WITH_TEXT & set(things)
    if texts and query.phrases:
        ways.append(partial(_written, Asked(phrases=query.phrases), texts))
    if len(query.names) > 1:
        ways += await _of_customer(connection, query, things)
    return ways


def _named(said: str, things: Collection[Thing]) -> Iterator[Step]:
    word, digits = plain(said), phone_digits(said)
    number = _number(said) if Thing.TICKET in things else ""
    named = set(things) - {Thing.TICKET}
    if number:
        yield partial(_with_number, number)
    words = dict.fromkeys(one for one in (word, digits) if one)
    yield from (_looking(Way.CHARACTERS, one, named, whole=True) for one in words)
    yield from (_looking(Way.CHARACTERS, one, named) for one in words)
    if number:
        yield partial(_numbered, number)
    if word.isascii() and word:
        yield _looking(Way.INITIALS, word, named)
        yield _looking(Way.PINYIN, word, named)
    tails = [one for one in words if len(one) >= SHORTEST_TAIL]
    yield from (_looking(Way.TAIL, one[::-1], named) for one in tails)
    if len(word) > 1 or not word.isascii():
        yield _looking(Way.PART, word, named)


def _number(said: str) -> str:
    """The ticket number that is said, or its beginning; "" for what cannot be one."""
    found = _NUMBER.fullmatch(fold_width(said).strip())
    return "-".join(filter(None, found.groups())) if found else ""


def _looking(way: Way, word: str, things: Collection[Thing], *, whole: bool = False) -> Step:
    async def step(connection: Connection, after: Any, limit: int) -> list[tuple[Any, Subject]]:
        if not things:
            return []
        return list(
            await search.looked_up(
                connection, way, word, things, whole=whole, after=after, limit=limit
            )
        )

    return step


async def _with_number(
    number: str, connection: Connection, after: Any, limit: int
) -> list[tuple[Any, Subject]]:
    found = [] if after else await search.numbered(connection, number, limit=limit)
    return [(one, (Thing.TICKET, one)) for one in found if one == number]


async def _numbered(
    start: str, connection: Connection, after: Any, limit: int
) -> list[tuple[Any, Subject]]:
    found = await search.numbered(connection, start, before=after or "", limit=limit)
    return [(one, (Thing.TICKET, one)) for one in found]


async def _written(
    asked: Asked,
    things: Collection[Thing],
    connection: Connection,
    after: Any,
    limit: int,
) -> list[tuple[Any, Subject]]:
    if after is not None:
        asked = msgspec.structs.replace(asked, beyond=min(after, asked.beyond))
    return list(await search.written(connection, asked, things, limit))


async def _asked(connection: Connection, query: Query) -> Asked:
    """What texts of tickets must hold, with the customers and engineers that are named in it."""
    groups: dict[Filter, list[str]] = {}
    without = list(query.without)
    for one in query.narrowed:
        marks = [
            mark(one.filter, value) for value in await _values(connection, one.filter, one.value)
        ]
        if one.without:
            without += [Phrase((each,)) for each in marks]
        else:
            groups.setdefault(one.filter, []).extend(marks)
    asked = Asked(
        phrases=query.phrases,
        marks=tuple(tuple(group) for group in groups.values()),
        without=tuple(without),
    )
    if query.since is not None:
        asked = msgspec.structs.replace(asked, first=first_of_day(query.since))
    if query.until is not None:
        asked = msgspec.structs.replace(asked, beyond=after_day(query.until))
    return asked


async def _values(connection: Connection, wanted: Filter, said: str) -> list[str]:
    """The values of a filter's marks: of a name those that are called so."""
    if wanted is Filter.CLIENT:
        if found := await customers_called(connection, said):
            return found
        raise NotFound(N_("There is no customer {customer}."), customer=said[:80])
    if wanted is Filter.DEVICE:
        if devices := await called(connection, said, {Thing.DEVICE}):
            return [name for _, name in devices]
        raise NotFound(N_("There is no device {device}."), device=said[:80])
    if wanted is Filter.ENGINEER:
        if people := await called(connection, said, {Thing.PERSON}):
            return [login for _, login in people]
        raise NotFound(N_("Nobody is called {name}."), name=said[:80])
    return [said]


async def called(
    connection: Connection, said: str, things: Collection[Thing], most: int = MOST_NAMED
) -> list[Subject]:
    """Return what is called so in the best way in which anything is, at most so many."""
    for way in _named(said, things):
        found = dict.fromkeys(subject for _, subject in await way(connection, None, most))
        if found:
            return list(found)
    return []


async def customers_called(connection: Connection, said: str) -> list[str]:
    """Return the codes of the customers that are named so, by themselves or by what is theirs."""
    codes: dict[str, None] = {}
    for thing, subject in await called(connection, said, CALLERS):
        if thing is Thing.DEVICE:
            device = await files.device(connection, subject)
            codes |= {device.customer: None} if device else {}
        else:
            codes[subject.partition(BETWEEN)[0]] = None
    return list(codes)


async def _of_customer(
    connection: Connection, query: Query, things: Collection[Thing]
) -> list[Step]:
    """What the words after the first one say of the customers that the first one names."""
    codes = await customers_called(connection, query.names[0])
    ways: list[Step] = []
    if codes and Thing.DEVICE in things:
        words = [plain(one) for one in query.names[1:]]
        ways.append(partial(_theirs, codes, words))
    rest = tuple(one for name in query.names[1:] if (one := phrase(name, growing=True)))
    if codes and rest and Thing.TICKET in things:
        marks = tuple(mark(Filter.CLIENT, one) for one in codes)
        ways.append(partial(_written, Asked(phrases=rest, marks=(marks,)), {Thing.TICKET}))
    return ways


async def _theirs(
    codes: Sequence[str], words: Sequence[str], connection: Connection, after: Any, limit: int
) -> list[tuple[Any, Subject]]:
    found: list[tuple[Any, Subject]] = []
    while len(found) < limit:
        page = await files.devices_of_any(connection, codes, after=after or "", limit=DEVICES)
        found += [(one.id, (Thing.DEVICE, one.id)) for one in page if has_words(one, words)]
        if len(page) < DEVICES:
            break
        after = page[-1].id
    return found[:limit]
