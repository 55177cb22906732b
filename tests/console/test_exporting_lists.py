"""The list in sight goes to a file, and the phone of a ticket to the line at the bottom."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from shift import NOW, OPERATOR, SUPERVISOR, ZONE, Shift

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.screens import acting
from dispatch_tui.storage import journal

pytest_plugins = ("main_fixtures",)
STEM = f"{NOW.astimezone(ZONE):%Y%m%d-%H%M%S}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the documents are: there is no such folder yet."""
    found = tmp_path / "documents"
    monkeypatch.setattr(acting, "export_folder", lambda: found)
    return found


def numbers_in(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8-sig")
    return [row["number"] for row in csv.DictReader(io.StringIO(text, newline=""))]


async def test_a_key_writes_the_list_in_sight_and_says_where(shift: Shift, folder: Path) -> None:
    console = await shift.console(OPERATOR)
    await console.press("w")
    await console.until(lambda: "written to" in console.notice)
    path = folder / f"tickets-open-{STEM}.csv"
    assert numbers_in(path) == console.numbers
    assert f"{len(console.numbers)} tickets written to" in console.notice


async def test_view_and_filter_count_and_nothing_is_overwritten(shift: Shift, folder: Path) -> None:
    console = await shift.console(OPERATOR)
    await console.press("v")
    near = console.numbers
    await console.press("ctrl+w")
    await console.until(lambda: (folder / f"tickets-near-{STEM}.csv").exists())
    await console.press("slash")
    await console.type(near[0])
    await console.until(lambda: console.numbers == near[:1])
    await console.press("enter", "w")
    await console.until(lambda: (folder / f"tickets-near-{STEM}-2.csv").exists())
    assert numbers_in(folder / f"tickets-near-{STEM}.csv") == near
    assert numbers_in(folder / f"tickets-near-{STEM}-2.csv") == near[:1]
    assert sorted(os.listdir(folder)) == [
        f"tickets-near-{STEM}-2.csv",
        f"tickets-near-{STEM}.csv",
    ]


@pytest.fixture
def no_folder(folder: Path) -> Path:
    """A file stands where the folder should be."""
    folder.write_text("")
    return folder


async def test_where_nothing_can_be_written_that_is_said(shift: Shift, no_folder: Path) -> None:
    console = await shift.console(OPERATOR)
    await console.press("w")
    await console.until(lambda: "cannot be written" in console.notice)


async def test_who_sees_masks_writes_masks(shift: Shift, folder: Path) -> None:
    number = await shift.log(phone="13800138000")
    console = await shift.console(SUPERVISOR)
    assert number in console.numbers
    await console.press("w")
    await console.until(lambda: "written to" in console.notice)
    text = (folder / f"tickets-open-{STEM}.csv").read_text(encoding="utf-8-sig")
    assert "138****8000" in text
    assert "13800138000" not in text


async def test_the_number_of_a_ticket_is_told_once_and_journaled(shift: Shift) -> None:
    number = await shift.log(phone="13800138000", contact="Dr Li")
    console = await shift.console(SUPERVISOR)
    await console.go_to(number)
    await console.rested()
    assert "13800138000" not in console.text
    assert "138****8000" in console.text
    await console.press("p")
    await console.until(lambda: "call Dr Li, 13800138000" in console.notice)
    desk = await shift.desk(SUPERVISOR)
    async with desk.database.read() as connection:
        lines = await journal.lines_about(connection, "person", SUPERVISOR)
    assert [(one.kind, json.loads(one.data)["ticket"]) for one in lines] == [
        ("phone_revealed", number)
    ]


async def test_who_sees_numbers_leaves_no_line(shift: Shift) -> None:
    number = await shift.log(phone="13800138000", contact="Dr Li")
    console = await shift.console(OPERATOR)
    await console.go_to(number)
    await console.rested()
    assert "13800138000" in console.text
    await console.press("ctrl+x")
    await console.until(lambda: "call Dr Li, 13800138000" in console.notice)
    assert "journal" not in console.notice


async def test_both_are_in_the_palette(shift: Shift, folder: Path) -> None:
    console = await shift.console(OPERATOR)
    await console.press("ctrl+p")
    await console.until(lambda: console.app.screen is not console.main)
    await console.type("export")
    await console.shows("Write this list to a new file")
    await console.press("enter")
    await console.until(lambda: "written to" in console.notice)


def test_keys_are_nobody_elses() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
