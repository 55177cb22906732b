"""Whatever people enter: something can be done until the case is over, and it can be said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from course import AGREE, CT, CURE, NUMBER, SATISFIED, STAFF, WORKS
from hypothesis import event
from matrix import ROLES
from stories import Story, for_any_story

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import Removal, Step
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.facts import AdverseReport, Cause
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.report import document_of, hash_of, missing, report_of, service_report
from dispatch_tui.domain.standing import concerns, holder, standing
from dispatch_tui.domain.table import COMMANDS, role_obstacle, state_obstacle
from dispatch_tui.domain.ticket import Status, Ticket
from dispatch_tui.domain.timeline import describe

HOUR = timedelta(hours=1)
LONGEST = 40
"""So many steps at most lead from anywhere to the end of a case."""


def _waiting(ticket: Ticket, now: datetime) -> Removal:
    """The thing of which something has to be heard."""
    out = [one for one in ticket.removals if one.out]
    return min(out, key=lambda one: (not one.overdue(now), one.ready))


def _told(ticket: Ticket) -> AdverseReport:
    known = ticket.adverse
    by_phone = known is not None and known.several and known.phoned_at is None
    return AdverseReport.PHONE if by_phone else AdverseReport.WRITTEN


DO: dict[str, Callable[[Ticket, datetime], c.Command]] = {
    "respond": lambda *_: c.Respond(),
    "assign": lambda *_: c.Assign(engineers=("li",)),
    "plan-visit": lambda _, now: c.PlanVisit(planned_at=now + HOUR),
    "depart": lambda *_: c.Depart(),
    "expect": lambda _, now: c.Expect(expected_at=now + 30 * HOUR),
    "arrive": lambda *_: c.Arrive(),
    "diagnose": lambda *_: c.Diagnose(cause=Cause.TUBE),
    "restore": lambda *_: c.Restore(what_was_done=CURE),
    "agree-way": lambda *_: AGREE,
    "report-workshop": lambda ticket, now: c.ReportWorkshop(
        step=Step.READY, serial=_waiting(ticket, now).serial
    ),
    "report-exchange": lambda ticket, now: c.ReportExchange(
        step=Step.EXCHANGED, serial=_waiting(ticket, now).serial
    ),
    "call-back": lambda *_: WORKS,
    "bring-back": lambda ticket, now: c.BringBack(serial=_waiting(ticket, now).serial),
    "take-loan-back": lambda ticket, _: c.TakeLoanBack(
        serial=next(one.serial for one in ticket.loans if one.out)
    ),
    "report-adverse": lambda ticket, _: c.ReportAdverse(how=_told(ticket), to="the authority"),
    "close": lambda *_: c.Close(),
    "acknowledge": lambda *_: c.Acknowledge(),
    "investigate": lambda *_: c.Investigate(findings="he was"),
    "answer": lambda *_: c.AnswerComplaint(answer="we are sorry"),
    "record-satisfaction": lambda *_: SATISFIED,
    "close-complaint": lambda *_: c.CloseComplaint(),
}
"""What is done when a command comes next."""


@for_any_story
def test_what_comes_next_is_always_possible_for_somebody(story: Story) -> None:
    for ticket, now in story.tickets:
        step = next_step(ticket, now)
        assert (step.command != "") == ticket.is_open
        if step.command:
            assert state_obstacle(COMMANDS[step.command], ticket) is None, step
            assert ROLES[step.command]
            event(step.command)


@for_any_story
def test_doing_what_comes_next_ends_every_case(story: Story) -> None:
    journal, ticket = story.journal, story.ticket
    now = max(entry.recorded_at for entry in journal) + HOUR
    steps = []
    while ticket.is_open:
        command = next_step(ticket, now).command
        steps.append(command)
        assert len(steps) < LONGEST, steps
        who = next(
            one for one in STAFF.values() if not role_obstacle(COMMANDS[command], one, ticket)
        )
        facts = Facts(now=now, at=now, actor=who, staff=STAFF, journal=journal)
        entries, ticket = decide(NUMBER, DO[command](ticket, now), facts)
        journal = (*journal, *entries)
        now += HOUR
    assert ticket.status in {Status.CLOSED, Status.CANCELLED, Status.MERGED}
    event(f"{len(steps)} steps")


@for_any_story
def test_somebody_has_every_open_case_and_may_do_something_about_it(story: Story) -> None:
    for ticket, now in story.tickets:
        has_it = holder(ticket)
        assert (has_it is not None) == ticket.is_open
        if has_it is None:
            continue
        if isinstance(has_it, Role):
            assert has_it in ROLES[next_step(ticket, now).command]
        else:
            owners = {one.owner for one in ticket.removals if one.out}
            assert has_it in owners | {ticket.lead}


@for_any_story
def test_everything_about_a_ticket_can_be_said(story: Story) -> None:
    for ticket, now in story.tickets:
        said = [next_step(ticket, now).sentence, standing(ticket), *concerns(ticket, now)]
        for sentence in said:
            assert sentence is None or str(sentence)
    for entry in story.journal:
        assert str(describe(entry, story.journal))


@for_any_story
def test_a_final_report_keeps_its_text_and_its_hash_whatever_follows(story: Story) -> None:
    for ticket, _ in story.tickets:
        for final in ticket.reports:
            frozen = story.journal[final.seq - 1].event
            assert isinstance(frozen, e.ReportFinished)
            assert final.hash == frozen.hash == hash_of(frozen.document)
            assert document_of(report_of(frozen.document)) == frozen.document
            event("final")
        assert len({one.life for one in ticket.reports}) == len(ticket.reports)
    for one in story.accepted:
        hashes = [final.hash for final in one.before.reports]
        assert [final.hash for final in one.after.reports][: len(hashes)] == hashes


@for_any_story
def test_a_report_can_be_drawn_up_at_any_time(story: Story) -> None:
    for ticket, _ in story.tickets:
        journal = story.journal[: ticket.version]
        report = service_report(ticket, journal, None, CT, STAFF, UTC, Policy())
        assert report_of(document_of(report)) == report
        lacking = missing(report)
        assert lacking or (ticket.cause and ticket.service)
