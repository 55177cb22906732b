"""What a role of text looks like, from the theme's colours, and the signs in force.

Component classes would say the same, but each costs every widget a run of the style sheet: of
what a start takes, they were the largest part.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from dispatch_tui.words.glyphs import ASCII, Glyphs


class Look(NamedTuple):
    """The theme's variables for the text and, where it has one of its own, the ground."""

    color: str
    ground: str = ""
    bold: bool = False


LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "normal": Look("level-normal"),
        "watch": Look("level-watch"),
        "near": Look("level-near"),
        "critical": Look("level-critical", bold=True),
        "breached": Look("level-breached", bold=True),
        "emergency": Look("emergency", "emergency-background", bold=True),
        "good": Look("good"),
        "muted": Look("muted"),
        "strong": Look("strong", bold=True),
        "accent": Look("accent"),
        "heading": Look("accent", bold=True),
        "header": Look("muted"),
        "empty": Look("muted"),
        "cursor": Look("selection-text", "selection", bold=True),
        "cursor-blurred": Look("selection-blurred-text", "selection-blurred"),
    }
)
"""What the role of a span or a cell may be, and the parts of a table itself."""


def style_of(widget: Widget, role: str) -> Style:
    """Return the style of a role on the ground of a widget; an unknown role is its plain text."""
    plain = widget.rich_style
    look = LOOKS.get(role)
    if look is None:
        return plain
    colors = widget.app.theme_variables
    return plain + Style(
        color=Color.parse(colors[look.color]).rich_color,
        bgcolor=Color.parse(colors[look.ground]).rich_color if look.ground else None,
        bold=look.bold or None,
    )


def glyphs_of(widget: Widget) -> Glyphs:
    """Return the signs of the app that a widget is in; one that has no choice of them has ASCII."""
    found = getattr(widget.app, "glyphs", ASCII)
    assert isinstance(found, Glyphs)
    return found
