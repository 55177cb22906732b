"""Texts are found by initials and pinyin, as the search reads them.

`uv run python tests/words/test_spelling.py` writes the table of readings anew.
"""

from pathlib import Path

import pytest

from dispatch_tui.storage.readings import readings_of
from dispatch_tui.words import spelling
from dispatch_tui.words.catalog import translations
from dispatch_tui.words.spelling import readings, spells

TABLE = Path(spelling.__file__).with_name("pinyin.txt")


def common() -> list[str]:
    """The characters of the first level of GB 2312: those that words are written with."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    found = (pair.decode("gb2312", errors="ignore") for pair in pairs)
    return [one for one in found if one]


def written() -> str:
    """The table as the library of the search reads the characters."""
    by_syllable: dict[str, list[str]] = {}
    for one in common():
        [its] = readings_of(one)
        for syllable in filter(None, its):
            by_syllable.setdefault(syllable, []).append(one)
    return "".join(f"{one} {''.join(by_syllable[one])}\n" for one in sorted(by_syllable))


def test_the_table_is_what_the_search_reads() -> None:
    assert TABLE.read_text(encoding="utf-8") == written()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("zp", "指派"),
        ("zhipai", "指派"),
        ("ZhiP", "指派"),
        ("zhi pai", "指派"),
        ("p", "指派"),
        ("cq", "重庆"),
        ("xd", "新电话"),
        ("nc", "New call"),
    ],
)
def test_a_text_is_spelled_by_initials_by_pinyin_and_by_some_of_both(typed: str, text: str) -> None:
    assert spells(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("", "指派"), ("pz", "指派"), ("zpx", "指派"), ("zx", "指派"), ("派", "指派"), ("n", "Note")],
)
def test_other_letters_spell_something_else(typed: str, text: str) -> None:
    assert not spells(typed, text)


def test_many_letters_are_answered_at_once() -> None:
    assert spells("s" * 400, "是" * 400)
    assert not spells("s" * 400 + "x", "是" * 500)
    assert not spells("ssss" * 10 + "x", "是" * 50)


def test_every_character_of_a_label_has_its_reading() -> None:
    from dispatch_tui.console.keys.registry import REGISTRY

    labels = {translations("zh_CN").gettext(one.label) for one in REGISTRY}
    chars = {char for label in labels for char in label if "一" <= char <= "鿿"}
    assert {char for char in chars if char not in readings()} == set()


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
