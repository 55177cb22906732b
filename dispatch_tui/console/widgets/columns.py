"""Columns whose widths follow from the terminal's width alone, so that they never jump."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from dispatch_tui.console.widgets.cells import Align

GAP = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column with a translated title; where room is short the lowest priority drops out first."""

    key: str
    title: str
    width: int
    min_width: int | None = None
    """How far it may shrink before a column drops out; None: not at all."""
    grow: int = 0
    """Its share of the room that is left over."""
    align: Align = "left"
    priority: int = 0

    @property
    def least(self) -> int:
        """The fewest cells that it can be drawn in."""
        return self.width if self.min_width is None else min(self.min_width, self.width)


class Placed(NamedTuple):
    """A column that has got room."""

    cell: int
    """Which of a row's cells it shows."""
    column: Column
    start: int
    width: int


def arrange(columns: Sequence[Column], available: int) -> tuple[Placed, ...]:
    """Return the columns that have room in this many cells, each with its place and width."""
    kept = list(enumerate(columns))
    while len(kept) > 1 and sum(column.least + GAP for _, column in kept) - GAP > available:
        kept.remove(min(kept, key=lambda item: (item[1].priority, -item[0])))
    if not kept:
        return ()
    widths = [column.width for _, column in kept]
    room = max(0, available - GAP * (len(kept) - 1))
    spare = room - sum(widths)
    if spare >= 0:
        weights = [column.grow for _, column in kept]
    else:
        weights = [column.width - column.least for _, column in kept]
    widths = [width + share for width, share in zip(widths, _shares(spare, weights), strict=True)]
    starts = accumulate((width + GAP for width in widths), initial=0)
    return tuple(
        Placed(cell, column, start, min(width, room))
        for (cell, column), start, width in zip(kept, starts, widths, strict=False)
    )


def _shares(amount: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number by weight without a rest."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    bounds = [amount * weight // total for weight in accumulate(weights, initial=0)]
    return [upper - lower for lower, upper in pairwise(bounds)]
