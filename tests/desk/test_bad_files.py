"""Every way in which a file can be wrong: named with file, line, column and reason."""

from pathlib import Path

import pytest
from company import brought, counted, told

from dispatch_tui.desk.bringing.sheets import sources_in
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.storage.engine import Database

Case = tuple[str, str | bytes, int, str, str]
"""Table, content of the file, and the line, column and words that must be named."""

FAULT = {
    "number": "260305-001",
    "customer": "H1",
    "device_serial": "CT-1",
    "reported_at": "2026-03-05T08:00",
    "fault": "Beeps",
}
SEVEN, NINE, TEN = (f"2026-03-05T{hour}:00" for hour in ("07", "09", "10"))


def file(table: str, content: str | bytes, line: int, column: str, words: str) -> Case:
    return table, content, line, column, words


def row(table: str, header: str, cells: str, column: str, words: str) -> Case:
    return table, f"{header}\n{cells}\n", 2, column, words


def ticket(column: str, words: str, **cells: str) -> Case:
    values = FAULT | cells
    return row("tickets", ",".join(values), ",".join(values.values()), column, words)


FILES = {
    "an unknown table": file("gadgets", "code\n1\n", 0, "", "known are stations.csv"),
    "an empty file": file("customers", "", 0, "", "needs a header row"),
    "another code page": file("customers", b"code,name\nH9,\xff\xfe\n", 2, "", "nor GB18030"),
    "broken UTF-8": file(
        "customers", "code,name\nH9,成都锦浣医院\nH8,".encode() + b"\xe5\xbe\n", 3, "", "broken"
    ),
    "sixteen bits": file("customers", "code,name\n".encode("utf-16-le"), 1, "", "NUL"),
    "a NUL": file("customers", "code,name\nH9,A\0B\n", 2, "", "NUL"),
    "an open quote": file("customers", 'code,name\nH8,A\nH9,"B\nH7,C\n', 3, "", "quotes"),
    "text after a quote": file("customers", 'code,name\nH9,"A"B\n', 2, "", "quotes"),
    "a huge cell": file("customers", f"code,name\nH9,{'A' * 200_000}\n", 2, "", "length"),
    "an unknown column": file("customers", "code,name,colour\n", 1, "colour", "not known"),
    "a column that is missing": file("customers", "code\nH9\n", 1, "name", "missing"),
    "a column twice": file("customers", "code,name,name\n", 1, "name", "twice"),
    "the same code twice": file("customers", "code,name\nH9,A\nH9,B\n", 3, "code", "line 2"),
    "the physical line": file("customers", 'code,name\nH8,"A\nB"\n\nH9,\n', 5, "name", "needed"),
    "the same device twice": file(
        "devices", "serial,maker,name,customer\n1,M,A,H1\n1,M,B,H1\n", 3, "serial", "line 2"
    ),
}
CUSTOMER, STAFF, PLAN = "code,name", "login,name,role", "plan,groups,starts_at"
DEVICE = "serial,maker,name,customer"
ROWS = {
    "a long cell": row("customers", CUSTOMER, f"H9,{'A' * 201}", "name", "201 characters"),
    "a very long cell": row("customers", CUSTOMER, f"H9,{'A' * 9001}", "name", "9001"),
    "a cell too many": row("customers", CUSTOMER, "H9,A,B", "", "3 cells, the header has 2"),
    "a cell too few": row("customers", CUSTOMER, "H9", "", "1 cells, the header has 2"),
    "a needed cell that is empty": row("customers", CUSTOMER, "H9,  ", "name", "needed"),
    "a code of two words": row("customers", CUSTOMER, "H 9,A", "code", "one word"),
    "an unknown role": row("staff", STAFF, "x,X,boss", "role", "it can be operator"),
    "an unknown station": row("staff", f"{STAFF},station", "x,X,operator,ZZ", "station", "ZZ"),
    "an unknown group": row("staff", f"{STAFF},group", "x,X,engineer,C", "group", "group C"),
    "neither yes nor no": row("staff", f"{STAFF},active", "x,X,operator,?", "active", "yes or no"),
    "an unknown zone": row("rotation", f"{PLAN},zone", f"p,A,{NINE},Mars/A", "zone", "Mars/A"),
    "a zone outside": row("rotation", f"{PLAN},zone", f"p,A,{NINE},../../etc", "zone", "etc"),
    "an unknown unit": row("rotation", f"{PLAN},unit", f"p,A,{NINE},years", "unit", "weeks"),
    "no turns at all": row("rotation", f"{PLAN},every", f"p,A,{NINE},0", "every", "between 1"),
    "a contact of nobody": row("contacts", "customer,name", "H9,A", "customer", "customer H9"),
    "a device of nobody": row("devices", DEVICE, "1,M,A,H9", "customer", "customer H9"),
    "no day": row("devices", f"{DEVICE},made_on", "1,M,A,H1,2026-02-30", "made_on", "a day"),
    "no count": row(
        "devices", f"{DEVICE},warranty_months", "1,M,A,H1,x", "warranty_months", "whole"
    ),
}
TICKETS = {
    "no ticket number": ticket("number", "YYMMDD-NNN", number="1"),
    "a number of no day": ticket("number", "YYMMDD-NNN", number="261399-001"),
    "a number of none": ticket("number", "YYMMDD-NNN", number="260305-000"),
    "an unknown customer": ticket("customer", "no customer H9", customer="H9"),
    "nobody who calls": ticket("customer", "Who calls", customer="", device_serial=""),
    "an unknown device": ticket("device_serial", "no device CT-7", device_serial="CT-7"),
    "another's device": ticket("device_serial", "customer H2, not to H1", device_serial="CT-2"),
    "no time": ticket("reported_at", "2026-01-31T08:15", reported_at="soon"),
    "a day without a time": ticket("reported_at", "a day and a time", reported_at="2026-03-05"),
    "the future": ticket("reported_at", "in the future", reported_at="2026-04-05T08:00"),
    "an unknown operator": ticket("logged_by", "login eve", logged_by="eve"),
    "an unknown engineer": ticket("engineers", "login eve", engineers="ann|eve"),
    "a manager who is sent": ticket("engineers", "Mia is not an engineer", engineers="mia"),
    "assigned to nobody": ticket("engineers", "needed", assigned_at=NINE),
    "arrived without anybody": ticket("arrived_at", "Nobody is assigned", arrived_at=NINE),
    "restored with nobody there": ticket(
        "restored_at", "No engineer is on site", restored_at=NINE, what_was_done="x"
    ),
    "restored by doing nothing": ticket(
        "what_was_done", "needed", engineers="ann", arrived_at=NINE, restored_at=TEN
    ),
    "closed before it was solved": ticket("closed_at", "must be gone", closed_at=NINE),
    "cancelled without a reason": ticket("cancel_reason", "needed", cancelled_at=NINE),
    "cancelled after its end": ticket(
        "cancelled_at",
        "can no longer be cancelled",
        solved_by_phone_at=NINE,
        what_was_done="x",
        cancelled_at=TEN,
        cancel_reason="x",
    ),
    "reopened while open": ticket("reopened_at", "still open", reopened_at=NINE, reopen_reason="x"),
    "answered before it was reported": ticket(
        "responded_at", "It cannot be that the customer was answered", responded_at=SEVEN
    ),
    "assigned before it was reported": ticket(
        "assigned_at", "before the fault was reported", engineers="ann", assigned_at=SEVEN
    ),
    "arrived before assigned": ticket(
        "arrived_at",
        "before an engineer was assigned",
        engineers="ann",
        assigned_at=TEN,
        arrived_at=NINE,
    ),
    "arrived before set out": ticket(
        "arrived_at", "It cannot be", engineers="ann", departed_at=TEN, arrived_at=NINE
    ),
    "left without having been there": ticket("left_at", "Nobody is on site", left_at=NINE),
    "left before arrived": ticket(
        "left_at", "before the engineer arrived", engineers="ann", arrived_at=TEN, left_at=NINE
    ),
    "restored after everybody left": ticket(
        "restored_at",
        "No engineer is on site",
        engineers="ann",
        arrived_at=SEVEN.replace("05T", "06T"),
        left_at=NINE.replace("05T", "06T"),
        restored_at=TEN.replace("05T", "06T"),
        what_was_done="x",
    ),
    "an unknown cause": ticket("cause", "it can be operation", cause="magic"),
    "an unknown severity": ticket("severity", "ordinary, major", severity="huge"),
    "diagnosed on a complaint": ticket("found", "is a complaint", kind="complaint", found="x"),
    "called back while broken": ticket(
        "called_back_at", "nothing to call back", called_back_at=TEN, call_back_words="x"
    ),
    "called back before it was solved": ticket(
        "called_back_at",
        "before it was solved by phone",
        solved_by_phone_at=TEN,
        what_was_done="x",
        called_back_at=NINE,
        call_back_words="x",
    ),
    "words of a call that was not": ticket(
        "called_back_at",
        "needed",
        solved_by_phone_at=NINE,
        what_was_done="x",
        call_back_words="Fine",
    ),
    "called back without scores": ticket(
        "skill",
        "three scores",
        solved_by_phone_at=NINE,
        what_was_done="x",
        called_back_at=TEN,
        attitude="5",
    ),
    "a low score without words": ticket(
        "call_back_words",
        "what the customer is not satisfied with",
        solved_by_phone_at=NINE,
        what_was_done="x",
        called_back_at=TEN,
        attitude="5",
        skill="2",
        speed="5",
    ),
    "a score of six": ticket("skill", "between 1 and 5", skill="6"),
    "a score of none": ticket("skill", "between 1 and 5", skill="0"),
    "a fault about a ticket": ticket("about", "Only a complaint", about="260301-001"),
    "a complaint about nothing known": ticket(
        "about", "no ticket 260301-009", kind="complaint", about="260301-009"
    ),
    "a complaint about itself": ticket(
        "about", "no ticket 260305-001", kind="complaint", about="260305-001"
    ),
    "a complaint that is solved by phone": ticket(
        "solved_by_phone_at",
        "is a complaint",
        kind="complaint",
        solved_by_phone_at=NINE,
        what_was_done="x",
    ),
    "an unknown channel": ticket("channel", "call, message", kind="complaint", channel="pigeon"),
}
CASES = FILES | ROWS | TICKETS


@pytest.mark.parametrize("name", CASES)
async def test_what_is_wrong_is_named(file_database: Database, name: str) -> None:
    table, content, line, column, words = CASES[name]
    await brought(file_database)
    result = await brought(file_database, **{table: content})
    assert not result.kept
    [(found_file, found_line, found_column, sentence), *more] = told(result)
    assert (found_file, found_line, found_column) == (f"{table}.csv", line, column)
    assert words in sentence
    assert more == []


async def test_every_bad_row_is_named_not_only_the_first(file_database: Database) -> None:
    result = await brought(
        file_database,
        customers="code,name,city\nH1,,\nH2,B,\nH 3,C,\n",
        devices="serial,maker,name,customer,core\n1,M,A,H1,perhaps\n2,M,,H2,\n3,M,A,H9,\n",
    )
    assert [one[:3] for one in told(result)] == [
        ("customers.csv", 2, "name"),
        ("customers.csv", 4, "code"),
        ("devices.csv", 2, "core"),
        ("devices.csv", 3, "name"),
        ("devices.csv", 4, "customer"),
    ]
    assert counted(result) == {"customers": (1, 0, 0, 2), "devices": (0, 0, 0, 3)}


async def test_what_refers_to_a_refused_row_is_not_blamed_too(file_database: Database) -> None:
    header, cells = ",".join(FAULT), ",".join(FAULT.values())
    result = await brought(
        file_database,
        customers="code,name\nH1,\n",
        devices="serial,maker,name,customer\nCT-1,M,A,H1\n",
        tickets=f"{header}\n{cells}\n",
    )
    assert [one[0] for one in told(result)] == ["customers.csv"]


def test_a_path_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere"):
        sources_in([tmp_path / "nowhere.csv"])
    with pytest.raises(InvalidInput, match="no CSV, XLSX or JSON files"):
        sources_in([tmp_path])
