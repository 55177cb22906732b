"""What a company brings along: stored, journaled, and left alone when it comes again."""

import csv
import io
from datetime import UTC, date, datetime

import company
import pytest
from company import FILES, NOW, ZONE, brought, counted, tickets, told

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.formats import FORMATS, CellKind
from dispatch_tui.desk.bringing.sheets import Source, sources_in
from dispatch_tui.desk.demo import sample_folder
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.clocks import Outcome
from dispatch_tui.domain.commands import Close, LogCall
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.events import (
    Arrived,
    CalledBack,
    CallLogged,
    Closed,
    Diagnosed,
    Event,
    LeftSite,
    Noted,
    Responded,
    Restored,
)
from dispatch_tui.domain.facts import CallBackResult, Cause, How
from dispatch_tui.domain.files import Customer
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Kind, Severity, Status
from dispatch_tui.storage import files, journal, proof, records, schema
from dispatch_tui.storage.engine import Database


async def desk_of(database: Database, login: str) -> Desk:
    async with database.read() as connection:
        staff = await files.all_staff(connection)
    return Desk(database, staff[login], zone=ZONE, clock=lambda: NOW)


def rows_of(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


async def test_a_company_comes_in_whole_and_again_changes_nothing(database: Database) -> None:
    first = await brought(database)
    assert told(first) == []
    assert first.kept
    assert counted(first) == {
        "stations": (1, 0, 0, 0),
        "rotation": (1, 0, 0, 0),
        "staff": (5, 0, 0, 0),
        "customers": (2, 0, 0, 0),
        "contacts": (1, 0, 0, 0),
        "devices": (4, 0, 0, 0),
        "tickets": (3, 0, 0, 0),
        "acts": (2, 0, 0, 0),
    }
    async with database.read() as connection:
        written = await journal.newest_id(connection)
    again = await brought(database)
    assert {count[:2] for count in counted(again).values()} == {(0, 0)}
    assert sum(count[2] for count in counted(again).values()) == 19
    async with database.read() as connection:
        assert await journal.newest_id(connection) == written
    found = await audit(database)
    assert found.first is None
    assert found.tickets == 3


async def test_a_past_ticket_is_folded_from_the_facts_of_its_row(database: Database) -> None:
    await brought(database)
    desk = await desk_of(database, "mia")
    file = await desk.ticket("260301-001")
    ticket = file.case.ticket
    assert ticket.status is Status.CLOSED
    assert ticket.device == "CT-1"
    assert ticket.department == "Radiology"
    assert ticket.logged_by == "ola"
    assert ticket.lead == "ann"
    assert ticket.reported_at == datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
    assert [clock.outcome for clock in file.case.clocks] == [Outcome.MET] * 3 + [Outcome.VOID]
    assert [entry.actor for entry in file.journal] == ["ola"] + ["mia"] * 7
    assert {entry.recorded_at for entry in file.journal} == {NOW}
    assert file.journal[-1].event == Noted(text="Spare used")
    async with database.read() as connection:
        lines = await journal.ticket_journal(connection, "260301-001")
    assert [line.command_key for line in lines] == ["import:260301-001"] + [None] * 7


async def test_what_was_found_and_said_of_a_past_case_stands_in_its_journal(
    database: Database,
) -> None:
    await brought(database)
    past = {
        "number": "260304-001",
        "customer": "H1",
        "device_serial": "CT-1",
        "reported_at": "2026-03-04T08:00",
        "fault": "No image",
        "engineers": "ann|bob",
        "arrived_at": "2026-03-04T10:00",
        "severity": "major",
        "cause": "tube",
        "found": "It arcs",
        "restored_at": "2026-03-04T15:00",
        "what_was_done": "New tube",
        "left_at": "2026-03-04T15:30",
        "called_back_at": "2026-03-05T09:00",
        "attitude": "5",
        "skill": "5",
        "speed": "3",
        "closed_at": "2026-03-05T09:10",
    }
    result = await brought(database, tickets=tickets(past))
    assert told(result) == []
    file = await (await desk_of(database, "mia")).ticket("260304-001")
    *_, found, works, left, called, closed = (entry.event for entry in file.journal)
    assert found == Diagnosed(severity=Severity.MAJOR, cause=Cause.TUBE, found="It arcs")
    assert works == Restored(what_was_done="New tube")
    assert left == LeftSite(engineers=("ann", "bob"))
    assert called == CalledBack(result=CallBackResult.WORKS, attitude=5, skill=5, speed=3)
    assert closed == Closed()
    [visit] = file.case.ticket.visits
    assert {trip.left_at for trip in visit.trips} == {datetime(2026, 3, 4, 7, 30, tzinfo=UTC)}
    assert file.case.clocks[-1].outcome is Outcome.MET
    assert file.case.ticket.cause is Cause.TUBE


@pytest.mark.parametrize(
    ("cells", "at", "follows"),
    [
        ({}, 8, CallLogged),
        ({"responded_at": "2026-03-04T09:00"}, 9, Responded),
        ({"engineers": "ann", "arrived_at": "2026-03-04T10:00"}, 10, Arrived),
    ],
)
async def test_what_was_found_of_an_open_case_was_known_once_somebody_looked(
    file_database: Database, cells: dict[str, str], at: int, follows: type[Event]
) -> None:
    await brought(file_database)
    row = {
        "number": "260304-001",
        "customer": "H1",
        "reported_at": "2026-03-04T08:00",
        "fault": "No image",
        "cause": "tube",
    }
    result = await brought(file_database, tickets=tickets(row | cells))
    assert told(result) == []
    journal = (await (await desk_of(file_database, "mia")).ticket("260304-001")).journal
    assert journal[-1].event == Diagnosed(cause=Cause.TUBE)
    assert journal[-1].occurred_at == datetime(2026, 3, 4, at, tzinfo=ZONE)
    assert isinstance(journal[-2].event, follows)


async def test_a_complaint_about_a_ticket_of_the_files_or_of_the_database_comes_in(
    database: Database,
) -> None:
    complaint = {
        "number": "260305-001",
        "kind": "complaint",
        "customer": "H1",
        "about": "260301-001",
        "channel": "letter",
        "reported_at": "2026-03-05T08:00",
        "fault": "Nobody called back",
    }
    other = complaint | {"number": "260305-002", "about": "260302-001"}
    await brought(database, **FILES | {"tickets": tickets(*rows_of(company.TICKETS), complaint)})
    result = await brought(database, tickets=tickets(other))
    assert told(result) == []
    desk = await desk_of(database, "mia")
    for number, about in (("260305-001", "260301-001"), ("260305-002", "260302-001")):
        ticket = (await desk.ticket(number)).case.ticket
        assert ticket.complaint is not None
        assert (ticket.kind, ticket.status) == (Kind.COMPLAINT, Status.LOGGED)
        assert (ticket.complaint.about, ticket.complaint.channel) == (about, How.LETTER)


async def test_numbers_go_on_after_the_imported_ones(database: Database) -> None:
    await brought(database)
    desk = await desk_of(database, "ola")
    desk.clock = lambda: datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
    done = await desk.log_call(LogCall(fault="x", customer="H1"))
    assert done.number == "260301-004"


async def test_a_changed_row_is_changed_and_journaled_and_what_it_omits_stays(
    database: Database,
) -> None:
    await brought(database)
    result = await brought(
        database,
        customers="code,name\nH1,Renamed Hospital\n",
        staff="login,name,role,active\nbob,Bob,engineer,no\n",
    )
    assert counted(result) == {"customers": (0, 1, 0, 0), "staff": (0, 1, 0, 0)}
    async with database.read() as connection:
        customer = await files.customer(connection, "H1")
        bob = (await files.all_staff(connection))["bob"]
        stored = await records.with_keys(connection, "customer", [("H1",)])
    assert customer is not None
    assert (customer.name, customer.short_name) == ("Renamed Hospital", "市一院")
    assert customer.initials == "rh syy fyy cqyy"
    assert (bob.active, bob.group, bob.role) == (False, "B", Role.ENGINEER)
    assert stored[("H1",)] == customer
    assert (await audit(database)).first is None


async def test_a_serial_of_two_makers_gives_two_devices(database: Database) -> None:
    await brought(database)
    async with database.read() as connection:
        found = {one.id: one.maker for one in await files.devices_with_serial(connection, "X-9")}
        ct = await files.device(connection, "CT-1")
    assert found == {"X-9": "M", "X-9 (N)": "N"}
    assert ct is not None
    assert (ct.accepted_on, ct.core, ct.warranty_months) == (date(2025, 1, 31), True, 36)
    row = "260303-00{},{},X-9,2026-03-03T08:00,fault\n"
    result = await brought(
        database,
        tickets="number,customer,device_serial,reported_at,fault\n"
        + row.format(1, "H1")
        + row.format(2, "H2"),
    )
    assert told(result) == []
    desk = await desk_of(database, "mia")
    assert (await desk.ticket("260303-001")).case.ticket.device == "X-9"
    assert (await desk.ticket("260303-002")).case.ticket.device == "X-9 (N)"


async def test_a_reopened_ticket_lives_on(database: Database) -> None:
    await brought(database)
    result = await brought(
        database,
        tickets="number,customer,reported_at,fault,responded_at,solved_by_phone_at,what_was_done,"
        "closed_at,reopened_at,reopen_reason,engineers,assigned_at\n"
        "260304-001,H1,2026-03-04T08:00,Beeps,2026-03-04T08:10,2026-03-04T08:20,Reset,"
        "2026-03-04T09:00,2026-03-04T10:00,Beeps again,ann,2026-03-04T11:00\n",
    )
    assert told(result) == []
    desk = await desk_of(database, "mia")
    ticket = (await desk.ticket("260304-001")).case.ticket
    assert ticket.status is Status.ASSIGNED
    assert ticket.reopened_at == datetime(2026, 3, 4, 2, 0, tzinfo=UTC)


async def test_an_unknown_caller_may_have_a_past_too(database: Database) -> None:
    await brought(database)
    result = await brought(
        database,
        tickets="number,customer,caller,reported_at,fault\n"
        "260304-001,,A clinic in Mianyang,2026-03-04 08:00,Beeps\n",
    )
    assert told(result) == []


async def test_a_ticket_that_was_worked_on_since_is_left_alone(database: Database) -> None:
    await brought(database)
    desk = await desk_of(database, "mia")
    await desk.act("260301-003", Close())
    again = await brought(database, tickets=company.TICKETS)
    assert counted(again) == {"tickets": (0, 0, 3, 0)}
    assert (await desk.ticket("260301-003")).case.ticket.status is Status.CLOSED


async def test_a_ticket_with_other_facts_is_refused(database: Database) -> None:
    await brought(database)
    result = await brought(database, tickets=company.TICKETS.replace("Smoke", "Fire"))
    assert not result.kept
    assert told(result) == [
        ("tickets.csv", 3, "number", "Ticket 260301-003 is already there with other facts.")
    ]


async def test_a_dry_run_checks_everything_and_keeps_nothing(database: Database) -> None:
    result = await brought(database, dry_run=True)
    assert counted(result)["tickets"] == (3, 0, 0, 0)
    assert not result.kept
    async with database.read() as connection:
        assert await journal.newest_id(connection) == 0
        assert await files.all_staff(connection) == {}


async def test_one_bad_row_keeps_everything_out(database: Database) -> None:
    bad = FILES | {"tickets": company.TICKETS.replace("No image", "")}
    result = await brought(database, **bad)
    assert told(result) == [("tickets.csv", 2, "fault", "It is empty, but it is needed.")]
    async with database.read() as connection:
        assert await journal.newest_id(connection) == 0
        assert await records.everything(connection, Customer) == {}
        assert await files.all_staff(connection) == {}


@pytest.mark.parametrize("login", ["ola", "ann"])
async def test_who_may_not_import_is_refused_and_that_is_journaled(
    database: Database, login: str
) -> None:
    await brought(database)
    with pytest.raises(NotAllowed):
        await brought(database, actor=login, customers=company.CUSTOMERS)
    async with database.read() as connection:
        found = {subject: lines async for subject, lines in proof.subjects(connection)}
    [refusal] = found["person", login]
    assert (refusal.kind, refusal.actor) == ("refused", login)


async def test_an_administrator_brings_people_but_no_customers(database: Database) -> None:
    await brought(database)
    result = await brought(
        database,
        actor="ada",
        staff="login,name,role\neve,Eve,operator\n",
        stations=company.STATIONS,
    )
    assert counted(result)["staff"] == (1, 0, 0, 0)
    with pytest.raises(NotAllowed):
        await brought(database, actor="ada", customers=company.CUSTOMERS)


async def test_on_a_database_without_staff_anybody_may(database: Database) -> None:
    result = await brought(database, actor="whoever", customers=company.CUSTOMERS)
    assert result.kept


async def test_files_from_a_spreadsheet_are_understood(database: Database) -> None:
    text = '\ufeffcode,name\r\n"H1","A ""good"" hospital,\r\nwith a break"\r\n,\r\nH2,二院\r\n'
    result = await brought(database, customers=text)
    assert counted(result) == {"customers": (2, 0, 0, 0)}
    async with database.read() as connection:
        customer = await files.customer(connection, "H1")
    assert customer is not None
    assert customer.name == 'A "good" hospital, with a break'


async def test_control_and_bidi_characters_do_not_come_in(database: Database) -> None:
    await brought(database, customers="code,name\nH1,Good\x1b[31m\u202eHospital\n")
    async with database.read() as connection:
        customer = await files.customer(connection, "H1")
    assert customer is not None
    assert customer.name == "Good[31mHospital"


async def test_the_sample_data_come_in(database: Database) -> None:
    now = datetime(2026, 11, 20, 2, 31, tzinfo=UTC)
    result = await bring(database, sources_in([sample_folder()]), "chen.jing", zone=ZONE, now=now)
    assert told(result) == []
    assert counted(result)["tickets"][0] >= 300
    assert counted(result)["acts"][0] > 100
    again = await bring(database, sources_in([sample_folder()]), "chen.jing", zone=ZONE, now=now)
    assert {count[:2] + count[3:] for count in counted(again).values()} == {(0, 0, 0)}
    assert (await audit(database)).first is None


def test_a_file_is_known_by_its_name_alone() -> None:
    assert Source("/some/where/Tickets.CSV", b"").table == "tickets"


def test_no_cell_is_longer_than_what_the_tables_hold() -> None:
    tables = {"rotation": "rotation_plans"}
    for one in FORMATS.values():
        if one.table in ("tickets", "acts"):
            continue
        table = schema.metadata.tables[tables.get(one.table, one.table)]
        for column in one.columns:
            stored = table.c.get("name" if column.name == "plan" else column.name)
            assert stored is not None
            length = getattr(stored.type, "length", None)
            if length and column.kind in (CellKind.LINE, CellKind.NAME):
                assert column.limit <= length
