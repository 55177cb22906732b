"""Suspected adverse events: dates of their own, by law, whatever becomes of the case."""

from datetime import timedelta

import pytest
from course import SITUATIONS, Course, complaint, hours, in_state

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import ClockKind, Level, Outcome
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.facts import Adverse, AdverseReport, Answer, Harm
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.standing import concerns, holder
from dispatch_tui.domain.ticket import Kind, Status

PHONE, REPORT = ClockKind.ADVERSE_PHONE, ClockKind.ADVERSE_REPORT
BY_PHONE = c.ReportAdverse(how=AdverseReport.PHONE, to="the authority")
IN_WRITING = c.ReportAdverse(how=AdverseReport.WRITTEN, to="the authority")
CLEAR = c.ClearAdverse(reason="nobody was there")


def suspect(harm: Harm = Harm.SERIOUS_INJURY, several: Answer = Answer.NO) -> c.SuspectAdverse:
    return c.SuspectAdverse(harm=harm, what="burns", several=several)


@pytest.mark.parametrize(("harm", "days"), [(Harm.DEATH, 7), (Harm.SERIOUS_INJURY, 20)])
def test_it_is_reported_within_days_of_being_learnt_of(harm: Harm, days: int) -> None:
    course = Course().give(suspect(harm), 2)
    assert course.clock(REPORT).started_at == hours(2)
    assert course.clock(REPORT).due_at == hours(2) + timedelta(days=days)
    assert PHONE not in course.kinds
    assert course.clock(REPORT).level(hours(2) + timedelta(days=days)) is Level.BREACHED


def test_several_patients_are_told_of_by_phone_within_12_hours() -> None:
    course = Course().give(suspect(several=Answer.YES), 2)
    assert course.clock(PHONE).due_at == hours(14)
    assert course.clock(REPORT).due_at == hours(2) + timedelta(days=20)
    course.give(BY_PHONE, 14)
    assert course.clock(PHONE).outcome is Outcome.MET
    assert course.clock(REPORT).running
    course.give(IN_WRITING, 21 * 24)
    assert course.clock(REPORT).outcome is Outcome.MISSED
    assert course.ticket.adverse is not None
    assert not course.ticket.adverse.pending


def test_written_word_does_not_stand_in_for_the_phone() -> None:
    course = Course().give(suspect(several=Answer.YES), 2).give(IN_WRITING, 3)
    assert course.clock(PHONE).running
    assert course.ticket.adverse is not None
    assert course.ticket.adverse.pending


def test_what_was_learnt_and_told_is_kept() -> None:
    course = Course().give(suspect(Harm.DEATH, Answer.YES), 2).give(BY_PHONE, 3)
    course.give(IN_WRITING, 4)
    assert course.ticket.adverse == Adverse(
        harm=Harm.DEATH,
        several=True,
        what="burns",
        at=hours(2),
        original_at=hours(2),
        several_at=hours(2),
        several_original_at=hours(2),
        phoned_at=hours(3),
        reported_at=hours(4),
        phoned_to="the authority",
        reported_to="the authority",
    )


@pytest.mark.parametrize("several", Answer)
def test_a_suspicion_that_is_cleared_leaves_its_clocks_void(several: Answer) -> None:
    course = Course().give(suspect(several=several), 2).give(CLEAR, 5)
    found = [one for one in course.clocks if one.kind in (PHONE, REPORT)]
    assert {(one.outcome, one.stopped_at) for one in found} == {(Outcome.VOID, hours(5))}
    assert list(concerns(course.ticket, hours(6))) == []
    with pytest.raises(NotPossible, match="No adverse event is suspected"):
        course.decided(IN_WRITING)


def test_what_was_told_before_it_was_cleared_stays_met() -> None:
    course = Course().give(suspect(several=Answer.YES), 2).give(BY_PHONE, 3).give(CLEAR, 5)
    assert course.clock(PHONE).outcome is Outcome.MET
    assert course.clock(REPORT).outcome is Outcome.VOID


def test_a_new_suspicion_after_a_cleared_one_has_dates_of_its_own() -> None:
    course = Course().give(suspect(several=Answer.YES), 2).give(CLEAR, 5).give(suspect(), 10)
    assert course.clock(REPORT).started_at == course.ticket.adverse.at == hours(10)  # type: ignore[union-attr]
    assert course.clock(REPORT).running
    assert PHONE not in course.kinds


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (suspect(), suspect(Harm.DEATH)),
        (suspect(), suspect(several=Answer.YES)),
        (suspect(several=Answer.YES), suspect(Harm.DEATH)),
        (suspect(Harm.DEATH), suspect(several=Answer.YES)),
    ],
)
def test_a_graver_turn_starts_the_dates_anew_and_takes_nothing_back(
    before: c.SuspectAdverse, after: c.SuspectAdverse
) -> None:
    course = Course().give(before, 2).give(BY_PHONE, 3).give(IN_WRITING, 4).give(after, 10)
    adverse = course.ticket.adverse
    assert adverse is not None
    assert adverse.at == hours(10)
    assert adverse.pending
    assert adverse.several == (Answer.YES in (before.several, after.several))
    assert (adverse.harm is Harm.DEATH) == (Harm.DEATH in (before.harm, after.harm))
    assert (PHONE in course.kinds) == adverse.several
    assert all(one.running for one in course.clocks if one.kind in (PHONE, REPORT))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (suspect(), suspect()),
        (suspect(Harm.DEATH, Answer.YES), suspect(Harm.DEATH, Answer.YES)),
        (suspect(Harm.DEATH, Answer.YES), suspect()),
        (suspect(Harm.DEATH), suspect()),
    ],
)
def test_what_is_not_graver_does_not_start_the_dates_anew(
    before: c.SuspectAdverse, after: c.SuspectAdverse
) -> None:
    with pytest.raises(NotPossible, match="has this suspicion already"):
        Course().give(before, 2).decided(after, 10)


def test_a_closed_case_with_one_that_is_not_reported_stays_open() -> None:
    course = in_state(Status.CLOSED).give(suspect(Harm.DEATH), 10)
    assert course.ticket.status is Status.CLOSED
    assert course.ticket.is_open
    assert holder(course.ticket) is Role.MANAGER
    assert course.clock(REPORT).running
    course.give(IN_WRITING, 20)
    assert not course.ticket.is_open
    assert holder(course.ticket) is None


def test_a_case_can_be_closed_before_it_is_reported() -> None:
    course = in_state(Status.CONFIRMED).give(suspect(), 6)
    assert holder(course.ticket) is Role.MANAGER
    course.give(c.Close(), 7)
    assert course.ticket.is_open


@pytest.mark.parametrize(("kind", "status"), SITUATIONS, ids=str)
def test_it_is_shown_in_every_state(kind: Kind, status: Status) -> None:
    course = in_state(status, kind)
    if status in (Status.CANCELLED, Status.MERGED):
        with pytest.raises(NotPossible, match="nothing can be entered on it any more"):
            course.decided(suspect())
        return
    course.give(suspect())
    first, *_ = concerns(course.ticket, course.entered)
    assert str(first) == "Suspected adverse event: serious_injury"


def test_a_corrected_time_moves_its_dates_and_keeps_the_first_ones() -> None:
    course = Course().give(suspect(Harm.DEATH, Answer.YES), 5)
    course.give(c.CorrectTime(what="adverse", to=hours(3)), 6)
    week = timedelta(days=7)
    clock = course.clock(REPORT)
    assert (clock.due_at, clock.original_due_at) == (hours(3) + week, hours(5) + week)
    assert course.clock(PHONE).original_due_at == hours(17)


def test_the_first_dates_stay_when_the_time_of_graver_news_is_corrected() -> None:
    course = Course().give(suspect(), 2).give(suspect(Harm.DEATH, Answer.YES), 5)
    course.give(c.CorrectTime(what="adverse", to=hours(4)), 6)
    week, phone, report = timedelta(days=7), course.clock(PHONE), course.clock(REPORT)
    assert (phone.due_at, phone.original_due_at) == (hours(16), hours(17))
    assert (report.due_at, report.original_due_at) == (hours(4) + week, hours(5) + week)


def test_it_may_come_to_light_in_a_complaint() -> None:
    course = Course(complaint()).give(suspect(Harm.DEATH), 1)
    assert course.kinds == {REPORT}


def test_what_is_told_later_does_not_undo_what_was_told_in_time() -> None:
    course = Course().give(suspect(several=Answer.YES), 2).give(BY_PHONE, 3).give(IN_WRITING, 4)
    course.give(BY_PHONE, 30).give(IN_WRITING, 30 * 24)
    assert course.clock(PHONE).stopped_at == hours(3)
    assert course.clock(REPORT).stopped_at == hours(4)
    course.give(IN_WRITING, 3.5, entered=hours(31 * 24))
    assert course.clock(REPORT).stopped_at == hours(3.5)


def test_graver_news_puts_no_date_off() -> None:
    course = Course().give(suspect(Harm.DEATH), 0).give(suspect(several=Answer.YES), 140)
    report, phone = course.clock(REPORT), course.clock(PHONE)
    assert (report.started_at, report.due_at) == (hours(0), hours(7 * 24))
    assert (phone.started_at, phone.due_at) == (hours(140), hours(152))


def test_a_death_that_follows_an_injury_brings_the_date_forward() -> None:
    course = Course().give(suspect(), 0).give(suspect(Harm.DEATH), 48)
    assert course.clock(REPORT).due_at == hours(48 + 7 * 24)
    late = Course().give(suspect(), 0).give(suspect(Harm.DEATH), 19 * 24)
    assert late.clock(REPORT).due_at == hours(20 * 24)


def test_a_missed_date_stays_missed_whatever_is_learnt_after_it() -> None:
    course = Course().give(suspect(), 0).give(suspect(Harm.DEATH), 600).give(IN_WRITING, 610)
    assert course.clock(REPORT).due_at == hours(20 * 24)
    assert course.clock(REPORT).outcome is Outcome.MISSED


def test_the_phone_call_about_several_patients_stays_made_when_one_of_them_dies() -> None:
    course = Course().give(suspect(several=Answer.YES), 0).give(BY_PHONE, 3)
    course.give(suspect(Harm.DEATH), 10)
    assert course.clock(PHONE).outcome is Outcome.MET
    assert course.clock(REPORT).running
