"""In which code page a text file is written: decided by what can be read without a fault."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from dispatch_tui.desk.bringing.records import Unreadable
from dispatch_tui.domain.message import N_, say

_BLOCK = 1 << 16
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CHINESE = "gb18030"
NAMES = {"utf-16": "UTF-16", _CHINESE: "GB18030"}
"""What a code page is called, where it is not the usual one."""


@contextmanager
def text_of(stream: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """A file as text, line ends as they are; the file is read through once for it.

    Raises `Unreadable` with the line of what belongs to no code page that is known here.
    """
    encoding = _encoding_of(stream)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _encoding_of(stream: BinaryIO) -> str:
    start = stream.read(4)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            if (line := _first_fault(stream, encoding)) is not None:
                raise Unreadable(line, say(N_("A character is broken here.")))
            return encoding
    line = _first_fault(stream, "utf-8")
    if line is None:
        return "utf-8"
    if _is_damaged_utf8(stream):
        raise Unreadable(line, say(N_("A character of this UTF-8 text is broken.")))
    if _first_fault(stream, _CHINESE) is None:
        return _CHINESE
    raise Unreadable(
        line,
        say(N_("This is neither UTF-8 nor GB18030 text: save the file as CSV UTF-8.")),
    )


def _first_fault(stream: BinaryIO, encoding: str) -> int | None:
    """The line of the first bytes that are no text in this code page."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    while True:
        block = stream.read(_BLOCK)
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return lines + bytes(error.object).count(b"\n", 0, error.start)
        if not block:
            return None
        lines += block.count(b"\n")


def _is_damaged_utf8(stream: BinaryIO) -> bool:
    """Whether most of what is not ASCII is good UTF-8: as another code page it would be garbage."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = broken = 0
    while block := stream.read(_BLOCK):
        text = decoder.decode(block)
        wrong = text.count("\N{REPLACEMENT CHARACTER}")
        good += sum(not char.isascii() for char in text) - wrong
        broken += wrong
    return good > broken
