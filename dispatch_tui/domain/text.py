"""Text from people: cleaned on entry, and once more before it is drawn."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

MAX_COMBINING_MARKS = 8
"""Marks kept on one base character; more would climb out of the line."""

_INVISIBLE = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
        *(*range(0x180B, 0x1810), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)),
        *range(0xE0000, 0xE1000),
    )
)
"""Fillers, joiners, variation selectors, tags: undrawn and misleading, yet no format characters."""

_PLAIN = re.compile("[ -~·°×–—‘’“”…℃、-】\u3400-\u4dbf\u4e00-\u9fff！-～]*")
"""What most texts are made of: it shows, and stays as it is whatever stands beside it."""

_BREAKS = {"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}


def clean_text(text: str) -> str:
    """Return the text without control, bidi and zero-width characters; breaks become ``\\n``."""
    if _PLAIN.fullmatch(text):
        return text.strip()
    drawn = _few_marks(_drawn(text.replace("\r\n", "\n")))
    return "".join(_few_marks(unicodedata.normalize("NFC", "".join(drawn)))).strip()


def _drawn(text: str) -> Iterator[str]:
    """The characters that show: no controls (Cc), no bidi or zero-width formatting (Cf)."""
    for raw in text:
        char = _BREAKS.get(raw, " " if raw == "\t" else raw)
        category = unicodedata.category(char)
        if category == "Cs":
            yield "\N{REPLACEMENT CHARACTER}"
        elif char == "\n" or (category not in ("Cc", "Cf") and ord(char) not in _INVISIBLE):
            yield char


def _few_marks(chars: Iterable[str]) -> Iterator[str]:
    """The characters without towers of marks, over whose square the time of NFC would grow."""
    marks = 0
    for char in chars:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MAX_COMBINING_MARKS:
            yield char


def clean_line(text: str) -> str:
    """Return the text as one clean line: every run of breaks becomes one space."""
    if _PLAIN.fullmatch(text):
        return text.strip()
    return " ".join(part for part in clean_text(text).split("\n") if part.strip())


def fold_width(text: str) -> str:
    """Return what was meant when an input method left full-width letters and digits (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def search_key(text: str) -> str:
    """Return the form in which names are compared: width folded, case folded, without spaces."""
    return "".join(fold_width(clean_line(text)).casefold().split())
