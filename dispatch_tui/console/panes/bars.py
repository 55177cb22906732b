"""Bars of used time."""

from dispatch_tui.words.glyphs import Glyphs


def bar(used: float, cells: int, glyphs: Glyphs) -> str:
    """Return a bar of so many cells, as full as the part that is used up; full from 1.0 on."""
    full = max(0, min(cells, int(used * cells)))
    return glyphs.full * full + glyphs.free * (cells - full)
