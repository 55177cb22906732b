"""Text from people: cleaned on entry, and once more before it is drawn."""

import unicodedata

MAX_COMBINING_MARKS = 8
"""Marks kept on one base character; more would climb out of the line."""

_INVISIBLE = frozenset(
    (
        *(0x00AD, 0x061C, 0x180E, 0xFEFF),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
        *(*range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0200)),
    )
)
"""Bidi controls, zero-width characters, variation selectors, tags: undrawn and misleading."""

_BREAKS = {"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}


def clean_text(text: str) -> str:
    """Return the text without control, bidi and zero-width characters; breaks become ``\\n``."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n")
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        char = _BREAKS.get(char, " " if char == "\t" else char)
        category = unicodedata.category(char)
        if category == "Cs":
            char, category = "\N{REPLACEMENT CHARACTER}", "So"
        if (char != "\n" and category == "Cc") or ord(char) in _INVISIBLE:
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MAX_COMBINING_MARKS:
            kept.append(char)
    return "".join(kept).strip()


def clean_line(text: str) -> str:
    """Return the text as one clean line: every run of breaks becomes one space."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return " ".join(part for part in clean_text(text).split("\n") if part.strip())


def fold_width(text: str) -> str:
    """Return what was meant when an input method left full-width letters and digits (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def search_key(text: str) -> str:
    """Return the form in which names are compared: width folded, case folded, without spaces."""
    return "".join(fold_width(clean_line(text)).casefold().split())
