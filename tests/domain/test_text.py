"""Text from people is data: it can neither colour, hide, turn around nor grow out of its line."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_tui.domain.text import (
    _PLAIN,
    MAX_COMBINING_MARKS,
    clean_line,
    clean_text,
    fold_width,
    search_key,
)

FEW = settings(max_examples=300, deadline=None, derandomize=True)

NAUGHTY = {
    "plain": ("no image", "no image"),
    "chinese": ("无图像,报错 E12", "无图像,报错 E12"),
    "empty": ("", ""),
    "blank": (" \t\r\n　", ""),
    "trimmed": ("  x  ", "x"),
    "escape": ("a\x1b[31mred\x1b[0m", "a[31mred[0m"),
    "title by OSC": ("\x1b]0;pwned\x07x", "]0;pwnedx"),
    "link by OSC 8": ("\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\", "]8;;http://x\\y]8;;\\"),
    "C1 CSI": ("a\x9b31mb", "a31mb"),
    "C1 OSC and ST": ("a\x9d0;t\x9cb", "a0;tb"),
    "NUL": ("a\x00b", "ab"),
    "bell and backspace": ("pass\x08\x08\x07word", "password"),
    "DEL": ("a\x7fb", "ab"),
    "shift out": ("a\x0e\x0fb", "ab"),
    "bidi override": ("abc\u202egnp.exe\u202c", "abcgnp.exe"),
    "bidi isolates": ("\u2066a\u2067b\u2068c\u2069", "abc"),
    "bidi marks": ("a\u200e\u200f\u061cb", "ab"),
    "zero width": ("a\u200b\u200c\u200d\u2060\ufeffb", "ab"),
    "soft hyphen": ("in\u00advoice", "invoice"),
    "invisible letters": ("a\u115f\u1160\u3164\uffa0\u034fb", "ab"),
    "variation selectors": ("a\ufe0fb\U000e0100", "ab"),
    "tags": ("a\U000e0041\U000e007fb", "ab"),
    "interlinear": ("a\ufff9b\ufffac\ufffb", "abc"),
    "musical format": ("a\U0001d173b", "ab"),
    "line breaks": ("a\r\nb\rc\nd\x0be\x0cf\x85g\u2028h\u2029i", "a\nb\nc\nd\ne\nf\ng\nh\ni"),
    "tab": ("a\tb", "a b"),
    "surrogate": ("a\ud800b\udfff", "a\ufffdb\ufffd"),
    "composed": ("e\u0301", "é"),
    "composed over a zero width": ("e\u200b\u0301", "é"),
    "tower of marks": ("o" + "\u0321" * 200 + "k", "o" + "\u0321" * MAX_COMBINING_MARKS + "k"),
    "markup": ("[bold red]x[/] [link=y]", "[bold red]x[/] [link=y]"),
    "braces": ("{0} {login} %s", "{0} {login} %s"),
    "emoji": ("🩻 ok", "🩻 ok"),
    "formula": ("=1+1", "=1+1"),
}


def test_what_is_taken_as_it_is_would_come_out_of_the_cleaning_the_same() -> None:
    plain = [char for char in map(chr, range(0x110000)) if _PLAIN.fullmatch(char)]
    assert len(plain) > 27_000
    for char in plain:
        assert clean_text(f"{char}\u200b{char}") == f"{char}{char}".strip()


@pytest.mark.parametrize("name", NAUGHTY)
def test_text_is_cleaned(name: str) -> None:
    dirty, clean = NAUGHTY[name]
    assert clean_text(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\nb", "a b"),
        ("a\r\n\r\n\n\x0bb\u2028c", "a b c"),
        ("\n a \n", "a"),
        ("a\n \n\t\nb", "a b"),
        ("a\x1b[2J\nb", "a[2J b"),
        ("plain", "plain"),
    ],
)
def test_line_has_no_break(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


def test_two_hundred_marks_of_several_kinds_are_capped() -> None:
    tower = "a" + "\u0301\u0323\u20dd\u0489" * 50
    kept = clean_text(tower)
    marks = [char for char in kept if unicodedata.category(char) in ("Mn", "Me")]
    assert len(marks) <= MAX_COMBINING_MARKS
    assert clean_text("b" + tower + "c").endswith("c")


def test_marks_hidden_between_invisible_characters_are_counted_together() -> None:
    assert len(clean_text("a" + "\u0321\u200b" * 200)) == 1 + MAX_COMBINING_MARKS


def test_marks_that_composing_takes_apart_are_counted_too() -> None:
    clean = clean_text("\u0958" + "\u0321" * MAX_COMBINING_MARKS)  # क़ is always two characters
    assert len(clean) == 1 + MAX_COMBINING_MARKS


def test_words_with_many_marked_letters_keep_them_all() -> None:
    vietnamese = "Bệnh viện Đa khoa Nguyễn Thị Thập"
    assert clean_text(unicodedata.normalize("NFD", vietnamese)) == vietnamese


@pytest.mark.parametrize("chars", ["\u0301\u0323", "e\u0301", "\u200b", "中"])
def test_cleaning_takes_time_in_proportion_to_the_text(chars: str) -> None:
    flood = "a" + chars * 20_000
    started = time.process_time()
    clean_text(flood)
    assert time.process_time() - started < 0.5  # over a second where NFC meets 40,000 marks


@FEW
@given(st.text(st.characters(codec=None), max_size=60))
def test_nothing_that_moves_or_hides_survives(text: str) -> None:
    clean = clean_text(text)
    assert all(
        char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs") for char in clean
    )
    assert clean == clean.strip()
    clean.encode()
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    line.encode()


@FEW
@given(
    st.lists(
        st.sampled_from(
            "ae \n\r\t\u200b\u0301\u0323\u0958\u09c7\u09be\u1100\u1161\u0f43\ud800\x1b\u034f\u2126é"
        ),
        max_size=40,
    ).map("".join)
)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


def test_full_width_letters_and_digits_are_folded() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in "CT-6410:30")
    assert wide.isascii() is False
    assert fold_width(wide) == "CT-6410:30"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zhejiang  Hospital", "zhejianghospital"),
        ("CT 64", "ct64"),
        ("浙江 医院", "浙江医院"),
        ("STRASSE", "straße"),
        ("a\u200bb", "AB"),
        ("\uff23\uff34\u300064", "ct64"),
    ],
)
def test_names_that_look_alike_have_one_search_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)
