"""From what is typed to what is looked for: words, phrases, filters, and nothing but sentences."""

import contextlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.query import Filter, Narrowed, Query, literally, parse
from dispatch_tui.domain.tokens import phrase


def narrowed(said: str) -> tuple[tuple[Filter, str, bool], ...]:
    """The filters of a query."""
    return tuple((one.filter, one.value, one.without) for one in parse(said).narrowed)


def understood(said: str, *, growing: bool) -> Query:
    """What is looked for, nothing where it is refused: any other error fails the test."""
    with contextlib.suppress(InvalidInput):
        return parse(said, growing=growing)
    return Query()


@pytest.mark.parametrize(
    ("said", "phrases", "without"),
    [
        ("高压 故障", [("高压",), ("故障",)], []),
        ('"high voltage" arc', [("high", "voltage"), ("arc",)], []),
        ("“高压 故障”", [("高压", "压", "故障")], []),
        ('高压 -球管 -"no image"', [("高压",)], [("球管",), ("no", "image")]),
        ("ＣＴ　机", [("ct",), ("机",)], []),
        ('5" probe', [("5", '"'), ("probe",)], []),
        ('"unended', [('"', "unended")], []),
        ('""', [], []),
        ("-", [], []),
        ("260301-001", [("260301", "001")], []),
        ("50% a_b *", [("50", "%"), ("a", "_", "b"), ("*",)], []),
    ],
)
def test_words_phrases_and_what_must_not_be_there(
    said: str, phrases: list[tuple[str, ...]], without: list[tuple[str, ...]]
) -> None:
    query = parse(said)
    assert (list(query.phrases), list(query.without)) == (phrases, without)


def test_the_last_word_grows_until_a_blank_ends_it() -> None:
    assert [one.open for one in parse("high volt", growing=True).phrases] == [False, True]
    for said in ("high volt ", '"high volt"', "高压"):
        assert not parse(said, growing=True).phrases[-1].open
    assert not parse("high volt").phrases[-1].open
    assert parse("高").phrases[-1].open


def test_filters_narrow_it_down() -> None:
    assert narrowed('kind:fault Status:UNDER-WAY -client:"成都 锦浣" engineer:单志远') == (
        (Filter.KIND, "fault", False),
        (Filter.STATUS, "under_way", False),
        (Filter.CLIENT, "成都 锦浣", True),
        (Filter.ENGINEER, "单志远", False),
    )
    assert narrowed("status：open") == ((Filter.STATUS, "open", False),)
    assert parse("status:open").of_tickets
    assert not parse("open").of_tickets


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("since:2026", date(2026, 1, 1), None),
        ("since:2026-2 until:2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("until:2024-02", None, date(2024, 2, 29)),
        ("since:2026-01-31 until:2026", date(2026, 1, 31), date(2026, 12, 31)),
        ("since:2025 since:2026", date(2026, 1, 1), None),
    ],
)
def test_days_are_whole_days_months_and_years(
    said: str, since: date | None, until: date | None
) -> None:
    query = parse(said)
    assert (query.since, query.until) == (since, until)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("colour:red", "colour: is no filter, there are"),
        ("kind:party", "kind: can be"),
        ("status:", "status: can be"),
        ("client:", "client: needs a name after it."),
        ("since:yesterday", "“yesterday” is no day"),
        ("since:2026-13", "“2026-13” is no day"),
        ("until:2026-02-30", "“2026-02-30” is no day"),
        ("-since:2026", "since: cannot be left out, only given."),
        ("a " * 41, "A search has at most 40 words."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(said: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=re.escape(sentence)):
        parse(said)


@given(st.text(max_size=300), st.booleans())
def test_whatever_is_typed_is_understood_or_refused_in_a_sentence(said: str, growing: bool) -> None:
    query = understood(said, growing=growing)
    assert all(one for one in (*query.phrases, *query.without))


@given(st.text(alphabet='kindstauclegr:-" 高压%_*0123456789“”', max_size=60))
def test_whatever_looks_like_a_filter_is_understood_or_refused(said: str) -> None:
    assert understood(said, growing=True) is not None


@given(st.text(max_size=60))
def test_what_is_meant_literally_is_looked_for_as_it_stands(text: str) -> None:
    query = parse(literally(text), growing=True)
    assert list(query.phrases) == [one for one in [phrase(text)] if one]
    assert not query.of_tickets


@given(st.sampled_from([Filter.CLIENT, Filter.DEVICE, Filter.ENGINEER]), st.text(min_size=1))
def test_a_name_in_a_filter_is_the_name(wanted: Filter, name: str) -> None:
    meant = parse(literally(name)).names[0].strip()
    if not meant:
        return
    assert parse(f"{wanted}:{literally(name)}").narrowed == (Narrowed(wanted, meant),)
