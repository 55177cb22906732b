"""What else a row tells of a past case: what was found, what the customer said, complaints."""

import csv
import io
from datetime import UTC, datetime

import company
import pytest
from company import FILES, NOW, ZONE, brought, tickets, told

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.clocks import Outcome
from dispatch_tui.domain.events import (
    Arrived,
    CalledBack,
    CallLogged,
    Closed,
    Diagnosed,
    Event,
    LeftSite,
    Responded,
    Restored,
)
from dispatch_tui.domain.facts import CallBackResult, Cause, How
from dispatch_tui.domain.ticket import Kind, Severity, Status
from dispatch_tui.storage import files
from dispatch_tui.storage.engine import Database


async def desk_of(database: Database, login: str) -> Desk:
    async with database.read() as connection:
        staff = await files.all_staff(connection)
    return Desk(database, staff[login], zone=ZONE, clock=lambda: NOW)


def rows_of(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


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
