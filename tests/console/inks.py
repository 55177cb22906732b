"""What colours look like in terminals, and how well one is read on another."""

from rich.color import Color, ColorSystem
from rich.palette import Palette
from rich.style import Style

RGB = tuple[int, int, int]


def palette(colors: str) -> Palette:
    """Return a palette from hexadecimal colours, the dark eight before the bright eight."""
    return Palette([tuple(bytes.fromhex(one)) for one in colors.split()])  # type: ignore[misc]


VGA = palette(
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
)
XTERM = palette(
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
WINDOWS = palette(
    "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
)
SOLARIZED = palette(
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 "
    "002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)
PALETTES = {"vga": VGA, "xterm": XTERM, "windows": WINDOWS}
"""The 16 colours of terminals that leave them as they come."""

GROUNDS = {
    **{(name, True): (one[7], one[0]) for name, one in PALETTES.items()},
    **{(name, False): (one[0], one[15]) for name, one in PALETTES.items()},
    ("solarized", True): (SOLARIZED[12], SOLARIZED[8]),
    ("solarized", False): (SOLARIZED[11], SOLARIZED[15]),
}
"""Text and ground of a terminal where nothing is said, in a dark and in a light one."""


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of WCAG 2."""

    def luminance(color: RGB) -> float:
        linear = [
            value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
            for value in (part / 255 for part in color)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def in_many(style: Style, system: ColorSystem) -> float:
    """Return the contrast of a style after Rich has cut its colours down to a larger palette."""
    assert style.color is not None
    assert style.bgcolor is not None
    inks = (one.downgrade(system).get_truecolor() for one in (style.color, style.bgcolor))
    return _of(style, *inks)


def in_16(style: Style, name: str, *, dark: bool) -> float:
    """Return the contrast of a style in 16 colours as a terminal shows them."""
    shown = SOLARIZED if name == "solarized" else PALETTES[name]
    ink, ground = GROUNDS[name, dark]

    def seen(color: Color | None, default: RGB) -> RGB:
        if color is None or color.is_default:
            return default
        number = color.downgrade(ColorSystem.STANDARD).number
        assert number is not None
        return shown[number]

    return _of(style, seen(style.color, ink), seen(style.bgcolor, ground))


def _of(style: Style, ink: RGB, ground: RGB) -> float:
    assert not style.dim
    return contrast(ink, ground)
