"""Pinyin initials: every reading of every name, the usual one first."""

import pytest

from dispatch_tui.storage.readings import MAX_READINGS, initials_of


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["重庆"], {"cq", "zq"}),
        (["单县医院"], {"sxyy", "dxyy"}),
        (["长沙"], {"cs", "zs"}),
        (["解放军301医院"], {"jfj301yy"}),
        (["重庆第一医院", "市一院"], {"cqdyyy", "zqdyyy", "syy"}),
        (["锦院|cqyl", "LIH"], {"jy", "cqyl", "lih"}),
        (["厦门 Luting International Hospital"], {"xm", "lih"}),
        (["ＡＢＣ医院"], {"yy", "abc"}),
    ],
)
def test_a_name_is_found_by_its_initials(names: list[str], wanted: set[str]) -> None:
    assert wanted <= set(initials_of(names).split())


@pytest.mark.parametrize("name", ["", "   ", "12", "!?", "🙂"])
def test_what_has_no_letters_has_no_initials(name: str) -> None:
    assert initials_of([name]) == ""


def test_the_usual_reading_comes_first() -> None:
    assert initials_of(["重庆市重点医院"]).startswith("cqszdyy ")


def test_a_name_of_many_readings_stays_short() -> None:
    assert len(initials_of(["重长行单乐朝" * 6]).split()) == MAX_READINGS


def test_characters_that_nobody_can_read_do_no_harm() -> None:
    assert initials_of(["\U0003134a重"])
