"""What a company brings along: stored, journaled, and left alone when it comes again."""

from datetime import UTC, date, datetime

import company
import pytest
from company import FILES, NOW, ZONE, brought, counted, told

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.bringing import checking
from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.formats import FORMATS, CellKind
from dispatch_tui.desk.bringing.sheets import Source, sources_in
from dispatch_tui.desk.demo import sample_folder
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.clocks import Outcome
from dispatch_tui.domain.commands import Close, LogCall
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.events import Noted
from dispatch_tui.domain.files import Customer
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Status
from dispatch_tui.storage import files, journal, proof, records, schema
from dispatch_tui.storage.engine import Database


async def desk_of(database: Database, login: str) -> Desk:
    async with database.read() as connection:
        staff = await files.all_staff(connection)
    return Desk(database, staff[login], zone=ZONE, clock=lambda: NOW)


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


async def test_a_name_may_have_what_stands_between_the_parts_of_a_key(database: Database) -> None:
    await brought(database)
    contacts = "customer,name,phone\nH1,Dr A/B,027-1/2\nH1,../../etc/passwd,\nH1,/,/\n"
    assert counted(await brought(database, contacts=contacts)) == {"contacts": (3, 0, 0, 0)}
    assert counted(await brought(database, contacts=contacts)) == {"contacts": (0, 0, 3, 0)}
    assert (await audit(database)).first is None


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


def test_every_table_has_a_place_where_its_rows_go() -> None:
    taken = {"tickets", "acts", "devices", *checking.SMALL, *checking.LARGE}
    assert taken == set(FORMATS)


def test_a_file_is_known_by_its_name_alone() -> None:
    assert Source("/some/where/Tickets.CSV", b"").table == "tickets"


def test_no_cell_is_longer_than_what_the_tables_hold() -> None:
    tables = {"rotation": "rotation_plans", "skills": "certificates"}
    names = {"plan": "name", "certificate": "number", "from": "since", "to": "until"}
    for one in FORMATS.values():
        if one.table in ("tickets", "acts", "groups", "holidays"):  # kept as JSON
            continue
        table = schema.metadata.tables[tables.get(one.table, one.table)]
        for column in one.columns:
            stored = table.c.get(names.get(column.name, column.name))
            assert stored is not None
            length = getattr(stored.type, "length", None)
            if length and column.kind in (CellKind.LINE, CellKind.NAME):
                assert column.limit <= length
