"""The warranty of 36 calendar months (S5), clipped where a month has no such day."""

from datetime import date

import pytest

from dispatch_tui.domain.warranty import add_months, in_warranty, warranty_end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 15), 36, date(2027, 1, 15)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 5, 5), 0, date(2025, 5, 5)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
    ],
)
def test_months_are_calendar_months(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end
    assert warranty_end(start, months) == end


def test_the_last_day_is_covered_and_the_next_is_not() -> None:
    accepted = date(2023, 1, 31)
    assert in_warranty(accepted, 36, date(2026, 1, 31)) is True
    assert in_warranty(accepted, 36, date(2026, 2, 1)) is False


def test_an_unknown_beginning_gives_no_answer() -> None:
    assert warranty_end(None, 36) is None
    assert in_warranty(None, 36, date(2026, 1, 31)) is None
