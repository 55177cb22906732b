"""Formulas: a spreadsheet sees none, and what was written comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.domain.spreadsheet import guarded, unguarded

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
TEXT = st.one_of(st.text(), st.text(alphabet="=+-@\t\r'a", max_size=6))


@given(TEXT)
def test_what_was_guarded_comes_back_unchanged(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXT)
def test_nothing_guarded_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(FORMULAS)


@given(TEXT)
def test_what_needs_no_guard_is_left_alone(text: str) -> None:
    if not text.startswith((*FORMULAS, "'")):
        assert guarded(text) == unguarded(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-30.5", "'-30.5"),
        ("'=1", "''=1"),
        ("'", "''"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_one_quote_stands_before_a_formula(text: str, written: str) -> None:
    assert guarded(text) == written


def test_an_apostrophe_of_somebody_else_stays() -> None:
    assert unguarded("'s-Hertogenbosch") == "'s-Hertogenbosch"
    assert unguarded("'") == "'"
