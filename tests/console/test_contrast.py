"""Every text that is drawn on any screen is read on its ground, in RGB, in 256 and in 16 colours.

At least 4.5:1 in RGB and in 256 colours, after Rich has cut them down as it does in a terminal; at
least 3:1 in 16 colours on the palettes of xterm, VGA and Windows. Solarized turns half of the 16
into greys near its ground: there it is 2.5:1.
"""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from gallery import WALK, every_screen, pairs, walk
from inks import PALETTES, in_16, in_many
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from shift import MANAGER, Shift
from textual.color import Color

from dispatch_tui.console.shades import DARK, SHADES
from dispatch_tui.console.theme import theme_of

pytest_plugins = ("main_fixtures",)
COLOURS = [one.name for one in fields(DARK) if one.name not in ("dark", "ansi")]
TRACER = replace(
    DARK,
    **{
        name: f"#{7 + 9 * at:02x}{3 + 5 * at:02x}{250 - 7 * at:02x}"
        for at, name in enumerate(COLOURS)
    },
)
"""Shades of which each is known again on the screen by its colour."""
ROUNDED = 2
"""Textual's sums leave a part of a colour off by one."""
Pairs = dict[tuple[str, str], str]
"""Shade of a text and shade of its ground, with where that was seen first."""


def test_the_walk_comes_to_every_screen() -> None:
    assert every_screen() == {screen for screen, _ in WALK}


async def drawn_pairs(shift: Shift, size: tuple[int, int]) -> Pairs:
    """Walk through all screens, and return which shade is drawn on which."""
    console = await shift.console(MANAGER, size)
    console.app.register_theme(theme_of("tracer", TRACER))
    console.app.theme = "tracer"
    found: Pairs = {}
    async for state in walk(console):
        for text, style in pairs(console):
            where = f"{text.strip()!r} in {state}"
            assert not style.dim, where
            found.setdefault((shade(style.color, where), shade(style.bgcolor, where)), where)
    return found


def shade(color: RichColor | None, where: str) -> str:
    """Return which shade of the tracer a colour is."""
    assert color is not None, where
    assert color.triplet is not None, where
    for name in COLOURS:
        parts = zip(Color.parse(getattr(TRACER, name)).rgb, color.triplet, strict=True)
        if all(abs(one - other) <= ROUNDED for one, other in parts):
            return name
    pytest.fail(f"{where}: {color} is no shade of ours")


def faint(found: Pairs) -> Iterator[str]:
    """Yield what cannot be read in one of the themes, and how far it is from that."""
    for name, shades in SHADES.items():
        for (ink, ground), where in found.items():
            one, other = (Color.parse(getattr(shades, part)).rich_color for part in (ink, ground))
            style = Style(color=one, bgcolor=other)
            ratios = {}
            if not shades.ansi:
                for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                    ratios[system.name] = in_many(style, system) / 4.5
            else:
                for palette, least in {**dict.fromkeys(PALETTES, 3.0), "solarized": 2.5}.items():
                    ratios[palette] = in_16(style, palette, dark=shades.dark) / least
            for kind, ratio in ratios.items():
                if ratio < 1:
                    yield f"{name} {kind}: {ink} on {ground}, {ratio:.0%} of enough, {where}"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_text_has_contrast_on_every_screen(shift: Shift, size: tuple[int, int]) -> None:
    found = await drawn_pairs(shift, size)
    assert {("breached", "background"), ("emergency", "emergency_background")} <= set(found)
    assert (bad := list(faint(found))) == [], "\n".join(bad)
