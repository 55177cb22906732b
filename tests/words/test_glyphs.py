"""Signs are one cell wide by every measure, and none stands for two things."""

import unicodedata
from collections.abc import Iterator

import pytest
from rich.cells import cell_len
from wcwidth import wcwidth

from dispatch_tui.domain.clocks import Level
from dispatch_tui.preferences import CHOICES
from dispatch_tui.words.columns import width
from dispatch_tui.words.glyphs import ASCII, GLYPHS, SIGN_WIDTH, Glyphs


def characters(glyphs: Glyphs) -> Iterator[str]:
    """Every sign of a set."""
    yield from (sign for sign in glyphs.levels.values() if sign)
    yield from (getattr(glyphs, name) for name in Glyphs.__slots__ if name != "levels")


def test_the_file_of_settings_offers_these_sets() -> None:
    assert set(GLYPHS) == set(CHOICES["glyphs"])


@pytest.mark.parametrize("name", GLYPHS)
def test_signs_fill_the_same_cells_by_every_measure(name: str) -> None:
    for sign in characters(GLYPHS[name]):
        assert cell_len(sign) == width(sign) == len(sign)
        assert all(wcwidth(char) == 1 for char in sign)


@pytest.mark.parametrize("name", GLYPHS)
def test_no_sign_is_wider_in_a_terminal_for_east_asian_widths(name: str) -> None:
    wide = {
        char
        for sign in characters(GLYPHS[name])
        for char in sign
        if unicodedata.east_asian_width(char) in "AFW"
    }
    assert wide == set()


@pytest.mark.parametrize("name", GLYPHS)
def test_signs_of_flags_differ_and_fit(name: str) -> None:
    glyphs = GLYPHS[name]
    assert set(glyphs.levels) == set(Level)
    signs = [*glyphs.levels.values(), glyphs.emergency, glyphs.adverse]
    assert len(set(signs)) == len(signs)
    assert all(len(sign) <= SIGN_WIDTH for sign in signs)
    assert glyphs.cursor != glyphs.resting
    assert glyphs.full != glyphs.free


def test_signs_are_ascii_unless_others_are_asked_for() -> None:
    assert all(sign.isascii() for sign in characters(ASCII))
