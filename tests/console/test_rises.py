"""When flags rise next: known for each ticket once, and only of those that are still expected."""

from datetime import UTC, datetime, timedelta

from dispatch_tui.console.rises import Rises

NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_ticket_is_due_from_its_earliest_time_on_until_it_is_expected_anew() -> None:
    rises = Rises()
    rises.expect("a", [NOON + 2 * HOUR, NOON + HOUR])
    rises.expect("b", [NOON + 3 * HOUR])
    assert rises.due(NOON) == frozenset()
    assert rises.due(NOON + HOUR) == {"a"}
    assert rises.due(NOON + HOUR) == {"a"}
    rises.expect("a", [NOON + 2 * HOUR])
    assert rises.due(NOON + HOUR) == frozenset()
    assert rises.due(NOON + 3 * HOUR) == {"a", "b"}


def test_what_ended_is_no_longer_expected() -> None:
    rises = Rises()
    rises.expect("a", [NOON])
    rises.expect("a", [])
    assert rises.due(NOON + HOUR) == frozenset()
    rises.expect("b", [NOON + HOUR])
    assert rises.due(NOON + HOUR) == {"b"}


def test_a_ticket_that_changes_a_thousand_times_is_expected_once() -> None:
    rises = Rises()
    for minute in range(1000):
        rises.expect("a", [NOON + timedelta(minutes=minute)])
    assert len(rises) == 1
