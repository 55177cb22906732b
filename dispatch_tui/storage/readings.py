"""How names are read: the pinyin of every character, in all its readings, the usual one first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, islice, product

from dispatch_tui.domain.text import fold_width

MAX_READINGS = 32
"""Combinations of readings kept of one name: those nearest to the usual reading."""

PLACES = {
    "单县": "shan xian",
    "六安": "lu an",
    "六合": "lu he",
    "蚌埠": "beng bu",
    "厦门": "xia men",
    "浚县": "xun xian",
    "洪洞": "hong tong",
    "涡阳": "guo yang",
    "会稽": "kuai ji",
    "珲春": "hun chun",
    "繁峙": "fan shi",
    "天台": "tian tai",
    "尉犁": "yu li",
    "巴音郭楞": "ba yin guo leng",
}
"""Places that are not read as the words they look like."""

SURNAMES = {
    **{"单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "朴": "piao", "查": "zha"},
    **{"区": "ou", "盖": "ge", "翟": "zhai", "覃": "qin", "缪": "miao", "种": "chong"},
    **{"员": "yun", "洗": "xian", "隗": "wei", "乐": "yue", "折": "she", "繁": "po"},
    **{"尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai"},
}
"""Characters that are read in another way where a person's name begins with them."""

Readings = list[tuple[str, ...]]
"""For each character of a name all its readings, the likeliest first."""

_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_READ = re.compile(f"[0-9]|{_HAN.pattern}")
_PLACE = re.compile("|".join(sorted(PLACES, key=len, reverse=True)))
_SURNAME = re.compile("|".join(sorted(SURNAMES, key=len, reverse=True)))


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
        yield from spelled(firsts(readings_of(name)))
    words = _WORD.findall(name)
    if len(words) > 1:
        yield "".join(word[0] for word in words)
    elif words and not words[0].isdigit():
        yield words[0]


def readings_of(name: str, *, person: bool = False) -> Readings:
    """Return the readings of the Chinese characters and digits of a name."""
    chars = "".join(_READ.findall(name))
    found = [[usual] for usual in _usual(chars)]
    for start, reading in _known(chars, person=person):
        for place, syllable in enumerate(reading.split(), start):
            found[place].insert(0, syllable)
    for char, its in zip(chars, found, strict=True):
        its += () if char.isdigit() else _of_char(char)
    return [tuple(dict.fromkeys(filter(None, its))) or ("",) for its in found]


def firsts(readings: Readings) -> Readings:
    """Return the first letters of readings, each once."""
    return [tuple(dict.fromkeys(one[:1] for one in its)) for its in readings]


def spelled(readings: Readings, most: int = MAX_READINGS) -> Iterator[str]:
    """Yield how a name can be spelled: as usually read, then ever less so."""
    usual = [its[0] for its in readings]
    ambiguous = [place for place, its in enumerate(readings) if len(its) > 1]
    yield from islice(_spelled(readings, usual, ambiguous), most)


def _spelled(readings: Readings, usual: Sequence[str], ambiguous: Sequence[int]) -> Iterator[str]:
    for count in range(len(ambiguous) + 1):
        for places in combinations(ambiguous, count):
            for others in product(*(readings[place][1:] for place in places)):
                word = list(usual)
                for place, other in zip(places, others, strict=True):
                    word[place] = other
                yield "".join(word)


def _known(chars: str, *, person: bool) -> Iterator[tuple[int, str]]:
    """Places within a name, or the surname that it begins with, by where they stand."""
    if not person:
        yield from ((one.start(), PLACES[one[0]]) for one in _PLACE.finditer(chars))
    elif (surname := _SURNAME.match(chars)) is not None:
        yield 0, SURNAMES[surname[0]]


def _usual(chars: str) -> list[str]:
    """One reading for each character, by the words that they form (重庆 is chong qing)."""
    usual: list[str] = []
    for run in re.findall(r"\d+|\D+", chars):
        if run.isdigit():
            usual += run
            continue
        found = [its[0] for its in _pinyin(run)]
        usual += found if len(found) == len(run) else [(*_of_char(one), "")[0] for one in run]
    return [one if one.isascii() else "" for one in usual]


@cache
def _of_char(char: str) -> tuple[str, ...]:
    """The readings of a character by itself; ü is typed as v and as u."""
    readings = [one for its in _pinyin(char, heteronym=True) for one in its]
    typed = (spelling for one in readings for spelling in (one, one.replace("v", "u")))
    return tuple(dict.fromkeys(one for one in typed if one.isascii() and one.isalpha()))


def _pinyin(chars: str, *, heteronym: bool = False) -> list[list[str]]:
    from pypinyin import Style, pinyin  # takes 0.3 s and 50 MB: only for who writes such a name

    found: list[list[str]] = pinyin(
        chars, style=Style.NORMAL, heteronym=heteronym, errors=lambda _: ""
    )
    return found
