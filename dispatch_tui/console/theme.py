"""The colours of the console: calm, few, and readable in RGB, in 256 and in 16 colours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from textual.app import App
from textual.theme import BUILTIN_THEMES, Theme

SIGNS: Mapping[str, str] = MappingProxyType(
    {"normal": "", "watch": ".", "near": "!", "critical": "!!", "breached": "X"}
)
"""What stands beside the word of a flag level, for those who see no colours."""
EMERGENCY_SIGN = "*"
ADVERSE_SIGN = "A"
SIGN_WIDTH = 2


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


def _own_variables(shades: Shades) -> dict[str, str]:
    """Return the variables that Textual does not know."""
    return {
        "level-normal": shades.text,
        "level-watch": shades.watch,
        "level-near": shades.near,
        "level-critical": shades.critical,
        "level-breached": shades.breached,
        "emergency": shades.emergency,
        "emergency-background": shades.emergency_background,
        "muted": shades.muted,
        "strong": shades.strong,
        "good": shades.good,
        "rule": shades.rule,
        "selection": shades.selection,
        "selection-text": shades.selection_text,
        "selection-blurred": shades.selection_blurred,
        "selection-blurred-text": shades.selection_blurred_text,
    }


def _textual_variables(shades: Shades) -> dict[str, str]:
    """Return Textual's variables whose derived values would be too faint."""
    text_on_selection = dict.fromkeys(
        (
            "block-cursor-foreground",
            "input-selection-foreground",
            "screen-selection-foreground",
            "link-color-hover",
        ),
        shades.selection_text,
    )
    selection = dict.fromkeys(
        (
            "block-cursor-background",
            "input-selection-background",
            "screen-selection-background",
            "link-background-hover",
        ),
        shades.selection,
    )
    text = dict.fromkeys(
        ("text", "footer-foreground", "footer-description-foreground", "button-foreground"),
        shades.text,
    )
    muted = dict.fromkeys(
        ("text-muted", "text-disabled", "foreground-muted", "foreground-disabled"), shades.muted
    )
    rules = dict.fromkeys(("border-blurred", "scrollbar"), shades.rule)
    tracks = dict.fromkeys(
        (
            "scrollbar-background",
            "scrollbar-background-hover",
            "scrollbar-background-active",
            "scrollbar-corner-color",
        ),
        shades.background,
    )
    return {
        **text_on_selection,
        **selection,
        **text,
        **muted,
        **rules,
        **tracks,
        "block-cursor-blurred-foreground": shades.selection_blurred_text,
        "block-cursor-blurred-background": shades.selection_blurred,
        "block-hover-background": shades.panel,
        "border": shades.accent,
        "scrollbar-hover": shades.accent,
        "scrollbar-active": shades.accent,
        "footer-background": shades.panel,
        "footer-key-foreground": shades.accent,
        "footer-key-background": shades.panel,
        "footer-description-background": shades.panel,
        "footer-item-background": shades.panel,
        "button-color-foreground": shades.on_accent,
        "input-cursor-background": shades.strong,
        "input-cursor-foreground": shades.on_accent,
        "text-primary": shades.accent,
        "text-secondary": shades.accent,
        "text-accent": shades.accent,
        "text-success": shades.good,
        "text-warning": shades.near,
        "text-error": shades.breached,
        **dict.fromkeys((f"{name}-muted" for name in _HUES), shades.panel),
    }


_HUES = ("primary", "secondary", "accent", "success", "warning", "error")


def _theme(name: str, shades: Shades, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=shades.accent,
        secondary=shades.accent,
        accent=shades.accent,
        success=shades.good,
        warning=shades.near,
        error=shades.breached,
        foreground=shades.text,
        background=shades.background,
        surface=shades.surface,
        panel=shades.panel,
        variables={**_textual_variables(shades), **_own_variables(shades)},
    )


def _ansi_theme(name: str, shades: Shades) -> Theme:
    """Return one of Textual's themes for 16 colours with what is too faint in it replaced."""
    base = BUILTIN_THEMES[name]
    variables = {**base.variables, **_textual_variables(shades), **_own_variables(shades)}
    return replace(
        base,
        primary=shades.accent,
        secondary=shades.accent,
        accent=shades.accent,
        success=shades.good,
        warning=shades.near,
        error=shades.breached,
        variables=variables,
    )


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
)
CONTRAST = Shades(
    background="#000000",
    surface="#000000",
    panel="#000000",
    text="#ffffff",
    strong="#ffffff",
    muted="#d0d0d0",
    accent="#5fffff",
    on_accent="#000000",
    selection="#ffff00",
    selection_text="#000000",
    selection_blurred="#5f5f5f",
    selection_blurred_text="#ffffff",
    rule="#ffffff",
    good="#87ff87",
    watch="#5fffff",
    near="#ffff5f",
    critical="#ffaf5f",
    breached="#ff8787",
    emergency="#000000",
    emergency_background="#ff8787",
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
)

THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        theme.name: theme
        for theme in (
            _theme("dispatch-dark", DARK, dark=True),
            _theme("dispatch-light", LIGHT, dark=False),
            _theme("high-contrast", CONTRAST, dark=True),
            _ansi_theme("ansi-dark", ANSI_DARK),
            _ansi_theme("ansi-light", ANSI_LIGHT),
        )
    }
)
VARIABLE_DEFAULTS: Mapping[str, str] = MappingProxyType(_own_variables(DARK))
"""For ``App.get_theme_variable_defaults``, so that a foreign theme lacks nothing."""


def theme_for(colors: str | None, *, dark: bool = True) -> str:
    """Return the theme for what Rich's ``Console.color_system`` says of the terminal."""
    kind = "dispatch" if colors in ("truecolor", "256") else "ansi"
    return f"{kind}-{'dark' if dark else 'light'}"


def install_themes(app: App[Any], name: str) -> None:
    """Make the console's themes the only ones and choose one of them."""
    foreign = [known for known in app.available_themes if known not in THEMES]
    for theme in THEMES.values():
        app.register_theme(theme)
    app.theme = name
    for known in foreign:
        app.unregister_theme(known)
