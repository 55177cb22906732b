"""Reads JSON object by object: a list of them, tables of lists, or one object a line."""

import json
import re
from collections.abc import Iterator, Set
from io import TextIOBase, TextIOWrapper
from typing import Any, BinaryIO, NoReturn

import msgspec

from dispatch_tui.desk.bringing.decoding import NAMES, text_of
from dispatch_tui.desk.bringing.records import MAX_COLUMNS, MAX_ROW, Record, Table, Unit, Unreadable
from dispatch_tui.domain.message import N_, say
from dispatch_tui.domain.text import clean_line

_BLOCK = 1 << 16
_BLANK = re.compile(r"[ \t\r\n]*")
_PART = re.compile(r'\{\s*"([^"\\]{0,80})"\s*:\s*\[')


class _Object(list[tuple[str, Any]]):
    """The pairs of an object, as they stand there."""


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


_DECODER = json.JSONDecoder(object_pairs_hook=_Object, parse_constant=_no_number)


def read(stream: BinaryIO, known: Set[str]) -> Iterator[Table]:
    """Yield the tables of a file; what comes after the last bracket is refused."""
    with text_of(stream) as text:
        reading = _Reading(text)
        if not reading.peek():
            raise Unreadable(0, say(N_("The file is empty.")))
        for part, values in reading.lists():
            yield _table(part, values, text)
        if reading.peek():
            reading.fail()


def read_lines(stream: BinaryIO, known: Set[str]) -> Iterator[Table]:
    """Yield the one table of a file of objects, one after the other."""
    with text_of(stream) as text:
        yield _table("", _Reading(text).values(), text)


def _table(part: str, values: Iterator[Any], text: TextIOWrapper) -> Table:
    read_as = NAMES.get(text.encoding, "")
    return Table(clean_line(part).casefold(), Unit.RECORD, _records(values), read_as)


class _Reading:
    """A text that is read value by value, never more of it than one value may have."""

    def __init__(self, text: TextIOBase) -> None:
        self._text = text
        self._held = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is no blank, "" at the end."""
        while True:
            self._at = _BLANK.match(self._held, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def lists(self) -> Iterator[tuple[str, Iterator[Any]]]:
        """Yield what holds records: the list, each list of an object with its name, or all."""
        if self.peek() == "[":
            yield "", self._items()
            return
        begins = _PART.match(self._held, self._at)
        if begins is None:
            yield "", self.values()
            return
        self._at = begins.end() - 1
        yield begins[1], self._items()
        while self.peek() == ",":
            self._take(",")
            name = self._value()
            self._take(":")
            yield str(name), self._items()
        self._take("}")

    def values(self) -> Iterator[Any]:
        """Yield one value after the other to the end."""
        while self.peek():
            yield self._value()

    def _items(self) -> Iterator[Any]:
        self._take("[")
        if self.peek() != "]":
            yield self._value()
            while self.peek() == ",":
                self._take(",")
                yield self._value()
        self._take("]")

    def fail(self) -> NoReturn:
        """Raise `Unreadable` for what stands here."""
        line = self._line + self._held.count("\n", 0, self._at)
        raise Unreadable(0, say(N_("Line {number} is no JSON as it is needed here."), number=line))

    def _take(self, char: str) -> None:
        if self.peek() != char:
            self.fail()
        self._at += 1

    def _value(self) -> Any:
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except (ValueError, RecursionError):
                value, end = None, 0
            if 0 < end < len(self._held):
                break
            if len(self._held) - self._at > MAX_ROW or not self._more():
                break
        if not end:
            self.fail()
        self._at = end
        return value

    def _more(self) -> bool:
        """Read on, twice as much as is held, and forget what was read before."""
        if self._ended:
            return False
        self._line += self._held.count("\n", 0, self._at)
        held = self._held[self._at :]
        block = self._text.read(max(_BLOCK, len(held)))
        self._held, self._at = held + block, 0
        self._ended = not block
        return bool(block)


def _records(values: Iterator[Any]) -> Iterator[Record]:
    """The objects as records; "record" counts from 1 in each list."""
    for number, value in enumerate(values, start=1):
        if not isinstance(value, _Object) or len(value) > MAX_COLUMNS:
            raise Unreadable(number, say(N_("This is no object of names and values.")))
        names, cells, wrong = [], [], None
        for place, (name, one) in enumerate(value):
            names.append(_whole(name))
            text = _text(one)
            cells.append(text or "")
            if text is None and wrong is None:
                reason = say(N_("This must be a text, a number, or a list of texts."))
                wrong = (place, reason)
        yield Record(number, tuple(names), cells, wrong)


def _text(value: Any) -> str | None:
    """A value as the text of a cell; None where it cannot be one."""
    match value:
        case None:
            return ""
        case str():
            return _whole(value)
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return str(value)
        case _Object():
            return _encoded(value)
        case list() if all(isinstance(one, str) for one in value):
            return _whole("|".join(value))
    return None


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON can write and nobody can keep."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _encoded(value: _Object) -> str | None:
    """An object in a cell, such as the facts of an act."""
    try:
        return msgspec.json.encode(_plain(value)).decode()
    except (RecursionError, UnicodeEncodeError, OverflowError, msgspec.MsgspecError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, _Object):
        return {name: _plain(one) for name, one in value}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
