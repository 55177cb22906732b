"""Another language while running: every screen is as one that was started in it."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from shift import MANAGER, PATIENCE, Console, Shift

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.console.tastes import switch
from dispatch_tui.domain.table import of_kind
from dispatch_tui.domain.ticket import Kind

pytest_plugins = ("main_fixtures",)

EN, ZH = "en", "zh_CN"
SIZES = ((80, 24), (120, 40))


async def idle(console: Console) -> None:
    """Wait until nothing is being read or drawn."""
    await console.settled()
    await console.until(lambda: all(one.group == "act" for one in console.app.workers))
    await console.settled()


async def speak(console: Console, language: str) -> None:
    """Switch the language, and wait until it is spoken."""
    console.enter()
    switch(console.app, "language", language)
    await idle(console)


async def open_action(console: Console, action: str) -> None:
    """Do an action and wait for its screen."""
    await console.until(lambda: console.main._under_way_since is None)
    console.enter()
    await console.main.run_action(action)
    await console.until(lambda: console.app.screen is not console.main)


async def close(console: Console) -> None:
    """Go back to the panes."""
    while console.app.screen is not console.main or console.board.filtered:
        await console.press("escape")
    await console.press("1")


async def shows(console: Console, wanted: Callable[[], list[str]], what: str) -> None:
    """Wait until a console shows these lines."""
    give_up_at = monotonic() + PATIENCE
    while console.lines != wanted():
        if monotonic() > give_up_at:
            pairs = zip(console.lines, wanted(), strict=True)
            odd = [f"is:     {one}\nwanted: {other}" for one, other in pairs if one != other]
            pytest.fail("\n".join((what, *odd)))
        await console.settled()


async def two_consoles(shift: Shift, size: tuple[int, int]) -> tuple[Console, Console]:
    """One console that was started in Chinese, since it was chosen once, and one in English."""
    desk = await shift.desk(MANAGER)
    await desk.choose({"language": ZH})
    started = await shift.console(MANAGER, size)
    await desk.choose({"language": ""})
    return started, await shift.console(MANAGER, size)


PLACES: dict[str, Callable[[Console], Any]] = {
    "panes": lambda console: console.press("down"),
    "filter": lambda console: console.press("slash", "down"),
    "roster pane": lambda console: console.press("3"),
    **{
        action: lambda console, action=action: open_action(console, action)
        for action in (
            *("call", "search", "menu", "report", "device_file", "files", "calendar"),
            *("handover", "help", "palette", "settings"),
        )
    },
}


@pytest.mark.parametrize("size", SIZES)
async def test_a_screen_that_is_open_is_as_one_that_was_started_so(
    shift: Shift, size: tuple[int, int]
) -> None:
    started, switched = await two_consoles(shift, size)
    for name, go in PLACES.items():
        for console in (started, switched):
            await go(console)
            if name in ("panes", "filter"):
                await console.rested()
            await idle(console)
        english = switched.lines
        await speak(switched, ZH)
        await shows(switched, lambda: started.lines, name)
        assert switched.lines != english
        await speak(switched, EN)
        await shows(switched, lambda lines=english: lines, name)  # type: ignore[misc]
        for console in (started, switched):
            await close(console)


async def test_a_form_that_is_open_is_as_one_that_was_started_so(shift: Shift) -> None:
    desk = await shift.desk(MANAGER)
    files = [await desk.ticket(case.number) for case in await desk.open_cases()]
    started, switched = await two_consoles(shift, (80, 24))
    looked_at = 0
    for spec in of_kind(Kind.FAULT):
        number = next((one.case.number for one in files if one.obstacles[spec.name] is None), "")
        if not number or spec.name == "undo":
            continue
        for console in (started, switched):
            console.enter()
            console.board.go_to(number, shift.clock.now)
            await console.rested()
            await open_action(console, f"command({spec.name!r})")
            await idle(console)
        await speak(switched, ZH)
        await shows(switched, lambda: started.lines, spec.name)
        looked_at += isinstance(switched.app.screen, FormScreen)
        await speak(switched, EN)
        for console in (started, switched):
            await close(console)
    assert looked_at > 20


async def test_what_is_typed_stays_where_it_was_typed(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await open_action(console, "call")
    await console.press("f5")
    await console.type("8139x")
    await console.shows("BH8K58139X")
    await console.press("enter")
    await console.shows("Complaint")
    await console.type("No image")
    await console.press("tab")
    await console.type("Dr Li")
    await console.press("left", "left")
    await console.press("f1")
    await console.shows("F2", "Settings")
    await console.press("f2")
    await console.shows("Language", "Traffic")
    await console.press("right", "right")
    await console.until(lambda: console.app.speaker.language == ZH)
    await idle(console)
    await console.press("escape", "escape")
    await console.shows("No image", "Dr Li", "投诉情况")
    await console.type("x")
    await console.shows("Dr xLi")
    assert console.app.screen.focused is not None


async def test_every_message_after_it_is_in_the_other_language(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.press("u")
    before = console.notice
    await speak(console, ZH)
    assert console.notice == before, "what was said stays as it was said"
    await console.press("u")
    await console.until(lambda: console.notice != before)
    assert "没有" in console.notice


def test_every_action_that_opens_a_screen_is_looked_at() -> None:
    opening = {one.id for one in ACTIONS if not one.command or one.id == "call"}
    shut = {"phone", "export", "alarm", "back", "quit", "copy", "tour"}
    shut |= {one.id for one in ACTIONS if "(" in one.id}
    assert opening - shut <= set(PLACES)
