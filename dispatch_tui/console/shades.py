"""The colours that the console's themes are made of; says nothing of how they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shades:
    """The few colours that a whole theme is made of."""

    background: str
    surface: str
    panel: str
    text: str
    strong: str
    muted: str
    accent: str
    on_accent: str
    """Text on a ground of any hue, such as a button or the cursor of a field."""
    selection: str
    selection_text: str
    selection_blurred: str
    selection_blurred_text: str
    rule: str
    good: str
    watch: str
    near: str
    critical: str
    breached: str
    emergency: str
    emergency_background: str
    dark: bool
    ansi: bool = False
    """Whether the terminal says what its 16 colours look like."""


DARK = Shades(
    background="#14161a",
    surface="#1b1e22",
    panel="#24282d",
    text="#c8ccd0",
    strong="#ffffff",
    muted="#9aa1a8",
    accent="#87afd7",
    on_accent="#14161a",
    selection="#1d4f73",
    selection_text="#ffffff",
    selection_blurred="#303439",
    selection_blurred_text="#d8dce0",
    rule="#4a5058",
    good="#87af87",
    watch="#87afd7",
    near="#d7af5f",
    critical="#ff8f5f",
    breached="#ff6b6b",
    emergency="#ffffff",
    emergency_background="#a8123a",
    dark=True,
)
LIGHT = Shades(
    background="#f5f6f7",
    surface="#eceef0",
    panel="#e2e5e8",
    text="#23272b",
    strong="#000000",
    muted="#50565c",
    accent="#005a8c",
    on_accent="#f5f6f7",
    selection="#005a8c",
    selection_text="#ffffff",
    selection_blurred="#d3d7db",
    selection_blurred_text="#1c1f22",
    rule="#a8adb3",
    good="#1f5f2f",
    watch="#005a8c",
    near="#6b4c00",
    critical="#942e00",
    breached="#b00020",
    emergency="#ffffff",
    emergency_background="#b00020",
    dark=False,
)
CONTRAST = Shades(
    background="#000000",
    surface="#000000",
    panel="#262626",
    text="#ffffff",
    strong="#ffffff",
    muted="#d0d0d0",
    accent="#5fffff",
    on_accent="#000000",
    selection="#ffff00",
    selection_text="#000000",
    selection_blurred="#4e4e4e",
    selection_blurred_text="#ffffff",
    rule="#ffffff",
    good="#87ff87",
    watch="#5fffff",
    near="#ffff5f",
    critical="#ffaf5f",
    breached="#ff8787",
    emergency="#000000",
    emergency_background="#ff8787",
    dark=True,
)
ANSI_DARK = Shades(
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    text="ansi_default",
    strong="ansi_bright_white",
    muted="ansi_white",
    accent="ansi_bright_cyan",
    on_accent="ansi_black",
    selection="ansi_white",
    selection_text="ansi_black",
    selection_blurred="ansi_default",
    selection_blurred_text="ansi_bright_white",
    rule="ansi_bright_black",
    good="ansi_bright_green",
    watch="ansi_bright_cyan",
    near="ansi_bright_yellow",
    critical="ansi_bright_magenta",
    breached="ansi_bright_red",
    emergency="ansi_black",
    emergency_background="ansi_bright_red",
    dark=True,
    ansi=True,
)
ANSI_LIGHT = Shades(
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    text="ansi_default",
    strong="ansi_black",
    muted="ansi_bright_black",
    accent="ansi_blue",
    on_accent="ansi_bright_white",
    selection="ansi_blue",
    selection_text="ansi_bright_white",
    selection_blurred="ansi_default",
    selection_blurred_text="ansi_black",
    rule="ansi_bright_black",
    good="ansi_blue",
    watch="ansi_blue",
    near="ansi_magenta",
    critical="ansi_red",
    breached="ansi_red",
    emergency="ansi_bright_white",
    emergency_background="ansi_red",
    dark=False,
    ansi=True,
)

SHADES: Mapping[str, Shades] = MappingProxyType(
    {
        "dispatch-dark": DARK,
        "dispatch-light": LIGHT,
        "high-contrast": CONTRAST,
        "ansi-dark": ANSI_DARK,
        "ansi-light": ANSI_LIGHT,
    }
)
"""By the names of the themes."""
