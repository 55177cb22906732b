"""Exports of other systems: their columns, values and times as a mapping file says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from company import CUSTOMERS, ZONE, brought, counted, told

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.mapping_file import read_mapping
from dispatch_tui.desk.bringing.report import Brought
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.desk.demo import sample_folder
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain.clocks import Outcome
from dispatch_tui.domain.commands import LogCall
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.events import Noted
from dispatch_tui.domain.ticket import Kind, Priority, Status, Ticket
from dispatch_tui.storage import files, tickets
from dispatch_tui.storage.engine import Database

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
EXAMPLES = sample_folder() / "mappings"


async def desk_of(database: Database, login: str, at: datetime = NOW) -> Desk:
    async with database.read() as connection:
        staff = await files.all_staff(connection)
    return Desk(database, staff[login], zone=ZONE, clock=lambda: at)


async def example(database: Database, name: str) -> Brought:
    """Bring one of the examples in by its own mapping."""
    source = Source(f"{name}.csv", EXAMPLES / f"{name}.csv")
    mapping = read_mapping(EXAMPLES / f"{name}.toml")
    return await bring(database, [source], "mia", zone=ZONE, now=NOW, mapping=mapping)


async def of_the_company(database: Database) -> None:
    await brought(database)
    await brought(database, customers=CUSTOMERS + "C001,Jinhuan Hospital,Jinhuan,\n")


async def all_of(database: Database) -> dict[str, Ticket]:
    async with database.read() as connection:
        rows = [*await tickets.open_rows(connection), *await tickets.over_rows(connection)]
    return {row.ticket.number: row.ticket for row in rows}


COUNTS = {"znuny": (2, 1), "glpi": (3, 0), "jira": (1, 2)}


@pytest.mark.parametrize("name", COUNTS)
async def test_an_example_comes_in_and_again_changes_nothing(database: Database, name: str) -> None:
    await of_the_company(database)
    adds, passed_over = COUNTS[name]
    first = await example(database, name)
    assert told(first) == []
    assert counted(first) == {"tickets": (adds, 0, 0, 0)}
    assert first.counts[0].passed_over == passed_over
    before = await all_of(database)
    again = await example(database, name)
    assert counted(again) == {"tickets": (0, 0, adds, 0)}
    assert await all_of(database) == before
    assert (await audit(database)).first is None


async def test_a_ticket_of_another_system_tells_its_course_and_its_number_there(
    database: Database,
) -> None:
    await of_the_company(database)
    await example(database, "znuny")
    file = await (await desk_of(database, "mia")).ticket("260301-004")
    ticket = file.case.ticket
    assert (ticket.customer, ticket.priority, ticket.status) == (
        *("C001", Priority.NORMAL, Status.CLOSED),
    )
    assert ticket.reported_at == datetime(2026, 3, 1, 8, 12, 33, tzinfo=UTC)
    assert ticket.talked_at == datetime(2026, 3, 1, 8, 31, 20, tzinfo=UTC)
    assert ticket.closed_at == datetime(2026, 3, 2, 15, 40, tzinfo=UTC)
    assert {clock.outcome for clock in file.case.clocks} <= {Outcome.MET, Outcome.VOID}
    assert all(entry.imported for entry in file.journal)
    [note] = [one.event.text for one in file.journal if isinstance(one.event, Noted)]
    assert note.split("\n") == ["Znuny 2026030110000017", "Imaging"]
    other = (await desk_of(database, "mia")).ticket("260301-005")
    unknown = (await other).case.ticket
    assert (unknown.customer, unknown.caller) == ("", "ward4@lakeside.example")
    assert unknown.fault == 'Monitor "Vista 8" shows no ECG;\nalarm cannot be muted'


@pytest.mark.parametrize("name", COUNTS)
async def test_clocks_that_ended_in_the_past_raise_nothing(
    file_database: Database, name: str
) -> None:
    await of_the_company(file_database)
    await example(file_database, name)
    ended = {number for number, one in (await all_of(file_database)).items() if not one.is_open}
    assert len(ended) >= 1
    for later in (timedelta(), timedelta(days=400)):
        desk = await desk_of(file_database, "mia", NOW + later)
        watch = Watch(desk)
        await watch.scan(await desk.open_cases())
        flagged = {alarm.flag.ticket for alarm in await watch.unseen()}
        assert not flagged & ended


async def test_numbers_are_given_by_day_and_time_whatever_the_order_of_the_rows(
    database: Database,
) -> None:
    await of_the_company(database)
    await example(database, "glpi")
    found = await all_of(database)
    faults = {number: one.fault for number, one in found.items() if number.startswith("2602")}
    assert faults == {
        "260210-001": "输液泵无法开机",
        "260210-002": "呼吸机氧浓度报警",
        "260212-001": "B 超探头图像有暗带",
    }
    desk = await desk_of(database, "ola", datetime(2026, 2, 10, 15, 0, tzinfo=UTC))
    assert (await desk.log_call(LogCall(fault="x", customer="H1"))).number == "260210-003"


HEADER = "No,Opened,Done,What,State\n"
MAPPING = """
system = "Old"
table = "tickets"
zone = "UTC"
times = ["%d/%m/%Y %H:%M", "%d %b %y, %I:%M %p"]
[columns]
No = "number"
Opened = "reported_at"
Done = "closed_at"
What = "fault"
[constants]
customer = "H1"
what_was_done = "Done there"
[otherwise]
solved_by_phone_at = "closed_at"
"""


async def old(database: Database, folder: Path, rows: str, mapping: str = MAPPING) -> Brought:
    """Bring rows of an old system in."""
    (folder / "old.toml").write_text(mapping, encoding="utf-8")
    source = Source("export.csv", (HEADER + rows).encode())
    return await bring(
        database, [source], "mia", zone=ZONE, now=NOW, mapping=read_mapping(folder / "old.toml")
    )


async def test_what_comes_later_of_the_same_day_gets_further_numbers(
    database: Database, tmp_path: Path
) -> None:
    await brought(database)
    first = "A 2,05/03/2026 10:00,,Second,open\nA-1,05/03/2026 09:00,,First,open\n"
    assert counted(await old(database, tmp_path, first)) == {"tickets": (2, 0, 0, 0)}
    later = first + "A-0,05/03/2026 08:00,,Zeroth,open\n"
    assert counted(await old(database, tmp_path, later)) == {"tickets": (1, 0, 2, 0)}
    faults = {number: one.fault for number, one in (await all_of(database)).items()}
    assert [faults[f"260305-00{place}"] for place in (1, 2, 3)] == ["First", "Second", "Zeroth"]


async def test_times_are_read_in_every_form_that_is_named_and_as_iso(
    file_database: Database, tmp_path: Path
) -> None:
    await brought(file_database)
    rows = (
        '1,31/12/2025 23:30,"01 Jan 26, 01:15 AM",A,x\n'
        "2,2026-01-02T03:04:05+08:00,,B,x\n"
        "3,2026-01-02 03:04,,C,x\n"
    )
    assert told(await old(file_database, tmp_path, rows)) == []
    found = {one.fault: one for one in (await all_of(file_database)).values()}
    assert found["A"].number == "260101-001"
    assert found["A"].closed_at == datetime(2026, 1, 1, 1, 15, tzinfo=UTC)
    assert found["B"].reported_at == datetime(2026, 1, 1, 19, 4, 5, tzinfo=UTC)
    assert found["C"].reported_at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rows", "line", "column", "value", "words"),
    [
        ("1,31/02/2026 10:00,,A,x\n", 2, "Opened", "31/02/2026 10:00", "not understood"),
        ("1,05/03/2026 10:00,,,x\n", 2, "What", "", "needed"),
        (",05/03/2026 10:00,,A,x\n", 2, "No", "", "needed"),
        ("1,05/03/2026 10:00,05/03/2026 09:00,A,x\n", 2, "Done", "05/03/2026 09:00", "before"),
        (f"{'9' * 51},05/03/2026 10:00,,A,x\n", 2, "No", "9" * 51, "51 characters"),
        ("1,05/03/2026 10:00,,A,x\n" * 2, 3, "No", "1", "already in export.csv, line 2"),
    ],
)
async def test_what_is_wrong_is_named_by_their_columns(
    file_database: Database,
    tmp_path: Path,
    rows: str,
    line: int,
    column: str,
    value: str,
    words: str,
) -> None:
    await brought(file_database)
    result = await old(file_database, tmp_path, rows)
    [problem] = result.problems
    assert (problem.line, problem.column, problem.value) == (line, column, value)
    assert words in told(result)[0][3]


async def test_a_column_that_the_export_lacks_is_named(
    file_database: Database, tmp_path: Path
) -> None:
    await brought(file_database)
    mapping = MAPPING.replace('What = "fault"', 'What = "fault"\nWho = "caller"')
    [problem] = told(await old(file_database, tmp_path, "", mapping))
    assert problem[1:3] == (1, "Who")
    assert "the file has none" in problem[3]


async def test_a_mapping_brings_other_tables_too(database: Database, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        'table = "devices"\ntimes = ["%m/%d/%Y"]\n'
        '[columns]\nSN = "serial"\nBrand = "maker"\nTyp = "name"\nSite = "customer"\n'
        'Bought = "accepted_on"\n'
        '[values.customer]\n"Main house" = "H1"\n[constants]\ncore = "yes"\n'
    )
    await brought(database)
    source = Source("x.csv", b"SN;Brand;Typ;Site;Bought;Price\n9;M;Pump;MAIN HOUSE;12/31/2025;1\n")
    result = await bring(
        *(database, [source], "mia"), zone=ZONE, now=NOW, mapping=read_mapping(tmp_path / "m.toml")
    )
    assert told(result) == []
    async with database.read() as connection:
        device = await files.device(connection, "9")
    assert device is not None
    assert (device.customer, str(device.accepted_on), device.core) == ("H1", "2025-12-31", True)


async def test_what_is_about_another_ticket_there_is_about_it_here(
    database: Database, tmp_path: Path
) -> None:
    await brought(database)
    mapping = MAPPING.replace("No =", 'State = "about"\nNo =') + (
        '[values.about]\nopen = ""\n[values.kind]\n'
    )
    mapping = mapping.replace("[constants]", '[constants]\nkind = "complaint"')
    rows = "7,05/03/2026 10:00,,A,open\n8,05/03/2026 11:00,,B,7\n"
    assert told(await old(database, tmp_path, rows, mapping)) == []
    complaint = (await all_of(database))["260305-002"]
    assert (complaint.kind, complaint.complaint and complaint.complaint.about) == (
        *(Kind.COMPLAINT, "260305-001"),
    )


BAD = {
    "no TOML": ("table: tickets\n", "line 1"),
    "a key twice": ('table = "tickets"\ntable = "x"\n', "line 2"),
    "no table": ('[columns]\nA = "number"\n', "table"),
    "another table": ('table = "cars"\n[columns]\nA = "number"\n', "table"),
    "an unknown key": (MAPPING + "[colour]\n", "colour"),
    "a number for a text": (MAPPING.replace('"UTC"', "5"), "zone"),
    "a zone of nowhere": (MAPPING.replace("UTC", "Mars/Base"), "zone: there is no time zone"),
    "no form of a time": (MAPPING.replace("%d/%m/%Y %H:%M", "dd.mm.yyyy"), "times, 1"),
    "a column of nobody": (MAPPING.replace('"fault"', '"flaw"'), 'columns."What": flaw is no'),
    "an id": (MAPPING.replace('"fault"', '"actor"'), 'columns."What": actor is no column'),
    "what is needed is missing": (MAPPING.replace('What = "fault"', ""), "no column gives fault"),
    "two for a time": (MAPPING.replace('"closed_at"\nWhat', '"reported_at"\nWhat'), "only one"),
    "a value that cannot be": (
        MAPPING + '[values.priority]\nHigh = "huge"\n',
        'values.priority."High": “huge”',
    ),
    "a constant that cannot be": (
        MAPPING.replace("[constants]", '[constants]\nchannel = "fax"'),
        "constants.channel",
    ),
    "no name of the system": (MAPPING.replace('system = "Old"', ""), "system"),
    "a long name of the system": (MAPPING.replace('"Old"', '"' + "x" * 21 + '"'), "20 characters"),
    "another column otherwise": (
        MAPPING.replace('solved_by_phone_at = "closed_at"', 'closed_at = "ended"'),
        "otherwise.closed_at: ended is no column",
    ),
    "another code page": (MAPPING.replace("Done there", "完成").encode("gb18030"), "UTF-8"),
    "too deep": ("a = " + "[" * 5000, "cannot be used"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_mapping_is_named_with_its_line_or_key(tmp_path: Path, name: str) -> None:
    content, words = BAD[name]
    path = tmp_path / "bad.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InvalidInput) as refused:
        read_mapping(path)
    assert str(path) in str(refused.value)
    assert words in str(refused.value)


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere"):
        read_mapping(tmp_path / "nowhere.toml")
