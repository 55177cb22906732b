"""Terminals that answer when a program asks them something, well or badly."""

import os
import re
from collections.abc import Callable

from terminal import Terminal

_QUESTION = re.compile(rb"(\x1b\[6n|\x1b\[\?\d+\$p|\x1b\[\?u|\x1b\]11;\?\x1b\\|\x1b\[>0q|\x1b\[c)")


class Silent(Terminal):
    """Draws what it is told to, and never answers."""

    def _answer(self, text: str) -> None:
        """Keep it."""


class Answering(Terminal):
    """Answers each question as `answer` says, which is given the place of the cursor."""

    answer: Callable[[bytes, int], bytes]

    def _draw(self, data: bytes) -> None:
        for part in _QUESTION.split(data):
            if _QUESTION.fullmatch(part):
                assert self._screen is not None
                os.write(self._master, self.answer(part, self._screen.cursor.x))
            else:
                super()._draw(part)


class Modern(Answering):
    """A terminal of today with a dark ground."""

    def answer(self, question: bytes, place: int) -> bytes:  # type: ignore[override]
        """Answer truly."""
        return {
            b"\x1b[6n": b"\x1b[1;%dR" % (place + 1),
            b"\x1b[?2026$p": b"\x1b[?2026;2$y",
            b"\x1b[?1006$p": b"\x1b[?1006;2$y",
            b"\x1b[?u": b"\x1b[?0u",
            b"\x1b]11;?\x1b\\": b"\x1b]11;rgb:1414/1616/1a1a\x1b\\",
            b"\x1b[>0q": b"\x1bP>|Example(1.2)\x1b\\",
            b"\x1b[c": b"\x1b[?62;22;52c",
        }[question]


class EastAsian(Modern):
    """One with a light ground that draws ambiguous characters in two cells."""

    def answer(self, question: bytes, place: int) -> bytes:
        """Answer as such terminals do."""
        if question == b"\x1b]11;?\x1b\\":
            return b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
        if question == b"\x1b[6n":
            return b"\x1b[1;3R"
        return super().answer(question, place)


class Latin(Modern):
    """One that reads bytes as letters of one cell each."""

    def answer(self, question: bytes, place: int) -> bytes:
        """Answer as such terminals do."""
        return b"\x1b[1;4R" if question == b"\x1b[6n" else super().answer(question, place)


class Garbling(Answering):
    """One that answers every question with what nobody understands."""

    def answer(self, question: bytes, place: int) -> bytes:  # type: ignore[override]
        """Answer nonsense, some of it nearly right."""
        return (
            b"\x1b[;R\x1b[99999999999R\x1b]11;rgb:zz//\x07\x1bP>|\x00\xff\x9b\x1b[?;$y\x03\x1a\r\n"
        )
