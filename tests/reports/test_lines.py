"""A report as lines of text: within its width, words whole, columns where they fit."""

import pytest
from papers import CHINESE, ENGLISH, draft, full, signed

from dispatch_tui.reports.text import text_of
from dispatch_tui.reports.wrapping import narrowest, wrapped
from dispatch_tui.words.columns import width
from dispatch_tui.words.speaker import Speaker

LONG = {
    "Chinese": "呼吸机自检反复报呼气阀故障，" * 150,
    "Latin words": "The exhalation valve fails its self test. " * 100,
    "one Latin word": "x" * 2000,
    "both": "板卡ADB-3上V12烧毁，fuse F3 bridged；" * 150,
    "emoji": "\N{FACE WITH TEARS OF JOY}" * 1000,
}


@pytest.mark.parametrize("cells", [40, 80, 133])
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("speaker", [ENGLISH, CHINESE], ids=["en", "zh_CN"])
def test_no_line_is_wider_than_asked_for_and_nothing_is_lost(
    text: str, cells: int, speaker: Speaker
) -> None:
    report = full(lambda name: text if name in ("fault", "found", "tried", "item") else "字")
    lines = text_of(draft(report), speaker, cells).splitlines()
    assert max(map(width, lines)) <= cells
    start = next(no for no, line in enumerate(lines) if line.startswith("5 "))
    end = next(no for no, line in enumerate(lines) if line.startswith("6 "))
    fault = "".join("".join(lines[start:end]).split())
    assert fault.count("".join(text.split())) == 3


def test_a_terminal_that_is_too_narrow_gets_forty_cells() -> None:
    assert text_of(signed(), ENGLISH, 10) == text_of(signed(), ENGLISH, 40)


def test_a_table_stands_in_columns_where_no_word_has_to_be_broken() -> None:
    report = full(lambda _: "甲乙丙")
    lines = text_of(draft(report), ENGLISH, 80).splitlines()
    head = lines.index("Test         Instrument    Limit     Value   Passed")
    assert lines[head + 2].startswith("Image noise  test phantom  ≤ 0.35 %  甲乙丙  no")


def test_a_table_that_does_not_fit_is_told_value_by_value() -> None:
    report = full(lambda name: f"{name:_<30}")
    lines = text_of(draft(report), ENGLISH, 80)
    assert "- Test: Image noise; Instrument: test phantom; Limit: ≤ 0.35 %; Value:" in lines


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 40, ["one  two"]),
        ("one" + " " * 50 + "two", 10, ["one", "two"]),
        ("one\n\ntwo", 5, ["one", "", "two"]),
        ("呼吸机自检", 6, ["呼吸机", "自检"]),
        ("呼吸机，自检", 6, ["呼吸", "机，自", "检"]),
        ("板卡ADB-3", 7, ["板卡", "ADB-3"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("ab cdefgh", 3, ["ab", "cde", "fgh"]),
        ("a…bcdef", 3, ["a…b", "cde", "f"]),
    ],
)
def test_text_is_broken_at_blanks_and_about_chinese_characters(
    text: str, cells: int, lines: list[str]
) -> None:
    assert wrapped(text, cells) == lines


def test_how_narrow_a_text_can_be() -> None:
    assert narrowest("呼吸机 ADB-3 ok") == 5
    assert narrowest("呼吸机") == 2
    assert narrowest("") == 0
