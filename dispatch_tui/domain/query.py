"""From what is typed into a search field to what is looked for."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line, fold_width
from dispatch_tui.domain.ticket import Kind, Status
from dispatch_tui.domain.tokens import Phrase, phrase

MOST_WORDS = 40
"""More words than this are no question."""


class Filter(StrEnum):
    """What can be asked of a ticket beside its words: `name:value`."""

    KIND = "kind"
    STATUS = "status"
    CLIENT = "client"
    DEVICE = "device"
    ENGINEER = "engineer"
    SINCE = "since"
    UNTIL = "until"


OPEN, KEPT = "open", "kept"
"""Values of the filter for the status: something is left to do; it was kept as a case."""

VALUES: dict[Filter, tuple[str, ...]] = {
    Filter.KIND: tuple(str(one) for one in Kind),
    Filter.STATUS: (OPEN, KEPT, *(str(one) for one in Status)),
}
"""The filters that take one of a few values."""

_QUOTES = {'"': '"', "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}"}
_NAME = re.compile("([A-Za-z]+):")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class Narrowed(msgspec.Struct, frozen=True):
    """A filter that was given; `without` are those that it does not fit."""

    filter: Filter
    value: str
    without: bool = False


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: all of `phrases`, none of `without`, within every filter.

    `names` are the words by which a thing may be called, in their order. `since` and `until` are
    days, both included.
    """

    names: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    narrowed: tuple[Narrowed, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def of_tickets(self) -> bool:
        """Whether something is asked that only tickets can answer."""
        return bool(self.without or self.narrowed or self.since or self.until)

    @property
    def empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.names or self.phrases or self.of_tickets)


class _Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """One word or phrase as it was typed."""

    text: str
    name: str = ""
    quoted: bool = False
    without: bool = False
    last: bool = False


def parse(said: str, *, growing: bool = False) -> Query:
    """Return what is looked for; `growing` is what is still being typed.

    Raises `InvalidInput` for a filter that there is not, a value that it cannot have, and for too
    many words.
    """
    chunks = list(_chunks(fold_width(clean_line(f"({said})")[1:-1])))
    if len(chunks) > MOST_WORDS:
        raise InvalidInput(N_("A search has at most {limit} words."), limit=MOST_WORDS)
    plain = [one for one in chunks if not one.name]
    found = [(one, _phrase(one, growing)) for one in plain]
    filters = [_narrowed(one) for one in chunks if one.name]
    return Query(
        names=tuple(one.text for one in plain if not one.without),
        phrases=tuple(tokens for one, tokens in found if tokens and not one.without),
        without=tuple(tokens for one, tokens in found if tokens and one.without),
        narrowed=tuple(one for one in filters if one.filter not in _ENDS),
        since=max(_days(filters, Filter.SINCE), default=None),
        until=min(_days(filters, Filter.UNTIL), default=None),
    )


def literally(text: str) -> str:
    """Return what has to be typed to look for exactly this text."""
    return '"' + fold_width(clean_line(text)).replace('"', '""') + '"'


def _chunks(said: str) -> Iterator[_Chunk]:
    at = 0
    while at < len(said):
        if said[at] == " ":
            at += 1
            continue
        without = said[at] == "-" and said[at + 1 : at + 2].strip() != ""
        at += without
        named = _NAME.match(said, at)
        at = named.end() if named else at
        text, end, quoted = _quoted(said, at) or _bare(said, at)
        yield _Chunk(
            text=text,
            name=named[1] if named else "",
            quoted=quoted,
            without=without,
            last=end == len(said),
        )
        at = end


def _bare(said: str, at: int) -> tuple[str, int, bool]:
    end = said.find(" ", at)
    end = len(said) if end < 0 else end
    return said[at:end], end, False


def _quoted(said: str, at: int) -> tuple[str, int, bool] | None:
    """What stands in quotes here, if they end; a doubled quote is one of the text."""
    close = _QUOTES.get(said[at : at + 1])
    if close is None:
        return None
    text, start = "", at + 1
    while (end := said.find(close, start)) >= 0:
        text += said[start:end]
        if said[end + 1 : end + 2] != close:
            return text, end + 1, True
        text, start = text + close, end + 2
    return None


def _phrase(chunk: _Chunk, growing: bool) -> Phrase:
    return phrase(chunk.text, growing=growing and chunk.last and not chunk.quoted)


def _narrowed(chunk: _Chunk) -> Narrowed:
    name, value = chunk.name.casefold(), chunk.text.strip()
    if name not in Filter.__members__.values():
        raise InvalidInput(
            N_("{name}: is no filter, there are {filters}. In quotes it is found as it stands."),
            name=chunk.name,
            filters=tuple(str(one) for one in Filter),
        )
    known = Filter(name)
    if chunk.without and known in _ENDS:
        raise InvalidInput(N_("{name}: cannot be left out, only given."), name=name)
    if known in _ENDS:
        _ENDS[known](value)
        return Narrowed(known, value)
    if known in VALUES:
        value = value.casefold().replace("-", "_")
        if value not in VALUES[known]:
            raise InvalidInput(
                N_("{name}: can be {choices}."), name=str(known), choices=VALUES[known]
            )
    if not value:
        raise InvalidInput(N_("{name}: needs a name after it."), name=str(known))
    return Narrowed(known, value, chunk.without)


def _days(filters: Sequence[Narrowed], wanted: Filter) -> list[date]:
    return [_ENDS[wanted](one.value) for one in filters if one.filter is wanted]


def _beginning(value: str) -> date:
    year, month, day = _parts(value)
    return _checked(value, year, month or 1, day or 1)


def _end(value: str) -> date:
    year, month, day = _parts(value)
    first = _checked(value, year, month or 12, day or 1)
    return first if day else first.replace(day=monthrange(first.year, first.month)[1])


_ENDS: dict[Filter, Callable[[str], date]] = {Filter.SINCE: _beginning, Filter.UNTIL: _end}
"""The filters that are days: the first or the last of what was said, be it a whole year."""


def _parts(value: str) -> tuple[int, int, int]:
    """Year, month and day, 0 for what was not said."""
    found = _DAY.fullmatch(value)
    if found is None:
        raise _no_day(value)
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)


def _checked(value: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _no_day(value) from error


def _no_day(value: str) -> InvalidInput:
    return InvalidInput(
        N_("“{value}” is no day: write 2026, 2026-01 or 2026-01-31."), value=value[:80]
    )
