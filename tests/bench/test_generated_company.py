"""The generated company is as true as one that was worked in: an audit finds nothing."""

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from engines import Databases
from generate import Size, generate
from stamping import ZONE

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.clocks import Level
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.storage.place import place_of

NOW = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
SIZE = Size(customers=40, devices=300, tickets=3_000, open=200, seed=7)
SMALL = Size(customers=5, devices=20, tickets=150, open=30, seed=7)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of some thousand tickets."""
    path = tmp_path_factory.mktemp("company") / "company.db"
    generate(path, SIZE, NOW)
    return path


def _asked(path: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


async def _open(databases: Databases, path: Path) -> list[Case]:
    person = Staff(login="operator", name="", role=Role.OPERATOR)
    database = databases.open(place_of(path))
    return await Desk(database, person, zone=ZONE, clock=lambda: NOW).open_cases()


async def test_an_audit_of_it_finds_nothing(company: Path, databases: Databases) -> None:
    found = await audit(databases.open(place_of(company)))
    assert found.first is None
    assert (found.tickets, found.bad) == (SIZE.tickets, 0)


async def test_as_many_as_were_asked_for_go_on_some_near_and_some_past_their_limits(
    company: Path, databases: Databases
) -> None:
    cases = await _open(databases, company)
    levels = Counter(case.level(NOW) for case in cases)
    assert len(cases) == SIZE.open
    assert min(levels[one] for one in (Level.NORMAL, Level.NEAR, Level.BREACHED)) > 3


def test_there_are_cases_of_every_shape_over_five_years(company: Path) -> None:
    kinds = Counter(kind for (kind,) in _asked(company, "SELECT kind FROM journal"))
    assert set(kinds) > {
        *("solved_by_phone", "part_fitted", "taken_away", "brought_back", "cancelled"),
        *("consented", "complaint_opened", "satisfaction_recorded", "report_finished"),
    }
    ((first, last),) = _asked(company, "SELECT min(reported_at), max(reported_at) FROM tickets")
    since = datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert NOW - timedelta(days=5 * 365) < since < NOW - timedelta(days=5 * 365 - 20)
    assert datetime.fromisoformat(last).replace(tzinfo=UTC) < NOW


def test_the_journal_stands_in_the_order_in_which_it_was_written(company: Path) -> None:
    times = _asked(company, "SELECT recorded_at FROM journal ORDER BY id")
    assert times == sorted(times)
    assert times[-1][0] <= NOW.replace(tzinfo=None).isoformat(" ")


def test_numbers_are_dense_on_every_day(company: Path) -> None:
    days: dict[str, int] = dict(_asked(company, "SELECT day, last FROM day_numbers"))
    numbers = {number for (number,) in _asked(company, "SELECT number FROM tickets")}
    assert numbers == {
        f"{day}-{count:03}" for day, last in days.items() for count in range(1, last + 1)
    }


def test_a_complaint_and_its_case_name_each_other(company: Path) -> None:
    opened = _asked(
        company,
        "SELECT subject, data ->> '$.number' FROM journal WHERE kind = 'complaint_opened'",
    )
    about = _asked(
        company,
        "SELECT data ->> '$.about', subject FROM journal "
        "WHERE kind = 'call_logged' AND data ->> '$.about' <> ''",
    )
    assert sorted(opened) == sorted(about) != []


def test_the_same_seed_and_time_give_the_same_company_in_however_many_processes(
    tmp_path: Path,
) -> None:
    alone, together = tmp_path / "alone.db", tmp_path / "together.db"
    generate(alone, SMALL, NOW)
    options = [f"--{name}={getattr(SMALL, name)}" for name in SMALL.__struct_fields__]
    program = str(Path(__file__).with_name("generate.py"))
    command = [sys.executable, program, str(together), *options, f"--now={NOW.isoformat()}"]
    subprocess.run([*command, "--processes=2"], check=True, capture_output=True)
    assert _digest(alone) == _digest(together)


def _digest(path: Path) -> dict[str, str]:
    tables = ("journal", "tickets", "alarms", "customers", "devices", "day_numbers")
    return {
        one: sha256(repr(_asked(path, f"SELECT * FROM {one} ORDER BY 1")).encode()).hexdigest()
        for one in tables
    }
