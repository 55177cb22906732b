"""Every cell of the page of roles, tried on the command line and over SSH."""

import asyncio
import shlex
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from centre import CALL, STAFF, desk_of, settle
from desk.courses import BY_ROLE, COMPLAINT, COURSES
from role_page import BESIDE, LOOKING, ON_TICKETS, Row

from dispatch_tui import bootstrap
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.files import Part, Station, Stock
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Kind
from dispatch_tui.settings import Settings
from dispatch_tui.storage import records
from dispatch_tui.storage.tickets import Connection

Dispatch = Callable[..., Any]

NOT_ALLOWED = 3
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIGY10G6DhWbKEiJ6d4Oc6Fb/XaTRMcPQ2Gcvi+7s7pX"
FOUND: list[Any] = [
    Station(code="S1", name="First", city="Wuhan"),
    Station(code="S2", name="Second", city="Jinan"),
    Part(code="P1", name="tube"),
    Stock(part="P1", station="S1", count=99),
]


async def _filled(path: Path) -> tuple[str, str, str]:
    """Fill a database; a fault of Ann's and Spe's, one of nobody, and a complaint."""
    async with bootstrap.opened(Settings(database=str(path))) as database:
        await settle(database)

        async def work(connection: Connection) -> None:
            for one in FOUND:
                await records.change(
                    connection, one, "added", "mia", desk_of("mia", database).clock()
                )

        await database.write(work)
        mia = desk_of("mia", database)
        theirs, nobodys, complaint = [
            (await mia.log_call(call)).number
            for call in (c.LogCall(fault="x", customer="H1", phone="13900000001"), CALL, COMPLAINT)
        ]
        await mia.act(theirs, c.Assign(engineers=("ann", "spe")))
        await mia.hand_over("x")
        return theirs, nobodys, complaint


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str, str]]:
    """A database to be copied, and the numbers of its tickets."""
    path = tmp_path_factory.mktemp("cells") / "dispatch.db"
    return path, asyncio.run(_filled(path))


@pytest.fixture
def numbers(filled: tuple[Path, tuple[str, str, str]], environment: Path) -> tuple[str, str, str]:
    """A database of one's own; gives the numbers of its tickets."""
    shutil.copy(filled[0], environment)
    return filled[1]


def typed(name: str) -> Iterator[str]:
    """The fields of a command as they are typed."""
    command = COURSES[name].command
    for field in COMMANDS[name].fields:
        value = getattr(command, field.name)
        if value in (None, "", ()):
            continue
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, Enum):
            value = value.value
        elif isinstance(value, tuple):
            value = ",".join(value)
        yield f"{field.name}={value}"


def by_what_they_may(row: Row) -> list[Role]:
    """The roles, those first to whom nothing is allowed: they leave all as it is."""
    return sorted(Role, key=lambda role: (role in row.roles, role in row.own_roles))


def refused(path: Path) -> list[str]:
    """To whom something was refused, by the journal."""
    question = "SELECT subject FROM journal WHERE subject_kind = 'person' AND kind = 'refused'"
    with closing(sqlite3.connect(path)) as connection:
        return sorted(row[0] for row in connection.execute(question))


@pytest.mark.slow
@pytest.mark.parametrize(
    "row", [one for one in ON_TICKETS if one.method == "act"], ids=lambda row: row.name
)
def test_on_tickets_the_command_line_asks_for_the_role_that_the_page_says(
    dispatch: Dispatch, environment: Path, numbers: tuple[str, str, str], row: Row
) -> None:
    theirs, nobodys, complaint = numbers
    number = theirs if Kind.FAULT in COMMANDS[row.name].kinds else complaint
    no_role = []
    for role in by_what_they_may(row):
        login = BY_ROLE[role]
        if role in row.own_roles:
            other = dispatch("act", nobodys, row.name, *typed(row.name), login=login)
            assert other.code == NOT_ALLOWED, (role, other.err)
            no_role.append(login)
        answer = dispatch("act", number, row.name, *typed(row.name), login=login)
        allowed = role in row.roles | row.own_roles
        assert (answer.code != NOT_ALLOWED) is allowed, (role, answer.code, answer.err)
        if not allowed:
            no_role.append(login)
    assert refused(environment) == sorted(no_role)


@pytest.mark.slow
@pytest.mark.parametrize(
    "row", [one for one in (ON_TICKETS[0], *BESIDE) if one.words], ids=lambda row: row.name
)
def test_beside_tickets_the_command_line_asks_for_the_role_that_the_page_says(
    dispatch: Dispatch, environment: Path, numbers: tuple[str, str, str], row: Row, tmp_path: Path
) -> None:
    key = tmp_path / "key.pub"
    key.write_text(KEY)
    words = [{"KEY": str(key), "NUMBER": numbers[0]}.get(word, word) for word in row.words]
    for role in by_what_they_may(row):
        answer = dispatch(*words, login=BY_ROLE[role])
        allowed = role in row.roles
        assert (answer.code != NOT_ALLOWED) is allowed, (role, answer.code, answer.err)
    assert refused(environment) == sorted(BY_ROLE[role] for role in Role if role not in row.roles)


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_everybody_looks_at_everything(
    dispatch: Dispatch,
    environment: Path,
    numbers: tuple[str, str, str],
    monkeypatch: pytest.MonkeyPatch,
    role: Role,
) -> None:
    for row in LOOKING:
        words = [numbers[0] if word == "NUMBER" else word for word in row.words]
        answer = dispatch(*words, login=BY_ROLE[role])
        # The people of the centre were never journaled, and there is no terminal to check.
        found_something = row.name in ("audit", "check")
        assert answer.code == int(found_something), (row.name, answer.err)
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", shlex.join(words))
        over_ssh = dispatch("session", login=BY_ROLE[role])
        assert over_ssh.code == (0 if "S" in row.entrances else 2), (row.name, over_ssh.err)
    assert refused(environment) == []


@pytest.mark.usefixtures("numbers")
def test_over_ssh_nobody_changes_anything_without_a_console(
    dispatch: Dispatch, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = environment.read_bytes()
    for row in (*ON_TICKETS, *BESIDE):
        if row.words:
            monkeypatch.setenv("SSH_ORIGINAL_COMMAND", shlex.join((*row.words, "1", row.name)))
            answer = dispatch("session", login="gina")
            assert (answer.code, answer.out) == (2, ""), row.name
    assert environment.read_bytes() == before


def test_each_role_has_somebody_in_the_centre() -> None:
    assert {STAFF[login].role for login in BY_ROLE.values()} == set(Role)
