"""Text in aligned columns, where a Chinese character is two cells wide."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence

GAP = "  "


def width(text: str) -> int:
    """Return how many cells of a terminal a line of text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def cut(text: str, cells: int) -> str:
    """Return a line that takes at most so many cells, with … where something was left out."""
    if width(text) <= cells:
        return text
    kept, left = [], cells - 1
    for char in text:
        left -= _cells(char)
        if left < 0:
            break
        kept.append(char)
    return "".join(kept) + "…" if cells > 0 else ""


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Return a line filled up with blanks, on its left when it stands `right`."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def aligned(
    rows: Iterable[Sequence[str]], *, right: Collection[int] = (), cells: int = 0
) -> list[str]:
    """Return rows of cells as lines; the last column gives way where a line has only `cells`.

    Columns in `right` stand right; one that is empty in every row is left out.
    """
    rows = [tuple(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    shown = [index for index, wide in enumerate(widths) if wide]
    lines = []
    for row in rows:
        parts = [pad(row[index], widths[index], right=index in right) for index in shown]
        line = GAP.join(parts).rstrip()
        lines.append(cut(line, cells) if cells else line)
    return lines
