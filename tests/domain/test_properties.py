"""Whatever people enter, in whatever order, by whomever: clocks, versions and states agree."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from course import NUMBER, STAFF
from hypothesis import event, given, settings
from hypothesis import strategies as st
from matrix import OWN_ROLES, ROLES, STATES
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.chronology import check
from dispatch_tui.domain.clocks import ClockKind, Outcome, Policy, clocks, next_due_at
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.fold import evolve, fold, opened
from dispatch_tui.domain.table import BY_TYPE, COMMANDS, CORRECTABLE, role_obstacle
from dispatch_tui.domain.ticket import ACTIVE, Priority, Status, Ticket

PROFILE = settings(max_examples=150, deadline=None, derandomize=True)
POLICY = Policy()
T = TypeVar("T")
ZONES = tuple(
    ZoneInfo(name)
    for name in ("Asia/Shanghai", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia")
)
STARTS = (
    datetime(2026, 3, 28, 12, tzinfo=UTC),  # a night before London goes forward
    datetime(2025, 10, 25, 23, 40, tzinfo=UTC),  # an hour before London goes back
    datetime(2026, 4, 4, 13, tzinfo=UTC),  # before Lord Howe goes back by half an hour
    datetime(2026, 10, 3, 13, tzinfo=UTC),  # before it goes forward
    datetime(2011, 12, 29, 20, tzinfo=UTC),  # before Apia skips a day
    datetime(2026, 7, 1, 3, tzinfo=UTC),  # where nothing happens
)


class Step(NamedTuple):
    """A command that was tried: by whom, and what was there before; `after` None if refused."""

    command: c.Command
    facts: Facts
    before: Ticket | None
    after: Ticket | None
    refusal: DispatchError | None


class Story(NamedTuple):
    """Everything that was tried on one ticket, and the journal that came of it."""

    steps: list[Step]
    journal: tuple[e.Entry, ...]

    @property
    def ticket(self) -> Ticket:
        """The ticket at the end."""
        found = fold(NUMBER, self.journal)
        assert found is not None
        return found

    @property
    def accepted(self) -> list[tuple[c.Command, Ticket, Ticket]]:
        """The accepted commands after the first, with the ticket before and after each."""
        return [
            (one.command, one.before, one.after)
            for one in self.steps
            if one.before is not None and one.after is not None
        ]


class Dice:
    """Choices made from bytes, so that one draw tells a long story and still shrinks."""

    def __init__(self, thrown: bytes) -> None:
        self.thrown = list(thrown)

    def one_of(self, *options: T) -> T:
        """One of the options."""
        return options[(self.thrown.pop() if self.thrown else 0) % len(options)]

    def sometimes(self, one_in: int) -> bool:
        """Whether something happens that happens once in so many times."""
        return not self.one_of(*reversed(range(one_in)))


def minutes(*counts: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=count) for count in counts)


WORDS = ("done", "done", "done", "", " ", "无图像", "{x}", "\x1b[2J", "null", "x" * 4001)
LOGINS = ("li", "wang", "zhao", "li", "wang", "zhao", "gone", "operator", "who", "", "\x1b")
TEAMS: tuple[tuple[str, ...], ...] = ((), (), (), ("li",), ("wang",), ("li", "wang"), ("zhao",))
SPANS = minutes(0, 0, 0, 1, 5, 20, 59, 61, 600, 1500, 2200, 2900)
MANAGER = ("manager",) * 6


def team(dice: Dice) -> tuple[str, ...]:
    if dice.sometimes(5):
        return tuple(dice.one_of(*LOGINS) for _ in range(dice.one_of(1, 2, 3)))
    return dice.one_of(*TEAMS)


def any_command(dice: Dice, now: datetime, ticket: Ticket | None) -> c.Command:
    """Any command, more often one that the state allows, with words good and bad."""
    if ticket is None:
        return c.LogCall(fault="no image", customer="H01", device="D1", phone="1")
    likely = [name for name in COMMANDS if ticket.status in STATES[name]]
    likely += {
        Status.LOGGED: ["assign"] * 6,
        Status.RESPONDED: ["assign"] * 6,
        Status.ASSIGNED: ["arrive", "depart"] * 4,
        Status.UNDER_WAY: ["arrive"] * 6,
        Status.ON_SITE: ["restore", "arrive"] * 3,
        Status.RESTORED: ["close", "reopen", "correct-time"],
        Status.SOLVED: ["close", "reopen", "correct-time"],
    }.get(ticket.status, [])
    name = dice.one_of(*(COMMANDS if dice.sometimes(6) else likely))
    words = dice.one_of(*WORDS)
    match name:
        case "assign":
            lead = dice.one_of("", "", "", "li", "who")
            return c.Assign(engineers=team(dice) or ("li", "wang"), lead=lead)
        case "unassign":
            return c.Unassign(engineers=team(dice), reason=words)
        case "depart":
            expected_at = now + dice.one_of(*SPANS) if dice.sometimes(2) else None
            return c.Depart(engineers=team(dice), expected_at=expected_at)
        case "arrive":
            return c.Arrive(engineers=team(dice))
        case "set-priority":
            return c.SetPriority(priority=dice.one_of(*Priority))
        case "correct":
            return c.Correct(fault=dice.one_of(None, words), device=words, phone=words)
        case "correct-time":
            what = dice.one_of(*CORRECTABLE, "lunch")
            return c.CorrectTime(what=what, to=near(dice, now, ticket, what))
        case "note" | "add-call":
            return BY_NAME[name](text=words)
        case "undo":
            return c.Undo()
        case "respond" | "close":
            return BY_NAME[name](note=words)
        case "restore" | "solve-by-phone":
            return BY_NAME[name](what_was_done=words)
        case _:
            return BY_NAME[name](reason=words)


def near(dice: Dice, now: datetime, ticket: Ticket, what: str) -> datetime:
    """A time to correct a fact to: not far from where it is now, or anywhere."""
    known: datetime | None = getattr(ticket, f"{what}_at", None)
    if known is None or dice.sometimes(5):
        return now - dice.one_of(*SPANS)
    return known + dice.one_of(*minutes(-600, -61, -30, -5, -1, 0, 1, 5, 30, 61, 600))


BY_NAME = {name: spec.command for name, spec in COMMANDS.items()}


def told(thrown: bytes) -> Story:
    """A ticket and everything that people tried to do with it, facts told late and early."""
    dice = Dice(thrown)
    now = dice.one_of(*STARTS)
    journal: tuple[e.Entry, ...] = ()
    ticket: Ticket | None = None
    steps: list[Step] = []
    while dice.thrown or not journal:
        command = any_command(dice, now, ticket)
        at = now
        if dice.sometimes(3):
            at -= dice.one_of(*SPANS)
        elif dice.sometimes(20):
            at += timedelta(minutes=5)
        by = dice.one_of(*MANAGER, "operator", "operator", "li", "supervisor", "administrator")
        facts = Facts(
            now=now, at=at, actor=STAFF[by if journal else "operator"], staff=STAFF, journal=journal
        )
        before = ticket
        if role_obstacle(BY_TYPE[type(command)], facts.actor, ticket) is None:
            try:
                entries, ticket = decide(NUMBER, command, facts)
            except DispatchError as error:
                steps.append(Step(command, facts, before, None, error))
            else:
                journal = (*journal, *entries)
                steps.append(Step(command, facts, before, ticket, None))
        now += timedelta(seconds=3) if dice.sometimes(3) else dice.one_of(*SPANS)
    return Story(steps, journal)


def stories() -> st.SearchStrategy[Story]:
    return st.binary(min_size=1, max_size=260).map(told) | st.binary(
        min_size=200, max_size=260
    ).map(told)


@PROFILE
@given(stories())
def test_versions_count_the_entries_without_a_gap(story: Story) -> None:
    assert [entry.seq for entry in story.journal] == list(range(1, len(story.journal) + 1))
    assert story.ticket.version == len(story.journal)
    for _, before, after in story.accepted:
        assert after.version == before.version + 1


@PROFILE
@given(stories())
def test_folding_is_deterministic_whole_or_entry_by_entry(story: Story) -> None:
    tickets = [one.after for one in story.steps if one.after is not None]
    folded = [fold(NUMBER, story.journal[:length]) for length in range(1, len(tickets) + 1)]
    assert folded == tickets
    written = msgspec.json.encode(story.journal)
    assert fold(NUMBER, msgspec.json.decode(written, type=tuple[e.Entry, ...])) == story.ticket


@PROFILE
@given(stories())
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


@PROFILE
@given(stories())
def test_clocks_run_while_the_fault_is_there_and_never_after(story: Story) -> None:
    for one in story.steps:
        if one.after is None:
            continue
        found = clocks(one.after, POLICY)
        running = [clock for clock in found if clock.running]
        assert bool(running) == (one.after.status in ACTIVE)
        assert next_due_at(found) == min((clock.due_at for clock in running), default=None)
        event(one.after.status.value)


@PROFILE
@given(stories())
def test_clocks_are_sound(story: Story) -> None:
    limits = {ClockKind.RESPONSE: 1, ClockKind.ON_SITE: 48, ClockKind.REPAIR: 36}
    for one in story.steps:
        if one.after is None:
            continue
        found = clocks(one.after, POLICY)
        assert len({clock.kind for clock in found}) == len(found)
        assert (ClockKind.REPAIR in {clock.kind for clock in found}) == (
            one.after.arrived_at is not None
        )
        for clock in found:
            assert clock.due_at - clock.started_at == timedelta(hours=limits[clock.kind])
            assert clock.running == (clock.stopped_at is None)
            if clock.stopped_at is not None:
                assert clock.stopped_at >= clock.started_at
            if clock.outcome is Outcome.MET:
                assert clock.stopped_at is not None
                assert clock.stopped_at <= clock.due_at
            if clock.outcome is Outcome.MISSED:
                assert clock.stopped_at is not None
                assert clock.stopped_at > clock.due_at
            for at in (clock.started_at, clock.due_at, clock.original_due_at):
                assert at.utcoffset() == timedelta()


@PROFILE
@given(stories())
def test_no_command_is_accepted_that_the_table_forbids(story: Story) -> None:
    for one in story.steps:
        if one.after is None or one.before is None:
            continue
        name = BY_TYPE[type(one.command)].name
        assert one.before.status in STATES[name]
        mine = one.before.assignment(one.facts.actor.login) is not None
        role = one.facts.actor.role
        assert role in ROLES[name] or (mine and role in OWN_ROLES[name])


@PROFILE
@given(stories())
def test_refusals_are_sentences_and_change_nothing(story: Story) -> None:
    for one in story.steps:
        if one.refusal is not None:
            sentence = str(one.refusal)
            assert sentence.endswith((".", "first", ")")) or ":" in sentence
            assert "\x1b" not in sentence
            assert len(sentence) < 600
            event(type(one.refusal).__name__)


@PROFILE
@given(stories())
def test_the_first_limit_stays_unless_what_started_the_clock_is_taken_back(story: Story) -> None:
    for command, before, after in story.accepted:
        originals = {one.kind: one.original_due_at for one in clocks(after, POLICY)}
        for clock in clocks(before, POLICY):
            if isinstance(command, c.Undo) and clock.kind is ClockKind.REPAIR:
                withdrawn = story.journal[before.version - 1].event
                if isinstance(withdrawn, e.Arrived):
                    continue
            assert originals[clock.kind] == clock.original_due_at


@PROFILE
@given(stories())
def test_every_accepted_story_is_possible_in_time(story: Story) -> None:
    for one in story.steps:
        if one.after is not None:
            check(one.after)
            assert one.facts.at <= one.facts.now + timedelta(minutes=1)


def in_zone(entry: e.Entry, zone: ZoneInfo) -> e.Entry:
    told = entry.event
    if isinstance(told, e.TimeCorrected):
        told = replace(told, to=told.to.astimezone(zone))
    return replace(entry, event=told, occurred_at=entry.occurred_at.astimezone(zone))


def decided_in(story: Story, zone: ZoneInfo) -> tuple[e.Entry, ...]:
    """The journal if every time had been told in a zone."""
    journal: tuple[e.Entry, ...] = ()
    for one in story.steps:
        if one.after is None:
            continue
        command = one.command
        if isinstance(command, c.CorrectTime):
            command = replace(command, to=command.to.astimezone(zone))
        if isinstance(command, c.Depart) and command.expected_at is not None:
            command = replace(command, expected_at=command.expected_at.astimezone(zone))
        facts = replace(
            one.facts,
            at=one.facts.at.astimezone(zone),
            now=one.facts.now.astimezone(zone),
            journal=journal,
        )
        entries, _ = decide(NUMBER, command, facts)
        journal = (*journal, *entries)
    return journal


@PROFILE
@given(stories(), st.sampled_from(ZONES))
def test_the_zone_in_which_times_are_told_changes_no_deadline(story: Story, zone: ZoneInfo) -> None:
    """Entries are also folded in their zone: not only the door keeps zones out of the sums."""
    expected = clocks(story.ticket, POLICY)
    assert decided_in(story, zone) == story.journal
    told_there = fold(NUMBER, [in_zone(entry, zone) for entry in story.journal])
    assert told_there is not None
    assert clocks(told_there, POLICY) == expected
    on_site = next(clock for clock in expected if clock.kind is ClockKind.ON_SITE)
    reported_at = story.ticket.reported_at
    assert on_site.due_at.timestamp() - reported_at.timestamp() == 48 * 3600


@PROFILE
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
    times = [
        then.reported_at,
        then.responded_at,
        then.talked_at,
        then.arrived_at,
        then.restored_at,
        then.solved_at,
        then.closed_at,
        then.cancelled_at,
        then.reopened_at,
        *(at for one in then.engineers for at in (one.assigned_at, one.departed_at)),
        *(one.arrived_at for one in then.engineers),
    ]
    assert max(at for at in times if at is not None) <= until
    found = clocks(then, POLICY)
    assert next_due_at(found) == min((one.due_at for one in found if one.running), default=None)


@PROFILE
@given(stories())
def test_the_ticket_as_it_stands_at_the_end_of_time_is_the_ticket(story: Story) -> None:
    end = max(entry.occurred_at for entry in story.journal) + timedelta(days=30)
    assert fold(NUMBER, story.journal, until=end) == story.ticket


@PROFILE
@given(stories())
def test_taking_back_the_last_entry_restores_the_ticket(story: Story) -> None:
    for length in range(2, len(story.journal) + 1):
        *before, last = story.journal[:length]
        if isinstance(last.event, e.Withdrawn):
            continue
        taken_back = replace(last, seq=last.seq + 1, event=e.Withdrawn(seqs=(last.seq,)))
        was = fold(NUMBER, before)
        now = fold(NUMBER, (*before, last, taken_back))
        assert was is not None
        assert now is not None
        assert now == replace(was, version=now.version)
        assert now.version == length + 1


@PROFILE
@given(stories())
def test_undo_in_time_is_a_full_way_back(story: Story) -> None:
    last = story.journal[-1]
    if isinstance(last.event, e.CallLogged | e.Withdrawn):
        return
    facts = Facts(
        now=last.recorded_at + timedelta(seconds=10),
        at=last.recorded_at,
        actor=STAFF[last.actor],
        staff=STAFF,
        journal=story.journal,
    )
    _, ticket = decide(NUMBER, c.Undo(), facts)
    was = fold(NUMBER, story.journal[:-1])
    assert was is not None
    assert ticket == replace(was, version=ticket.version)
