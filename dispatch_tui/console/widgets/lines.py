"""Lines of a table turned into strips, with as few colour changes as the text allows."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from dispatch_tui.console.widgets.cells import Row, fit
from dispatch_tui.console.widgets.columns import GAP, Column, Placed, arrange
from dispatch_tui.words.glyphs import ASCII, Glyphs

MARGIN = 2
"""Cells for the sign before the row under the cursor, which is seen without colour."""
THUMB_CELLS = 1
CACHED_STRIPS = 1024


class Line(NamedTuple):
    """All that the look of one screen line depends on, besides its width."""

    row: Row | None = None
    role: str = ""
    text: str = ""
    thumb: bool = False

    @property
    def has_cursor(self) -> bool:
        """Whether the row is the one under the cursor."""
        return self.row is not None and self.role != ""


class Painter:
    """Draws lines and remembers the strips."""

    def __init__(
        self,
        columns: Sequence[Column],
        style_of: Callable[[str], Style],
        glyphs: Callable[[], Glyphs] = lambda: ASCII,
    ) -> None:
        self._glyphs = glyphs
        self._columns = tuple(columns)
        self._style_of = style_of
        self._strips: LRUCache[tuple[object, ...], tuple[Line, Strip]] = LRUCache(CACHED_STRIPS)
        self._placed = lru_cache(4)(self._place)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Draw other columns from now on."""
        self._columns = tuple(columns)
        self._placed.cache_clear()
        self._strips.clear()

    def forget(self) -> None:
        """Draw everything anew, since colours or signs are other ones."""
        self._strips.clear()

    def strip(self, line: Line, width: int) -> Strip:
        """Return the strip of a line in exactly this many cells."""
        key = (line.row.key if line.row else None, line.role, line.text, line.thumb, width)
        known = self._strips.get(key)
        if known is not None and known[0] == line:
            return known[1]
        segments = [Segment(text, style) for style, text in self._runs(line, width)]
        strip = Strip(segments, sum(cell_len(segment.text) for segment in segments))
        strip = strip.crop(0, width)
        self._strips[key] = (line, strip)
        return strip

    def changed_width(self, old: Line | None, new: Line, width: int) -> int:
        """Return how many cells from the left have to be drawn to turn one line into the other."""
        if old is None or old.row is None or new.row is None or old[1:] != new[1:]:
            return width
        before, after = old.row.cells, new.row.cells
        if len(before) != len(after):
            return width
        changed = (
            MARGIN + start + cells
            for cell, _, start, cells in self._placed(width)
            if cell < len(after) and before[cell] != after[cell]
        )
        return min(width, max(changed, default=0))

    def cell_at(self, x: int, width: int) -> int | None:
        """Return which cell of a row stands there in a line of this width, None for none."""
        for cell, _, start, cells in self._placed(width):
            if start <= x - MARGIN < start + cells:
                return cell
        return None

    def _place(self, width: int) -> tuple[Placed, ...]:
        return arrange(self._columns, width - MARGIN - GAP - THUMB_CELLS)

    def _runs(self, line: Line, width: int) -> Iterator[tuple[Style, str]]:
        """Yield styled texts; neighbours of one style, and blanks, are joined."""
        current: Style | None = None
        texts: list[str] = []
        for role, text in self._pieces(line, width):
            style = self._style_of(role)
            if current is None or (style.bgcolor == current.bgcolor and not "".join(texts).strip()):
                current = style
            elif style != current and not (text.isspace() and style.bgcolor == current.bgcolor):
                yield current, "".join(texts)
                current, texts = style, []
            texts.append(text)
        if current is not None:
            yield current, "".join(texts)

    def _pieces(self, line: Line, width: int) -> Iterator[tuple[str, str]]:
        glyphs = self._glyphs()
        if line.row is None and line.role != "header":
            text = fit(line.text, min(width, cell_len(line.text)), cut=glyphs.cut)
            yield line.role, text.center(width - cell_len(text) + len(text))
            return
        yield line.role, self._sign(line).ljust(MARGIN)
        used = MARGIN
        for cell, column, _, cells in self._placed(width):
            role, text = line.role, column.title
            if line.row is not None:
                shown = line.row.cells[cell] if cell < len(line.row.cells) else None
                role = line.role or (shown.style if shown else "")
                text = shown.text if shown else ""
            text = fit(text, cells, column.align, cut=glyphs.cut)
            yield from _padded(role, line.role, text)
            yield line.role, " " * GAP
            used += cells + GAP
        yield line.role, " " * max(0, width - used - THUMB_CELLS)
        yield ("muted", glyphs.thumb) if line.thumb else (line.role, " " * THUMB_CELLS)

    def _sign(self, line: Line) -> str:
        if not line.has_cursor:
            return ""
        return self._glyphs().cursor if line.role == "cursor" else self._glyphs().resting


def _padded(role: str, around: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in its role and the blanks about it in that of the line."""
    body = text.strip(" ")
    if not body:
        yield around, text
        return
    start = text.index(body)
    for piece_role, piece in (
        (around, text[:start]),
        (role, body),
        (around, text[start + len(body) :]),
    ):
        if piece:
            yield piece_role, piece
