"""What stands on the terminal, and the fewest bytes that make it what is to be seen."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dispatch_tui.console.terminal.canvas import BLANK, RIGHT_HALF, Canvas, is_sure
from dispatch_tui.console.terminal.kinds import Kind
from dispatch_tui.console.terminal.moves import move
from dispatch_tui.console.terminal.pens import PLAIN, Pen, change

WORTH_ERASING = 12
"""So many blanks in a line cost more than erasing them and moving on."""

_END_OF_LINE = 4


class Shadow:
    """A copy of what was written to a terminal of one kind; it starts as unknown."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._texts: list[list[str]] = []
        self._pens: list[list[Pen]] = []
        self._pen: Pen | None = None
        self._at: tuple[int, int] | None = None
        self._out: list[str] = []
        self._known = False

    def forget(self) -> None:
        """Take nothing for granted: somebody else may have written, or the size has changed."""
        self._known = False

    def draw(self, canvas: Canvas, cursor: tuple[int, int]) -> str:
        """Return what shows the canvas and puts the cursor in its place, "" if all stands."""
        self._out = []
        changed: Sequence[int] = sorted(canvas.changed)
        if not self._known:
            self._clear(canvas)
            changed = range(canvas.height)
        for y in changed:
            self._draw_line(y, canvas.texts[y], canvas.pens[y])
        canvas.changed.clear()
        self._go(*cursor)
        return "".join(self._out)

    def _clear(self, canvas: Canvas) -> None:
        grounds = Counter(
            pen.ground
            for texts, pens in zip(canvas.texts, canvas.pens, strict=True)
            for text, pen in zip(texts, pens, strict=True)
            if text == BLANK and self._erases_to(pen)
        )
        ground = grounds.most_common(1)[0][0] if grounds else PLAIN
        self._pen = self._at = None
        self._use(ground)
        self._out.append("\x1b[2J")
        self._texts = [[BLANK] * canvas.width for _ in range(canvas.height)]
        self._pens = [[ground] * canvas.width for _ in range(canvas.height)]
        self._known = True

    def _draw_line(self, y: int, texts: list[str], pens: list[Pen]) -> None:
        old_texts, old_pens = self._texts[y], self._pens[y]
        if texts == old_texts and pens == old_pens:
            return
        columns = _changed(texts, old_texts, pens, old_pens)
        if not ("".join(texts).isascii() and "".join(old_texts).isascii()):
            columns = _up_to_the_end(columns, texts, old_texts)
        tail = self._tail(texts, pens)
        late = sum(1 for x in columns if x >= tail)
        erased = late > _END_OF_LINE
        if erased:
            first = next(x for x in columns if x >= tail)
            columns = columns[: len(columns) - late]
        for start, end in self._runs(columns, texts, pens):
            self._write(y, start, end, texts, pens)
        if erased:
            self._go(first, y)
            self._use_ground(pens[first].ground, PLAIN)
            self._out.append("\x1b[K")
        old_texts[:], old_pens[:] = texts, pens

    def _tail(self, texts: list[str], pens: list[Pen]) -> int:
        """Where the blanks begin that can be erased up to the end of the line."""
        x = len(texts)
        ground = pens[-1].ground
        if not self._erases_to(pens[-1]):
            return x
        while x and texts[x - 1] == BLANK and pens[x - 1].ground is ground:
            x -= 1
        return x

    def _runs(
        self, columns: list[int], texts: list[str], pens: list[Pen]
    ) -> Iterator[tuple[int, int]]:
        """Join what changed over gaps that are shorter to write again than to pass over."""
        place = 0
        while place < len(columns):
            start = last = columns[place]
            place += 1
            while place < len(columns) and (
                columns[place] == last + 1 or _is_near(last, columns[place], texts, pens)
            ):
                last = columns[place]
                place += 1
            end = last + 1
            while end < len(texts) and texts[end] == RIGHT_HALF:
                end += 1
            yield start, end

    def _write(self, y: int, start: int, end: int, texts: list[str], pens: list[Pen]) -> None:
        x = start
        while x < end:
            self._go(x, y)
            if texts[x] == BLANK:
                x = self._write_blanks(y, x, end, texts, pens)
                continue
            self._use(pens[x])
            x = self._write_text(y, x, end, texts, pens)

    def _write_text(self, y: int, x: int, end: int, texts: list[str], pens: list[Pen]) -> int:
        """Write the text of one pen from a column on; returns the column after it."""
        after, pen, sure = x, pens[x], True
        while after < end and sure and texts[after] != BLANK and pens[after] is pen:
            sure = is_sure(texts[after])
            after += 1
        while after < end and texts[after] == RIGHT_HALF:
            after += 1
        self._out += texts[x:after]
        # Terminals differ about where the cursor is at the right edge, and after some texts.
        self._at = (after, y) if after < len(texts) and sure else None
        return after

    def _write_blanks(self, y: int, x: int, end: int, texts: list[str], pens: list[Pen]) -> int:
        """Write the blanks of one ground from a column on; returns the column after them."""
        after, ground = x, pens[x].ground
        while after < end and texts[after] == BLANK and pens[after].ground is ground:
            after += 1
        following = pens[after] if after < end else ground
        self._use_ground(ground, following)
        if after - x >= WORTH_ERASING and self._kind.erases_characters and self._erases_to(ground):
            self._out.append(f"\x1b[{after - x}X")
        else:
            self._out.append(BLANK * (after - x))
            self._at = (after, y) if after < len(texts) else None
        return after

    def _use_ground(self, ground: Pen, following: Pen) -> None:
        """Take a pen for blanks, that of the text after them if it will do."""
        if self._pen is None or self._pen.ground is not ground:
            self._use(following if following.ground is ground else ground)

    def _erases_to(self, pen: Pen) -> bool:
        ground = pen.ground
        return not ground.attributes and (self._kind.paints_erased or ground is PLAIN)

    def _use(self, pen: Pen) -> None:
        self._out.append(change(self._pen, pen, whole=not self._kind.changes_pens))
        self._pen = pen

    def _go(self, x: int, y: int) -> None:
        self._out.append(move(self._at, (x, y)))
        self._at = (x, y)


def _changed(
    texts: list[str], old_texts: list[str], pens: list[Pen], old_pens: list[Pen]
) -> list[int]:
    """The columns that look other than before: of a blank only the ground is seen."""
    return [
        x
        for x, (text, old, pen, old_pen) in enumerate(
            zip(texts, old_texts, pens, old_pens, strict=True)
        )
        if text != old
        or (pen is not old_pen and (text != BLANK or pen.ground is not old_pen.ground))
    ]


def _up_to_the_end(columns: list[int], texts: list[str], old_texts: list[str]) -> list[int]:
    """These columns, and from the first whose width is in doubt all to the end of the line."""
    for place, x in enumerate(columns):
        if not (is_sure(texts[x]) and is_sure(old_texts[x])):
            return [*columns[:place], *range(x, len(texts))]
    return columns


def _is_near(last: int, following: int, texts: list[str], pens: list[Pen]) -> bool:
    """Whether the gap costs no more to write again than to move over."""
    gap = range(last + 1, following)
    ground = pens[last].ground
    cost = 0
    for x in gap:
        alike = pens[x].ground is ground if texts[x] == BLANK else pens[x] is pens[last]
        if not alike:
            return False
        cost += len(texts[x].encode())
        if cost > 4:
            return False
    return True
