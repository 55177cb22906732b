"""Text broken into lines of terminal cells, Chinese and Latin alike."""

import re

from dispatch_tui.words.columns import width

_CLOSING = "，。、；：！？）」』】》〉”’…"
_WIDE = "\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_ATOM = re.compile(rf"\s+|[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+")
"""Where a line may break: at blanks and about Chinese characters, but before no closing mark."""


def wrapped(text: str, cells: int) -> list[str]:
    """Return the lines of a text, each at most so many cells wide; its own breaks are kept."""
    return [line for part in text.split("\n") for line in _paragraph(part, cells)]


def narrowest(text: str) -> int:
    """Return in how many cells a text can stand without a word broken in two."""
    return max(
        (width(match[0]) for match in _ATOM.finditer(text) if not match[0].isspace()), default=0
    )


def _paragraph(text: str, cells: int) -> list[str]:
    lines, line = [], ""
    for match in _ATOM.finditer(text):
        atom = match[0]
        if atom.isspace():
            line += atom
            continue
        if width(line + atom) > cells:
            lines.append(line.rstrip())
            line = ""
        while width(atom) > cells:
            place = _place(atom, cells)
            lines.append(atom[:place])
            atom = atom[place:]
        line += atom
    return [one for one in (*lines, line.rstrip()) if one] or [""]


def _place(word: str, cells: int) -> int:
    """After how many characters a word too wide for a line is broken."""
    used = 0
    for place, char in enumerate(word):
        used += width(char)
        if used > cells:
            return max(place, 1)
    return len(word)
