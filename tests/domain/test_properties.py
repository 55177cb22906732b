"""Whatever people enter, in whatever order, by whomever: journal, ticket and table agree."""

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
from course import NUMBER, STAFF
from hypothesis import event, given
from hypothesis import strategies as st
from matrix import OWN_ROLES, ROLES, SITUATIONS
from msgspec.structs import fields, replace
from stories import FEWER, POLICY, Story, for_any_story, stories, told

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.chronology import check, check_course
from dispatch_tui.domain.clocks import ClockKind, clocks, next_due_at
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.decisions import FIRST_EVENTS
from dispatch_tui.domain.fold import evolve, fold, opened
from dispatch_tui.domain.table import BY_TYPE, COMMANDS
from dispatch_tui.domain.ticket import Kind, Status, Ticket

Dated = TypeVar("Dated", bound=msgspec.Struct)
ZONES = tuple(
    ZoneInfo(name)
    for name in ("Asia/Shanghai", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia")
)


def last_act(journal: tuple[e.Entry, ...]) -> tuple[e.Entry, ...]:
    """The entries that came of the last command."""
    begin = max(index for index, entry in enumerate(journal) if not entry.follows)
    return journal[begin:]


def test_stories_reach_every_state_and_every_command() -> None:
    """Or the properties would say nothing about them."""
    dice = Random(20260302)
    reached: set[tuple[Kind, Status]] = set()
    accepted: set[str] = set()
    for _ in range(250):
        story = told(dice.randbytes(dice.randint(100, 600)))
        reached |= {(ticket.kind, ticket.status) for ticket, _ in story.tickets}
        accepted |= {BY_TYPE[type(one.command)].name for one in story.accepted}
    assert reached == SITUATIONS["note"]
    assert accepted == set(COMMANDS)


@for_any_story
def test_versions_count_the_entries_without_a_gap(story: Story) -> None:
    assert [entry.seq for entry in story.journal] == list(range(1, len(story.journal) + 1))
    assert story.ticket.version == len(story.journal)
    for one in story.accepted:
        entries = story.journal[one.before.version : one.after.version]
        assert entries
        assert [entry.follows for entry in entries] == [False] + [True] * (len(entries) - 1)
        assert type(entries[0].event) is FIRST_EVENTS[type(one.command)]


@for_any_story
def test_folding_is_deterministic_and_gives_what_was_answered(story: Story) -> None:
    for ticket, _ in story.tickets:
        assert fold(NUMBER, story.journal[: ticket.version]) == ticket
    written = msgspec.json.encode(story.journal)
    assert fold(NUMBER, msgspec.json.decode(written, type=tuple[e.Entry, ...])) == story.ticket


@for_any_story
def test_every_ticket_survives_the_trip_through_json(story: Story) -> None:
    for ticket, _ in story.tickets:
        assert msgspec.json.decode(msgspec.json.encode(ticket), type=Ticket) == ticket


@for_any_story
def test_evolving_fact_by_fact_gives_the_folded_ticket(story: Story) -> None:
    ticket = None
    for entry in story.journal:
        if isinstance(entry.event, e.TimeCorrected | e.Withdrawn):
            return
        if ticket is None:
            ticket = opened(NUMBER, entry, entry.occurred_at)
        else:
            ticket = evolve(ticket, entry, entry.occurred_at)
        ticket = replace(ticket, version=entry.seq)
    assert ticket == story.ticket


@for_any_story
def test_no_command_is_accepted_that_the_table_forbids(story: Story) -> None:
    for one in story.attempts:
        if one.after is None or one.before is None:
            continue
        name = BY_TYPE[type(one.command)].name
        assert (one.before.kind, one.before.status) in SITUATIONS[name]
        mine = one.before.assignment(one.facts.actor.login) is not None
        role = one.facts.actor.role
        assert role in ROLES[name] or (mine and role in OWN_ROLES[name])
        event(name)


@for_any_story
def test_no_ticket_is_in_a_state_that_its_kind_does_not_have(story: Story) -> None:
    for ticket, _ in story.tickets:
        assert (ticket.kind, ticket.status) in SITUATIONS["note"]
        assert ticket.kind is story.ticket.kind
        assert (ticket.complaint is not None) == (ticket.kind is Kind.COMPLAINT)
        event(f"{ticket.kind} {ticket.status}")


@for_any_story
def test_refusals_are_sentences_and_change_nothing(story: Story) -> None:
    for one in story.attempts:
        if one.refusal is not None:
            sentence = str(one.refusal)
            assert sentence.endswith((".", "first", ")")) or ":" in sentence
            assert "\x1b" not in sentence
            assert len(sentence) < 600
            event(type(one.refusal).__name__)
    for one, then in pairwise(story.attempts):
        assert then.before == (one.after or one.before)


@for_any_story
def test_every_accepted_story_is_possible_in_time(story: Story) -> None:
    for one in story.attempts:
        if one.after is not None:
            check(one.after)
            assert one.facts.at <= one.facts.now + timedelta(minutes=1)
    check_course(NUMBER, story.journal)


def in_zone(dated: Dated, zone: ZoneInfo, *names: str) -> Dated:
    """The same with its times (of these names, or all) told in a zone."""
    times = {one.name: getattr(dated, one.name) for one in fields(dated)}
    return replace(
        dated,
        **{
            name: at.astimezone(zone)
            for name, at in times.items()
            if isinstance(at, datetime) and (not names or name in names)
        },
    )


def decided_in(story: Story, zone: ZoneInfo) -> tuple[e.Entry, ...]:
    """The journal if every time had been told in a zone."""
    journal: tuple[e.Entry, ...] = ()
    for one in story.attempts:
        if one.after is None:
            continue
        facts = replace(in_zone(one.facts, zone), journal=journal)
        entries, _ = decide(NUMBER, in_zone(one.command, zone), facts)
        journal = (*journal, *entries)
    return journal


@FEWER
@given(stories(), st.sampled_from(ZONES))
def test_the_zone_in_which_times_are_told_changes_no_deadline(story: Story, zone: ZoneInfo) -> None:
    """Entries are also folded in their zone: not only the door keeps zones out of the sums."""
    expected = clocks(story.ticket, POLICY)
    assert decided_in(story, zone) == story.journal
    moved = [replace(one, event=in_zone(one.event, zone, "to")) for one in story.journal]
    told_there = fold(NUMBER, [in_zone(one, zone, "occurred_at") for one in moved])
    assert told_there is not None
    assert clocks(told_there, POLICY) == expected
    for clock in expected:
        if clock.kind is ClockKind.ON_SITE:
            reported_at = story.ticket.reported_at
            assert clock.due_at.timestamp() - reported_at.timestamp() == 48 * 3600


def fact_times(ticket: Ticket) -> list[datetime]:
    """The times at which something on the ticket happened."""
    times: list[datetime | None] = [
        *(
            getattr(ticket, f"{name}_at")
            for name in (
                *("reported", "responded", "talked", "needs_visit", "arrived", "restored"),
                *("solved", "closed", "cancelled", "merged", "reopened"),
            )
        ),
        *(one.assigned_at for one in ticket.engineers),
        *(
            at
            for visit in ticket.visits
            for trip in visit.trips
            for at in (trip.departed_at, trip.arrived_at, trip.left_at)
        ),
        *(at for one in ticket.removals for at in (one.taken_at, one.step_at, one.returned_at)),
        *(at for one in ticket.loans for at in (one.lent_at, one.returned_at)),
        *(one.at for one in (*ticket.consents, *ticket.parts, *ticket.tests, *ticket.reports)),
    ]
    times += [
        ticket.unrepairable.at if ticket.unrepairable else None,
        ticket.agreement.at if ticket.agreement else None,
        ticket.call_back.at if ticket.call_back else None,
        ticket.consent_asked.at if ticket.consent_asked else None,
    ]
    if ticket.adverse:
        times += [ticket.adverse.at, ticket.adverse.phoned_at, ticket.adverse.reported_at]
    if followed := ticket.complaint:
        times += [followed.acknowledged_at, followed.answered_at, followed.satisfied_at]
    return [at for at in times if at is not None]


@FEWER
@given(stories(), st.floats(-6000, 40_000), st.sampled_from(ZONES))
def test_the_ticket_as_it_stood_knows_nothing_later(
    story: Story, minutes: float, zone: ZoneInfo
) -> None:
    first = story.journal[0]
    until = first.occurred_at + timedelta(minutes=minutes)
    then = fold(NUMBER, story.journal, until=until.astimezone(zone))
    if then is None:
        assert until < story.ticket.reported_at
        return
    assert until >= story.ticket.reported_at
    assert max(fact_times(then)) <= until
    found = clocks(then, POLICY)
    assert next_due_at(found) == min((one.due_at for one in found if one.running), default=None)


@for_any_story
def test_the_ticket_as_it_stands_at_the_end_of_time_is_the_ticket(story: Story) -> None:
    end = max(entry.occurred_at for entry in story.journal) + timedelta(days=30)
    assert fold(NUMBER, story.journal, until=end) == story.ticket


@for_any_story
def test_taking_back_the_last_act_restores_the_ticket(story: Story) -> None:
    for one in story.accepted:
        if isinstance(one.command, c.Undo):
            continue
        journal = story.journal[: one.after.version]
        seqs = tuple(entry.seq for entry in last_act(journal))
        withdrawn = replace(
            journal[-1], seq=len(journal) + 1, event=e.Withdrawn(seqs=seqs), follows=False
        )
        now = fold(NUMBER, (*journal, withdrawn))
        assert now == replace(one.before, version=len(journal) + 1)


@for_any_story
def test_undo_in_time_is_a_full_way_back_from_what_can_be_taken_back(story: Story) -> None:
    last = last_act(story.journal)
    never = e.CallLogged | e.Withdrawn | e.ComplaintOpened | e.Merged | e.ReportFinished
    if any(isinstance(one.event, never) for one in last):
        return
    facts = Facts(
        now=last[0].recorded_at + timedelta(seconds=10),
        at=last[0].recorded_at,
        actor=STAFF[last[0].actor],
        staff=STAFF,
        journal=story.journal,
    )
    _, ticket = decide(NUMBER, c.Undo(), facts)
    was = fold(NUMBER, story.journal[: -len(last)])
    assert was is not None
    assert ticket == replace(was, version=ticket.version)
