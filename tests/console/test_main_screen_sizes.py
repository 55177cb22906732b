"""The main screen in terminals of any size, while the database is away, and at its end."""

import os
import shutil
from typing import Any

import pytest
from rich.cells import cell_len
from shift import MANAGER, OPEN, SUPERVISOR, Console, Shift
from textual.events import Resize
from textual.geometry import Size

from dispatch_tui.bootstrap import NoStaff
from dispatch_tui.console import app as console_app
from dispatch_tui.console.screens.main import MainScreen
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.settings import Settings

pytest_plugins = ("main_fixtures",)

SIZES = ((80, 24), (99, 30), (100, 30), (120, 40), (160, 50), (250, 70))


def whole(console: Console) -> None:
    """Every line is exactly as wide as the terminal."""
    columns, lines = console.app.size
    assert len(console.lines) == lines
    assert {cell_len(line) for line in console.lines} == {columns}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_size_shows_the_queue_who_one_is_and_how_to_leave(
    shift: Shift, language: str
) -> None:
    console = await shift.console(language=language)
    for size in SIZES:
        await console.resize(*size)
        whole(console)
        for number in console.numbers[: size[1] // 4]:
            assert number in console.text
        assert "罗晓燕" in console.lines[0]
        assert "11:20" in console.lines[0]
        assert "q " in console.lines[-1]
        assert "~" not in console.lines[-1]
        assert "~" not in console.lines[0]


async def test_a_narrow_terminal_shows_one_pane_at_a_time(shift: Shift) -> None:
    console = await shift.console(size=(80, 24))
    assert "[1 Queue]" in console.lines[1]
    assert console.numbers[5] in console.text
    await console.press("2")
    await console.shows("[2 Ticket]", "Customer answered")
    assert f"[Open {OPEN}]" not in console.text
    await console.press("3")
    await console.shows("[3 Roster]", "Group A", "解晓东")
    await console.press("4")
    await console.shows("[4 Device]", "AL-V80")
    await console.press("1")
    await console.shows("[1 Queue]", f"[Open {OPEN}]")
    assert console.board.table.has_focus
    for key, pane in {"ctrl+t": "2", "ctrl+r": "3", "ctrl+d": "4", "ctrl+g": "1"}.items():
        await console.press(key)
        await console.shows(f"[{pane} ")


async def test_a_wide_terminal_shows_all_panes_at_once(shift: Shift) -> None:
    console = await shift.console(size=(120, 40))
    for key in "1234":
        await console.press(key)
        for text in (f"[Open {OPEN}]", "Customer answered", "Group A", "AL-V80"):
            assert text in console.text
        assert "1 Queue" not in console.text


async def test_a_pane_that_is_read_stays_in_sight_when_the_terminal_grows_narrow(
    shift: Shift,
) -> None:
    console = await shift.console()
    await console.press("tab", "tab", "tab")
    await console.resize(80, 24)
    await console.shows("[4 Device]", "AL-V80")
    await console.resize(120, 40)
    await console.shows(f"[Open {OPEN}]", "AL-V80")
    await console.press("escape")
    await console.resize(80, 24)
    await console.shows("[1 Queue]")


async def test_resizing_to_nothing_and_back_loses_nothing(shift: Shift) -> None:
    console = await shift.console()
    await console.press("down", "down")
    await console.rested()
    before, cursor = console.lines, console.cursor
    for size in ((1, 1), (2, 2), (5, 3), (20, 5), (1, 60), (200, 1), (120, 40)):
        await console.resize(*size)
        await console.press("down", "up")
        whole(console)
    assert console.cursor == cursor
    await console.press("home", "down", "down")
    await console.rested()
    await console.until(lambda: console.lines == before)


async def test_phone_numbers_of_the_roster_stand_where_there_is_room(shift: Shift) -> None:
    console = await shift.console(size=(80, 24))
    await console.press("3")
    await console.shows("[3 Roster]", "13700000111")
    await console.resize(120, 40)
    await console.until(lambda: "13700000111" not in console.sheet("roster"))
    await console.resize(80, 24)
    await console.shows("13700000111")


async def test_a_form_survives_any_size(shift: Shift) -> None:
    console = await shift.console()
    for key in ("n", "m", "t", "ctrl+p", "f1"):
        await console.press(key)
        await console.until(lambda: console.app.screen is not console.main)
        for size in ((1, 1), (40, 10), (120, 40)):
            await console.resize(*size)
        await console.press("escape")
        await console.until(lambda: console.app.screen is console.main)


async def test_sizes_that_wait_at_the_same_time_are_not_answered_for_ever(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = await shift.console(size=(120, 40))
    laid_out = 0
    lay_out = MainScreen._refresh_layout

    def count(screen: MainScreen, *words: Any, **more: Any) -> None:
        nonlocal laid_out
        laid_out += 1
        assert laid_out < 100
        lay_out(screen, *words, **more)

    monkeypatch.setattr(MainScreen, "_refresh_layout", count)
    console.enter()
    for size in (Size(160, 50), Size(120, 40)) * 2:
        console.main.post_message(Resize(size, size))
        console.main.call_later(lambda: None)
    await console.settled()
    assert len(console.lines) == 40


# Without a database


async def test_a_replaced_database_is_said_and_the_data_grow_old(shift: Shift) -> None:
    console = await shift.console()
    away = shift.path.with_name("away.db")
    os.rename(shift.path, away)
    await console.until(lambda: "data 0 s old" in console.lines[0])
    shift.clock.pass_(seconds=12)
    await console.until(lambda: "data 12 s old" in console.lines[0])
    shift.clock.pass_(minutes=3)
    await console.until(lambda: "data 3 min old" in console.lines[0])
    assert len(console.numbers) == OPEN
    await console.press("down")
    await console.rested()


async def test_that_the_database_answers_stands_behind_what_was_just_said(shift: Shift) -> None:
    console = await shift.console()
    away = shift.path.with_name("away.db")
    os.rename(shift.path, away)
    await console.until(lambda: "data 0 s old" in console.lines[0])
    console.main.tell("Call logged as 7.")
    os.rename(away, shift.path)
    await console.shows("Call logged as 7. The database answers.")


async def test_a_database_that_comes_back_is_followed_again(shift: Shift) -> None:
    console = await shift.console()
    away = shift.path.with_name("away.db")
    os.rename(shift.path, away)
    await console.until(lambda: "data 0 s old" in console.lines[0])
    await console.until(lambda: "is not there" in console.notice)
    assert console.notice.startswith("Since 11:20: The database")
    os.rename(away, shift.path)
    await console.hides("s old")
    await console.shows("The database answers.")
    console.moved_long_ago()
    number = await shift.log("After the fright")
    await console.until(lambda: number in console.numbers)


async def test_a_command_while_the_database_is_away_is_refused_and_nothing_breaks(
    shift: Shift,
) -> None:
    console = await shift.console()
    away = shift.path.with_name("away.db")
    await console.press("t")
    await console.until(lambda: console.app.screen is not console.main)
    os.rename(shift.path, away)
    await console.type("not lost")
    await console.press("ctrl+g")
    await console.shows("not lost", "The database")
    os.rename(away, shift.path)
    await console.shows("What you typed is kept again.")
    await console.press("ctrl+g")
    await console.until(lambda: console.app.screen is console.main)
    await console.until(lambda: "Note: not lost" in console.sheet("ticket"))


# The end


async def test_a_login_that_nobody_has_ends_the_console_with_a_refusal(shift: Shift) -> None:
    console = await shift.start(shift.app("nobody"), opened=False)
    await console.until(lambda: console.app.refusal is not None)
    assert isinstance(console.app.refusal, NotFound)
    await console.until(lambda: not console.app.is_running)
    assert console.app._return_value == 1


async def test_a_database_without_staff_ends_the_console_with_a_refusal(
    shift: Shift, empty_file: os.PathLike[str]
) -> None:
    shutil.copy(empty_file, shift.path)
    for name in ("dispatch.db-wal", "dispatch.db-shm"):
        shift.path.with_name(name).unlink(missing_ok=True)
    console = await shift.start(shift.app(), opened=False)
    await console.until(lambda: isinstance(console.app.refusal, NoStaff))


@pytest.mark.parametrize("where", ["message", "worker", "timer", "follower", "draw"])
async def test_an_error_of_our_own_ends_the_console_without_showing_what_people_typed(
    shift: Shift, where: str, capfd: pytest.CaptureFixture[str]
) -> None:
    app = shift.app(SUPERVISOR)

    def fail(*_: object) -> None:
        phone = "13900000340"
        raise ZeroDivisionError(f"no such {len(phone)}")

    async def fail_later(*_: object) -> None:
        fail()

    with pytest.raises(Exception, match="no such 11"):  # noqa: PT012 - run_test hands it on
        async with app.run_test() as pilot:
            while not app.live.signed_in:
                await pilot.pause(0.01)
            assert app.main is not None
            if where == "message":
                app.main.call_later(fail)
            elif where == "worker":
                app.main.run_worker(fail_later())
            elif where == "timer":
                app.main.set_timer(0.01, fail)
            elif where == "draw":
                app.main.board.refresh_rows = fail  # type: ignore[assignment, method-assign]
                app.main._minute = -1
                app.main.call_later(app.main._tick)
            else:
                app.live._apply = fail_later  # type: ignore[assignment, method-assign]
                await shift.log("Anything")
            while app.crash is None:
                await pilot.pause(0.01)
    assert isinstance(app.crash, ZeroDivisionError)
    out, err = capfd.readouterr()
    assert "13900000340" not in out + err
    assert "Traceback" not in out + err


def test_run_raises_what_ended_the_console(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: console_app.DispatchApp, **_: object) -> int:
        self.refusal = NotFound("Nobody is called {login}.", login="x")
        return 1

    settings = Settings(database="nowhere", login=MANAGER)
    monkeypatch.setattr(console_app.DispatchApp, "run", refuse)
    with pytest.raises(NotFound):
        console_app.run(settings)
    monkeypatch.setattr(console_app.DispatchApp, "run", lambda _, **__: 0)
    assert console_app.run(settings) == 0
