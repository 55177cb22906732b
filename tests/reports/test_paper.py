"""A report on paper: complete, in two languages, and safe whatever people wrote."""

import re
from datetime import datetime
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from papers import (
    CHINESE,
    ENGLISH,
    SHANGHAI,
    amendment,
    bare,
    draft,
    final,
    full,
    signed,
    tampered,
)
from reading import Reader, css_strings

from dispatch_tui.domain.facts import Part, Test
from dispatch_tui.domain.report import ReportFile, report_of
from dispatch_tui.domain.sections import Section
from dispatch_tui.reports.html import TEMPLATE, css_string, html_of
from dispatch_tui.reports.text import text_of
from dispatch_tui.words.speaker import Speaker

FILES = {
    "draft": draft(),
    "empty draft": draft(bare()),
    "final": final(),
    "signed": signed(),
    "tampered": tampered(),
}
EVERY = pytest.mark.parametrize("file", FILES.values(), ids=FILES)
BOTH = pytest.mark.parametrize("speaker", [ENGLISH, CHINESE], ids=["en", "zh_CN"])


def leaves(value: Any, name: str = "") -> list[str]:
    """The texts within a report that people typed, as `full` marks them."""
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, key)]
    if isinstance(value, list | tuple):
        return [leaf for one in value for leaf in leaves(one, name)]
    return [value] if isinstance(value, str) and value.startswith("字") else []


def squeezed(text: str) -> str:
    """A text without its blanks and breaks."""
    return "".join(text.split())


# Complete


@BOTH
def test_every_text_of_a_report_is_on_its_page_and_in_its_lines(speaker: Speaker) -> None:
    report = full()
    wanted = leaves(msgspec.to_builtins(report))
    assert len(wanted) > 55
    file = signed(report)
    for shown in (Reader(html_of(file, speaker)).text, text_of(file, speaker, 400)):
        assert [one for one in wanted if one not in squeezed(shown)] == []


def test_every_day_and_time_of_a_report_is_shown() -> None:
    times = {"2020-01-02", "2020-03-04", "2019-05-06", "2026-02-07", "2027-01-31"}
    times |= {f"{one.astimezone(SHANGHAI):%Y-%m-%d %H:%M} +08:00" for one in moments(full())}
    assert len(times) > 25
    shown = Reader(html_of(signed(), ENGLISH)).text
    assert sorted(one for one in times if one not in shown) == []
    lines = squeezed(text_of(signed(), ENGLISH, 400))
    assert sorted(one for one in times if squeezed(one) not in lines) == []


@BOTH
@EVERY
def test_ten_sections_stand_in_their_order(file: ReportFile, speaker: Speaker) -> None:
    titles = [f"{no} {speaker.label(one)}" for no, one in enumerate(Section, start=1)]
    heads = [one for one in Reader(html_of(file, speaker)).texts["h2"] if one[0].isdigit()]
    assert [head[: len(title)] for head, title in zip(heads, titles, strict=True)] == titles
    lines = [one for one in text_of(file, speaker).splitlines() if re.match(r"\d+ ", one)]
    assert [one for one in titles if not any(line.startswith(one) for line in lines)] == []


@EVERY
def test_there_is_no_word_on_a_report_that_is_not_translated(file: ReportFile) -> None:
    speaker = Speaker("en", SHANGHAI)
    speaker.translate = lambda words: f"«{words}»"  # type: ignore[method-assign]
    shown = (Reader(html_of(file, speaker)).text, text_of(file, speaker, 4000))
    for text in shown:
        while text != (text := re.sub("«[^«»]*»", "", text)):
            pass
        text = text.replace("Asia/Shanghai", "").replace(file.hash or "-", "")
        text = re.sub(r"字\w+", "", text)
        assert re.findall("[A-Za-z]{2,}", text) == []


def test_the_template_holds_no_words() -> None:
    template = files("dispatch_tui.reports").joinpath(TEMPLATE).read_text("utf-8")
    template = re.sub(r"<style>.*</style>", "", template, flags=re.DOTALL)
    template = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", template)
    assert template.split() == []


@BOTH
@EVERY
def test_no_hole_is_left_in_a_sentence(file: ReportFile, speaker: Speaker) -> None:
    shown = Reader(html_of(file, speaker)).text
    assert not re.search(r"[{}]|None|datetime|Section\.", shown)


def test_a_chinese_report_says_that_it_is_one() -> None:
    page = html_of(signed(), CHINESE)
    assert '<html lang="zh-CN">' in page
    assert '<html lang="en">' in html_of(signed(), ENGLISH)
    assert "Noto Sans CJK SC" in page


# Its state


@BOTH
def test_a_draft_says_that_it_is_not_valid_and_what_it_lacks(speaker: Speaker) -> None:
    file = draft(bare())
    assert len(file.lacking) == 2
    state = speaker.translate("DRAFT - not valid")
    page = Reader(html_of(file, speaker))
    assert state in page.text
    assert state in css_strings(page.styles)[0]
    assert page.texts["li"] == [speaker.translate(one) for one in file.lacking]
    lines = text_of(file, speaker)
    assert f"[{state}]" in lines
    assert all(speaker.translate(one) in lines for one in file.lacking)


def test_nobody_is_asked_to_sign_a_draft() -> None:
    for file, boxes in ((draft(), False), (final(), True), (signed(), True)):
        assert ("For the customer" in Reader(html_of(file, ENGLISH)).text) is boxes
        assert ("For the customer" in text_of(file, ENGLISH)) is boxes


def test_a_draft_names_the_tests_that_are_still_to_be_made() -> None:
    report = msgspec.structs.replace(full(), by_phone=False, agreement=None)
    file = draft(report)
    assert "CT number of water" in file.lacking
    assert "Image noise" not in file.lacking
    rows = Reader(html_of(file, ENGLISH)).texts["tr"]
    assert "CT number of watertest phantom0 ± 4 HU——" in rows


def test_what_is_not_signed_yet_is_left_to_be_filled_in_by_hand() -> None:
    empty = html_of(final(), ENGLISH).count("<dd></dd>")
    assert empty == html_of(signed(), ENGLISH).count("<dd></dd>") + 3
    assert text_of(final(), ENGLISH).count("____") > text_of(signed(), ENGLISH).count("____")


@BOTH
def test_a_final_report_has_its_hash_at_its_end_and_on_every_page(speaker: Speaker) -> None:
    file = final()
    page = Reader(html_of(file, speaker))
    assert file.hash in page.texts["footer"][0]
    foot = css_strings(page.styles)[0]
    assert foot.startswith(speaker.translate("Service report"))
    assert foot.endswith(file.hash)
    assert file.report.number in foot
    assert "counter(page)" in page.styles
    assert file.hash in text_of(file, speaker)


@BOTH
def test_a_report_whose_text_was_changed_says_so_first(speaker: Speaker) -> None:
    state = speaker.translate("NOT VALID - text was changed")
    page = Reader(html_of(tampered(), speaker))
    assert state in css_strings(page.styles)[0]
    assert page.text.index("篡") < page.text.index(speaker.label(Section.DEVICE))
    lines = text_of(tampered(), speaker).splitlines()
    assert state in lines[0]
    assert "篡" in lines[2]


# Amendments


def test_an_amendment_stands_beside_what_it_amends() -> None:
    page = html_of(signed(), ENGLISH)
    [first, second, third] = re.findall(
        r'<div class="change">(.*?)</div>\s*</div>\s*</div>', page, re.S
    )
    was, now = re.findall(r"<h4>(.*?)</h4>(.*)", first)
    assert was[0] == "As it was"
    assert "字part_out_serial" in was[1]
    assert now[0] == "As amended"
    assert "字first_amendment" in now[1]
    assert "字advice" in second
    assert "字first_amendment" in third, "the third amends what the first had amended"


def test_the_amended_section_itself_stays_as_it_was_and_points_to_the_amendments() -> None:
    before, after = Reader(html_of(final(), ENGLISH)), Reader(html_of(signed(), ENGLISH))
    facts = before.texts["dd"][before.texts["dd"].index("字device_name") : -8]
    assert len(facts) > 40
    assert after.texts["dd"][after.texts["dd"].index("字device_name") : -8] == facts
    assert len(before.texts["td"]) > 60
    assert after.texts["td"] == before.texts["td"]
    assert "7 Partsamended: see 1, 3 below" in after.texts["h2"]
    assert "8 Tests" in after.texts["h2"]


def test_what_was_amended_after_the_signature_is_said_to_be() -> None:
    told = Reader(html_of(signed(), ENGLISH)).texts["p"]
    late = [one for one in told if "after the customer had signed" in one]
    assert [one[:22] for one in late] == ["2026-03-05 14:00 +08:0", "2026-03-05 15:00 +08:0"]


# Text from people

NAUGHTY = (
    "<script>alert(1)</script>",
    "[/]",
    "[bold red]x[/bold red]",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "{{ 7*7 }}{% raw %}",
    "&amp; &lt;",
    "%s {0} {text}",
)


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_text_from_people_is_drawn_literally(naughty: str) -> None:
    harmless = Reader(html_of(signed(), ENGLISH))
    file = signed(full(lambda _: naughty), lambda _: naughty)
    page = Reader(html_of(file, ENGLISH))
    assert page.tags <= harmless.tags | {"li", "wbr", "span"}
    assert page.attributes <= harmless.attributes
    assert page.text.count(naughty) > 55
    assert squeezed(naughty) in squeezed(text_of(file, ENGLISH))


def test_a_number_and_a_hash_cannot_leave_the_style_sheet() -> None:
    said = '"</style>\\" 报告 ·'
    assert css_strings(css_string(said)) == [said]
    assert not set(css_string(said)[1:-1]) & set('"<>/')
    report = msgspec.structs.replace(full(), number="</style><b>")
    assert "b" not in Reader(html_of(final(report), ENGLISH)).tags


def test_line_breaks_of_people_are_kept() -> None:
    report = full(lambda name: f"{name} one\n{name} two")
    page = Reader(html_of(draft(report), ENGLISH))
    assert "advice one\nadvice two" in page.texts["dd"]
    assert "white-space: pre-line" in page.styles
    lines = [one.strip() for one in text_of(draft(report), ENGLISH, 200).splitlines()]
    assert lines[lines.index("Advice                advice one") + 1] == "advice two"


def test_what_cannot_be_seen_is_taken_out() -> None:
    report = full(lambda name: f"\x1b[31m{name}\u202e\x00\u200b")
    for shown in (html_of(signed(report), ENGLISH), text_of(signed(report), ENGLISH)):
        assert not set(shown) & set("\x1b\u202e\x00\u200b")
        assert "[31madvice" in shown


# Times


def test_times_are_those_of_the_zone_of_the_report() -> None:
    report = msgspec.structs.replace(full(), zone="Asia/Kolkata")
    assert "2026-03-03 09:30 +05:30" in text_of(final(report), ENGLISH)
    assert "those of Asia/Kolkata" in text_of(final(report), ENGLISH)


def test_a_zone_that_is_not_known_here_gives_way_to_the_reader_s() -> None:
    report = msgspec.structs.replace(full(), zone="Moon/Tranquility")
    assert "2026-03-03 12:00 +08:00" in text_of(final(report), ENGLISH)


def test_a_limit_that_was_extended_shows_the_first_one_too() -> None:
    rows = Reader(html_of(signed(), ENGLISH)).texts["tr"]
    [repair] = [one for one in rows if one.startswith("repair within 36 h")]
    assert "2026-03-05 11:00 +08:00\n(first limit 2026-03-05 00:00 +08:00)" in repair
    assert repair.endswith("met after consented extension, 1 h 00 min to spare")
    [site] = [one for one in rows if one.startswith("arrival within 48 h")]
    assert site.endswith("missed, 1 h 00 min late")


def moments(thing: Any) -> list[datetime]:
    """The times within a report that a reader is shown: not when each part and test was entered."""
    if isinstance(thing, tuple):
        return [at for one in thing for at in moments(one)]
    if isinstance(thing, datetime):
        return [thing]
    if not isinstance(thing, msgspec.Struct) or isinstance(thing, Part | Test):
        return []
    shown = set(thing.__struct_fields__) - {"step_at", "original_at"}
    return [at for name in shown for at in moments(getattr(thing, name))]


def test_the_report_of_these_tests_survives_being_frozen() -> None:
    file = final()
    assert report_of(file.document) == file.report
    assert amendment(1, Section.CALL, "x", 1).section is Section.CALL
