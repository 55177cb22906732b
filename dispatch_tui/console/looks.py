"""What a terminal can show, by what it says of itself, and what the console makes of it."""

import re
from collections.abc import Mapping
from typing import Literal

from rich.color import ColorSystem

from dispatch_tui.console.shades import SHADES
from dispatch_tui.preferences import Colors, Switch, ThemeName, Traffic

Shown = Literal["none", "16", "256", "truecolor"]

SYSTEMS: Mapping[Shown, ColorSystem] = {
    "16": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}
"""What Rich calls the numbers of colours."""

_COLOURLESS = re.compile(r"vt(?!525)\d+(-.*)?|.*-m(ono)?|ansi-m.*|dumb|")
"""Values of TERM, whole, of terminals that have no colours; terminfo says the same of them."""
_MANY = re.compile(r".*[-+](256color|kitty)|.*-direct")
_LIGHT = re.compile(r".*;(7|15)")
"""Values of COLORFGBG, which some terminals set: text, and behind it a ground that is light."""


def colors_of(
    environment: Mapping[str, str], wanted: Colors = "auto", *, low: bool = False
) -> Shown:
    """Return how many colours are used: what is wanted, else what the terminal has.

    Low traffic goes without the longest of all codes. NO_COLOR holds where nothing is said in the
    file of settings (no-color.org).
    """
    if wanted != "auto":
        return wanted
    term = environment.get("TERM", "").strip().lower()
    if environment.get("NO_COLOR") or _COLOURLESS.fullmatch(term):
        return "none"
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "256" if low else "truecolor"
    return "256" if _MANY.fullmatch(term) else "16"


def theme_for(
    colors: Shown, wanted: ThemeName = "auto", environment: Mapping[str, str] | None = None
) -> str:
    """Return the theme that is shown in so many colours: what is wanted, else what suits them.

    Without colours no theme differs from another, and the terminal's own text and ground serve.
    In 16 colours the terminal's own are shown: shades cut down to them cannot be told any more.
    """
    if colors == "none":
        return "ansi-dark"
    if wanted in SHADES and (colors != "16" or SHADES[wanted].ansi):
        return wanted
    if colors == "16":
        light = _LIGHT.fullmatch((environment or {}).get("COLORFGBG", ""))
        return "ansi-light" if light else "ansi-dark"
    return "dispatch-dark"


def mouse_on(wanted: Switch, *, remote: bool) -> bool:
    """Return whether the mouse is heard: over a line it costs bytes with every move."""
    return wanted == "on" or (wanted == "auto" and not remote)


def low_traffic(wanted: Traffic, *, remote: bool) -> bool:
    """Return whether nothing is drawn that nobody needs."""
    return wanted == "low" or (wanted == "auto" and remote)
