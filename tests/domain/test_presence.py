"""Who else has a ticket open, by their last key press."""

from datetime import timedelta

import pytest
from centre import NOON

from dispatch_tui.domain.presence import FADES_AFTER, Beside, Present, beside


def _open(console: str, login: str, doing: str = "", *, ago: float = 0.0) -> Present:
    pressed_at = NOON - timedelta(seconds=ago)
    return Present(
        console=console, login=login, ticket="260303-001", doing=doing, pressed_at=pressed_at
    )


def test_others_are_there_oneself_and_those_elsewhere_are_not() -> None:
    rows = (_open("a", "ola", "note"), _open("b", "mia", "assign"), _open("c", "max"))
    assert beside(rows, "ola", "260303-001", NOON) == (Beside("max", ""), Beside("mia", "assign"))
    assert beside(rows, "ola", "260303-002", NOON) == ()


@pytest.mark.parametrize(("seconds", "there"), [(0, True), (119, True), (120, False)])
def test_somebody_fades_two_minutes_after_their_last_key(seconds: int, there: bool) -> None:
    assert timedelta(seconds=120) == FADES_AFTER
    assert bool(beside((_open("b", "mia", ago=seconds),), "ola", "260303-001", NOON)) is there


def test_of_two_consoles_of_one_person_the_one_that_was_used_last_counts() -> None:
    rows = (_open("b", "mia", "assign", ago=1), _open("a", "mia", "note", ago=60))
    assert beside(rows, "ola", "260303-001", NOON) == (Beside("mia", "assign"),)
