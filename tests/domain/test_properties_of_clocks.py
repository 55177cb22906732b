"""Whatever people enter: no clock is lost, started twice, paused or stopped by what does not."""

from datetime import timedelta

from hypothesis import event
from stories import POLICY, Accepted, Story, for_any_story

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import (
    ADVERSE_PHONE,
    ADVERSE_REPORT,
    REPAIR_CAP,
    Clock,
    ClockKind,
    Outcome,
    clocks,
    next_due_at,
)
from dispatch_tui.domain.facts import Harm
from dispatch_tui.domain.ticket import ACTIVE, AFTER_REPAIR, Kind, Severity, Status, Ticket

PROMISED = {ClockKind.RESPONSE, ClockKind.ON_SITE, ClockKind.REPAIR}
ADVERSE = {ClockKind.ADVERSE_PHONE, ClockKind.ADVERSE_REPORT}
ENDED = {Status.CANCELLED, Status.MERGED}

STOPS: dict[ClockKind, tuple[type[c.Command], ...]] = {
    ClockKind.RESPONSE: (c.Respond, c.NeedVisit, c.SolveByPhone, c.Arrive, c.Cancel, c.Merge),
    ClockKind.ON_SITE: (c.Arrive, c.SolveByPhone, c.Cancel, c.Merge),
    ClockKind.REPAIR: (c.Restore, c.SolveByPhone, c.AgreeWay, c.Cancel, c.Merge),
    ClockKind.CALL_BACK: (c.CallBack,),
    ClockKind.ADVERSE_PHONE: (c.ReportAdverse, c.ClearAdverse),
    ClockKind.ADVERSE_REPORT: (c.ReportAdverse, c.ClearAdverse),
}
"""What ends a clock, beside the taking back of what had let it run on."""

MOVES: dict[ClockKind, tuple[type[c.Command], ...]] = {
    ClockKind.RESPONSE: (c.CorrectTime,),
    ClockKind.ON_SITE: (c.CorrectTime,),
    ClockKind.REPAIR: (c.CorrectTime, c.Arrive, c.Consent, c.Diagnose),
    ClockKind.CALL_BACK: (c.CorrectTime,),
    ClockKind.ADVERSE_PHONE: (c.CorrectTime, c.SuspectAdverse),
    ClockKind.ADVERSE_REPORT: (c.CorrectTime, c.SuspectAdverse),
}
"""What moves a running clock; anything else leaves start and limit alone."""


def by_kind(ticket: Ticket) -> dict[ClockKind, Clock]:
    """The clocks of a ticket, of which none may have started twice."""
    found = clocks(ticket, POLICY)
    assert len({one.kind for one in found}) == len(found)
    return {one.kind: one for one in found}


def undone(story: Story, one: Accepted) -> list[e.TicketEvent]:
    return story.taken_back(one) if isinstance(one.command, c.Undo) else []


@for_any_story
def test_clocks_run_while_there_is_something_to_do_and_never_after(story: Story) -> None:
    for ticket, _ in story.tickets:
        found = clocks(ticket, POLICY)
        running = {clock.kind for clock in found if clock.running}
        assert bool(running & PROMISED) == (ticket.status in ACTIVE and ticket.kind is Kind.FAULT)
        assert (ClockKind.CALL_BACK in running) == (
            ticket.status in AFTER_REPAIR - {Status.CONFIRMED}
        )
        pending = ticket.adverse is not None and ticket.adverse.pending
        assert bool(running & ADVERSE) == (pending and ticket.status not in ENDED)
        due = [clock.due_at for clock in found if clock.running]
        assert next_due_at(found) == min(due, default=None)
        assert ticket.is_open or not running


@for_any_story
def test_clocks_are_there_from_what_starts_them_on(story: Story) -> None:
    for ticket, _ in story.tickets:
        kinds = set(by_kind(ticket))
        is_fault = ticket.kind is Kind.FAULT
        assert (ClockKind.RESPONSE in kinds) == (ClockKind.ON_SITE in kinds) == is_fault
        assert (ClockKind.REPAIR in kinds) == (ticket.arrived_at is not None)
        assert (ClockKind.CALL_BACK in kinds) == (ticket.dealt_with_at is not None)
        assert (ClockKind.ADVERSE_REPORT in kinds) == (ticket.adverse is not None)
        several = ticket.adverse is not None and ticket.adverse.several
        assert (ClockKind.ADVERSE_PHONE in kinds) == several


@for_any_story
def test_clocks_are_sound(story: Story) -> None:
    limits = {
        ClockKind.RESPONSE: POLICY.response,
        ClockKind.ON_SITE: POLICY.on_site,
        ClockKind.CALL_BACK: POLICY.call_back,
        ClockKind.ADVERSE_PHONE: ADVERSE_PHONE,
    }
    for ticket, _ in story.tickets:
        for clock in clocks(ticket, POLICY):
            limit = clock.due_at - clock.started_at
            if clock.kind is ClockKind.ADVERSE_REPORT and ticket.adverse:
                longest = ADVERSE_REPORT[Harm.SERIOUS_INJURY]
                whole = ADVERSE_REPORT[ticket.adverse.harm]
                assert limit == whole or (ticket.adverse.due_at and limit <= longest)
            elif clock.kind is not ClockKind.REPAIR:
                assert limit == limits[clock.kind]
            assert clock.running == (clock.stopped_at is None)
            for at in (clock.started_at, clock.due_at, clock.original_due_at):
                assert at.utcoffset() == timedelta()
            if clock.stopped_at is not None:
                assert clock.stopped_at >= clock.started_at
                assert clock.outcome is Outcome.VOID or (
                    (clock.stopped_at > clock.due_at) == (clock.outcome is Outcome.MISSED)
                )
            event(f"{clock.kind} {clock.outcome}")


@for_any_story
def test_a_repair_is_extended_for_a_major_fault_with_consent_and_to_48_hours_only(
    story: Story,
) -> None:
    for ticket, _ in story.tickets:
        clock = by_kind(ticket).get(ClockKind.REPAIR)
        if clock is None:
            continue
        limit = clock.started_at + POLICY.repair
        assert limit <= clock.due_at <= clock.started_at + REPAIR_CAP
        if clock.due_at > limit:
            assert ticket.severity is Severity.MAJOR
            assert any(
                one.at <= one.until and one.at >= clock.started_at for one in ticket.consents
            )
            event("extended")
        if clock.outcome is Outcome.MET_EXTENDED:
            assert clock.stopped_at is not None
            assert limit < clock.stopped_at <= clock.due_at
        if clock.outcome is Outcome.MET:
            assert clock.stopped_at is not None
            assert clock.stopped_at <= limit
        if clock.outcome is Outcome.SETTLED:
            assert ticket.agreement is not None
            assert clock.stopped_at == ticket.agreement.at


@for_any_story
def test_no_clock_is_lost(story: Story) -> None:
    for one in story.accepted:
        lost = set(by_kind(one.before)) - set(by_kind(one.after))
        if isinstance(one.command, c.Undo):
            continue
        if one.after.life > one.before.life:
            lost -= {ClockKind.CALL_BACK}
        if one.before.adverse is not None and not one.before.adverse.suspected:
            lost -= {ClockKind.ADVERSE_PHONE}  # of a suspicion that was cleared, now of another
        assert not lost, one.command


@for_any_story
def test_no_clock_is_lost_by_an_undo_but_the_one_that_the_act_started(story: Story) -> None:
    for one in story.accepted:
        lost = set(by_kind(one.before)) - set(by_kind(one.after))
        acts = undone(story, one)
        if acts:
            starts: dict[ClockKind, type | tuple[type, ...]] = {
                ClockKind.REPAIR: e.Arrived,
                ClockKind.CALL_BACK: (e.Restored, e.SolvedByPhone, e.WayAgreed),
                ClockKind.ADVERSE_PHONE: e.AdverseSuspected,
                ClockKind.ADVERSE_REPORT: e.AdverseSuspected,
            }
            for kind in lost:
                assert any(isinstance(act, starts[kind]) for act in acts)


@for_any_story
def test_a_clock_ends_by_what_ends_it_and_runs_again_by_reopening_only(story: Story) -> None:
    for one in story.accepted:
        after = by_kind(one.after)
        for kind, clock in by_kind(one.before).items():
            if kind not in after or isinstance(one.command, c.Undo):
                continue
            if clock.running and not after[kind].running:
                assert isinstance(one.command, STOPS[kind])
            if not clock.running and after[kind].running:
                anew = kind in ADVERSE and isinstance(one.command, c.SuspectAdverse)
                assert anew or one.after.life > one.before.life
                event(f"{kind} again")


@for_any_story
def test_nothing_but_what_moves_a_clock_changes_its_start_or_limit(story: Story) -> None:
    for one in story.accepted:
        after = by_kind(one.after)
        for kind, clock in by_kind(one.before).items():
            if kind not in after or isinstance(one.command, c.Undo):
                continue
            if isinstance(one.command, MOVES[kind]):
                continue
            if kind is ClockKind.CALL_BACK and one.after.life > one.before.life:
                continue
            then = after[kind]
            assert (then.started_at, then.due_at) == (clock.started_at, clock.due_at), one.command


@for_any_story
def test_no_clock_pauses(story: Story) -> None:
    """In every hour that passes, it uses an hour of its limit: at night, away, with consent."""
    hour = timedelta(hours=1)
    for ticket, now in story.tickets:
        for clock in clocks(ticket, POLICY):
            if clock.running:
                used = clock.used(now + hour) - clock.used(now)
                assert abs(used * (clock.due_at - clock.started_at) - hour) < timedelta(seconds=1)
            else:
                assert clock.used(now + hour) == clock.used(now)


@for_any_story
def test_the_first_limit_stays_unless_what_started_the_clock_is_taken_back(story: Story) -> None:
    for one in story.accepted:
        after = by_kind(one.after)
        for kind, clock in by_kind(one.before).items():
            if kind not in after or isinstance(one.command, c.Undo):
                continue
            if kind in ADVERSE and isinstance(one.command, c.SuspectAdverse):
                continue  # a graver turn has dates of its own
            assert after[kind].original_due_at == clock.original_due_at


@for_any_story
def test_an_undo_brings_the_clocks_back_as_they_were(story: Story) -> None:
    for one in story.accepted:
        if undone(story, one):
            withdrawn = story.journal[one.after.version - 1].event
            assert isinstance(withdrawn, e.Withdrawn)
            then = next(
                earlier.before
                for earlier in story.accepted
                if earlier.after.version == one.before.version
            )
            assert by_kind(one.after) == by_kind(then)
