"""Where cases stand, what happened and what stands in the way: said without holes in any state."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from dispatch_tui.domain import events as e
from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.clocks import Policy, clocks
from dispatch_tui.domain.facts import (
    AdverseReport,
    Answer,
    CallBackResult,
    Cause,
    DeviceState,
    EscalationReason,
    Harm,
    How,
    PartSource,
)
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import Message
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.sections import Section
from dispatch_tui.domain.standing import concerns, standing
from dispatch_tui.domain.table import COMMANDS, LOG, role_obstacle, state_obstacle
from dispatch_tui.domain.ticket import Kind, Priority, Severity, Status, Ticket
from dispatch_tui.domain.timeline import describe
from dispatch_tui.domain.visits import Purpose
from dispatch_tui.words.speaker import Speaker

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 3, 20, 30, tzinfo=UTC)

ENGLISH = Speaker("en", SHANGHAI, {"ann": "Ann Lee", "bob": "Bob Roe"})
CHINESE = Speaker("zh_CN", SHANGHAI, {"ann": "李安", "bob": "罗波"})
BOTH = pytest.mark.parametrize("speaker", [ENGLISH, CHINESE], ids=["en", "zh_CN"])

ASSIGNED = e.Assigned(engineers=("ann", "bob"), lead="ann")
ON_SITE = (ASSIGNED, e.Arrived(engineers=("bob",)))
GONE = e.LeftSite(engineers=("bob",))
REPAIRED = (*ON_SITE, e.Restored(what_was_done="New tube"), GONE)
CONFIRMED = (*REPAIRED, e.CalledBack(result=CallBackResult.WORKS))
CANNOT = e.FoundUnrepairable(reduced="Slow scans", remains="No fast scans", report="MR-7")
AGREED = e.WayAgreed(way="A new one in May", name="Chen", document="Letter 12")
FOLLOWED = (
    e.Acknowledged(),
    e.Investigated(findings="He was"),
    e.ComplaintAnswered(answer="Sorry"),
    e.SatisfactionRecorded(satisfied=Answer.YES, name="Chen"),
    e.Closed(),
)
COMPLAINT = e.CallLogged(kind=Kind.COMPLAINT, fault="Rude", about="260310-007")


def taken(to: Place) -> e.TakenAway:
    """A tube that somebody took away."""
    return e.TakenAway(
        item="Tube", serial="S1", signed_by="Wu", to=to, owner="ann", word_due_at=NOW
    )


def entries(events: Iterable[e.Event]) -> tuple[e.Entry, ...]:
    """A journal of these events."""
    return tuple(
        e.Entry(seq=seq, event=event, actor="ann", occurred_at=NOW, recorded_at=NOW)  # type: ignore[arg-type]
        for seq, event in enumerate(events, start=1)
    )


def tickets() -> Iterator[Ticket]:
    """A ticket in each state."""
    faults: list[tuple[e.Event, ...]] = [
        (),
        (e.Responded(),),
        (ASSIGNED,),
        (ASSIGNED, e.Departed(engineers=("ann",))),
        (ASSIGNED, e.Departed(engineers=("ann",), expected_at=NOW - timedelta(minutes=31))),
        ON_SITE,
        (*ON_SITE, taken(Place.WORKSHOP), GONE),
        (*ON_SITE, taken(Place.MANUFACTURER), GONE),
        (*ON_SITE, CANNOT, GONE),
        REPAIRED,
        (e.SolvedByPhone(what_was_done="Reset"),),
        (*ON_SITE, CANNOT, GONE, AGREED),
        CONFIRMED,
        (*CONFIRMED, e.Closed()),
        (e.Cancelled(reason="Twice"),),
        (e.Merged(into="260310-007"),),
    ]
    journals = [(e.CallLogged(fault="No image"), *one) for one in faults]
    journals += [(COMPLAINT, *FOLLOWED[:count]) for count in range(len(FOLLOWED) + 1)]
    for one in journals:
        ticket = fold("260311-001", entries(one))
        assert ticket is not None
        yield ticket


def test_these_tickets_are_in_every_state() -> None:
    assert {one.status for one in tickets()} == set(Status)


@BOTH
def test_whatever_stands_in_the_way_of_a_command_can_be_said(speaker: Speaker) -> None:
    count = 0
    for ticket in tickets():
        for spec in (LOG, *COMMANDS.values()):
            people = [Staff(login="ann", name="Ann", role=role) for role in Role]
            people.append(Staff(login="eve", name="Eve", role=Role.ENGINEER))
            found = [role_obstacle(spec, who, ticket) for who in people]
            found.append(state_obstacle(spec, ticket) if spec is not LOG else None)
            for obstacle in filter(None, found):
                assert_said(speaker, obstacle)
                count += 1
    assert count > 100


@BOTH
def test_where_every_ticket_stands_and_what_comes_next_can_be_said(speaker: Speaker) -> None:
    for ticket in tickets():
        assert_said(speaker, next_step(ticket, NOW).sentence)
        for sentence in filter(None, (standing(ticket), *concerns(ticket, NOW))):
            assert_said(speaker, sentence)
        for one in clocks(ticket, Policy()):
            assert "{" not in speaker.clock(one, NOW)


def journal() -> tuple[e.Entry, ...]:
    """Every kind of event, with and without what may be left out."""
    some = [
        e.CallLogged(fault="No image"),
        COMPLAINT,
        e.CallAdded(text="Still no image"),
        e.CallAdded(text="No image", merged_from="260311-002"),
        e.Responded(),
        e.Responded(note="It was the fuse"),
        e.VisitNeeded(why="It smells burnt"),
        e.Noted(text="Spare is on its way"),
        *(ASSIGNED, e.Assigned(engineers=(), lead="bob")),
        e.Unassigned(engineers=("bob",)),
        e.Unassigned(engineers=("bob",), reason="ill"),
        *(e.VisitPlanned(engineers=("ann", "bob"), planned_at=NOW, purpose=one) for one in Purpose),
        e.Departed(engineers=("ann",)),
        e.Departed(engineers=("ann",), expected_at=NOW),
        e.Expected(engineers=("ann",), expected_at=NOW),
        e.Expected(engineers=("ann",), expected_at=NOW, reason="A jam"),
        e.Arrived(engineers=("ann",)),
        *(GONE, e.LeftSite(engineers=("ann",), note="For a spare")),
        *(e.Diagnosed(cause=one) for one in Cause),
        e.Diagnosed(severity=Severity.MAJOR, cause=Cause.TUBE, found="Arcs", tried="Seasoning"),
        *(e.Escalated(specialist="ann", reason=one) for one in EscalationReason),
        e.Escalated(specialist="ann", reason=EscalationReason.CORE_DOWN, note="At once"),
        e.EscalationEnded(reason="The fuse"),
        e.PartFitted(name="Tube"),
        e.PartFitted(name="Tube", model="T3", source=PartSource.STOCK, price="1280"),
        e.PartRemoved(name="Tube", serial="S1"),
        e.Restored(what_was_done="New tube"),
        e.SolvedByPhone(what_was_done="Reset"),
        *(CANNOT, AGREED),
        *(taken(one) for one in Place),
        *(e.LegReported(no=1, place=Place.WORKSHOP, step=one, owner="ann") for one in Step),
        e.LegReported(
            no=1,
            place=Place.MANUFACTURER,
            step=Step.PROMISED,
            owner="ann",
            word_due_at=NOW,
            note="By courier",
        ),
        *(e.BroughtBack(no=1), e.BroughtBack(no=1, new_serial="S2", received_by="Wu")),
        *(e.Lent(item="Monitor", serial="S9", signed_by="Wu"), e.LoanReturned(no=1)),
        e.ConsentAsked(name="Chen", until=NOW),
        e.ConsentAsked(name="Chen", until=NOW, phone="1", why="The tube comes tomorrow"),
        *(
            e.Consented(
                name="Chen", position="Director", phone="1", how=one, why="No spare", until=NOW
            )
            for one in How
        ),
        e.ConsentRefused(name="Chen"),
        e.ConsentRefused(name="Chen", words="Too long"),
        *(e.CalledBack(result=one) for one in CallBackResult),
        *(
            e.CalledBack(result=one, attitude=5, skill=4, speed=1, words="Slow")
            for one in CallBackResult
        ),
        e.Closed(),
        e.Closed(note="Confirmed"),
        e.CaseKept(symptom="No image", cause="Tube", cure="New tube"),
        e.LimitsSet(),
        e.LimitsSet(contract="K-7", response_minutes=30, on_site_hours=24),
        e.Cancelled(reason="Twice"),
        e.Merged(into="260311-002"),
        e.Merged(into="260311-002", reason="Same tube"),
        e.Reopened(reason="Again"),
        e.ComplaintOpened(number="260311-002", text="Rude"),
        *FOLLOWED,
        e.Acknowledged(note="Promised a word today"),
        e.Investigated(why_not="It is about somebody else"),
        e.MeasuresTaken(measures="Talked with him"),
        e.SatisfactionRecorded(satisfied=Answer.NO, name="Chen", words="Not yet"),
        *(
            e.AdverseSuspected(harm=harm, what="The alarm was mute", several=several)
            for harm in Harm
            for several in Answer
        ),
        *(e.AdverseReported(how=one, to="The authority") for one in AdverseReport),
        e.AdverseReported(how=AdverseReport.WRITTEN, to="The authority", reference="AE-1"),
        e.AdverseCleared(reason="Nobody was there"),
        *(e.TestRecorded(item="noise", value="0.2 %", passed=one) for one in Answer),
        e.TestRecorded(
            item="Smell", value="Burnt", passed=Answer.YES, limit="-", instrument="Nose"
        ),
        *(e.ServiceDescribed(state_after=one, confirmed_by="Wu") for one in DeviceState),
        e.ServiceDescribed(
            state_after=DeviceState.LIMITED, confirmed_by="Wu", advice="No fast scans"
        ),
        e.ReportFinished(document="[]", hash="abc"),
        *(e.ReportSigned(name="Chen"), e.ReportSigned(name="Chen", position="Director")),
        *(e.ReportAmended(section=one, text="The cable too") for one in Section),
        *(e.PrioritySet(priority=one) for one in Priority),
        e.PrioritySet(priority=Priority.EMERGENCY, reason="The ward is full"),
        e.Corrected(phone="1"),
        e.Corrected(phone="1", reason="misheard"),
        e.Withdrawn(seqs=(3, 4)),
    ]
    corrected = [e.TimeCorrected(seq=seq, to=NOW) for seq in range(1, len(some) + 1)]
    return entries([*some, *corrected, e.TimeCorrected(seq=1, to=NOW, reason="misheard")])


def test_that_journal_has_every_kind_of_event() -> None:
    kinds = {type(one.event) for one in journal()}
    assert kinds == set(get_args(e.TicketEvent))


@BOTH
def test_every_entry_of_a_journal_can_be_said(speaker: Speaker) -> None:
    for entry in journal():
        assert_said(speaker, describe(entry, journal()))


def assert_said(speaker: Speaker, message: Message) -> None:
    """It is a sentence without holes, logins or names of Python."""
    said = speaker.say(message, NOW)
    assert said
    assert not re.search(r"[{}]|\b(ann|bob)\b|Status\.|Role\.|None|datetime", said), said
