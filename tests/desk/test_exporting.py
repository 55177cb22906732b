"""Tables go out as they would come in: of the files come the same files again."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from centre import FrozenClock, desk_of
from company import FILES, NOW, ZONE, brought
from courses import COURSES, ME, begun
from taken_out import ALL, as_sources, taken_out

from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.export import export
from dispatch_tui.desk.exporting.writers import Format, XlsxWriter
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.facts import CallBackResult
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.spreadsheet import guarded
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Status
from dispatch_tui.storage import files, journal
from dispatch_tui.storage.engine import Database

LATER = NOW + timedelta(days=1)
STARTS = ("=1+1", "+86 27", "-5", "@SUM(A1)", "'quoted", "'=1", "''")
WORDS = (*STARTS, 'says "no"', "a,b;c", "重庆市第一医院", "CT 😀 2", "x\\y", "%_*?[", "''=x")


def written(table: str, *rows: dict[str, str]) -> str:
    """Return a file of rows as a person would have written it: with guards."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), restval="")
    writer.writeheader()
    writer.writerows({name: guarded(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue()


NASTY: dict[str, str] = {
    **FILES,
    "staff": FILES["staff"] + "leo,Leo,operator,,CD,\n",
    "customers": FILES["customers"]
    + written(
        "customers",
        *(
            {"code": f"N{place}", "name": word, "short_name": word, "alias": word}
            for place, word in enumerate(WORDS, start=10)
        ),
    ).split("\r\n", 1)[1],
    "stations": "code,name,city,latitude,longitude\nCD,Chengdu,Chengdu,-33.5,104.07\nWH,武汉,,,\n",
    "skills": "login,kind,level,certificate,expires_on\nann,ct,high,SQ-1,2027-09-30\nbob,mri,,,\n",
    "groups": (
        "group,login,days,from,to\nA,ann,1-5|7,08:00,17:30\nA,ann,6,20:00,02:00\nB,bob,,,\n"
    ),
    "holidays": (
        "roster,from,to,staff\nspring,2026-02-16T08:00,2026-02-17T08:00,ann|bob\n"
        "spring,2026-02-17T08:00,2026-02-18T08:00,bob\n"
    ),
    "overrides": (
        "kind,login,by,from,to,reason\n"
        "remove,ann,,2026-04-01T08:00,2026-04-03T08:00,\"=leave, 'really'\"\n"
        "replace,bob,ann,2026-05-01T08:00,2026-05-02T08:00,\n"
    ),
    "travel": "origin,destination,minutes\nChengdu,重庆,120\n",
    "contracts": (
        "customer,number,device,since,until,response_minutes,on_site_hours,repair_hours,"
        "inspection_months,note\nH1,C-1,CT-1,2026-01-01,2026-12-31,30,24,,2,-\n"
        "H2,C-2,,2026-01-01,2026-12-31,,,,,\n"
    ),
    "parts": "code,name,maker,model,unit,price,note\nP1,@tube,M,X,piece,1280.50 CNY,\n",
    "stock": "part,station,count,minimum\nP1,CD,3,1\nP1,WH,0,0\n",
}


async def desk_for(database: Database, login: str = "mia") -> Desk:
    """The desk of one of the company's people, a day after the import."""
    async with database.read() as connection:
        me = (await files.all_staff(connection))[login]
    return Desk(database, me, zone=ZONE, clock=FrozenClock(LATER))


async def nasty(database: Database) -> Desk:
    """The company with values that spreadsheets and readers stumble over."""
    result = await brought(database, **NASTY)
    assert result.problems == ()
    desk = await desk_for(database, "ola")
    for word in WORDS:
        call = c.LogCall(fault=f"{word}\nsecond line", customer="H1", device="CT-1", contact=word)
        number = (await desk.log_call(call)).number
        await desk.act(number, c.Note(text=f"{word}\n\n{word}"))
    return await desk_for(database)


@pytest.mark.parametrize("shape", [Format.CSV, Format.JSON])
async def test_of_every_file_comes_the_same_file_again(
    elsewhere: Database, database: Database, shape: Format
) -> None:
    first, done = await taken_out(await nasty(elsewhere), shape=shape)
    limits_of_the_contract = len(WORDS)
    assert (set(first), done.left_out) == (set(ALL), limits_of_the_contract)
    result = await bring(database, as_sources(first, shape), "mia", zone=ZONE, now=LATER)
    assert result.problems == ()
    second, _ = await taken_out(await desk_for(database), shape=shape)
    assert second == first
    assert (await taken_out(await desk_for(elsewhere), shape=shape))[0] == first
    for table in ALL:
        rows = rows_of(first[table]) if shape is Format.CSV else json.loads(first[table])
        assert done.rows[table] == len(list(rows)), table


async def test_of_a_workbook_comes_the_same_again(
    elsewhere: Database, database: Database, tmp_path: Path
) -> None:
    desk = await nasty(elsewhere)
    first, _ = await taken_out(desk)
    paths = {table: tmp_path / f"{table}.xlsx" for table in ALL}
    await export(desk, ALL, lambda table, columns: XlsxWriter(paths[table], table, columns))
    sources = [Source(path.name, path.read_bytes()) for path in paths.values()]
    result = await bring(database, sources, "mia", zone=ZONE, now=LATER)
    assert result.problems == ()
    assert (await taken_out(await desk_for(database)))[0] == first


async def test_no_cell_of_a_workbook_is_a_formula_or_a_link(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "customers.xlsx"
    desk = await nasty(database)
    await export(desk, ["customers"], lambda table, columns: XlsxWriter(path, table, columns))
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0] for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


async def test_one_table_is_the_same_alone_and_among_all(file_database: Database) -> None:
    desk = await nasty(file_database)
    everything, _ = await taken_out(desk)
    for table in ALL:
        assert (await taken_out(desk, table))[0] == {table: everything[table]}


async def test_both_engines_put_the_rows_in_the_same_order(
    elsewhere: Database, database: Database
) -> None:
    codes = ("a", "B", "A-1", "A1", "ä", "重", "Z", "é", "a_b", "0")
    sheet = "code,name\n" + "".join(f"{one},X\n" for one in codes)
    for one in (elsewhere, database):
        await brought(one, staff=FILES["staff"], stations=FILES["stations"], customers=sheet)
    first, second = [
        (await taken_out(await desk_for(one), "customers"))[0]["customers"]
        for one in (elsewhere, database)
    ]
    assert first == second
    assert [one["code"] for one in rows_of(first)] == sorted(codes)


async def test_pages_follow_one_another_without_a_gap(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await nasty(database)
    whole, _ = await taken_out(desk)
    monkeypatch.setattr("dispatch_tui.storage.pages.PAGE", 2)
    assert (await taken_out(desk))[0] == whole


def rows_of(content: bytes) -> Any:
    """The rows of a CSV file, as anybody reads it who knows nothing of guards."""
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))


async def test_no_cell_begins_as_a_formula_but_numbers_are_numbers(database: Database) -> None:
    content, _ = await taken_out(await nasty(database))
    numbers = {"latitude", "longitude"}
    for table, text in content.items():
        assert text.startswith(b"\xef\xbb\xbf")
        assert text.endswith(b"\r\n")
        for row in rows_of(text):
            for name, cell in row.items():
                if name not in numbers:
                    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (table, row)
    stations = {one["code"]: one["latitude"] for one in rows_of(content["stations"])}
    assert stations == {"CD": "-33.5", "WH": ""}


async def test_json_has_values_without_guards(database: Database) -> None:
    content, _ = await taken_out(await nasty(database), shape=Format.JSON)
    customers = {one["code"]: one for one in json.loads(content["customers"])}
    assert [customers[f"N{place}"]["name"] for place in range(10, 10 + len(WORDS))] == list(WORDS)
    assert customers["H1"]["next_call_on"] is None
    staff = {one["login"]: one for one in json.loads(content["staff"])}
    assert (staff["ann"]["skills"], staff["ann"]["active"]) == (["ct", "mri"], True)
    acts = json.loads(content["acts"])
    assert {"text": "The fuse was loose"} in [one["fields"] for one in acts]
    assert json.loads(content["rotation"])[0]["starts_at"] == "2026-01-05T08:00"
    assert (
        json.loads(
            (await taken_out(await desk_for(database), "holidays", shape=Format.JSON))[0][
                "holidays"
            ]
        )[0]["from"]
        == "2026-02-16T00:00:00Z"
    )


async def test_an_empty_table_is_a_header_or_an_empty_list(file_database: Database) -> None:
    await brought(file_database, staff=FILES["staff"], stations=FILES["stations"])
    desk = await desk_for(file_database)
    assert (await taken_out(desk, "travel"))[0]["travel"] == (
        "\ufefforigin,destination,minutes\r\n".encode()
    )
    assert (await taken_out(desk, "travel", shape=Format.JSON))[0]["travel"] == b"[]\n"


@pytest.mark.parametrize("name", COURSES)
async def test_whatever_is_done_with_a_ticket_comes_the_same_again(
    name: str, centre: Database, clock: FrozenClock, elsewhere: Database
) -> None:
    course = COURSES[name]
    if name == "merge":
        await begun(centre, clock)
    number = await begun(centre, clock, course.before, call=course.call)
    by = course.before[-1][0] if name == "undo" else _who(name)
    await desk_of(by if by != ME else "ola", centre, clock).act(number, course.command)
    clock.pass_(days=1)
    first, done = await taken_out(desk_of("mia", centre, clock))
    cannot = {"merge": 1, "complain": 1}  # the one call taken in, the one complaint opened
    assert done.left_out == cannot.get(name, 0)
    result = await bring(elsewhere, as_sources(first), "mia", zone=ZONE, now=clock.now)
    assert result.problems == ()
    second, _ = await taken_out(desk_of("mia", elsewhere, clock))
    assert second == first


def _who(name: str) -> str:
    roles = COMMANDS[name].roles
    return next(
        login
        for role, login in (
            (Role.OPERATOR, "ola"),
            (Role.MANAGER, "mia"),
            (Role.GENERAL_MANAGER, "gina"),
        )
        if role in roles
    )


async def test_a_low_score_is_told_in_words_and_its_complaint_is_a_row_of_its_own(
    centre: Database, clock: FrozenClock, elsewhere: Database
) -> None:
    number = await begun(centre, clock, COURSES["call-back"].before)
    low = c.CallBack(result=CallBackResult.WORKS, attitude=1, skill=5, speed=4, words="Rude")
    done = await desk_of("ola", centre, clock).act(number, low)
    clock.pass_(days=1)
    first, exported = await taken_out(desk_of("mia", centre, clock))
    the_complaint_as_a_fact_of_the_case = 1
    assert exported.left_out == the_complaint_as_a_fact_of_the_case
    result = await bring(elsewhere, as_sources(first), "mia", zone=ZONE, now=clock.now)
    assert result.problems == ()
    there = desk_of("mia", elsewhere, clock)
    assert (await taken_out(there))[0] == first
    case = (await there.ticket(number)).case.ticket
    assert case.status is Status.CONFIRMED
    assert case.call_back is not None
    assert case.call_back.words == "Rude (attitude 1, skill 5, speed 4)"
    complaint = (await there.ticket(done.other)).case.ticket.complaint
    assert complaint is not None
    assert complaint.about == number


ALLOWED = {
    "mia": {"tickets", "staff", "journal"},
    "gina": {"tickets", "staff", "journal"},
    "sue": {"tickets", "staff"},
    "ada": {"staff"},
    "ola": set(),
    "ann": set(),
    "spe": set(),
    "gone": set(),
}


@pytest.mark.parametrize("login", ALLOWED)
@pytest.mark.parametrize("table", ["tickets", "staff", "journal"])
async def test_whole_tables_are_for_who_may_see_all_and_refusals_are_journaled(
    centre: Database, clock: FrozenClock, login: str, table: str
) -> None:
    desk = desk_of(login, centre, clock)
    if table in ALLOWED[login]:
        assert table in (await taken_out(desk, table))[0]
        return
    with pytest.raises(NotAllowed):
        await taken_out(desk, table)
    async with centre.read() as connection:
        lines = await journal.lines_about(connection, "person", login)
    assert [(one.kind, json.loads(one.data)["command"]) for one in lines] == [("refused", "export")]


async def test_a_role_that_was_taken_away_takes_the_tables_with_it(
    centre: Database, clock: FrozenClock
) -> None:
    desk = desk_of("ola", centre, clock)
    desk.me = Staff(login="ola", name="Ola", role=Role.MANAGER)
    with pytest.raises(NotAllowed, match="operator"):
        await taken_out(desk, "customers")
