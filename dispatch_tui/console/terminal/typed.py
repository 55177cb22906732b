"""What is typed at a terminal: bytes become keys, and each stays what it is whatever follows it."""

import codecs
import contextlib
import errno
import os
import select
from collections.abc import Generator, Iterable, Iterator
from threading import Event

from textual import events
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1, TokenCallback
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

LOOK_SECONDS = 0.1
"""How often it is looked whether a key is over, and whether anybody still wants to know."""

AT_ONCE = 4096
"""Bytes that are read in one piece."""

ESC = "\x1b"
_SEQUENCE = frozenset("[O\x7f" + ESC)
"""What is one key with an escape before it: sequences, alt+Backspace, and another escape."""

_ALONE = frozenset({"\x1bb", "\x1bf"})
"""How some keyboards move by a word; where other keys come along, it is Esc and a letter."""

_ALT_ENTER = "[13;3u"
"""What follows the escape where a terminal says in full that Enter was pressed with alt."""

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"

LONGEST_PASTE = 1_000_000
"""Characters of a pasted text beyond which its middle is dropped; no field takes so many."""


class NotUtf8(Message):
    """Bytes came that are no text."""


class KeyParser(XTermParser):
    """Textual's parser, for which keys that come together are the same as one after the other.

    After a stall of the line, "Esc 2" would be the letter ™. Nothing in a pasted text is a key.
    """

    _alone = False

    def feed(self, data: str) -> Iterable[Message]:
        """Take what came in one piece."""
        self._alone = data in _ALONE
        return super().feed(data)

    def parse_mouse_code(self, code: str) -> Message | None:
        """Read where the mouse is; in a terminal without a size it is nowhere."""
        try:
            return super().parse_mouse_code(code)
        except ZeroDivisionError:
            return None

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Read a key; numbers that no key has are none."""
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, sequence)]
        return [key for key in keys if not _is_half(key.character)]

    def parse(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """Let the base class parse, and tell it where an escape or a paste is over."""
        inner = super().parse(token_callback)
        request, tail, pasted = next(inner), "", ""
        while True:
            try:
                char = yield request
            except ParseTimeout as over:
                request, tail = inner.throw(over), ""
                continue
            except ParseEOF as over:
                with contextlib.suppress(StopIteration):
                    inner.throw(over)
                return
            told = char
            if tail == _PASTE:
                pasted += char
                if not pasted.endswith(_PASTED):
                    if len(pasted) > LONGEST_PASTE:
                        pasted = pasted[: LONGEST_PASTE // 2] + pasted[-len(_PASTED) :]
                    continue
                told = pasted.removesuffix(_PASTED).replace(ESC, "") + _PASTED
                tail = pasted = ""
            elif tail.endswith(ESC) and char == "\r":
                told, tail = _ALT_ENTER, ""
            else:
                if tail.endswith(ESC) and char not in _SEQUENCE and not self._alone:
                    inner.throw(ParseTimeout())
                tail = (tail + char)[-len(_PASTE) :]
            for one in told:
                request = inner.send(one)


def _is_half(character: str | None) -> bool:
    """Whether something is half of a character, which no text can hold."""
    return character is not None and any("\ud800" <= one <= "\udfff" for one in character)


def typed(descriptor: int, ended: Event) -> Iterator[Message]:
    """Tell what is typed until it has ended; raises `OSError` once the terminal has gone."""
    parser, decode = KeyParser(), codecs.getincrementaldecoder("utf-8")("replace").decode
    looking = select.poll()
    looking.register(descriptor, select.POLLIN)
    while not ended.is_set():
        if looking.poll(LOOK_SECONDS * 1000):
            data = os.read(descriptor, AT_ONCE)
            if not data:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            text = decode(data)
            if text.count("\ufffd") > data.count("\ufffd".encode()):
                yield NotUtf8()
            if text:
                yield from parser.feed(text)
        yield from parser.tick()
