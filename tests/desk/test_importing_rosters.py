"""Groups with shifts, holiday rosters, overrides, certificates and travel times from files."""

from datetime import UTC, date, datetime, time

import pytest
from company import FILES, NOW, ZONE, brought, counted, told

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.duty import OverrideKind, Shift
from dispatch_tui.domain.files import Travel
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.rotation import Unit
from dispatch_tui.storage import records
from dispatch_tui.storage.engine import Database

GROUPS = (
    "group,login,days,from,to\n"
    "A,ann,mon-fri,08:00,20:00\n"
    "A,ann,6|7,10:00,10:00\n"
    "B,ann,,,\n"
    "B,bob,,,\n"
)
OVERRIDES = (
    "kind,login,by,from,to,reason\n"
    "remove,ann,,2026-03-11T08:00,2026-03-12T08:00,ill\n"
    "replace,bob,ann,2026-03-12T08:00,2026-03-13T08:00,\n"
)
HOLIDAYS = (
    "roster,from,to,staff\n"
    "spring,2026-02-16T08:00,2026-02-18T08:00,ann|bob\n"
    "spring,2026-02-19T08:00,2026-02-20T08:00,bob\n"
)
SKILLS = "login,kind,level,certificate,expires_on\nann,ct,senior,C-1,2027-01-31\nbob,ct,,,\n"
TRAVEL = "origin,destination,minutes\nChengdu,Wuhan,600\n"


async def company(database: Database) -> Desk:
    await brought(database, **FILES)
    me = Staff(login="mia", name="Mia", role=Role.MANAGER)
    return Desk(database, me, zone=ZONE, clock=lambda: NOW)


async def test_a_roster_comes_in_whole_and_again_changes_nothing(database: Database) -> None:
    await company(database)
    files = {
        "groups": GROUPS,
        "overrides": OVERRIDES,
        "holidays": HOLIDAYS,
        "skills": SKILLS,
        "travel": TRAVEL,
    }
    first = await brought(database, **files)
    assert told(first) == []
    assert counted(first) == {
        "travel": (1, 0, 0, 0),
        "skills": (2, 0, 0, 0),
        "groups": (2, 0, 0, 0),
        "holidays": (1, 0, 0, 0),
        "overrides": (2, 0, 0, 0),
    }
    again = await brought(database, **files)
    assert {count[:2] for count in counted(again).values()} == {(0, 0)}
    assert (await audit(database)).first is None


async def test_groups_say_who_is_in_them_and_when(database: Database) -> None:
    desk = await company(database)
    await brought(database, groups="group,login,days,from,to\nB,ann,1-3,08:00,20:00\nB,ann,7,,\n")
    rules = await desk.rules()
    assert rules is not None
    assert rules.members == {"B": ("ann", "bob")}
    assert rules.shifts["ann"] == (
        Shift(days=(1, 2, 3), start=time(8), end=time(20)),
        Shift(days=(7,)),
    )
    await brought(database, groups="group,login\nB,ann\n")
    rules = await desk.rules()
    assert rules is not None
    assert rules.shifts["ann"] == ()


async def test_a_holiday_roster_is_replaced_by_the_one_that_comes_later(
    database: Database,
) -> None:
    desk = await company(database)
    await brought(database, holidays=HOLIDAYS)
    await brought(
        database,
        holidays="roster,from,to,staff\nspring,2026-02-16T08:00,2026-02-17T08:00,bob\n",
    )
    rules = await desk.rules()
    assert rules is not None
    [spring] = rules.holidays
    assert [one.staff for one in spring.turns] == [("bob",)]
    assert spring.turns[0].since == datetime(2026, 2, 16, 0, 0, tzinfo=UTC)


async def test_overrides_and_certificates_are_what_their_rows_say(database: Database) -> None:
    desk = await company(database)
    await brought(database, overrides=OVERRIDES, skills=SKILLS, travel=TRAVEL)
    first, second = await desk.overrides()
    assert (first.kind, first.login, first.reason) == (OverrideKind.REMOVE, "ann", "ill")
    assert (second.kind, second.by) == (OverrideKind.REPLACE, "ann")
    async with database.read() as connection:
        certificates = await records.everything(connection, Certificate)
        travel = await records.everything(connection, Travel)
    senior = certificates[("ann", "ct")]
    assert (senior.level, senior.number, senior.expires_on) == ("senior", "C-1", date(2027, 1, 31))
    assert senior.valid(date(2027, 1, 31))
    assert not senior.valid(date(2027, 2, 1))
    assert certificates[("bob", "ct")].valid(date(2999, 1, 1))
    assert travel[("Chengdu", "Wuhan")].minutes == 600


async def test_a_plan_that_comes_again_replaces_it(database: Database) -> None:
    desk = await company(database)
    await brought(
        database,
        rotation="plan,groups,starts_at,every,unit\nweekly,B|A,2026-01-31T08:00,1,months\n",
    )
    rules = await desk.rules()
    assert rules is not None
    assert (rules.plan.groups, rules.plan.unit) == (("B", "A"), Unit.MONTHS)


OVERRIDE = "kind,login,by,from,to"
TIMES = "2026-03-11T08:00,2026-03-12T08:00"


@pytest.mark.parametrize(
    ("table", "content", "column", "words"),
    [
        ("groups", "group,login\nC,ann\n", "group", "No rotation plan has a group C"),
        ("groups", "group,login\nA,eve\n", "login", "nobody with the login eve"),
        ("groups", "group,login,days\nA,ann,8\n", "days", "weekdays"),
        ("groups", "group,login,days\nA,ann,fri-mon\n", "days", "weekdays"),
        ("groups", "group,login,from\nA,ann,25:00\n", "from", "clock time"),
        ("overrides", f"{OVERRIDE}\nremove,eve,,{TIMES}\n", "login", "nobody with the login"),
        ("overrides", f"{OVERRIDE}\nremove,ola,,{TIMES}\n", "login", "nobody who is sent"),
        ("overrides", f"{OVERRIDE}\nreplace,ann,,{TIMES}\n", "by", "who stands in"),
        ("overrides", f"{OVERRIDE}\nleave,ann,,{TIMES}\n", "kind", "it can be add"),
        (
            "overrides",
            f"{OVERRIDE}\nremove,ann,,{TIMES}\nadd,ann,,{TIMES}\n",
            "",
            "withdraw that first",
        ),
        ("holidays", f"roster,from,to,staff\nx,{TIMES},eve\n", "staff", "nobody with the login"),
        (
            "holidays",
            "roster,from,to,staff\nx,2026-03-12T08:00,2026-03-11T08:00,ann\n",
            "to",
            "after the beginning",
        ),
        ("skills", "login,kind\neve,ct\n", "login", "nobody with the login eve"),
        ("travel", "origin,destination,minutes\nA,B,0\n", "minutes", "between 1"),
        ("stations", "code,name,latitude\nX,X,91\n", "latitude", "degrees"),
        ("customers", "code,name,longitude\nX,X,nan\n", "longitude", "degrees"),
    ],
)
async def test_a_bad_row_is_named_and_nothing_is_kept(
    file_database: Database, table: str, content: str, column: str, words: str
) -> None:
    await company(file_database)
    result = await brought(file_database, **{table: content})
    assert not result.kept
    [(_, _, named, sentence)] = told(result)
    assert named == column
    assert words in sentence
