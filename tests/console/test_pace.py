"""No more is under way on a slow line than is drawn soon, and nothing on a dead one."""

from dispatch_tui.console.terminal.pace import (
    DEAD,
    MOST_UNDER_WAY,
    PATIENCE,
    QUESTION,
    RATE,
    SILENCE,
    Pace,
)


def paced() -> Pace:
    """A pace whose terminal has answered once, at 0."""
    pace = Pace()
    assert pace.sent(1, 0.0) == QUESTION
    pace.heard(0.0)
    pace.answered()
    return pace


def test_a_terminal_that_never_answered_is_never_waited_for() -> None:
    pace = Pace()
    assert pace.sent(100, 0.0) == QUESTION
    assert not pace.holds(0.1)
    assert pace.sent(MOST_UNDER_WAY + 1, 0.2) == ""
    assert not pace.holds(0.3)


def test_letters_typed_quickly_are_never_held() -> None:
    pace = paced()
    for place in range(200):
        pace.heard(place / 20)
        assert pace.sent(40, place / 20) == ""
        assert not pace.holds(place / 20)


def test_a_burst_is_held_until_the_terminal_has_drawn_it() -> None:
    pace = paced()
    assert pace.sent(MOST_UNDER_WAY + 1, 1.0) == QUESTION
    pace.heard(1.1)
    assert pace.holds(1.5)
    assert pace.sent(10, 1.6) == ""
    pace.answered()
    assert not pace.holds(1.7)


def test_what_was_sent_after_a_question_is_still_under_way_after_its_answer() -> None:
    pace = paced()
    assert pace.sent(10, SILENCE) == QUESTION
    pace.heard(SILENCE)
    assert pace.sent(MOST_UNDER_WAY, SILENCE) == ""
    pace.answered()
    assert pace.sent(1, SILENCE) == QUESTION


def test_what_any_line_has_carried_by_now_counts_no_more() -> None:
    pace = paced()
    assert pace.sent(MOST_UNDER_WAY, 1.0) == ""
    assert pace.sent(MOST_UNDER_WAY, 1.0 + MOST_UNDER_WAY / RATE) == ""


def test_an_answer_that_is_lost_holds_nothing_for_ever() -> None:
    pace = paced()
    pace.sent(MOST_UNDER_WAY + 1, 1.0)
    pace.heard(1.1)
    assert pace.holds(1.0 + PATIENCE / 2)
    assert not pace.holds(1.0 + PATIENCE)
    pace.answered()
    pace.heard(29.0)
    assert pace.sent(MOST_UNDER_WAY + 1, 30.0) == QUESTION
    assert pace.holds(30.1)


def test_into_a_silence_one_frame_is_sent_and_no_other_before_somebody_is_heard() -> None:
    pace = paced()
    assert pace.sent(10, SILENCE - 0.1) == ""
    assert pace.sent(10, SILENCE) == QUESTION
    assert pace.holds(SILENCE + PATIENCE)
    pace.heard(SILENCE + PATIENCE)
    assert not pace.holds(SILENCE + PATIENCE)


def test_a_key_between_the_question_and_the_end_of_the_line_hides_nothing() -> None:
    pace = paced()
    assert pace.sent(10, 5.0) == QUESTION
    pace.heard(5.1)
    assert pace.sent(10, 5.2) == ""
    assert pace.sent(10, 5.1 + SILENCE) == QUESTION
    assert pace.holds(5.2 + SILENCE)


def test_a_terminal_that_answers_no_more_but_is_there_is_drawn_on_again() -> None:
    pace = paced()
    assert pace.sent(10, 10.0) == QUESTION
    assert pace.holds(10.0 + DEAD - 0.1)
    assert not pace.holds(10.0 + DEAD)
    assert pace.sent(10, 10.0 + DEAD) == QUESTION
    assert not pace.holds(10.1 + DEAD)
