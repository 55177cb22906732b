"""How cells are drawn: attributes and colours as a terminal knows them."""

from functools import cache, lru_cache

from rich.color import Color, ColorSystem
from rich.style import Style

BOLD, DIM, REVERSE = 1 << 0, 1 << 1, 1 << 6

_ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
_OFF = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")
_SEEN_ON_BLANKS = 1 << 3 | REVERSE | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12


class Pen:
    """One look of cells; there is one object for each, so that identity is equality.

    `ground` is the plainest pen with which a blank looks the same.
    """

    __slots__ = ("attributes", "back", "fore", "ground")

    def __init__(self, attributes: int, fore: str, back: str) -> None:
        self.attributes = attributes
        self.fore = fore
        self.back = back
        blank_shows = bool(attributes & _SEEN_ON_BLANKS)
        plain = not attributes and not fore
        self.ground: Pen = self if blank_shows or plain else pen(0, "", back)


@cache
def pen(attributes: int, fore: str, back: str) -> Pen:
    """Return the pen with these attributes and colours, as parameters of SGR; "" is default."""
    return Pen(attributes, fore, back)


PLAIN = pen(0, "", "")


@lru_cache(maxsize=2048)
def pen_of(style: Style, colours: ColorSystem | None) -> Pen:
    """Return the pen of a style in so many colours; links are left out.

    Where there are no colours at all, a ground of its own is shown in reverse, and bright text
    is bold.
    """
    attributes = style._attributes & style._set_attributes
    if colours is None:
        return pen(attributes | _instead_of_colours(style), "", "")
    return pen(
        attributes,
        _codes(style.color, colours, foreground=True),
        _codes(style.bgcolor, colours, foreground=False),
    )


def _codes(color: Color | None, colours: ColorSystem, *, foreground: bool) -> str:
    if color is None or color.is_default:
        return ""
    return ";".join(color.downgrade(colours).get_ansi_codes(foreground))


def _instead_of_colours(style: Style) -> int:
    stands_out = style.bgcolor is not None and not style.bgcolor.is_default
    bright = style.color is not None and style.color.name == "bright_white"
    return (REVERSE if stands_out else 0) | (BOLD if bright else 0)


@lru_cache(maxsize=2048)
def change(old: Pen | None, new: Pen, *, whole: bool = False) -> str:
    """Return the shortest sequence from one pen to another; None is an unknown one.

    `whole` is for terminals that cannot switch one attribute off.
    """
    if old is new:
        return ""
    afresh = _sgr(["", *_given(new)] if new is not PLAIN else [])
    if old is None or (whole and old is not PLAIN):
        return afresh
    stepwise = _sgr(_steps(old, new))
    return min(stepwise, afresh, key=len)


def _given(new: Pen) -> list[str]:
    """The parameters that make the plain pen this one."""
    codes = [code for bit, code in enumerate(_ON) if new.attributes & 1 << bit]
    return [*codes, *(one for one in (new.fore, new.back) if one)]


def _steps(old: Pen, new: Pen) -> list[str]:
    """The parameters for what differs; what one "off" ends beside its own is given again."""
    gone = {code for bit, code in enumerate(_OFF) if old.attributes & ~new.attributes & 1 << bit}
    codes = sorted(gone)
    for bit, code in enumerate(_ON):
        there = old.attributes & 1 << bit and _OFF[bit] not in gone
        if new.attributes & 1 << bit and not there:
            codes.append(code)
    if old.fore != new.fore:
        codes.append(new.fore or "39")
    if old.back != new.back:
        codes.append(new.back or "49")
    return codes


def _sgr(codes: list[str]) -> str:
    return f"\x1b[{';'.join(codes)}m"
