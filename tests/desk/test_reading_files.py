"""Whatever a spreadsheet or another program writes is read as people see it there."""

import io
import json
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import company
import openpyxl
import pytest
from company import NOW, ZONE, brought, counted, told
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.report import Brought
from dispatch_tui.desk.bringing.sheets import Source, sources_in
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.spreadsheet import guarded
from dispatch_tui.storage import records, tickets
from dispatch_tui.storage.engine import Database

DAY, TIME = (datetime.fromisoformat(one) for one in ("2025-01-31", "2026-03-05T08:15"))
CHINESE = "code,name,city\nH1,成都锦浣医院,成都\nH2,重庆市第一医院,重庆\n"


async def read(database: Database, name: str, content: bytes) -> Brought:
    return await bring(database, [Source(name, content)], "mia", zone=ZONE, now=NOW)


async def names_of(database: Database) -> dict[str, str]:
    async with database.read() as connection:
        found = await records.everything(connection, Customer)
    return {one.code: one.name for one in found.values()}


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
    ],
)
async def test_every_usual_code_page_is_known_by_what_stands_there(
    file_database: Database, encoding: str, read_as: str
) -> None:
    result = await read(file_database, "customers.csv", CHINESE.encode(encoding))
    assert told(result) == []
    assert result.read_as == ((("customers.csv", read_as),) if read_as else ())
    assert await names_of(file_database) == {"H1": "成都锦浣医院", "H2": "重庆市第一医院"}


async def test_a_code_page_that_fits_late_in_the_file_is_found_too(
    file_database: Database,
) -> None:
    rows = "".join(f"H{number},Hospital {number}\n" for number in range(10_000))
    content = f"code,name\n{rows}X,成都\n".encode("gb18030")
    result = await read(file_database, "customers.csv", content)
    assert counted(result) == {"customers": (10_001, 0, 0, 0)}
    assert (await names_of(file_database))["X"] == "成都"


async def test_damaged_utf8_is_not_taken_for_another_code_page(file_database: Database) -> None:
    content = CHINESE.encode().replace("锦".encode(), "锦".encode()[:2])
    [problem] = told(await read(file_database, "customers.csv", content))
    assert problem[1] == 2
    assert "broken" in problem[3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoted", [False, True])
async def test_the_header_row_tells_what_stands_between_the_cells(
    file_database: Database, delimiter: str, quoted: bool
) -> None:
    header = [f'"{name}"' if quoted else name for name in ("code", "name", "city")]
    cells = ["H1", '"A, B; C\tD"', '"x;y,z"']
    content = f"{delimiter.join(header)}\n{delimiter.join(cells)}\n"
    result = await read(file_database, "customers.csv", content.encode())
    assert told(result) == []
    assert await names_of(file_database) == {"H1": "A, B; C D"}


@given(st.text(min_size=1, max_size=30).filter(lambda text: "\0" not in text))
def test_a_guarded_cell_is_read_as_it_was(text: str) -> None:
    from dispatch_tui.desk.bringing.delimited import read as read_csv

    quoted = guarded(text).replace('"', '""')
    content = f'code,name\r\nH1,"{quoted}"\r\n'.encode("utf-8", "replace")
    for table in read_csv(io.BytesIO(content), {"code", "name"}):
        _, record = table.records
        assert record.cells == ["H1", text.encode("utf-8", "replace").decode()]


async def test_formulas_of_a_safe_export_come_back_as_they_were(file_database: Database) -> None:
    names = ["=1+1", "+86 28", "-", "@home", "'quoted'", "''", "'=x"]
    rows = "".join(f'H{place},"{guarded(name)}"\n' for place, name in enumerate(names))
    result = await read(file_database, "customers.csv", f"code,name\n{rows}".encode())
    assert told(result) == []
    assert list((await names_of(file_database)).values()) == names


async def test_workbooks_and_json_guard_nothing(file_database: Database) -> None:
    book = workbook(customers=[["code", "name"], ["H1", "'=1+1"]])
    assert told(await read(file_database, "customers.xlsx", book)) == []
    objects = json.dumps([{"code": "H2", "name": "'=1+1"}]).encode()
    assert told(await read(file_database, "customers.json", objects)) == []
    assert await names_of(file_database) == {"H1": "'=1+1", "H2": "'=1+1"}


async def test_a_workbook_gives_what_people_see_in_it(file_database: Database) -> None:
    await read(file_database, "customers.csv", b"code,name\nH1,A\n")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [
            *("serial", "maker", "name", "customer", "made_on", "accepted_on", "warranty_months"),
            *("core", "asset_number", "udi"),
        ]
    )
    sheet.append(
        [
            *(42, "M", "CT", "H1", date(2024, 2, 29), DAY, 36.0, True),
            *(13900000101, 1.5),
        ]
    )
    sheet["A2"].number_format = "00000000"
    content = io.BytesIO()
    book.save(content)
    assert told(await read(file_database, "devices.xlsx", content.getvalue())) == []
    async with file_database.read() as connection:
        [device] = (await records.everything(connection, Device)).values()
    assert (device.serial, device.made_on, device.accepted_on, device.warranty_months) == (
        *("00000042", date(2024, 2, 29), date(2025, 1, 31), 36),
    )
    assert (device.core, device.asset_number, device.udi) == (True, "13900000101", "1.5")


async def test_times_of_a_workbook_are_times(file_database: Database) -> None:
    await brought(file_database)
    book = workbook(
        tickets=[
            ["number", "customer", "reported_at", "fault"],
            ["260305-001", "H1", TIME, "Beeps"],
        ],
        groups=[["group", "login", "from", "to"], ["A", "ann", time(8, 0), time(20, 30)]],
        notes=[["anything"], ["else"]],
    )
    result = await read(file_database, "anything.xlsx", book)
    assert told(result) == []
    assert counted(result) == {"groups": (1, 0, 0, 0), "tickets": (1, 0, 0, 0)}
    async with file_database.read() as connection:
        [row] = await tickets.rows(connection, ["260305-001"])
    assert row.ticket.reported_at.astimezone(ZONE).isoformat() == "2026-03-05T08:15:00+08:00"


async def test_what_is_wrong_in_a_workbook_is_named_by_sheet_and_row(
    file_database: Database,
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "customers"
    for row in (["code", "name"], [], ["H1", ""], ["H2", "#N/A"], ["H3", "A", "B"]):
        book.active.append(row)
    book.active["B4"].data_type = "e"
    content = io.BytesIO()
    book.save(content)
    result = await read(file_database, "all.xlsx", content.getvalue())
    assert [one[:3] for one in told(result)] == [
        ("all.xlsx (customers)", 3, "name"),
        ("all.xlsx (customers)", 4, "name"),
        ("all.xlsx (customers)", 5, ""),
    ]
    assert {one.unit for one in result.problems} == {"row"}


def bomb(size: int) -> bytes:
    """A workbook whose sheet is so many bytes of nothing."""
    good = zipfile.ZipFile(io.BytesIO(workbook(customers=[["code", "name"], ["H1", "A"]])))
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in good.namelist():
            if name != "xl/worksheets/sheet1.xml":
                packed.writestr(name, good.read(name))
                continue
            with packed.open(name, "w", force_zip64=True) as sheet:
                for _ in range(size >> 20):
                    sheet.write(b"<row/>" * (2**20 // 6))
    return found.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 no archive", "no XLSX workbook"),
        (b"", "no XLSX workbook"),
        (workbook(customers=[["code", "name"], ["H1", "A" * 32767 * 40]]), "characters"),
    ],
)
async def test_a_workbook_that_is_none_is_said_to_be_none(
    file_database: Database, content: bytes, words: str
) -> None:
    [problem] = told(await read(file_database, "customers.xlsx", content))
    assert words in problem[3]


@pytest.mark.slow
async def test_a_workbook_that_unpacks_to_more_than_can_be_is_refused(
    file_database: Database,
) -> None:
    content = bomb(1100 << 20)
    assert len(content) < 8 << 20
    [problem] = told(await read(file_database, "customers.xlsx", content))
    assert "1024 MB" in problem[3]


async def test_a_missing_library_is_said_in_one_sentence(
    file_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from dispatch_tui.domain.errors import InvalidInput

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InvalidInput, match=r"install dispatch-tui\[xlsx\]"):
        await read(file_database, "customers.xlsx", workbook(customers=[["code"]]))


JSON = {
    "list": '[{"code": "H1", "name": "A"}, {"name": "B", "code": "H2", "city": null}]',
    "tables": '{"customers": [{"code": "H1", "name": "A"}, {"code": "H2", "name": "B"}],'
    ' "contacts": [{"customer": "H1", "name": "Dr Li"}]}',
    "lines": '{"code": "H1", "name": "A"}\n{"code": "H2", "name": "B"}\n',
}


@pytest.mark.parametrize("shape", JSON)
async def test_json_comes_as_a_list_as_tables_or_line_by_line(
    file_database: Database, shape: str
) -> None:
    for name in ("customers.json", "customers.jsonl")[: 1 + (shape == "lines")]:
        result = await read(file_database, name, JSON[shape].encode())
        assert told(result) == []
    assert await names_of(file_database) == {"H1": "A", "H2": "B"}


async def test_values_of_json_are_what_they_are(file_database: Database) -> None:
    await brought(file_database)
    ticket = {
        "number": "260305-001",
        "customer": "H1",
        "reported_at": "2026-03-05T08:00",
        "fault": "Beeps",
        "engineers": ["ann", "bob"],
        "called_back_at": None,
    }
    act = {
        "number": "260305-001",
        "at": "2026-03-05T09:00",
        "by": "ola",
        "command": "note",
        "fields": {"text": "Twice"},
    }
    content = json.dumps({"tickets": [ticket], "acts": [act]}).encode()
    result = await read(file_database, "history.json", content)
    assert told(result) == []
    assert counted(result) == {"tickets": (1, 0, 0, 0), "acts": (1, 0, 0, 0)}


async def test_what_an_object_does_not_say_stays_as_it_was(file_database: Database) -> None:
    await read(file_database, "customers.csv", b"code,name,city\nH1,A,Chengdu\nH2,B,Wuhan\n")
    content = b'[{"code": "H1", "name": "New"}, {"code": "H2", "name": "B", "city": ""}]'
    assert counted(await read(file_database, "customers.json", content)) == {
        "customers": (0, 2, 0, 0)
    }
    async with file_database.read() as connection:
        found = await records.everything(connection, Customer)
    assert [one.city for one in found.values()] == ["Chengdu", ""]


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ('[{"code": "H1", "name": "A"}, {"code": "H2"}]', 2, "name", "missing"),
        ('[{"code": "H1", "name": ["A", 1]}]', 1, "name", "must be a text"),
        ('[{"code": "H1", "name": "A", "code": "H2"}]', 1, "code", "twice"),
        ('[{"code": "H1", "name": "A", "id": 7}]', 1, "id", "not known"),
        ('[{"code": "H1", "name": "A"}, 5]', 2, "", "no object"),
        ('[\n{"code": "H1",\n"name" "A"}]', 0, "", "Line 2"),
        ('[{"code": "H1", "name": "A"}] trailing', 0, "", "Line 1"),
        ('[{"code": "H1", "name": NaN}]', 0, "", "no JSON"),
        ("[" * 100_000, 0, "", "no JSON"),
        ('[{"code": "' + "9" * 3_000_000, 0, "", "no JSON"),
        ("", 0, "", "empty"),
        ("null", 1, "", "no object"),
    ],
)
async def test_what_is_wrong_in_json_is_named_by_record(
    file_database: Database, content: str, line: int, column: str, words: str
) -> None:
    [problem] = told(await read(file_database, "customers.json", content.encode()))
    assert problem[1:3] == (line, column)
    assert words in problem[3]


@pytest.mark.parametrize("table", FORMATS)
@pytest.mark.parametrize("name", ["id", "actor", "initials", "version", "hash", "recorded_at"])
async def test_only_the_listed_columns_can_be_set(
    file_database: Database, table: str, name: str
) -> None:
    columns = [one.name for one in FORMATS[table].columns]
    content = ",".join([*columns, name]) + "\n"
    [problem] = told(await read(file_database, f"{table}.csv", content.encode()))
    assert problem[:3] == (f"{table}.csv", 1, name)
    assert all(column in problem[3] for column in columns)


def test_the_letters_of_a_name_say_the_table() -> None:
    for name in ("devices.csv", "devices-2026.csv", "Devices_2.xlsx", "devices 3 refused.csv"):
        assert Source(name, b"").table == "devices"
    assert Source("2026.json", b"").table == ""


def test_a_folder_gives_every_kind_of_file_in_the_order_of_the_tables(tmp_path: Path) -> None:
    for name in ("tickets-2.csv", "tickets-1.csv", "customers.json", "devices.XLSX", "read.me"):
        (tmp_path / name).write_bytes(b"")
    names = [Path(one.name).name for one in sources_in([tmp_path])]
    assert names == ["customers.json", "devices.XLSX", "tickets-1.csv", "tickets-2.csv"]


async def test_a_ten_megabyte_cell_is_refused_with_its_line(file_database: Database) -> None:
    content = f"code,name\nH1,A\nH2,{'x' * 10 * 2**20}\nH3,B\n".encode()
    [problem] = told(await read(file_database, "customers.csv", content))
    assert problem[:2] == ("customers.csv", 3)
    quoted = f'code,name\nH1,"{"x" * 1000}\n'.encode() + b"y\n" * 2_000_000
    [problem] = told(await read(file_database, "customers.csv", quoted))
    assert problem[:2] == ("customers.csv", 2)


async def test_after_too_much_that_is_wrong_the_rest_is_not_looked_at(
    file_database: Database,
) -> None:
    content = "code,name\n" + "".join(f"H{place},\n" for place in range(20_000))
    result = await read(file_database, "customers.csv", content.encode())
    assert len(result.problems) == 10_001
    assert any("10,000" in one[3] for one in told(result))
    assert await names_of(file_database) == {}


async def test_an_import_of_the_company_is_the_same_from_any_kind_of_file(
    file_database: Database,
) -> None:
    from mutations import as_json, as_workbook

    await brought(file_database)
    for suffix, shape in (("json", as_json), ("xlsx", as_workbook)):
        sources = [
            Source(f"{table}.{suffix}", shape(content)) for table, content in company.FILES.items()
        ]
        again = await bring(file_database, sources, "mia", zone=ZONE, now=NOW)
        assert told(again) == []
        assert {count[:2] + count[3:] for count in counted(again).values()} == {(0, 0, 0)}
