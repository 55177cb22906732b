"""More time for the repair of a major fault, with the purchaser's consent only (S4)."""

from datetime import timedelta

import pytest
from course import ASSIGN, CURE, MAJOR, Course, hours, told
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.clocks import ClockKind, Level, Outcome, Policy
from dispatch_tui.domain.errors import DispatchError, InvalidInput, NotPossible
from dispatch_tui.domain.standing import concerns
from dispatch_tui.domain.table import COMMANDS, state_obstacle
from dispatch_tui.domain.ticket import Severity

REPAIR = ClockKind.REPAIR
ARRIVED = 2.0
LIMIT, CAP = ARRIVED + 36, ARRIVED + 48


def until(count: float) -> c.Consent:
    """The consent to a repair that takes so many hours from the arrival."""
    return c.Consent(
        name="Dr. Chen",
        position="director",
        phone="0571 1",
        how=f.How.LETTER,
        why="the tube comes tomorrow",
        until=hours(ARRIVED + count),
    )


def major() -> Course:
    """A major fault; the engineer is there since hour 2."""
    return told((ASSIGN, 1), (c.Arrive(engineers=("li",)), ARRIVED), (MAJOR, 3))


def test_consent_to_47_hours_extends_the_limit_and_the_first_one_stays_visible() -> None:
    clock = major().give(until(47), 30).clock(REPAIR)
    assert (clock.due_at, clock.original_due_at) == (hours(ARRIVED + 47), hours(LIMIT))
    assert clock.outcome is Outcome.RUNNING
    assert clock.level(hours(LIMIT)) is Level.NEAR
    assert clock.level(hours(ARRIVED + 47)) is Level.BREACHED


def test_who_agreed_how_when_why_and_until_when_is_kept() -> None:
    course = major().give(until(47), 30)
    assert course.ticket.consents == (
        f.Consent(
            name="Dr. Chen",
            position="director",
            phone="0571 1",
            how=f.How.LETTER,
            why="the tube comes tomorrow",
            until=hours(ARRIVED + 47),
            at=hours(30),
        ),
    )


def test_48_hours_are_the_cap_to_the_minute() -> None:
    assert major().give(until(48), 30).clock(REPAIR).due_at == hours(CAP)
    later = replace(until(48), until=hours(CAP) + timedelta(minutes=1))
    with pytest.raises(InvalidInput, match="More than 48 h from the arrival") as no:
        major().decided(later, 30)
    assert no.value.field == "until"
    assert no.value.message.values["cap"] == hours(CAP)


REFUSED: dict[str, tuple[c.Command, float, type[DispatchError], str]] = {
    "49 h": (until(49), 30, InvalidInput, "More than 48 h from the arrival are not possible"),
    "within the limit": (until(36), 30, InvalidInput, "is within the limit of .*no consent"),
    "after the limit": (until(47), LIMIT + 0.1, NotPossible, "what is agreed later does not undo"),
    "ended before it was given": (until(47), ARRIVED + 47.1, InvalidInput, "has passed already"),
    "asked for 49 h": (
        c.AskConsent(name="Dr. Chen", until=hours(ARRIVED + 49)),
        30,
        InvalidInput,
        "More than 48 h",
    ),
    "asked for what is promised anyway": (
        c.AskConsent(name="Dr. Chen", until=hours(LIMIT)),
        30,
        InvalidInput,
        "no consent is needed",
    ),
    "asked after the limit": (
        c.AskConsent(name="Dr. Chen", until=hours(CAP)),
        LIMIT + 1,
        NotPossible,
        "The limit passed on",
    ),
    "asked for a time that is over": (
        c.AskConsent(name="Dr. Chen", until=hours(ARRIVED + 40)),
        ARRIVED + 41,
        InvalidInput,
        "has passed already",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_extension_that_is_not_allowed_is_refused(name: str) -> None:
    command, at, error, sentence = REFUSED[name]
    with pytest.raises(error, match=sentence):
        major().decided(command, at)


def test_consent_may_be_given_up_to_the_limit_itself() -> None:
    assert major().give(until(47), LIMIT).clock(REPAIR).due_at == hours(ARRIVED + 47)


def test_an_ordinary_fault_is_not_extended() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), ARRIVED))
    for command in (until(47), c.AskConsent(name="Dr. Chen", until=hours(CAP))):
        with pytest.raises(NotPossible, match="is an ordinary one: only a major fault can be ext"):
            course.decided(command, 30)


def test_before_the_arrival_there_is_nothing_to_extend() -> None:
    course = told((ASSIGN, 1), (MAJOR, 1))
    with pytest.raises(NotPossible, match="record the arrival first"):
        course.decided(until(47), 2)


def test_a_repair_within_the_extension_is_met_after_consent_never_met() -> None:
    course = major().give(until(47), 30)
    course.give(c.Restore(what_was_done=CURE), ARRIVED + 46)
    assert course.clock(REPAIR).outcome is Outcome.MET_EXTENDED
    assert course.clock(REPAIR).level(hours(100)) is Level.NORMAL


def test_a_repair_within_the_first_limit_is_met_although_more_was_agreed() -> None:
    course = major().give(until(47), 30).give(c.Restore(what_was_done=CURE), LIMIT)
    assert course.clock(REPAIR).outcome is Outcome.MET


def test_a_repair_after_the_extension_is_missed() -> None:
    course = major().give(until(47), 30)
    course.give(c.Restore(what_was_done=CURE), ARRIVED + 47.1)
    assert course.clock(REPAIR).outcome is Outcome.MISSED


def test_a_later_consent_replaces_the_one_before() -> None:
    course = major().give(until(40), 30).give(until(48), ARRIVED + 39)
    assert course.clock(REPAIR).due_at == hours(CAP)
    course.give(until(45), ARRIVED + 40)
    assert course.clock(REPAIR).due_at == hours(ARRIVED + 45)
    assert course.clock(REPAIR).original_due_at == hours(LIMIT)
    assert len(course.ticket.consents) == 3


def test_after_the_extension_nothing_more_can_be_agreed() -> None:
    course = major().give(until(40), 30)
    with pytest.raises(NotPossible, match="The limit passed on"):
        course.decided(until(47), ARRIVED + 40.1)


def test_the_cap_follows_a_corrected_arrival() -> None:
    course = major().give(until(48), 30)
    course.give(c.CorrectTime(what="arrived", to=hours(ARRIVED - 1)), 31)
    clock = course.clock(REPAIR)
    assert (clock.due_at, clock.original_due_at) == (hours(CAP - 1), hours(LIMIT))
    course.give(c.CorrectTime(what="arrived", to=hours(ARRIVED + 0.5)), 32)
    assert course.clock(REPAIR).due_at == hours(CAP)


def test_an_extension_never_makes_a_limit_shorter() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), 2), (MAJOR, 3), (until(37), 4))
    course.give(c.CorrectTime(what="arrived", to=hours(4)), 8)
    assert course.clock(REPAIR).due_at == hours(40)


def test_a_consent_that_turns_out_to_have_come_too_late_extends_nothing() -> None:
    course = major().give(until(47), 30).give(c.Restore(what_was_done=CURE), LIMIT + 5)
    course.give(c.CorrectTime(what="consented", to=hours(LIMIT + 1)), LIMIT + 6)
    assert course.clock(REPAIR).due_at == hours(LIMIT)
    assert course.clock(REPAIR).outcome is Outcome.MISSED


def test_what_was_extended_stays_a_major_fault() -> None:
    course = major().give(until(47), 30)
    with pytest.raises(
        NotPossible, match=r"agreed to more time .* for a major fault: it stays one"
    ):
        course.decided(c.Diagnose(severity=Severity.ORDINARY))


def test_a_customer_s_own_limit_moves_the_first_one_not_the_cap() -> None:
    course = Course(policy=Policy(repair=timedelta(hours=24)))
    told((ASSIGN, 1), (c.Arrive(), 2), (MAJOR, 3), (until(30), 20), course=course)
    assert course.clock(REPAIR).original_due_at == hours(26)
    assert course.clock(REPAIR).due_at == hours(32)
    with pytest.raises(InvalidInput, match="More than 48 h"):
        course.decided(until(49), 20)


def test_asking_moves_no_limit_and_is_shown_until_it_is_answered() -> None:
    course = major().give(c.AskConsent(name="Dr. Chen", until=hours(CAP), phone="1"), 20)
    assert course.clock(REPAIR).due_at == hours(LIMIT)
    (concern,) = concerns(course.ticket, hours(20))
    assert "Waiting for the consent of Dr. Chen (1) to more time" in str(concern)
    assert list(concerns(course.give(until(47), 21).ticket, hours(21))) == []


def test_a_refused_consent_leaves_everything_as_it_was() -> None:
    course = major().give(c.AskConsent(name="Dr. Chen", until=hours(CAP)), 20)
    course.give(c.RefuseConsent(name="Dr. Chen", words="no"), 21)
    assert course.ticket.consent_asked is None
    assert course.clock(REPAIR).due_at == hours(LIMIT)
    assert state_obstacle(COMMANDS["refuse-consent"], course.ticket) is not None


def test_nobody_waits_for_a_consent_to_what_is_repaired() -> None:
    course = major().give(c.AskConsent(name="Dr. Chen", until=hours(CAP)), 20)
    course.give(c.Restore(what_was_done=CURE), 21)
    assert list(concerns(course.ticket, hours(22))) == []
