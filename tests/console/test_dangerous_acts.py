"""What cannot be undone is asked for once more, by a key that nothing else has made a habit of."""

import pytest
from shift import MANAGER, Console, Shift
from textual.events import Key

from dispatch_tui.console.keys.registry import REGISTRY, named
from dispatch_tui.console.screens.form import FINAL, FormScreen
from dispatch_tui.console.screens.menu import MenuScreen
from dispatch_tui.console.screens.palette import PaletteScreen
from dispatch_tui.console.screens.sure import SureScreen
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Status

pytest_plugins = ("main_fixtures",)

NUMBER = "260311-003"
DANGEROUS = [spec for spec in COMMANDS.values() if spec.dangerous]


def hit(console: Console, name: str) -> None:
    """Press a key without waiting for anything."""
    event = Key(name, name if len(name) == 1 else None)
    event.set_sender(console.app)
    console.app._driver.send_message(event)  # type: ignore[union-attr]


async def on(console: Console, screen: type) -> None:
    await console.until(lambda: type(console.app.screen) is screen)
    await console.settled()


async def status(shift: Shift, number: str = NUMBER) -> Status:
    return (await (await shift.desk()).ticket(number)).case.ticket.status


def test_the_key_that_confirms_is_no_letter_of_what_is_dangerous() -> None:
    assert DANGEROUS
    yes = set(named()["sure-yes"].keys)
    begins = [one for one in REGISTRY if one.dangerous and one.id != "yes"]
    begins = [one for one in begins if one.name != "calendar-withdraw-now"]
    assert {one.command for one in begins} >= {spec.name for spec in DANGEROUS}
    assert [one.name for one in begins if yes & set(one.keys)] == []
    assert not yes & set(named()["form-save"].keys) & {"enter", "escape", "space", "tab"}


async def test_from_the_menu_a_letter_that_is_pressed_twice_cancels_nothing(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.go_to(NUMBER)
    await console.press("m")
    await on(console, MenuScreen)
    await console.press("x", "x", "enter", "enter", "ctrl+g", "ctrl+g")
    await console.settled()
    assert await status(shift) is Status.LOGGED


@pytest.mark.parametrize("key", ["f9", "y"])
async def test_a_key_that_came_before_the_question_is_no_answer(shift: Shift, key: str) -> None:
    console = await shift.console(MANAGER)
    await console.go_to(NUMBER)
    await console.press("m")
    await on(console, MenuScreen)
    await console.press("x")
    await on(console, FormScreen)
    await console.type("a slip")
    for name in ("ctrl+g", key, key):
        hit(console, name)
    await on(console, SureScreen)
    await console.settled()
    await on(console, SureScreen)
    assert await status(shift) is Status.LOGGED


async def test_no_is_the_answer_to_every_key_but_two(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.go_to(NUMBER)
    before = await status(shift)
    for key in ("enter", "escape", "n", "q", "ctrl+c"):
        await console.press("m")
        await on(console, MenuScreen)
        await console.press("x")
        await on(console, FormScreen)
        if key == "enter":
            await console.type("twice")
        await console.press("ctrl+g")
        await on(console, SureScreen)
        await console.press("ctrl+g", "x", "tab", "space", "right", "f6", "1")
        await on(console, SureScreen)
        await console.press(key)
        await on(console, FormScreen)
        assert await status(shift) is before
        await console.press("escape")
        await on(console, type(console.main))


@pytest.mark.parametrize("key", ["y", "f9", "ｙ"])
async def test_it_names_the_record_and_a_key_of_its_own_does_it(shift: Shift, key: str) -> None:
    console = await shift.console(MANAGER, (80, 24))
    await console.go_to(NUMBER)
    await console.press("ctrl+p")
    await on(console, PaletteScreen)
    await console.type("cancel")
    await console.press("enter")
    await on(console, FormScreen)
    await console.type("a slip")
    await console.press("enter")
    await on(console, SureScreen)
    await console.shows(NUMBER, "沔岚县医院", "LJDR22128910", "E-0607", "y, F9 Cancel", "No, back")
    await console.press(key)
    await console.until(lambda: console.app.screen is console.main)
    assert await status(shift) is Status.CANCELLED
    await console.until(lambda: "u takes it back" in console.notice)
    await console.press("u")
    await console.until(lambda: "Taken back" in console.notice)
    assert await status(shift) is Status.LOGGED


async def test_it_is_said_what_can_be_taken_back_and_that_is_so(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    other = await shift.log("The same again")
    await console.until(lambda: other in console.numbers)
    console.board.go_to(other, shift.clock.now)
    await console.rested()
    await console.main.run_action("command('merge')")
    await on(console, FormScreen)
    console.enter()
    await console.press("down", "enter")
    await console.press("ctrl+g")
    await on(console, SureScreen)
    await console.shows("-> 260310-001", FINAL)
    assert "within 10 seconds" not in console.text
    await console.press("y")
    await console.until(lambda: console.app.screen is console.main)
    assert await status(shift, other) is Status.MERGED
    assert "takes it back" not in console.notice
    await console.press("u")
    await console.until(lambda: "cannot be taken back" in console.notice)


def test_what_is_final_is_dangerous() -> None:
    assert {spec.name for spec in COMMANDS.values() if spec.final} == {"merge", "finish-report"}
    assert all(spec.dangerous for spec in COMMANDS.values() if spec.final)
