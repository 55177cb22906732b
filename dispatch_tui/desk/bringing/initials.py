"""Pinyin initials of names, in all readings, under which a customer can be found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, islice, product

from pypinyin import Style, pinyin

from dispatch_tui.domain.text import fold_width

MAX_READINGS = 32
"""Combinations of readings kept of one name: those nearest to the usual reading."""

_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def initials_of(names: Iterable[str]) -> str:
    """Return the initials of several names, space separated: 重庆 gives "cq zq".

    Of names in Latin letters the first letters of the words; a single word stands for itself.
    """
    found: dict[str, None] = {}
    for name in names:
        for part in re.split(r"[|;]", fold_width(name).casefold()):
            found |= dict.fromkeys(_of_name(part))
    return " ".join(found)


def _of_name(name: str) -> Iterator[str]:
    if _HAN.search(name):
        chars = [char for char in name if _HAN.match(char) or (char.isascii() and char.isdigit())]
        yield from islice(_spelled("".join(chars)), MAX_READINGS)
    words = _WORD.findall(name)
    if len(words) > 1:
        yield "".join(word[0] for word in words)
    elif words and not words[0].isdigit():
        yield words[0]


def _spelled(chars: str) -> Iterator[str]:
    """The initials of Chinese characters and digits: as usually read, then ever less so."""
    usual = [
        char if char.isdigit() else first
        for char, first in zip(chars, _letters(chars), strict=True)
    ]
    others = [
        () if char.isdigit() else tuple(one for one in _readings(char) if one != letter)
        for char, letter in zip(chars, usual, strict=True)
    ]
    ambiguous = [place for place, letters in enumerate(others) if letters]
    for count in range(len(ambiguous) + 1):
        for places in combinations(ambiguous, count):
            for letters in product(*(others[place] for place in places)):
                yield "".join(_with(usual, places, letters))


def _with(usual: Sequence[str], places: Sequence[int], letters: Sequence[str]) -> list[str]:
    spelled = list(usual)
    for place, letter in zip(places, letters, strict=True):
        spelled[place] = letter
    return spelled


def _letters(chars: str) -> list[str]:
    """One first letter for each character, by the words that they form (重庆 is chong qing)."""
    letters: list[str] = []
    for run in re.findall(r"\d+|\D+", chars):
        found = [] if run.isdigit() else pinyin(run, style=Style.NORMAL, errors=lambda _: "")
        firsts = [reading[0][:1] for reading in found]
        letters += firsts if len(firsts) == len(run) else [_readings(one)[0] for one in run]
    return [one if one.isascii() else "" for one in letters]


@cache
def _readings(char: str) -> tuple[str, ...]:
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    letters = (reading[:1] for readings in found for reading in readings)
    return tuple(dict.fromkeys(one for one in letters if one.isascii() and one.isalpha())) or ("",)
