"""Whether what is typed in Latin letters spells a text: initials, pinyin, or some of both.

The readings of the characters lie in `pinyin.txt`, a line for each syllable: the library that
knows them takes 0.3 s and 50 MB, which is too much for finding a dozen words.
"""

from functools import cache
from importlib.resources import files

Readings = dict[str, tuple[str, ...]]


def spells(typed: str, text: str) -> bool:
    """Whether letters spell a text from its beginning or from any character within it.

    Of each character a part of its reading is enough: 指派 by "zp", "zhip", "zhipai". In Latin
    words the first letters count. Case and blanks are passed over.
    """
    typed = "".join(typed.casefold().split())
    if not typed.isascii() or not typed:
        return False
    initials = "".join(word[0] for word in text.casefold().split())
    if len(typed) > 1 and initials.startswith(typed):
        return True
    known = readings()
    reached: set[int] = set()
    for syllables in (known[char] for char in text if char in known):
        reached = {
            place + length
            for place in {0, *reached}
            for syllable in syllables
            for length in range(1, len(syllable) + 1)
            if typed.startswith(syllable[:length], place)
        }
        if len(typed) in reached:
            return True
    return False


@cache
def readings() -> Readings:
    """Return the readings of the common Chinese characters, without tones."""
    found: dict[str, tuple[str, ...]] = {}
    text = files("dispatch_tui.words").joinpath("pinyin.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        syllable, _, characters = line.partition(" ")
        for one in characters:
            found[one] = (*found.get(one, ()), syllable)
    return found
