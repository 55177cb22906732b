"""Bars of used time in plain characters."""


def bar(used: float, cells: int) -> str:
    """Return a bar of so many cells, as full as the part that is used up; full from 1.0 on."""
    full = max(0, min(cells, int(used * cells)))
    return "#" * full + "." * (cells - full)
