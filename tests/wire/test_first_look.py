"""The first look at the queue is what the desk finds later, and is for looking at only."""

from pathlib import Path

import pytest
from program import MANAGER, OPERATOR, Opened, Program

from dispatch_tui.bootstrap import desk
from dispatch_tui.desk.glimpse import glimpse
from dispatch_tui.settings import Settings
from dispatch_tui.storage import glance


async def test_the_first_look_finds_what_the_desk_finds(demo: Program) -> None:
    demo.run(OPERATOR, "call", "--caller", "Nobody on file", "--fault", "No power")
    async with desk(Settings(database=str(demo.database), login=MANAGER)) as manager:
        cases = {case.number: case for case in await manager.open_cases()}
        names = {one.login: one.name for one in (await manager.staff()).values()}
    seen = glimpse(str(demo.database), MANAGER)
    assert seen is not None
    assert (seen.cases, seen.names) == (cases, names)
    assert str(seen.zone or "Asia/Shanghai") == "Asia/Shanghai"
    assert any(case.short_name == "Nobody on file" for case in cases.values())


def test_there_is_no_first_look_for_a_stranger_or_at_what_is_no_database(
    demo: Program, tmp_path: Path
) -> None:
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"no database at all" * 400)
    empty = tmp_path / "empty.db"
    empty.touch()
    assert glimpse(str(demo.database), "nobody.here") is None
    for place in (garbage, empty, tmp_path, tmp_path / "missing.db"):
        assert glimpse(str(place), OPERATOR) is None
    assert glimpse("postgresql+asyncpg://localhost/x", OPERATOR) is None
    assert glimpse("mysql://localhost/x", OPERATOR) is None
    assert not (tmp_path / "missing.db").exists()


def test_a_long_queue_is_left_to_the_desk(demo: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = glimpse(str(demo.database), OPERATOR)
    assert seen is not None
    monkeypatch.setattr(glance, "MOST", len(seen.cases) - 1)
    assert glimpse(str(demo.database), OPERATOR) is None


def test_keys_before_the_desk_is_there_do_nothing_and_lose_nothing(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.console(OPERATOR))
    console.shows("Opening the database", "\n> ")
    console.send("<down>", "V", "n", "m", "a", "u", "x", "<enter>")
    console.shows(" open  ")
    console.quiet()
    console.send("<f2>")
    console.shows("Caller", "Phone")
