"""The signs that stand beside words, so that no state is told by colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dispatch_tui.domain.clocks import Level

SIGN_WIDTH = 2
"""Cells of the sign of a flag level."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs; every character of it is one cell wide."""

    levels: Mapping[str, str]
    """What stands beside the word of a flag level."""
    emergency: str
    adverse: str
    attention: str
    """Stands before a sentence that somebody has to do something about."""
    cursor: str
    """Stands before the row, or the field, that keys go to."""
    resting: str
    """Stands before the row that keys will go to once its list has the focus."""
    full: str
    free: str
    """Cells of a bar."""
    thumb: str
    cut: str
    """Ends a text that was cut."""
    before: str
    after: str
    """Stand at an end where there is more."""
    chosen: str
    """Within the brackets of the one that is chosen among several."""
    marked: str
    """Within the brackets of each that is marked."""

    def level(self, level: Level) -> str:
        """Return the sign of a flag level, "" for one that needs none."""
        return self.levels[level]


ASCII = Glyphs(
    levels=MappingProxyType(
        {"normal": "", "watch": ".", "near": "!", "critical": "!!", "breached": "X"}
    ),
    emergency="*",
    adverse="A",
    attention="!",
    cursor=">",
    resting="-",
    full="#",
    free=".",
    thumb="|",
    cut="~",
    before="<",
    after=">",
    chosen="*",
    marked="x",
)
"""One cell wide in every terminal and every font."""

UNICODE = Glyphs(
    levels=MappingProxyType(
        {"normal": "", "watch": "◦", "near": "▵", "critical": "▴", "breached": "✕"}
    ),
    emergency="✱",
    adverse="✚",
    attention="▵",
    cursor="▸",
    resting="▹",
    full="▰",
    free="▱",
    thumb="▐",
    cut="⋯",
    before="‹",
    after="›",
    chosen="◉",
    marked="✓",
)
"""None of them is of ambiguous width (UAX 11), as … ● ▲ █ are: those take two cells in a terminal
that is set to East Asian widths."""

GLYPHS: Mapping[str, Glyphs] = MappingProxyType({"ascii": ASCII, "unicode": UNICODE})
"""By the name that the file of settings gives them."""
