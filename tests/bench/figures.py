"""Figures in aligned tables, for people."""

import sys
from collections.abc import Sequence
from statistics import median

from rich.cells import cell_len

FIRST, REST = 44, 14


def heading(*words: str) -> None:
    """Print the heads of columns."""
    line(*words)
    line(*("-" * cell_len(one) for one in words))


def line(first: str, *rest: str) -> None:
    """Print what was measured, and its figures."""
    shown = first + " " * (FIRST - cell_len(first)) + "".join(f"{one:>{REST}}" for one in rest)
    sys.stdout.write(shown + "\n")
    sys.stdout.flush()


def ms(seconds: Sequence[float]) -> str:
    """Return the median of times in milliseconds."""
    return f"{median(seconds) * 1000:.1f} ms"


def ratio(ours: Sequence[float], floor: Sequence[float]) -> str:
    """Return how many times as long ours takes, by the medians."""
    return f"{median(ours) / median(floor):.2f} x"


def size(count: float) -> str:
    """Return a number of bytes."""
    return f"{count:,.0f} B"
