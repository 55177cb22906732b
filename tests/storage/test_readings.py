"""Pinyin initials: every reading of every name, the usual one first."""

import pytest

from dispatch_tui.storage.readings import MAX_READINGS, initials_of, readings_of, spelled


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


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("重庆市第一医院", {"chongqingshidiyiyiyuan"}),
        ("长沙医院", {"changshayiyuan", "zhangshayiyuan"}),
        ("厦门医院", {"xiamenyiyuan", "shamenyiyuan"}),
        ("六安医院", {"luanyiyuan", "liuanyiyuan"}),
        ("蚌埠医院", {"bengbuyiyuan", "bangbuyiyuan"}),
        ("单县医院", {"shanxianyiyuan", "danxianyiyuan"}),
        ("吕梁医院", {"lvliangyiyuan", "luliangyiyuan"}),
    ],
)
def test_a_place_is_found_by_all_its_readings(name: str, wanted: set[str]) -> None:
    assert wanted <= set(spelled(readings_of(name)))


@pytest.mark.parametrize(
    ("name", "right", "other"),
    [
        ("单志远", "shanzhiyuan", "danzhiyuan"),
        ("仇海波", "qiuhaibo", "chouhaibo"),
        ("曾丽群", "zengliqun", "cengliqun"),
        ("解晓东", "xiexiaodong", "jiexiaodong"),
        ("尉迟恭", "yuchigong", "weichigong"),
    ],
)
def test_a_surname_is_read_as_one_and_found_as_it_looks(name: str, right: str, other: str) -> None:
    found = list(spelled(readings_of(name, person=True)))
    assert other in found
    assert found[0] == right


def test_names_of_places_are_read_in_their_own_way_wherever_they_stand() -> None:
    found = list(spelled(readings_of("安徽省六安市人民医院")))
    assert found[0] == "anhuishengluanshirenminyiyuan"
    assert next(spelled(readings_of("单县中心医院"))) == "shanxianzhongxinyiyuan"


@pytest.mark.parametrize("name", ["", "ABC", "!?", "\U0003134a", "12"])
def test_what_cannot_be_read_does_no_harm(name: str) -> None:
    assert all(one.isascii() for one in spelled(readings_of(name)))
