"""What a terminal understands, by its name in TERM."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """The abilities of one family of terminals; what is in doubt is not used."""

    paints_erased: bool = False
    """Erasing leaves the ground that is set, not that of the terminal."""
    erases_characters: bool = False
    """ECH: so many cells from the cursor are erased."""
    changes_pens: bool = True
    """Bold and the like can be switched off one by one."""
    asks: bool = True
    """Questions about modes, kitty's keys and focus are understood, or passed over in silence."""
    alternate: bool = True
    """There is a second screen, so that the first comes back at the end."""


_CAUTIOUS = Kind()
_FULL = Kind(paints_erased=True, erases_characters=True)
_KINDS = {
    **dict.fromkeys(("xterm", "tmux", "alacritty", "kitty", "foot", "rxvt"), _FULL),
    "screen": Kind(alternate=False),
    "linux": Kind(paints_erased=True, erases_characters=True, asks=False, alternate=False),
    "putty": Kind(paints_erased=True, erases_characters=True, asks=False),
    "vt100": Kind(changes_pens=False, asks=False, alternate=False),
    "vt220": Kind(erases_characters=True, changes_pens=False, asks=False, alternate=False),
}


def kind_of(term: str) -> Kind:
    """Return what a terminal of this name understands; unknown ones get what all understand."""
    return _KINDS.get(term.partition("-")[0], _CAUTIOUS)
