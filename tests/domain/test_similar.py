"""Kept cases that are like what a customer reports."""

from dispatch_tui.domain.similar import similar

CASES = (
    ("tube", "扫描中断，报高压故障，管电流异常", "Axiel 64"),
    ("disk", "中央站死机，全科监护仪都看不到", "LC-M15"),
    ("tube of another", "扫描中断，报高压故障", "HY-16"),
    ("arm", "sample arm does not move, reports ARM-007", "HU-480"),
)


def test_the_likest_comes_first_and_the_same_model_before_others() -> None:
    assert similar("CT扫描中断报高压", "Axiel 64", CASES) == ["tube", "tube of another"]
    assert similar("CT扫描中断报高压", "HY-16", CASES) == ["tube of another", "tube"]


def test_what_shares_too_little_is_not_like_it() -> None:
    assert similar("屏蔽门关不严，门锁扣不上", "", CASES) == []
    assert similar("报", "", CASES) == []
    assert similar("", "", CASES) == []


def test_latin_words_and_codes_count_as_well() -> None:
    assert similar("arm-007 again, the sample arm", "", CASES) == ["arm"]


def test_no_more_are_returned_than_asked_for() -> None:
    assert len(similar("扫描中断", "", CASES, most=1)) == 1
