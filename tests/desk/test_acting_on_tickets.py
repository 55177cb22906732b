"""Commands on a ticket: versions, keys, collisions, and the row that follows the journal."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from centre import ASSIGN, CALL, NOON, NOTE, FrozenClock, desk_of
from courses import COURSES, WORKS, begun
from engines import Databases

from dispatch_tui.desk.carrying import RESTS_ON_FILES
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.decisions import FIRST_EVENTS
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.events import Noted
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.table import BY_TYPE
from dispatch_tui.domain.ticket import Priority, Status
from dispatch_tui.storage import journal, proof, tickets
from dispatch_tui.storage.engine import Database

COURSE: tuple[tuple[str, c.Command], ...] = (
    ("ola", c.Respond(note="Tube?")),
    ("mia", c.SetPriority(priority=Priority.EMERGENCY, reason="ICU")),
    ("mia", c.Assign(engineers=("ann", "bob"))),
    ("mia", c.Unassign(engineers=("bob",))),
    ("ann", c.Depart(expected_at=NOON + timedelta(hours=9))),
    ("ola", c.AddCall(text="When?")),
    ("ola", c.Correct(contact="Dr Wu", device="MR-1")),
    ("ann", c.Arrive()),
    ("ola", c.CorrectTime(what="arrived", to=NOON + timedelta(seconds=38))),
    ("ann", c.Restore(what_was_done="New tube")),
    ("ola", WORKS),
    ("ola", c.Close()),
    ("mia", c.Reopen(reason="Again dark")),
    ("mia", c.Undo()),
    ("mia", c.Reopen(reason="Again dark")),
    ("ola", c.SolveByPhone(what_was_done="Power cycle")),
    ("sue", c.Note(text="Watch this one")),
)

TOLD_ALIKE = (
    {c.ReportWorkshop, c.ReportExchange},
    {c.Close, c.CloseComplaint},
    {c.AddCall, c.TakeInCall},
)
"""Commands that write the same kind of entry: one key is never used for two of them."""


LOOKED_AT: set[str] = set()
"""The facts from the files that a decision has looked at."""


class WatchedFacts(Facts, frozen=True, kw_only=True):
    """Facts that note when a decision looks at the files."""

    def __getattribute__(self, name: str) -> Any:
        """Return a fact."""
        if name in ("customer", "device"):
            LOOKED_AT.add(name)
        return super().__getattribute__(name)


async def _logged(database: Database, clock: FrozenClock | None = None) -> str:
    return (await desk_of("ola", database, clock).log_call(CALL)).number


async def _row_differs_from_fold(database: Database, number: str) -> dict[str, Any]:
    """Return the columns in which the stored row is not what its journal says."""
    async with database.read() as connection:
        stored = (await proof.ticket_rows(connection, [number]))[number]
        lines = await journal.ticket_journal(connection, number)
    ticket = fold(number, journal.entries_of(lines))
    assert ticket is not None
    wanted = tickets.row_of(ticket, Policy())
    return {name: one for name, one in wanted.items() if stored[name] != one}


async def test_the_row_equals_the_folded_entriesafter_every_command(centre: Database) -> None:
    clock = FrozenClock()
    number = await _logged(centre, clock)
    assert await _row_differs_from_fold(centre, number) == {}
    for version, (login, command) in enumerate(COURSE, start=2):
        clock.pass_(seconds=5)
        done = await desk_of(login, centre, clock).act(number, command, version=version - 1)
        assert (done.number, done.version) == (number, version)
        assert await _row_differs_from_fold(centre, number) == {}
        (case,) = await desk_of("sue", centre, clock).cases([number])
        assert case.ticket.version == version
    assert case.ticket.status is Status.SOLVED


async def test_every_way_to_end_a_ticket_is_in_its_row(centre: Database) -> None:
    mia = desk_of("mia", centre)
    number = await _logged(centre)
    await mia.act(number, c.Cancel(reason="Wrong number"))
    assert await _row_differs_from_fold(centre, number) == {}
    assert await mia.open_cases() == []
    await mia.act(number, c.Reopen(reason="It was right"))
    assert await _row_differs_from_fold(centre, number) == {}
    assert len(await mia.open_cases()) == 1


async def test_of_two_who_saw_the_same_one_wins_and_the_other_hears_who_did_what(
    centre: Database, clock: FrozenClock
) -> None:
    number = await _logged(centre, clock)
    clock.pass_(minutes=3)
    await desk_of("max", centre, clock).act(number, c.Assign(engineers=("bob",)), version=1)
    with pytest.raises(Conflict) as conflict:
        await desk_of("mia", centre, clock).act(number, ASSIGN, version=1)
    values = conflict.value.message.values
    assert (values["person"], values["number"]) == ("max", number)
    assert values["at"] == NOON + timedelta(minutes=3)
    assert "bob" in str(conflict.value)
    file = await desk_of("mia", centre).ticket(number)
    assert [one.login for one in file.case.ticket.engineers] == ["bob"]


async def test_a_collision_names_who_changed_it_since_not_before(centre: Database) -> None:
    number = await _logged(centre)
    mia, max_ = desk_of("mia", centre), desk_of("max", centre)
    await max_.act(number, c.Respond())
    await mia.act(number, c.SetPriority(priority=Priority.EMERGENCY), version=2)
    with pytest.raises(Conflict) as conflict:
        await mia.act(number, ASSIGN, version=2)
    assert conflict.value.message.values["person"] == "mia"


async def test_a_version_that_never_was_collides(centre: Database) -> None:
    number = await _logged(centre)
    with pytest.raises(Conflict):
        await desk_of("mia", centre).act(number, ASSIGN, version=7)


async def test_notes_and_further_calls_never_collide(
    centre: Database, databases: Databases
) -> None:
    number = await _logged(centre)
    found = [desk_of(login, databases.open(centre.place)) for login in ("ola", "mia", "sue")]

    async def write(index: int) -> int:
        command = NOTE if index % 3 else c.AddCall(text="When?")
        return (await found[index % 3].act(number, command, version=1)).version

    assert sorted(await asyncio.gather(*(write(i) for i in range(24)))) == list(range(2, 26))
    assert await _row_differs_from_fold(centre, number) == {}


async def test_without_a_version_the_command_meets_the_ticket_as_it_is(centre: Database) -> None:
    number = await _logged(centre)
    await desk_of("max", centre).act(number, c.Respond())
    assert (await desk_of("mia", centre).act(number, ASSIGN)).version == 3


@pytest.mark.parametrize("number", ["260303-009", "", "x" * 5000, "'; --", "a\x00b", "\ud800"])
async def test_a_ticket_that_is_not_there_is_told(centre: Database, number: str) -> None:
    desk = desk_of("mia", centre)
    with pytest.raises(NotFound):
        await desk.act(number, NOTE)
    with pytest.raises(NotFound):
        await desk.ticket(number)
    with pytest.raises(NotFound):
        await desk.device(number)


@pytest.mark.parametrize("command", [NOTE, ASSIGN, c.Respond(), c.Cancel(reason="None")], ids=str)
async def test_a_second_try_of_a_command_returns_what_the_first_gave(
    centre: Database, command: c.Command
) -> None:
    number = await _logged(centre)
    mia = desk_of("mia", centre)
    first = await mia.act(number, command, key="k1", version=1)
    await desk_of("ola", centre).act(number, NOTE)
    second = await mia.act(number, command, key="k1", version=1)
    assert (second.number, second.version, second.repeated) == (number, first.version, True)
    assert (await mia.ticket(number)).case.ticket.version == 3


async def test_a_second_try_of_taking_back_takes_nothing_else_back(centre: Database) -> None:
    number = await _logged(centre)
    mia = desk_of("mia", centre)
    await mia.act(number, ASSIGN)
    await mia.act(number, c.Undo(), key="k1")
    assert (await mia.act(number, c.Undo(), key="k1")).repeated
    assert (await mia.ticket(number)).case.ticket.version == 3


@pytest.mark.parametrize(
    ("login", "other_ticket", "command"),
    [("mia", True, NOTE), ("max", False, NOTE), ("mia", False, c.Respond())],
    ids=["another ticket", "another person", "another command"],
)
async def test_a_key_that_was_used_for_something_else_is_refused(
    centre: Database, login: str, other_ticket: bool, command: c.Command
) -> None:
    number, other = await _logged(centre), await _logged(centre)
    await desk_of("mia", centre).act(number, NOTE, key="k1")
    with pytest.raises(InvalidInput, match="The key k1 was used for something else"):
        await desk_of(login, centre).act(other if other_ticket else number, command, key="k1")
    for one in (number, other):
        assert (await desk_of("mia", centre).ticket(one)).case.ticket.responded_at is None


def test_every_command_is_known_by_the_entry_that_it_writes_first() -> None:
    assert set(FIRST_EVENTS) == set(BY_TYPE)
    for name, (_, command, _) in COURSES.items():
        same = {one for one, kind in FIRST_EVENTS.items() if kind is FIRST_EVENTS[type(command)]}
        assert len(same) == 1 or same in TOLD_ALIKE, name


@pytest.mark.parametrize("name", COURSES)
async def test_a_second_try_of_any_command_does_nothing_more(
    centre: Database, clock: FrozenClock, name: str
) -> None:
    earlier = await begun(centre, clock)
    before, command, call = COURSES[name]
    number = await begun(centre, clock, before, call=call, me="gina")
    gina = desk_of("gina", centre, clock)
    version = (await gina.ticket(number)).case.ticket.version
    first = await gina.act(number, command, key="k1", version=version)
    await desk_of("ola", centre, clock).act(number, NOTE)
    clock.pass_(minutes=1)
    second = await gina.act(number, command, key="k1", version=version)
    assert (second.number, second.version, second.other) == (number, first.version, first.other)
    assert (first.repeated, second.repeated) == (False, True)
    entries = (await gina.ticket(number)).journal
    assert [type(entry.event) for entry in entries[first.version :]] == [Noted]
    assert type(entries[version].event) is FIRST_EVENTS[type(command)]
    for one in {earlier, number, first.other} - {""}:
        assert await _row_differs_from_fold(centre, one) == {}


async def test_a_refused_command_changes_nothing(centre: Database) -> None:
    number = await _logged(centre)
    with pytest.raises(NotPossible):
        await desk_of("mia", centre).act(number, c.Close(), version=1)
    file = await desk_of("mia", centre).ticket(number)
    assert (file.case.ticket.version, len(file.journal)) == (1, 1)


async def test_a_fact_told_later_keeps_both_times(centre: Database, clock: FrozenClock) -> None:
    number = await _logged(centre, clock)
    clock.pass_(hours=2)
    talked_at = NOON + timedelta(minutes=10)
    await desk_of("ola", centre, clock).act(number, c.Respond(), occurred_at=talked_at)
    entry = (await desk_of("ola", centre, clock).ticket(number)).journal[1]
    assert (entry.occurred_at, entry.recorded_at) == (talked_at, clock())
    assert entry.recorded_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (c.Correct(customer="H9"), "customer"),
        (c.Correct(device="CT-9"), "device"),
        (c.Correct(device="CT-2"), "device"),
        (c.Correct(customer="H2"), "device"),
    ],
    ids=str,
)
async def test_a_correction_must_name_what_is_on_file_and_belongs_together(
    centre: Database, command: c.Correct, field: str
) -> None:
    number = await _logged(centre)
    with pytest.raises(InvalidInput) as refused:
        await desk_of("ola", centre).act(number, command)
    assert refused.value.field == field


async def test_customer_and_device_can_be_corrected_together(centre: Database) -> None:
    number = await _logged(centre)
    ola = desk_of("ola", centre)
    await ola.act(number, c.Correct(customer="H2", device="CT-2"))
    case = (await ola.ticket(number)).case
    assert (case.short_name, case.ticket.device) == ("Second", "CT-2")
    await ola.act(number, c.Correct(customer="H1", device=""))
    assert (await ola.ticket(number)).case.model == ""


async def test_the_desk_refuses_a_clock_without_a_zone(centre: Database) -> None:
    desk = Desk(
        centre,
        desk_of("ola", centre).me,
        zone=desk_of("ola", centre).zone,
        clock=lambda: datetime(2026, 3, 3, 12),  # noqa: DTZ001 - the mistake
    )
    with pytest.raises(InvalidInput):
        await desk.log_call(CALL)
    assert await desk.open_cases() == []


@pytest.mark.parametrize("name", COURSES)
async def test_the_files_are_read_for_the_decisions_that_look_at_them(
    file_centre: Database, clock: FrozenClock, name: str
) -> None:
    earlier = await begun(file_centre, clock)
    before, command, call = COURSES[name]
    number = await begun(file_centre, clock, before, call=call, me="gina")
    gina = desk_of("gina", file_centre, clock)
    facts = WatchedFacts(
        now=clock(),
        at=clock(),
        actor=gina.me,
        staff=await gina.staff(),
        journal=(await gina.ticket(number)).journal,
        other=(await gina.ticket(earlier)).case.ticket,
    )
    LOOKED_AT.clear()
    decide(number, command, facts)
    assert bool(LOOKED_AT) is isinstance(command, RESTS_ON_FILES)
