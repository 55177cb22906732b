"""A report as plain text: for a terminal, a message, a printer of lines."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from dispatch_tui.domain.report import ReportFile
from dispatch_tui.reports.content import page_of
from dispatch_tui.reports.page import Block, Change, Page, Row, Table
from dispatch_tui.reports.wrapping import narrowest, wrapped
from dispatch_tui.words.columns import GAP, pad, width
from dispatch_tui.words.speaker import Speaker

WIDTH = 80
NARROWEST = 40
LABELS = 28
"""Cells for labels; a longer one has a line to itself."""
BLANK = "_" * 24
"""Where something is filled in by hand."""


def text_of(file: ReportFile, speaker: Speaker, cells: int = WIDTH) -> str:
    """Return the report as lines of at most so many cells, and never fewer than 40."""
    page = page_of(file, speaker)
    return "\n".join(_lines(page, max(cells, NARROWEST))) + "\n"


def _lines(page: Page, cells: int) -> Iterator[str]:
    yield from wrapped(f"{page.title}  {page.number}  [{page.state}]", cells)
    yield "=" * cells
    if page.warning:
        yield from wrapped(page.warning, cells)
        yield from (line for one in page.lacking for line in _hung(f"- {one}", cells))
        yield ""
    yield from _rows(page.head, cells)
    for block in page.blocks:
        yield from _block(block, page.pair, cells)
    if page.changes:
        yield from _title(page.changes_title, cells)
        for change in page.changes:
            yield from _change(change, cells)
    if page.signatures:
        yield from _title(page.signatures_title, cells)
    for signature in page.signatures:
        yield from wrapped(signature.title, cells)
        yield from _rows(signature.rows, cells)
    yield "-" * cells
    for sentence in page.closing:
        yield from wrapped(sentence, cells)


def _title(title: str, cells: int) -> Iterator[str]:
    yield ""
    yield from wrapped(title, cells)
    yield "-" * cells


def _block(block: Block, pair: str, cells: int) -> Iterator[str]:
    amended = f"  [{block.amended}]" if block.amended else ""
    yield from _title(f"{block.no} {block.title}{amended}", cells)
    yield from _rows(block.rows, cells)
    for note in block.notes:
        yield from wrapped(note, cells)
    for table in block.tables:
        if block.titled:
            yield from wrapped(table.title, cells)
        yield from _table(table, pair, cells)


def _rows(rows: tuple[Row, ...], cells: int) -> Iterator[str]:
    column = min(max((width(row.label) for row in rows), default=0), LABELS, cells // 2)
    for row in rows:
        label = row.label
        if width(label) > column:
            yield from wrapped(label, cells)
            label = ""
        for line in wrapped(row.value or BLANK, cells - column - len(GAP)):
            yield f"{pad(label, column)}{GAP}{line}".rstrip()
            label = ""


def _table(table: Table, pair: str, cells: int) -> Iterator[str]:
    """A table in columns where no word has to be broken for it; else each row value by value."""
    lines = [table.columns, *table.rows]
    widths = _widths(lines, cells)
    if not widths:
        for row in table.rows:
            told = zip(table.columns, row, strict=True)
            said = "; ".join(pair.format(label=column, value=cell) for column, cell in told)
            yield from _hung(f"- {said}", cells)
        return
    for line in lines:
        columns = [wrapped(cell, wide) for cell, wide in zip(line, widths, strict=True)]
        for parts in zip_longest(*columns, fillvalue=""):
            cut_to = zip(parts, widths, strict=True)
            yield GAP.join(pad(part, wide) for part, wide in cut_to).rstrip()
        if line is table.columns:
            yield GAP.join("-" * wide for wide in widths)


def _widths(lines: Sequence[tuple[str, ...]], cells: int) -> list[int]:
    """How wide each column is, the longest ones cut down first; none where they do not fit."""
    columns = list(zip(*lines, strict=True))
    least = [max(map(narrowest, column)) for column in columns]
    widths = [
        max(width(part) for cell in column for part in cell.split("\n")) for column in columns
    ]
    room = cells - len(GAP) * (len(columns) - 1)
    if sum(least) > room:
        return []
    while sum(widths) > room:
        spare = [wide - low for wide, low in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _hung(text: str, cells: int) -> Iterator[str]:
    """Lines of which all but the first stand to the right."""
    first, *rest = wrapped(text, cells - len(GAP))
    yield first
    yield from (GAP + line for line in rest)


def _change(change: Change, cells: int) -> Iterator[str]:
    yield from wrapped(change.title, cells)
    yield from wrapped(change.told, cells)
    yield from wrapped(change.was_title, cells)
    for line in change.was:
        yield from (GAP + one for one in wrapped(line, cells - len(GAP)))
    yield from wrapped(change.now_title, cells)
    yield from (GAP + one for one in wrapped(change.now, cells - len(GAP)))
