"""Rows of text for a table, and text cut and padded to terminal cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, get_character_cell_size

from dispatch_tui.domain.text import clean_line
from dispatch_tui.words.glyphs import ASCII

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and the role that it is drawn in, such as ``near`` or ``muted``."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one thing, which is known by its key and never by its place."""

    key: str
    cells: tuple[Cell, ...]


class KeyedRows:
    """Rows in their order, found by key."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = tuple(rows)
        self._places = {row.key: place for place, row in enumerate(self._rows)}
        if len(self._places) != len(self._rows):
            raise ValueError("two rows have the same key")

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> Row:
        return self._rows[place]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def place(self, key: str) -> int:
        """Return where the row with this key stands now."""
        return self._places[key]

    def nearest(self, key: str, others: "KeyedRows") -> str | None:
        """Return the key itself or its nearest neighbour here that is in the others as well."""
        start = self._places[key]
        for place in _outward(start, len(self._rows)):
            if self._rows[place].key in others:
                return self._rows[place].key
        return None


def _outward(start: int, count: int) -> Iterator[int]:
    """Yield the start, then the places below and above it, nearer ones first."""
    yield start
    for distance in range(1, count):
        if start + distance < count:
            yield start + distance
        if start - distance >= 0:
            yield start - distance


def fit(text: str, width: int, align: Align = "left", *, cut: str = ASCII.cut) -> str:
    """Return the cleaned text in exactly this many cells, padded, or with `cut` at its end."""
    if width <= 0:
        return ""
    text = clean_line(text)
    if cell_len(text) > width:
        text = _cut(text, width - 1) + cut
    padding = " " * (width - cell_len(text))
    return padding + text if align == "right" else text + padding


def _cut(text: str, width: int) -> str:
    """Return as many whole characters, with their combining marks, as go into the width."""
    for index, char in enumerate(text):
        width -= get_character_cell_size(char)
        if width < 0:
            return text[:index]
    return text
