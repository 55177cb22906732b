"""What a text is found by, and what a ticket is found by."""

import typing
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.domain import events as e
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.indexed import (
    NO_WORDS,
    WORDS,
    Thing,
    after_day,
    first_of_day,
    place_of,
    words_of_ticket,
)
from dispatch_tui.domain.tokens import MOST_TOKENS, mark, phrase, tokens, words_of

DAY = date(2026, 3, 3)
TEXTS = st.text(alphabet='高压故障CT机ab1 -%_"*,，', max_size=30)


def entry(seq: int, event: e.TicketEvent) -> e.Entry:
    """An entry of that morning."""
    at = datetime(2026, 3, 3, 8 + seq, tzinfo=UTC)
    return e.Entry(seq=seq, event=event, actor="ola", occurred_at=at, recorded_at=at)


def holds(text: str, said: str, *, growing: bool = False) -> bool:
    """Whether a text has what is said, as the indexes of both engines look for it."""
    wanted = phrase(said, growing=growing)
    return f" {' '.join(wanted)}{'' if wanted.open else ' '}" in words_of([text])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("高压故障", ["高压", "压故", "故障", "障"]),
        ("CT机房", ["ct", "机房", "房"]),
        ("ＮＶ-8009", ["nv", "8009"]),
        ("5%_x", ["5", "%", "_", "x"]),
        ("É 機 か", ["é", "機", "か"]),
        ("!?", []),
    ],
)
def test_a_text_is_taken_apart(text: str, wanted: list[str]) -> None:
    assert tokens(text) == wanted


@pytest.mark.parametrize(
    "said", ["高压", "压故", "高", "障", "房", "CT", "ct机", "机房漏", "水", "E-0607", "5%"]
)
def test_any_part_of_chinese_and_any_whole_word_is_found(said: str) -> None:
    assert holds("CT机房漏水，报高压故障 E-0607 到5%", said)


@pytest.mark.parametrize("said", ["高障", "C", "060", "机漏", "%5"])
def test_what_does_not_stand_there_is_not_found(said: str) -> None:
    assert not holds("CT机房漏水，报高压故障 E-0607 到5%", said)


def test_the_last_word_may_go_on_while_it_is_typed() -> None:
    assert holds("No image after warm-up", "ima", growing=True)
    assert not holds("No image after warm-up", "ima")
    assert not holds("No image after warm-up", "i", growing=True)


def test_no_phrase_reaches_from_one_text_into_the_next() -> None:
    assert " 高压 压 ~ 故障 障 " in words_of(["高压", "故障"])
    assert f" {' '.join(phrase('高压故障'))} " not in words_of(["高压", "故障"])


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_is_found_by_every_part_that_ends_between_words(a: str, b: str, c: str) -> None:
    assert not phrase(b) or holds(f"{a} {b} {c}", b)
    assert not phrase(b) or holds(f"{a} {b} {c}", b, growing=True)


@given(st.text(max_size=200))
def test_tokens_are_words_without_blanks_and_no_marks(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not set(token) & set(" \n=~")
        assert len(token) <= 64


def test_a_text_without_end_is_cut() -> None:
    assert len(words_of(["高" * 100_000]).split()) == MOST_TOKENS


@given(st.text(), st.text())
def test_marks_are_single_words_that_differ_where_values_do(one: str, other: str) -> None:
    assert (mark("client", one) == mark("client", other)) == (one == other)
    assert len(mark("client", one).split()) == 1


def test_every_field_of_every_event_is_words_or_is_not() -> None:
    for event in typing.get_args(e.TicketEvent):
        for name, hint in typing.get_type_hints(event).items():
            if hint is str or hint == str | None:
                assert (name in WORDS) != (name in NO_WORDS), (event, name)


def test_a_ticket_is_found_by_what_stands_in_its_journal() -> None:
    journal = (
        entry(1, e.CallLogged(fault="Smkoe", customer="C 1")),
        entry(2, e.Noted(text="Spare tube ordered")),
        entry(3, e.Noted(text="Wrong ticket")),
        entry(4, e.Withdrawn(seqs=(3,))),
        entry(5, e.Corrected(fault="Smoke")),
        entry(6, e.CaseKept(symptom="烧焦味", cause="受潮", cure="烘干")),
    )
    ticket = fold("260303-001", journal)
    assert ticket is not None
    words = words_of_ticket(ticket, journal)
    for there in ("smoke", "spare tube", "烧焦", "受潮", "烘干", mark("client", "C 1")):
        assert f" {there} " in words
    for gone in ("smkoe", "wrong"):
        assert gone not in words


def test_tickets_stand_in_the_order_of_their_numbers_after_everything_else() -> None:
    numbers = ["160101-001", "260303-001", "260303-999", "260303-1000", "260304-001"]
    places = [place_of(Thing.TICKET, number) for number in numbers]
    assert places == sorted(places)
    assert place_of(Thing.CUSTOMER, "C1") < places[0]
    assert place_of(Thing.CUSTOMER, "C1") != place_of(Thing.DEVICE, "C1")


def test_days_lie_between_the_tickets_of_the_day_before_and_of_the_day_after() -> None:
    day = DAY
    first, last = (place_of(Thing.TICKET, f"260303-{one}") for one in ("001", "99999"))
    assert first_of_day(day) < first < last < after_day(day)
    assert after_day(day) == first_of_day(day.replace(day=4))
    assert first_of_day(day.replace(year=1999)) < place_of(Thing.TICKET, "000101-001")
    assert after_day(day.replace(year=2100)) > place_of(Thing.TICKET, "991231-99999")
