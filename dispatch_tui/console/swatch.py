"""The states of a theme as a few words in its colours, to be looked at without the console."""

from collections.abc import Iterator

from rich.color import Color, ColorSystem

from dispatch_tui.console.looks import SYSTEMS, Shown
from dispatch_tui.console.shades import SHADES
from dispatch_tui.domain.clocks import Level
from dispatch_tui.domain.message import N_
from dispatch_tui.words.glyphs import ASCII, Glyphs
from dispatch_tui.words.speaker import Speaker

EMERGENCY = N_("emergency")
CURSOR = N_("cursor")


def swatch(theme: str, colors: Shown, speaker: Speaker, glyphs: Glyphs = ASCII) -> str:
    """Return a line of states, each with its sign; in colours where there are any."""
    shades = SHADES[theme]
    ground = shades.background
    parts = [
        (
            f" {glyphs.level(level)} {speaker.label(level)} ",
            getattr(shades, level, shades.text),
            ground,
        )
        for level in Level
    ]
    parts.append(
        (
            f" {glyphs.emergency} {speaker.translate(EMERGENCY)} ",
            shades.emergency,
            shades.emergency_background,
        )
    )
    parts.append(
        (f" {glyphs.cursor} {speaker.translate(CURSOR)} ", shades.selection_text, shades.selection)
    )
    if colors == "none":
        return "".join(text for text, _, _ in parts)
    system = SYSTEMS[colors]
    return "".join(
        f"\x1b[{';'.join(_codes(ink, on, system))}m{text}\x1b[0m" for text, ink, on in parts
    )


def _codes(ink: str, ground: str, system: ColorSystem) -> Iterator[str]:
    yield from _color(ink).downgrade(system).get_ansi_codes()
    yield from _color(ground).downgrade(system).get_ansi_codes(foreground=False)


def _color(name: str) -> Color:
    """Return the colour that Textual calls so: its names are Rich's after "ansi_"."""
    return Color.parse(name.removeprefix("ansi_"))
