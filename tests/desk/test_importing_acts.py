"""Whole courses of cases brought in by their acts: decided like acts that are given now."""

from datetime import UTC, date, datetime

import company
import pytest
from company import FILES, NOW, ZONE, Act, acts, brought, counted, tickets, told
from msgspec.structs import asdict

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.bringing.asked import command_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import ClockKind, Outcome
from dispatch_tui.domain.facts import CallBackResult, Cause, Consent, How
from dispatch_tui.domain.spec import FieldKind
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Severity, Status
from dispatch_tui.storage import files, journal
from dispatch_tui.storage.engine import Database

NUMBER = "260307-001"
TICKET = {
    "number": NUMBER,
    "customer": "H1",
    "device_serial": "CT-1",
    "reported_at": "2026-03-07T08:00",
    "logged_by": "ola",
    "fault": "No image",
    "responded_at": "2026-03-07T08:20",
    "engineers": "ann",
    "arrived_at": "2026-03-07T12:00",
}
UNTIL = "2026-03-09T11:00"


def act(at: str, by: str, command: str, number: str = NUMBER, **facts: object) -> Act:
    return number, f"2026-03-{at}", by, command, facts


MAJOR = act("07T13:00", "ann", "diagnose", severity="major", cause="tube", found="It arcs")
CONSENT = act(
    *("08T20:00", "mia", "consent"),
    name="Dr Li",
    position="Head",
    phone="027-1",
    how="letter",
    why="The tube comes late",
    until=UNTIL,
)
WORKS = act("09T10:30", "ann", "restore", what_was_done="New tube")
CALLED = act("09T17:00", "ola", "call-back", result="works", attitude=5, skill=5, speed=4)
COURSE = (MAJOR, CONSENT, WORKS, CALLED, act("09T17:05", "ola", "close"))


async def desk_of(database: Database, login: str) -> Desk:
    async with database.read() as connection:
        staff = await files.all_staff(connection)
    return Desk(database, staff[login], zone=ZONE, clock=lambda: NOW)


async def journal_of(database: Database, number: str = NUMBER) -> tuple[e.Entry, ...]:
    return (await (await desk_of(database, "mia")).ticket(number)).journal


JSON = {
    FieldKind.TIME: ("2026-03-07T08:00", datetime(2026, 3, 7, tzinfo=UTC)),
    FieldKind.DAY: ("2026-03-07", date(2026, 3, 7)),
    FieldKind.SCORE: ("3", 3),
    FieldKind.ENGINEERS: ("ann|bob", ("ann", "bob")),
}
"""A fact of each kind as it stands in a file, and as it is meant; others are text."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_told_with_all_its_facts(name: str) -> None:
    spec = COMMANDS[name]
    told_and_meant = {
        field.name: (field.choices[-1],) * 2
        if field.choices
        else JSON.get(field.kind, ("words", "words"))
        for field in spec.fields
    }
    command = command_of(spec, {name: said for name, (said, _) in told_and_meant.items()}, ZONE)
    assert isinstance(command, spec.command)
    assert asdict(command) == {name: meant for name, (_, meant) in told_and_meant.items()}


async def test_a_whole_course_comes_in_with_its_ticket(database: Database) -> None:
    await brought(database)
    result = await brought(database, tickets=tickets(TICKET), acts=acts(*COURSE))
    assert told(result) == []
    assert counted(result) == {"tickets": (1, 0, 0, 0), "acts": (5, 0, 0, 0)}
    file = await (await desk_of(database, "mia")).ticket(NUMBER)
    ticket = file.case.ticket
    assert (ticket.status, ticket.severity, ticket.cause) == (
        *(Status.CLOSED, Severity.MAJOR, Cause.TUBE),
    )
    outcomes = {clock.kind: clock.outcome for clock in file.case.clocks}
    assert outcomes[ClockKind.REPAIR] is Outcome.MET_EXTENDED
    assert outcomes[ClockKind.CALL_BACK] is Outcome.MET
    told_by = [(one.actor, one.occurred_at.astimezone(ZONE).hour) for one in file.journal[-5:]]
    assert told_by == [("ann", 13), ("mia", 20), ("ann", 10), ("ola", 17), ("ola", 17)]
    assert {one.recorded_at for one in file.journal} == {NOW}
    assert (await audit(database)).first is None


async def test_the_same_files_again_change_nothing(database: Database) -> None:
    await brought(database)
    again = {"tickets": tickets(TICKET), "acts": acts(*COURSE)}
    await brought(database, **again)
    async with database.read() as connection:
        written = await journal.newest_id(connection)
    result = await brought(database, **again)
    assert counted(result) == {"tickets": (0, 0, 1, 0), "acts": (0, 0, 5, 0)}
    alone = await brought(database, acts=again["acts"])
    assert counted(alone) == {"acts": (0, 0, 5, 0)}
    async with database.read() as connection:
        assert await journal.newest_id(connection) == written


async def test_acts_are_taken_in_the_order_of_their_times_then_of_the_file(
    database: Database,
) -> None:
    notes = [act("07T14:00", "ola", "note", text=text) for text in ("one", "two", "three")]
    await brought(database)
    result = await brought(
        database, tickets=tickets(TICKET), acts=acts(CALLED, *notes, WORKS, CONSENT, MAJOR)
    )
    assert told(result) == []
    entries = await journal_of(database)
    kinds = [type(one.event) for one in entries[-7:]]
    assert kinds == [e.Diagnosed, *[e.Noted] * 3, e.Consented, e.Restored, e.CalledBack]
    assert [one.event.text for one in entries if isinstance(one.event, e.Noted)] == [
        *("one", "two", "three"),
    ]


async def test_two_equal_acts_are_two_acts_the_second_time_too(database: Database) -> None:
    twice = {
        "tickets": tickets(TICKET),
        "acts": acts(*[act("07T14:00", "ola", "note", text="Again")] * 2),
    }
    await brought(database)
    assert counted(await brought(database, **twice))["acts"] == (2, 0, 0, 0)
    assert counted(await brought(database, **twice))["acts"] == (0, 0, 2, 0)
    three = acts(*[act("07T14:00", "ola", "note", text="Again")] * 3)
    assert counted(await brought(database, acts=three))["acts"] == (0, 0, 2, 1)


async def test_facts_are_read_as_they_are_written_elsewhere(database: Database) -> None:
    await brought(database)
    course = (
        act("07T12:30", "ann", "remove-part", name="Tube", made_on="2024年2月29日"),
        act("07T12:40", "mia", "assign", engineers="bob | ann"),
        act("07T12:50", "mia", "plan-visit", planned_at="2026-03-08 09:00", engineers=["bob"]),
        act("08T08:00", "ola", "depart", engineers="bob", expected_at="2026-03-08T01:30:00Z"),
    )
    result = await brought(database, tickets=tickets(TICKET), acts=acts(*course))
    assert told(result) == []
    removed, assigned, planned, departed = (one.event for one in (await journal_of(database))[-4:])
    assert removed == e.PartRemoved(name="Tube", made_on=date(2024, 2, 29))
    assert assigned == e.Assigned(engineers=("bob",), lead="ann")
    assert planned == e.VisitPlanned(
        engineers=("bob",), planned_at=datetime(2026, 3, 8, 1, tzinfo=UTC)
    )
    assert departed == e.Departed(
        engineers=("bob",), expected_at=datetime(2026, 3, 8, 1, 30, tzinfo=UTC)
    )


async def test_scores_may_be_texts_and_empty_facts_are_none(file_database: Database) -> None:
    await brought(file_database)
    asked = act(
        *("09T17:00", "ola", "call-back"),
        result="WORKS",
        attitude="5",
        skill="",
        speed=None,
        words="Fine\x1b[31m",
    )
    result = await brought(
        file_database, tickets=tickets(TICKET), acts=acts(MAJOR, CONSENT, WORKS, asked)
    )
    assert told(result) == []
    assert (await journal_of(file_database))[-1].event == e.CalledBack(
        result=CallBackResult.WORKS, attitude=5, words="Fine[31m"
    )


async def test_a_broken_call_back_reopens_the_case_by_one_act(database: Database) -> None:
    await brought(database)
    broken = act("09T17:00", "ola", "call-back", result="broken", words="It smells")
    files = {"tickets": tickets(TICKET), "acts": acts(MAJOR, CONSENT, WORKS, broken)}
    assert counted(await brought(database, **files))["acts"] == (4, 0, 0, 0)
    last, reopened = (await journal_of(database))[-2:]
    assert isinstance(last.event, e.CalledBack)
    assert (type(reopened.event), reopened.follows, last.follows) == (e.Reopened, True, False)
    assert counted(await brought(database, **files))["acts"] == (0, 0, 4, 0)


async def test_a_final_report_is_the_same_report_after_the_customer_was_renamed(
    database: Database,
) -> None:
    await brought(database)
    report = (
        act("09T11:00", "ann", "describe-service", state_after="in_use", confirmed_by="Dr Li"),
        act("09T11:10", "ann", "finish-report"),
        act("09T11:20", "ann", "sign-report", name="Dr Li"),
    )
    again = {"tickets": tickets(TICKET), "acts": acts(MAJOR, CONSENT, WORKS, *report)}
    assert counted(await brought(database, **again))["acts"] == (6, 0, 0, 0)
    await brought(database, customers="code,name\nH1,Renamed\n")
    assert counted(await brought(database, **again))["acts"] == (0, 0, 6, 0)
    ticket = (await (await desk_of(database, "mia")).ticket(NUMBER)).case.ticket
    assert ticket.report is not None
    assert ticket.report.signed_by == "Dr Li"


@pytest.mark.parametrize(
    "other",
    [
        act("07T15:00", "ola", "note", text="Something else"),
        act("07T15:01", "ola", "note", text="The first"),
        act("07T15:00", "ola", "respond", note="The first"),
    ],
)
async def test_an_act_that_a_stored_ticket_lacks_is_refused(
    file_database: Database, other: Act
) -> None:
    await brought(file_database)
    first = act("07T15:00", "ola", "note", text="The first")
    await brought(file_database, tickets=tickets(TICKET), acts=acts(first))
    result = await brought(file_database, acts=acts(other, first))
    assert counted(result) == {"acts": (0, 0, 1, 1)}
    assert told(result) == [
        (
            *("acts.csv", 2, "command"),
            f"Ticket {NUMBER} was stored before, and without this act: "
            "enter it with dispatch-tui act.",
        )
    ]


async def test_an_act_that_was_entered_by_hand_since_is_the_same(database: Database) -> None:
    await brought(database)
    await brought(database, tickets=tickets(TICKET))
    desk = await desk_of(database, "ola")
    said_at = datetime(2026, 3, 7, 15, tzinfo=ZONE)
    await desk.act(NUMBER, c.Note(text="By hand"), occurred_at=said_at)
    result = await brought(database, acts=acts(act("07T15:00", "ola", "note", text="By hand")))
    assert counted(result) == {"acts": (0, 0, 1, 0)}


async def test_the_acts_after_a_refused_one_are_not_blamed_but_those_of_others_are(
    database: Database,
) -> None:
    await brought(database)
    rows = (TICKET, TICKET | {"number": "260307-002"}, TICKET | {"number": "260307-003"})
    told_acts = (
        act("07T13:00", "mia", "consent", **dict(CONSENT[4])),
        WORKS,
        act("09T12:00", "ola", "close"),
        act("07T13:00", "ola", "close", "260307-002"),
        act("07T13:00", "ola", "note", "260307-003", text="Fine"),
    )
    result = await brought(database, tickets=tickets(*rows), acts=acts(*told_acts))
    assert not result.kept
    assert [one[:3] for one in told(result)] == [
        ("acts.csv", 2, "command"),
        ("acts.csv", 5, "command"),
    ]
    assert counted(result) == {"tickets": (3, 0, 0, 0), "acts": (1, 0, 0, 2)}
    async with database.read() as connection:
        assert await journal.ticket_journal(connection, "260307-003") == []


async def test_acts_on_a_refused_ticket_or_by_a_refused_person_are_not_blamed_too(
    database: Database,
) -> None:
    result = await brought(
        database,
        **FILES
        | {
            "staff": company.STAFF + "eve,Eve,boss,,CD,\n",
            "tickets": tickets(TICKET | {"fault": ""}, TICKET | {"number": "260307-002"}),
            "acts": acts(MAJOR, act("07T13:00", "eve", "note", "260307-002", text="x")),
        },
    )
    assert [one[:3] for one in told(result)] == [
        ("staff.csv", 7, "role"),
        ("tickets.csv", 2, "fault"),
    ]


async def test_who_has_left_since_did_what_they_did(database: Database) -> None:
    gone = company.STAFF.replace("skills\n", "skills,active\n").replace(",\n", ",,\n")
    gone = gone.replace("A,CD,ct|mri\n", "A,CD,ct|mri,no\n")
    result = await brought(
        database, **FILES | {"staff": gone, "tickets": tickets(TICKET), "acts": acts(MAJOR)}
    )
    assert told(result) == []
    assert (await journal_of(database))[-1].actor == "ann"


async def test_a_dry_run_decides_the_acts_and_keeps_nothing(database: Database) -> None:
    await brought(database)
    files = {"tickets": tickets(TICKET), "acts": acts(*COURSE)}
    result = await brought(database, dry_run=True, **files)
    assert counted(result) == {"tickets": (1, 0, 0, 0), "acts": (5, 0, 0, 0)}
    async with database.read() as connection:
        assert await journal.ticket_journal(connection, NUMBER) == []


async def test_each_act_is_one_command_that_its_person_can_still_take_back(
    database: Database,
) -> None:
    await brought(database)
    last = act("09T18:00", "ola", "note", text="Too much")
    await brought(database, tickets=tickets(TICKET), acts=acts(MAJOR, last))
    before = await journal_of(database)
    assert [one.follows for one in before[-2:]] == [False, False]
    await (await desk_of(database, "ola")).act(NUMBER, c.Undo())
    assert (await journal_of(database))[-1].event == e.Withdrawn(seqs=(before[-1].seq,))


async def test_consent_that_was_brought_in_keeps_the_first_limit_in_sight(
    database: Database,
) -> None:
    await brought(database)
    await brought(database, tickets=tickets(TICKET), acts=acts(MAJOR, CONSENT))
    case = (await (await desk_of(database, "mia")).ticket(NUMBER)).case
    [consent] = case.ticket.consents
    assert consent == Consent(
        name="Dr Li",
        position="Head",
        phone="027-1",
        how=How.LETTER,
        why="The tube comes late",
        until=datetime(2026, 3, 9, 3, tzinfo=UTC),
        at=datetime(2026, 3, 8, 12, tzinfo=UTC),
    )
    [repair] = [clock for clock in case.clocks if clock.kind is ClockKind.REPAIR]
    assert repair.due_at == consent.until
    assert repair.original_due_at == datetime(2026, 3, 8, 16, tzinfo=UTC)
