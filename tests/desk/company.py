"""A company of a few rows, as files that an import reads."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.report import Brought
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.storage.engine import Database
from dispatch_tui.words.speaker import Speaker

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)

STATIONS = "code,name,city\nCD,Chengdu,Chengdu\n"
ROTATION = "plan,groups,starts_at\nweekly,A|B,2026-01-05T08:00\n"
STAFF = (
    "login,name,role,group,station,skills\n"
    "mia,Mia,manager,,CD,\n"
    "ola,Ola,operator,,CD,\n"
    "ada,Ada,administrator,,CD,\n"
    "ann,Ann,engineer,A,CD,ct|mri\n"
    "bob,Bob,engineer,B,CD,\n"
)
CUSTOMERS = (
    "code,name,short_name,alias\n"
    "H1,重庆市第一医院,市一院,cqyy\n"
    "H2,Second People's Hospital,Second,\n"
)
CONTACTS = "customer,department,name,phone\nH1,ICU,Dr Li,027-1\n"
DEVICES = (
    "serial,maker,name,customer,department,accepted_on,core\n"
    "CT-1,M,CT,H1,Radiology,2025-01-31,yes\n"
    "CT-2,M,CT,H2,,,no\n"
    "X-9,M,CT,H1,,,\n"
    "X-9,N,MRI,H2,,,\n"
)
TICKETS = (
    "number,customer,device_serial,reported_at,logged_by,fault,responded_at,assigned_at,engineers,"
    "departed_at,arrived_at,restored_at,solved_by_phone_at,what_was_done,closed_at,cancelled_at,"
    "cancel_reason,notes\n"
    "260301-001,H1,CT-1,2026-03-01T08:00,ola,No image,2026-03-01T08:30,2026-03-01T09:00,ann|bob,"
    "2026-03-01T10:00,2026-03-01T12:00,2026-03-01T15:00,,New tube,2026-03-02T09:00,,,Spare used\n"
    "260301-003,H2,CT-2,2026-03-01T09:00:00+08:00,,Smoke,,,,,,,2026-03-01T09:20,Reset,,,,\n"
    "260302-001,H1,,2026-03-02T09:00,ola,Wrong call,,,,,,,,,,2026-03-02T10:00,Mistake,\n"
)
ACTS = (
    "number,at,by,command,fields\n"
    '260301-003,2026-03-01T09:30,ola,note,"{""text"": ""The fuse was loose""}"\n'
    '260301-003,2026-03-01T11:00,ola,call-back,"{""result"": ""works"", ""attitude"": 5,'
    ' ""skill"": 5, ""speed"": ""4""}"\n'
)
FILES = {
    "stations": STATIONS,
    "rotation": ROTATION,
    "staff": STAFF,
    "customers": CUSTOMERS,
    "contacts": CONTACTS,
    "devices": DEVICES,
    "tickets": TICKETS,
    "acts": ACTS,
}
Act = tuple[str, str, str, str, Mapping[str, object]]
"""Ticket, time, login, command, facts."""


def tickets(*rows: Mapping[str, str]) -> str:
    """Return a file of tickets, each with the columns that it has."""
    return _file(list(dict.fromkeys(name for row in rows for name in row)), rows)


def acts(*rows: Act) -> str:
    """Return a file of acts."""
    columns = ["number", "at", "by", "command", "fields"]
    return _file(
        columns,
        (dict(zip(columns, (*row[:4], json.dumps(row[4])), strict=True)) for row in rows),
    )


def _file(columns: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def sources(**files: str | bytes) -> list[Source]:
    """Return files by table, the whole company where none is named."""
    return [
        Source(f"{table}.csv", content if isinstance(content, bytes) else content.encode())
        for table, content in (files or FILES).items()
    ]


async def brought(
    database: Database, *, actor: str = "mia", dry_run: bool = False, **files: str | bytes
) -> Brought:
    """Bring files in, the whole company where none is named."""
    return await bring(database, sources(**files), actor, zone=ZONE, now=NOW, dry_run=dry_run)


def told(result: Brought) -> list[tuple[str, int, str, str]]:
    """Return the problems: file, line, column, sentence."""
    say = Speaker("en", ZONE).say
    return [(one.file, one.line, one.column, say(one.reason)) for one in result.problems]


def counted(result: Brought) -> dict[str, tuple[int, int, int, int]]:
    """Return by table how many rows were added, changed, left alone, refused."""
    return {one.table: (one.adds, one.changes, one.same, one.refuses) for one in result.counts}
