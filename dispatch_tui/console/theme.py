"""The console's themes: its shades under the names that Textual's style sheets know."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from textual.app import App
from textual.theme import BUILTIN_THEMES, Theme

from dispatch_tui.console.shades import SHADES, Shades


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


def theme_of(name: str, shades: Shades) -> Theme:
    """Return the theme that is made of these shades."""
    if shades.ansi:
        return _ansi_theme(name, shades)
    return Theme(
        name=name,
        dark=shades.dark,
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


THEMES: Mapping[str, Theme] = MappingProxyType(
    {name: theme_of(name, shades) for name, shades in SHADES.items()}
)
VARIABLE_DEFAULTS: Mapping[str, str] = MappingProxyType(_own_variables(SHADES["dispatch-dark"]))
"""For ``App.get_theme_variable_defaults``, so that a foreign theme lacks nothing."""


def install_themes(app: App[Any], name: str) -> None:
    """Make the console's themes the only ones and choose one of them."""
    foreign = [known for known in app.available_themes if known not in THEMES]
    for theme in THEMES.values():
        app.register_theme(theme)
    app.theme = name
    for known in foreign:
        app.unregister_theme(known)
