"""What is to be seen: a grid of cells, filled strip by strip as the screen is laid out."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rich.cells import get_character_cell_size, split_graphemes
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from dispatch_tui.console.terminal.pens import PLAIN, Pen, pen_of

BLANK = " "
RIGHT_HALF = ""
"""What stands in the second cell of a wide character."""


class Canvas:
    """A grid of cells, each a text and a pen; a wide character has two.

    `changed` are the numbers of the lines that were not drawn since they changed.
    """

    def __init__(self, width: int, height: int, colours: ColorSystem | None) -> None:
        self.width = width
        self.height = height
        self.texts = [[BLANK] * width for _ in range(height)]
        self.pens = [[PLAIN] * width for _ in range(height)]
        self.changed = set(range(height))
        self._colours = colours

    def take(self, update: LayoutUpdate | ChopsUpdate) -> None:
        """Draw an update of the screen."""
        if isinstance(update, LayoutUpdate):
            for y, line in enumerate(update.strips, update.region.y):
                self.put(update.region.x, y, line)
            return
        for y, left, right in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is None or x > right or end <= left:
                    continue
                whole = left <= x < right and end <= right
                self.put(x, y, [strip if whole else strip.crop(0, min(end, right) - x)])

    def put(self, x: int, y: int, strips: Iterable[Strip]) -> None:
        """Draw strips one after the other; what is outside is left out."""
        if not 0 <= y < self.height or not 0 <= x < self.width:
            return
        texts: list[str] = []
        pens: list[Pen] = []
        for strip in strips:
            for text, style, _ in strip:
                pen = PLAIN if style is None else pen_of(style, self._colours)
                cells = list(text) if text.isascii() else cells_of(text)
                texts += cells
                pens += [pen] * len(cells)
        room = self.width - x
        if len(texts) > room:
            if texts[room] == RIGHT_HALF:
                texts[room - 1] = BLANK
            del texts[room:], pens[room:]
        self._replace(x, y, texts, pens)

    def _replace(self, x: int, y: int, texts: list[str], pens: list[Pen]) -> None:
        end = x + len(texts)
        line, line_pens = self.texts[y], self.pens[y]
        if line[x:end] == texts and line_pens[x:end] == pens:
            return
        if line[x] == RIGHT_HALF:
            line[x - 1] = BLANK
        if end < self.width and line[end] == RIGHT_HALF:
            line[end] = BLANK
        line[x:end], line_pens[x:end] = texts, pens
        self.changed.add(y)


@lru_cache(maxsize=1024)
def cells_of(text: str) -> tuple[str, ...]:
    """Return the cells of a text: marks stand with their letters, wide ones fill two."""
    found: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        if width:
            found += (text[start:end], *[RIGHT_HALF] * (width - 1))
    return tuple(found)


@lru_cache(maxsize=4096)
def is_sure(text: str) -> bool:
    """Whether every terminal gives a cell's text the same width: one character, as Unicode says."""
    if len(text) != 1:
        return text == RIGHT_HALF
    wide = unicodedata.east_asian_width(text) in "WF"
    return get_character_cell_size(text) == (2 if wide else 1)
