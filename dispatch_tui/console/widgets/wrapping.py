"""Paragraphs of styled text wrapped to terminal cells, Chinese and Latin alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from rich.cells import cell_len

from dispatch_tui.console.widgets.cells import fit
from dispatch_tui.domain.text import clean_text
from dispatch_tui.words.glyphs import ASCII

_CLOSING = "，。、；：！？）」』】》〉”’…"
_ATOM = re.compile(
    rf"\n|[^\S\n]+|[\u2e80-\uffef][{_CLOSING}]*|[^\s\u2e80-\uffef{_CLOSING}]+[{_CLOSING}]*|[{_CLOSING}]+"
)
"""Where a line may break: at blanks and about Chinese characters, but before no closing mark."""


@dataclass(frozen=True, slots=True)
class Span:
    """A text, the role that it is drawn in, and what a click on it does: an action of the screen.

    That action is never made of what people typed.
    """

    text: str
    role: str = ""
    click: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans in a row; what does not fit goes on below, `indent` cells from the left."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    end: Span | None = None
    """Stands at the right edge of the first line."""
    wrap: bool = True
    """Whether what does not fit goes on below; else it is cut."""


Drawn = tuple[Span, ...]
"""One line, without blanks at its end."""


def line(
    *spans: Span | str, indent: int = 0, end: Span | None = None, wrap: bool = True
) -> Paragraph:
    """Return a paragraph of spans; a bare text is one without a role."""
    made = tuple(Span(one) if isinstance(one, str) else one for one in spans)
    return Paragraph(made, indent=indent, end=end, wrap=wrap)


def wrapped(paragraph: Paragraph, width: int, cut: str = ASCII.cut) -> list[Drawn]:
    """Return the lines of a paragraph, each at most `width` cells wide; `cut` ends a cut one."""
    end = paragraph.end
    if end is not None:
        text, most = clean_span(end.text).replace("\n", " "), width * 2 // 3
        end = replace(end, text=text if cell_len(text) <= most else fit(text, most, cut=cut))
    room = width if end is None else width - cell_len(end.text) - 1
    if not paragraph.wrap:
        lines = [_cut(paragraph, max(0, room), cut)]
    else:
        lines = list(_filled(paragraph, max(1, room), width))
    if end is not None and room > 0:
        gap = Span(" " * (width - width_of(lines[0]) - cell_len(end.text)))
        lines[0] = _joined([*lines[0], gap, end])
    return lines


def width_of(drawn: Drawn) -> int:
    """Return how many cells a line takes."""
    return sum(cell_len(span.text) for span in drawn)


def common_cells(one: Drawn, other: Drawn) -> int:
    """Return how many cells at the left are the same in two lines."""
    pairs = zip(_cells(one), _cells(other), strict=False)
    same = takewhile(lambda pair: pair[0] == pair[1], pairs)
    return sum(cell_len(left[0]) for left, _ in same)


def _cells(drawn: Drawn) -> Iterator[tuple[str, str]]:
    for span in drawn:
        for char in span.text:
            yield char, span.role


def _filled(paragraph: Paragraph, room: int, width: int) -> Iterator[Drawn]:
    indent = [Span(" " * paragraph.indent)] if 0 < paragraph.indent < width - 4 else []
    current: list[Span] = []
    used = 0
    for span in paragraph.spans:
        for atom in _atoms(clean_span(span.text), width):
            if atom == "\n" or used + cell_len(atom) > room:
                if not atom.isspace() or atom == "\n":
                    yield _joined(current)
                    current, room = list(indent), width
                    used = width_of(tuple(current))
                if atom.isspace():
                    continue
            current.append(replace(span, text=atom))
            used += cell_len(atom)
    yield _joined(current)


def _atoms(text: str, width: int) -> Iterator[str]:
    for atom in _ATOM.findall(text):
        if cell_len(atom) > width // 2 and not atom.isspace():
            yield from atom
        else:
            yield atom


def _cut(paragraph: Paragraph, room: int, cut: str) -> Drawn:
    kept: list[Span] = []
    for span in paragraph.spans:
        text = clean_span(span.text).replace("\n", " ")
        if cell_len(text) > room:
            blank = len(text) - len(text.lstrip(" "))
            text = " " * min(blank, room) + fit(text, room - blank, cut=cut)
            return _joined([*kept, replace(span, text=text)])
        kept.append(replace(span, text=text))
        room -= cell_len(text)
    return _joined(kept)


def clean_span(text: str) -> str:
    """Return a text that is safe to draw, with the blanks at its edges."""
    if text.isascii() and text.isprintable():
        return text
    start, end = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    return " " * start + clean_text(text) + (" " * end if start < len(text) else "")


def _joined(spans: list[Span]) -> Drawn:
    """Join neighbours of one role, and drop blanks at the end."""
    joined: list[Span] = []
    for span in spans:
        if joined and (joined[-1].role, joined[-1].click) == (span.role, span.click):
            joined[-1] = replace(span, text=joined[-1].text + span.text)
        elif span.text:
            joined.append(span)
    while joined and not joined[-1].text.rstrip() and joined[-1].role != "emergency":
        joined.pop()
    return tuple(joined)
