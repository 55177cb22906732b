"""From the text of a cell to its value."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.formats import CellKind, Column
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.phones import check_whole
from dispatch_tui.domain.text import clean_line, clean_text, fold_width
from dispatch_tui.domain.when import parse_day, parse_exact, parse_when

_STARTS_WITH_DAY = re.compile(r"\d{4}[/.年]\d")
_MIDNIGHT = re.compile(r"(?:T| +)0?0:00(?::00)?$")
"""What programs without days write after one."""

_NAME = re.compile(r"[^\s,|=/]+")
_WEEKDAYS = {
    name: number
    for number, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), start=1)
    for name in (day, str(number))
}
_YES = frozenset({"yes", "true", "1", "是"})
_NO = frozenset({"no", "false", "0", "否"})
_EXAMPLE = '{"severity": "major", "cause": "board"}'


def read_cell(column: Column, text: str, zone: tzinfo) -> Any:
    """Return the value of a cell; times without an offset are in `zone`.

    Raises `InvalidInput` saying what is wrong with it.
    """
    if len(text) > 4 * column.limit + 200:
        raise _too_long(column, text)
    text = clean_text(text) if column.kind is CellKind.TEXT else clean_line(text)
    if not text:
        if column.needed and not column.may_be_empty:
            raise InvalidInput(N_("It is empty, but it is needed."))
        return column.empty
    check_whole(column.name, text)
    return _READERS[column.kind](column, text, zone)


def read_time(text: str, zone: tzinfo) -> datetime:
    """Return the aware UTC time of a day and a clock time; without an offset they are in `zone`.

    Raises `InvalidInput` for anything else.
    """
    if ":" not in fold_width(text):
        raise InvalidInput(
            N_("“{value}” must be a day and a time, written like 2026-01-31T08:15."),
            value=text[:80],
        )
    if _STARTS_WITH_DAY.match(text):
        return parse_when(text, datetime.now(UTC), zone)
    return parse_exact(text, zone)


def _words(column: Column, text: str, _: tzinfo) -> str:
    if len(text) > column.limit:
        raise _too_long(column, text)
    return text


def _too_long(column: Column, text: str) -> InvalidInput:
    return InvalidInput(
        N_("It is {length} characters long; at most {limit} can be kept."),
        length=len(text),
        limit=column.limit,
    )


def _name(column: Column, text: str, zone: tzinfo) -> str:
    if not _NAME.fullmatch(text):
        raise InvalidInput(
            N_("“{value}” must be one word, without spaces and , | = /"), value=text[:80]
        )
    return _words(column, text, zone)


def _names(column: Column, text: str, zone: tzinfo) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split("|"))
    return tuple(dict.fromkeys(_words(column, part, zone) for part in parts if part))


def _choice(column: Column, text: str, _: tzinfo) -> str:
    value = fold_width(text).casefold()
    if value not in column.choices:
        raise InvalidInput(
            N_("“{value}” is not possible here; it can be {choices}."),
            value=text[:80],
            choices=tuple(str(one) for one in column.choices),
        )
    return str(value)


def _yes_no(_: Column, text: str, __: tzinfo) -> bool:
    value = fold_width(text).casefold()
    if value not in _YES | _NO:
        raise InvalidInput(N_("“{value}” must be yes or no."), value=text[:80])
    return value in _YES


def _count(column: Column, text: str, _: tzinfo) -> int:
    value = fold_width(text)
    if not (value.isascii() and value.isdigit() and len(value) < 7):
        raise InvalidInput(N_("“{value}” must be a whole number."), value=text[:80])
    if not column.least <= int(value) <= column.limit:
        raise InvalidInput(
            N_("“{value}” must be between {least} and {most}."),
            value=value,
            least=column.least,
            most=column.limit,
        )
    return int(value)


def _day(_: Column, text: str, __: tzinfo) -> date:
    return parse_day(_MIDNIGHT.sub("", text))


def _time(_: Column, text: str, zone: tzinfo) -> datetime:
    return read_time(text, zone)


def _wall_time(_: Column, text: str, __: tzinfo) -> datetime:
    found = read_time(text, UTC)
    if found.second or found.microsecond:
        raise InvalidInput(N_("“{value}” must be a whole minute."), value=text[:80])
    return found.replace(tzinfo=None)


def _object(column: Column, text: str, zone: tzinfo) -> dict[str, Any]:
    _words(column, text, zone)
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InvalidInput(N_("This is no JSON object; write it like {example}."), example=_EXAMPLE)
    return found


def _clock(_: Column, text: str, __: tzinfo) -> time:
    try:
        found = time.fromisoformat(fold_width(text))
    except ValueError:
        found = None
    if found is None or found.second or found.microsecond or found.tzinfo:
        raise InvalidInput(N_("“{value}” must be a clock time, like 08:00."), value=text[:80])
    return found


def _days(_: Column, text: str, __: tzinfo) -> tuple[int, ...]:
    """Weekdays as numbers, 1 for Monday, or their names: 1-5, mon-fri, 6|7."""
    found: set[int] = set()
    for part in fold_width(text).casefold().split("|"):
        ends = [_WEEKDAYS.get(one.strip()[:3], 0) for one in part.split("-")]
        if len(ends) > 2 or not all(ends) or ends[0] > ends[-1]:
            raise InvalidInput(
                N_("“{value}” must be weekdays, like 1-5 or mon|tue (1 is Monday)."),
                value=text[:80],
            )
        found |= set(range(ends[0], ends[-1] + 1))
    return tuple(sorted(found))


def _degrees(column: Column, text: str, _: tzinfo) -> float:
    try:
        found = float(fold_width(text))
    except ValueError:
        found = math.nan
    if not abs(found) <= column.limit:
        raise InvalidInput(
            N_("“{value}” must be degrees between {least} and {most}."),
            value=text[:80],
            least=-column.limit,
            most=column.limit,
        )
    return found


_READERS: dict[CellKind, Callable[[Column, str, tzinfo], Any]] = {
    CellKind.LINE: _words,
    CellKind.NAME: _name,
    CellKind.TEXT: _words,
    CellKind.NAMES: _names,
    CellKind.CHOICE: _choice,
    CellKind.YES_NO: _yes_no,
    CellKind.COUNT: _count,
    CellKind.DAY: _day,
    CellKind.TIME: _time,
    CellKind.WALL_TIME: _wall_time,
    CellKind.OBJECT: _object,
    CellKind.CLOCK: _clock,
    CellKind.DAYS: _days,
    CellKind.DEGREES: _degrees,
}
