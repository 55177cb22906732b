"""The call after the repair: attempts, scores, "still broken", and what it opens."""

import pytest
from course import CURE, FRESH, WORKS, Course, hours, in_state
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import ClockKind, Outcome
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.facts import Answer, CallBack, CallBackResult, How
from dispatch_tui.domain.standing import concerns, holder
from dispatch_tui.domain.ticket import Status

CALL_BACK = ClockKind.CALL_BACK
NOBODY = c.CallBack(result=CallBackResult.UNREACHED)
BROKEN = c.CallBack(result=CallBackResult.BROKEN, words="no image again")


def scored(attitude: int, skill: int, speed: int, words: str = "hm") -> c.CallBack:
    return c.CallBack(
        result=CallBackResult.WORKS, attitude=attitude, skill=skill, speed=speed, words=words
    )


def test_it_is_due_24_hours_after_the_repair_and_the_hotline_s() -> None:
    course = in_state(Status.RESTORED)
    assert course.clock(CALL_BACK).started_at == hours(5)
    assert course.clock(CALL_BACK).due_at == hours(29)
    assert holder(course.ticket) == "operator"


def test_what_the_customer_said_is_kept() -> None:
    course = in_state(Status.RESTORED).give(scored(5, 4, 3, "thanks"), 6, by="operator")
    assert course.ticket.call_back == CallBack(
        result=CallBackResult.WORKS,
        attitude=5,
        skill=4,
        speed=3,
        words="thanks",
        by="operator",
        at=hours(6),
    )
    assert course.ticket.confirmed_at == hours(6)
    assert course.ticket.status is Status.CONFIRMED
    assert course.clock(CALL_BACK).outcome is Outcome.MET


def test_attempts_are_counted_and_stop_nothing() -> None:
    course = in_state(Status.RESTORED).give(NOBODY, 6).give(NOBODY, 7)
    assert course.ticket.failed_calls == 2
    assert course.ticket.status is Status.RESTORED
    assert course.clock(CALL_BACK).running
    with pytest.raises(NotPossible, match="was not called back yet"):
        course.decided(c.Close())
    assert course.give(WORKS, 8).ticket.failed_calls == 2
    assert course.ticket.confirmed_at == hours(8)


def test_a_second_call_back_is_not_needed() -> None:
    with pytest.raises(NotPossible, match="nothing to call back about any more"):
        in_state(Status.CONFIRMED).decided(WORKS)


def test_still_broken_reopens_the_case_with_its_history() -> None:
    course = in_state(Status.RESTORED)
    assert course.events(BROKEN, 6) == (
        e.CalledBack(result=CallBackResult.BROKEN, words="no image again"),
        e.Reopened(reason="no image again"),
    )
    course.give(NOBODY, 5.5).give(BROKEN, 6)
    ticket = course.ticket
    assert ticket.status is Status.ASSIGNED
    assert (ticket.life, ticket.reopened_at) == (1, hours(6))
    assert (ticket.call_back, ticket.failed_calls) == (None, 0)
    assert ticket.visits[0].trips[0].arrived_at == hours(3)
    clock = course.clock(ClockKind.REPAIR)
    assert (clock.running, clock.due_at, clock.original_due_at) == (True, hours(39), hours(39))


def test_still_broken_without_words_needs_the_scores_and_has_a_reason_of_its_own() -> None:
    silent = c.CallBack(result=CallBackResult.BROKEN, attitude=3, skill=3, speed=3)
    assert in_state(Status.SOLVED).events(silent)[1:] == (
        e.Reopened(reason="still broken when called back"),
    )


@pytest.mark.parametrize("scores", [(2, 5, 5), (5, 2, 5), (5, 5, 1)])
def test_a_low_score_opens_a_complaint_in_the_customer_s_words(
    scores: tuple[int, int, int],
) -> None:
    events = in_state(Status.RESTORED).events(scored(*scores))
    assert events[1:] == (e.ComplaintOpened(number=FRESH, text="hm", channel=How.CALL),)


def test_three_is_no_low_score() -> None:
    assert len(in_state(Status.RESTORED).events(scored(3, 3, 3))) == 1


def test_the_wish_to_complain_opens_a_complaint_whatever_the_scores() -> None:
    wish = replace(scored(5, 5, 5), complaint=Answer.YES)
    course = in_state(Status.RESTORED).give(wish, 6)
    assert course.ticket.complaints == (FRESH,)
    assert course.ticket.status is Status.CONFIRMED
    (concern,) = concerns(course.ticket, hours(6))
    assert FRESH in str(concern)


def test_still_broken_and_angry_reopens_and_complains() -> None:
    angry = replace(BROKEN, attitude=1, skill=1, speed=1)
    assert [type(one) for one in in_state(Status.RESTORED).events(angry)] == [
        e.CalledBack,
        e.Reopened,
        e.ComplaintOpened,
    ]


REFUSED: dict[str, tuple[c.CallBack, str, str]] = {
    "no scores and no words": (
        c.CallBack(result=CallBackResult.WORKS),
        "attitude",
        "Ask for the three scores from 1 to 5, or write in words",
    ),
    "one score missing": (
        c.CallBack(result=CallBackResult.WORKS, attitude=5, skill=5),
        "speed",
        "Ask for the three scores",
    ),
    "a low score without words": (scored(1, 5, 5, ""), "words", "not satisfied with"),
    "a complaint without words": (
        replace(scored(5, 5, 5, ""), complaint=Answer.YES),
        "words",
        "it opens a complaint",
    ),
    "scores of nobody": (replace(NOBODY, skill=4), "attitude", "Nobody was reached"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_call_back_that_says_too_little_is_refused(name: str) -> None:
    command, field, sentence = REFUSED[name]
    with pytest.raises(InvalidInput, match=sentence) as no:
        in_state(Status.RESTORED).decided(command)
    assert no.value.field == field


def test_words_stand_in_for_scores_that_the_customer_does_not_give() -> None:
    words = c.CallBack(result=CallBackResult.WORKS, words="no time for scores")
    assert in_state(Status.RESTORED).give(words, 6).ticket.status is Status.CONFIRMED


def test_who_was_not_reached_does_not_complain() -> None:
    wish = replace(NOBODY, complaint=Answer.YES, words="the line was cut")
    assert len(in_state(Status.RESTORED).events(wish)) == 1


@pytest.mark.parametrize("score", [0, 6, -1, 100])
def test_a_score_is_from_1_to_5(score: int) -> None:
    with pytest.raises(InvalidInput, match=rf"{score} is no score: give 1 \(worst\) to 5") as no:
        in_state(Status.RESTORED).decided(scored(5, score, 5))
    assert no.value.field == "skill"


def test_a_repair_that_follows_the_call_back_is_called_back_again() -> None:
    course = Course().give(c.SolveByPhone(what_was_done=CURE), 1).give(BROKEN, 2)
    course.give(c.SolveByPhone(what_was_done=CURE), 3)
    assert course.ticket.status is Status.SOLVED
    assert course.clock(CALL_BACK).due_at == hours(27)
    assert course.give(WORKS, 4).give(c.Close(), 5).ticket.status is Status.CLOSED
