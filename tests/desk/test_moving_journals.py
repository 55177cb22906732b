"""The journal of one database makes another one the same: all of it, proven, or nothing."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from centre import (
    CALL,
    CONTACTS,
    CUSTOMERS,
    DAY,
    DEVICES,
    NOON,
    STAFF,
    FrozenClock,
    desk_of,
)
from company import FILES, NOW, ZONE, brought
from courses import COURSES, begun
from taken_out import ALL, taken_out

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.rights import JOURNAL
from dispatch_tui.desk.exporting.writers import Format
from dispatch_tui.desk.moving import lines_in, move
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.suggestion import Weights
from dispatch_tui.storage import files, journal, records
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

SHAPES = [Format.CSV, Format.JSON]


async def lived_in(database: Database, clock: FrozenClock) -> Desk:
    """A company that has worked for a while: settings, leave taken back, every kind of act."""
    assert not (await brought(database, **FILES)).problems
    clock.now = NOW + DAY
    async with database.read() as connection:
        staff = await files.all_staff(connection)
    ola, mia = (Desk(database, staff[login], zone=ZONE, clock=clock) for login in ("ola", "mia"))
    number = (await ola.log_call(c.LogCall(fault="=No image\nat all 😀", customer="H1"))).number
    await ola.act(number, c.Note(text="'+1"), key="a key")
    await ola.act(number, c.Note(text="a slip"))
    await ola.act(number, c.Undo())
    leave = override(OverrideKind.REMOVE, "ann", clock.now + DAY, clock.now + 2 * DAY)
    await mia.override(leave)
    await mia.withdraw_override(leave.id)
    await mia.set_weights(Weights(travel=40))
    await mia.hand_over("Dr Li calls")
    return mia


async def file_of(desk: Desk, folder: Path, shape: Format = Format.CSV) -> Path:
    """The exported journal as a file."""
    content, _ = await taken_out(desk, JOURNAL, shape=shape)
    path = folder / f"journal.{shape}"
    path.write_bytes(content[JOURNAL])
    return path


@pytest.mark.parametrize("shape", SHAPES)
async def test_another_database_is_the_same_in_everything(
    elsewhere: Database, database: Database, clock: FrozenClock, tmp_path: Path, shape: Format
) -> None:
    mia = await lived_in(elsewhere, clock)
    path = await file_of(mia, tmp_path, shape)
    found = await move(database, path)
    assert (found.bad, found.tickets) == (0, 4)
    assert (await audit(database)).bad == 0
    there = Desk(database, mia.me, zone=ZONE, clock=clock)
    assert (await taken_out(there, JOURNAL, shape=shape))[0][JOURNAL] == path.read_bytes()
    assert await taken_out(there, *ALL) == await taken_out(mia, *ALL)
    assert await there.weights() == Weights(travel=40)
    assert await there.overrides() == []
    assert await there.pending_handover() == await mia.pending_handover()
    number = (await there.log_call(CALL)).number
    assert number == (await mia.log_call(CALL)).number


async def test_pages_of_any_size_hold_all_of_it(
    elsewhere: Database,
    database: Database,
    clock: FrozenClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mia = await lived_in(elsewhere, clock)
    path = await file_of(mia, tmp_path)
    for module in ("pages.PAGE", "proof.PAGE"):
        monkeypatch.setattr(f"dispatch_tui.storage.{module}", 2)
    monkeypatch.setattr("dispatch_tui.desk.moving.BATCH", 3)
    assert (await move(database, path)).bad == 0
    there = Desk(database, mia.me, zone=ZONE, clock=clock)
    assert (await taken_out(there, JOURNAL))[0][JOURNAL] == path.read_bytes()


@pytest.mark.parametrize("name", COURSES)
async def test_a_ticket_with_any_past_arrives_as_it_was(
    name: str, elsewhere: Database, file_database: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    await _people(elsewhere)
    if name == "merge":
        await begun(elsewhere, clock)
    number = await begun(elsewhere, clock, COURSES[name].before, call=COURSES[name].call)
    mia = desk_of("mia", elsewhere, clock)
    path = await file_of(mia, tmp_path)
    assert (await move(file_database, path)).bad == 0
    there = desk_of("mia", file_database, clock)
    assert (await there.ticket(number)).case == (await mia.ticket(number)).case


async def _people(database: Database) -> None:
    """The people and files of the centre, journaled as an import does."""

    async def work(connection: Connection) -> None:
        for kind, found in (
            ("staff", STAFF.values()),
            ("customer", CUSTOMERS),
            ("contact", CONTACTS),
            ("device", DEVICES),
        ):
            new: list[Any] = [(one, True) for one in found]
            await records.keep(connection, kind, new, "mia", NOON)

    await database.write(work)


async def test_a_database_with_a_journal_is_refused(
    database: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    path = await file_of(await lived_in(database, clock), tmp_path)
    with pytest.raises(NotPossible, match="has a journal"):
        await move(database, path)


async def test_a_dry_run_proves_all_and_keeps_nothing(
    elsewhere: Database, database: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    path = await file_of(await lived_in(elsewhere, clock), tmp_path)
    assert (await move(database, path, dry_run=True)).tickets == 4
    assert await _is_empty(database)


async def _is_empty(database: Database) -> bool:
    async with database.read() as connection:
        return not await journal.newest_id(connection) and not await files.all_staff(connection)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _changed(rows: list[dict[str, str]]) -> None:
    rows[-1]["data"] = rows[-1]["data"].replace("Dr Li", "Dr Wu")


def _backdated(rows: list[dict[str, str]]) -> None:
    rows[3]["recorded_at"] = "2020-01-01T00:00:00Z"


def _gone(rows: list[dict[str, str]]) -> None:
    """An entry is missing: those after it do not follow."""
    rows.remove(next(one for one in rows if one["subject_kind"] == "ticket" and one["seq"] == "2"))


def _twice(rows: list[dict[str, str]]) -> None:
    rows.append(rows[-1])


def _no_person(rows: list[dict[str, str]]) -> None:
    """A whole subject is missing that others refer to."""
    rows[:] = [one for one in rows if one["subject_kind"] != "customer"]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_changed, "changed after it was written"),
        (_backdated, "line 5: it was changed"),
        (_gone, "cannot be brought in: ticket"),
        (_twice, "same place or key"),
        (_no_person, "same place or key|cannot be brought in"),
    ],
)
async def test_a_journal_that_was_touched_is_refused_and_nothing_is_kept(
    elsewhere: Database,
    database: Database,
    clock: FrozenClock,
    tmp_path: Path,
    harm: Any,
    words: str,
) -> None:
    path = await file_of(await lived_in(elsewhere, clock), tmp_path)
    rows = _rows(path)
    harm(rows)
    _write(path, rows)
    with pytest.raises((NotPossible, InvalidInput), match=words):
        await move(database, path)
    assert await _is_empty(database)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"number,fault\r\n1,2\r\n", 1),
        (b"{}\n", 1),
        (b'{"subject_kind": "ticket"', 1),
        (b"\xff\xfe\x00", 1),
        (json.dumps({"seq": "x"}).encode(), 1),
    ],
)
def test_what_is_no_journal_is_named_by_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "journal.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=f"line {line}: it is no line of a journal"):
        list(lines_in(path))


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        list(lines_in(tmp_path / "journal.csv"))


async def test_a_text_of_a_megabyte_moves(
    elsewhere: Database, file_database: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    mia = await lived_in(elsewhere, clock)

    async def work(connection: Connection) -> None:
        data = {"document": "长" * 400_000}
        await journal.append_to(connection, "note", "x", "said", data, "mia", NOW)

    await elsewhere.write(work)
    path = await file_of(mia, tmp_path)
    assert (await move(file_database, path)).bad == 0
    assert path.stat().st_size > 10**6
