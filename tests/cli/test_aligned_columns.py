"""Columns that stay aligned whatever is written in them."""

import pytest

from dispatch_tui.words.columns import aligned, cut, pad, width


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("医院", 4), ("a医", 3), ("e\u0301", 1), ("ＡＢ", 4)]
)
def test_a_chinese_character_takes_two_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize("cells", range(9))
def test_a_line_is_cut_to_its_cells(cells: int) -> None:
    for text in ("成都锦浣医院", "Luting", "a医b院c"):
        assert width(cut(text, cells)) <= cells
    assert cut("医院", 4) == "医院"


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    rows = [("1", "医院", "x"), ("22", "a", "y")]
    assert aligned(rows, right={0}) == [" 1  医院  x", "22  a     y"]


def test_an_empty_column_is_left_out() -> None:
    assert aligned([("a", "", "b")]) == ["a  b"]
    assert aligned([]) == []


def test_only_so_many_cells_are_used() -> None:
    assert aligned([("a", "一二三四")], cells=7) == ["a  一…"]


def test_a_cell_is_filled_up_on_either_side() -> None:
    assert pad("医", 4) == "医  "
    assert pad("医", 4, right=True) == "  医"
