"""The warranty of 36 calendar months (S5), clipped where a month has no such day; contracts."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from course import CT, STAFF, Course
from msgspec.structs import replace

from dispatch_tui.domain.decide import Facts
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.warranty import Coverage, add_months, verdict, warranty_end


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


def device(**facts: object) -> Device:
    return replace(CT, **{"accepted_on": date(2023, 1, 31), "warranty_months": 36} | facts)


YEARS = {"contract_from": date(2026, 3, 1), "contract_until": date(2027, 2, 28)}
VERDICTS: dict[str, tuple[Device | None, date, Coverage, date | None]] = {
    "last day": (device(), date(2026, 1, 31), Coverage.WARRANTY, date(2026, 1, 31)),
    "day after": (device(), date(2026, 2, 1), Coverage.NONE, date(2026, 1, 31)),
    "12 months": (
        device(warranty_months=12),
        date(2024, 2, 1),
        Coverage.NONE,
        date(2024, 1, 31),
    ),
    "accepted on a leap day": (
        device(accepted_on=date(2024, 2, 29)),
        date(2027, 2, 28),
        Coverage.WARRANTY,
        date(2027, 2, 28),
    ),
    "the day after a leap day's warranty": (
        device(accepted_on=date(2024, 2, 29)),
        date(2027, 3, 1),
        Coverage.NONE,
        date(2027, 2, 28),
    ),
    "between warranty and contract": (
        device(**YEARS),
        date(2026, 2, 28),
        Coverage.NONE,
        date(2026, 1, 31),
    ),
    "first day of the contract": (
        device(**YEARS),
        date(2026, 3, 1),
        Coverage.CONTRACT,
        date(2027, 2, 28),
    ),
    "last day of the contract": (
        device(**YEARS),
        date(2027, 2, 28),
        Coverage.CONTRACT,
        date(2027, 2, 28),
    ),
    "after the contract": (device(**YEARS), date(2027, 3, 1), Coverage.NONE, date(2026, 1, 31)),
    "warranty goes before the contract": (
        device(contract_from=date(2025, 1, 1), contract_until=date(2027, 1, 1)),
        date(2026, 1, 31),
        Coverage.WARRANTY,
        date(2026, 1, 31),
    ),
    "contract whose beginning nobody knows": (
        device(contract_until=date(2027, 1, 1)),
        date(2026, 2, 1),
        Coverage.CONTRACT,
        date(2027, 1, 1),
    ),
    "not accepted": (device(accepted_on=None), date(2026, 2, 1), Coverage.UNKNOWN, None),
    "not accepted, with a contract": (
        device(accepted_on=None, **YEARS),
        date(2026, 4, 1),
        Coverage.CONTRACT,
        date(2027, 2, 28),
    ),
    "no device": (None, date(2026, 2, 1), Coverage.UNKNOWN, None),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_verdict_is_that_of_the_day(name: str) -> None:
    one, on, coverage, until = VERDICTS[name]
    found = verdict(one, on)
    assert (found.coverage, found.until) == (coverage, until)
    assert found.free == (coverage is Coverage.WARRANTY)


def test_an_unknown_beginning_has_no_end() -> None:
    assert warranty_end(None, 36) is None


def test_the_day_of_a_ticket_is_the_company_s_day_of_the_report() -> None:
    """At 16:30 UTC it is already the next day in Shanghai."""
    late = Course(at=datetime(2026, 1, 31, 16, 30, tzinfo=UTC), device=device()).ticket
    facts = Facts(
        now=late.reported_at, at=late.reported_at, actor=STAFF["manager"], device=device()
    )
    assert facts.verdict(late).coverage is Coverage.WARRANTY
    there = replace(facts, zone=ZoneInfo("Asia/Shanghai"))
    assert there.verdict(late).coverage is Coverage.NONE
