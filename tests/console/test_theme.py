"""Every colour that text is drawn in can be read, in RGB, in 256 and in 16 colours."""

from collections.abc import Iterator

import pytest
from inks import PALETTES, RGB, contrast
from rich.color import ColorSystem
from rich.palette import Palette
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widgets import Footer

from dispatch_tui.console.theme import THEMES, VARIABLE_DEFAULTS, install_themes
from dispatch_tui.domain.clocks import Level

OWN = ("dispatch-dark", "dispatch-light", "high-contrast")
ANSI = ("ansi-dark", "ansi-light")
TEXTS = (
    "foreground",
    "text",
    "text-muted",
    "text-disabled",
    "strong",
    "muted",
    "accent",
    "good",
    "text-success",
    "text-warning",
    "text-error",
    *(f"level-{level}" for level in Level),
)
GROUNDS = ("background", "surface", "panel")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("selection-text", "selection"),
    ("selection-blurred-text", "selection-blurred"),
    ("emergency", "emergency-background"),
    ("footer-key-foreground", "footer-key-background"),
    ("footer-key-foreground", "block-hover-background"),
    ("footer-description-foreground", "footer-description-background"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("screen-selection-foreground", "screen-selection-background"),
    ("link-color-hover", "link-background-hover"),
    ("button-foreground", "surface"),
    *(("button-color-foreground", hue) for hue in ("primary", "success", "warning", "error")),
    *((f"text-{hue}", f"{hue}-muted") for hue in ("primary", "success", "warning", "error")),
]


def variables(name: str) -> dict[str, str]:
    """Return the variables as an app with this theme would."""
    theme = THEMES[name]
    return {**theme.to_color_system().generate(), **theme.variables}


def quantised(css: str, system: ColorSystem) -> RGB:
    """Return what a terminal shows after Textual has cut the colour down to its palette."""
    return Color.parse(css).rich_color.downgrade(system).get_truecolor()


def in_16(css: str, shown: Palette, *, default: int) -> RGB:
    """Return the colour of a terminal's own palette that an ansi colour names."""
    number = Color.parse(css).ansi
    assert number is not None, f"{css} is not one of 16 colours"
    return shown[default if number < 0 else number]


def faint(name: str, system: ColorSystem, least: float) -> Iterator[str]:
    """Yield the pairs of a theme with too little contrast."""
    colors = variables(name)
    for text, ground in PAIRS:
        ratio = contrast(quantised(colors[text], system), quantised(colors[ground], system))
        if ratio < least:
            yield f"{text} {colors[text]} on {ground} {colors[ground]}: {ratio:.2f}"


@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize("name", OWN)
def test_text_has_contrast_in_rgb_and_256_colours(name: str, system: ColorSystem) -> None:
    assert list(faint(name, system, 4.5)) == []


def test_high_contrast_is_higher_still() -> None:
    assert list(faint("high-contrast", ColorSystem.TRUECOLOR, 6.0)) == []


@pytest.mark.parametrize("terminal", PALETTES)
@pytest.mark.parametrize("name", ANSI)
def test_text_has_contrast_in_16_colours(name: str, terminal: str) -> None:
    colors = variables(name)
    ink, paper = (7, 0) if name == "ansi-dark" else (0, 15)
    found = []
    for text, ground in PAIRS:
        above = in_16(colors[text], PALETTES[terminal], default=ink)
        below = in_16(
            "ansi_default" if colors[ground] == "transparent" else colors[ground],
            PALETTES[terminal],
            default=paper,
        )
        if contrast(above, below) < 3.0:
            found.append(f"{text} on {ground}: {contrast(above, below):.2f}")
    assert found == []


def test_colours_without_alpha_or_auto_so_that_nothing_is_blended_unseen() -> None:
    for name in OWN:
        colors = variables(name)
        for variable in {part for pair in PAIRS for part in pair}:
            parsed = Color.parse(colors[variable])
            assert (parsed.a, parsed.auto) == (1, False), f"{name}: {variable}"


def test_every_level_has_a_colour() -> None:
    assert {f"level-{level}" for level in Level} <= set(VARIABLE_DEFAULTS)


async def test_an_app_offers_only_these_themes_and_every_one_applies() -> None:
    class Themed(App[None]):
        CSS = "Screen { color: $level-near; background: $selection; }"

        def __init__(self) -> None:
            super().__init__()
            install_themes(self, "dispatch-dark")

        def compose(self) -> ComposeResult:
            yield Footer()

    app = Themed()
    async with app.run_test() as pilot:
        assert set(app.available_themes) == set(THEMES)
        for name in THEMES:
            app.theme = name
            await pilot.pause()
            assert app.screen.styles.color == Color.parse(THEMES[name].variables["level-near"])
