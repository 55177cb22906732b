"""No more is under way on a slow line than the terminal can draw soon."""

from dispatch_tui.console.terminal.pace import MOST_UNDER_WAY, PATIENCE, QUESTION, RATE, Pace


def paced() -> Pace:
    """A pace whose terminal has answered once."""
    pace = Pace()
    assert pace.sent(1, 0.0) == QUESTION
    pace.answered()
    return pace


def test_a_terminal_that_never_answered_is_never_waited_for() -> None:
    pace = Pace()
    assert pace.sent(100, 0.0) == QUESTION
    assert not pace.holds(0.1)


def test_letters_typed_quickly_are_never_held() -> None:
    pace = paced()
    for place in range(200):
        assert pace.sent(40, place / 20) == ""
        assert not pace.holds(place / 20)


def test_a_burst_is_held_until_the_terminal_has_drawn_it() -> None:
    pace = paced()
    assert pace.sent(MOST_UNDER_WAY + 1, 1.0) == QUESTION
    assert pace.holds(1.5)
    assert pace.sent(10, 1.6) == ""
    pace.answered()
    assert not pace.holds(1.7)


def test_what_any_line_has_carried_by_now_counts_no_more() -> None:
    pace = paced()
    assert pace.sent(MOST_UNDER_WAY, 1.0) == ""
    assert pace.sent(MOST_UNDER_WAY, 1.0 + MOST_UNDER_WAY / RATE) == ""


def test_an_answer_that_is_lost_holds_nothing_for_ever() -> None:
    pace = paced()
    pace.sent(MOST_UNDER_WAY + 1, 1.0)
    assert pace.holds(1.0 + PATIENCE / 2)
    assert not pace.holds(1.0 + PATIENCE)
    pace.answered()
    assert pace.sent(MOST_UNDER_WAY + 1, 30.0) == QUESTION
    assert pace.holds(30.1)
