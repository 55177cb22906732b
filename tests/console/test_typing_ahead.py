"""Keys that arrive all at once, as after a stall of the line: none is lost, none does harm."""

from time import monotonic

import pytest
from shift import MANAGER, Console, Shift
from textual import events
from textual.keys import _character_to_key

from dispatch_tui.console.screens.assign import AssignScreen
from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.console.screens.palette import PaletteScreen
from dispatch_tui.console.screens.search import SearchScreen
from dispatch_tui.console.widgets.filter import FilterInput
from dispatch_tui.console.widgets.inputs import LineInput, TextInput

pytest_plugins = ("main_fixtures",)


def burst(console: Console, *keys: str) -> None:
    """Send keys in one piece; of a text in quotes each character is one."""
    console.enter()
    driver = console.app._driver
    assert driver is not None
    for key in keys:
        for char in key[1:-1] if key[:1] == "'" else [key]:
            name = _character_to_key(char) if len(char) == 1 else char
            event = events.Key(name, char if len(char) == 1 else None)
            event.set_sender(console.app)
            driver.send_message(event)


@pytest.mark.parametrize(
    ("opener", "screen", "field"),
    [
        ("f2", CallScreen, "find"),
        ("n", CallScreen, "find"),
        ("f3", SearchScreen, ""),
        ("ctrl+p", PaletteScreen, ""),
        ("ctrl+n", FormScreen, "text"),
    ],
)
async def test_what_is_typed_behind_the_key_that_opens_a_form_stands_in_it(
    shift: Shift, opener: str, screen: type, field: str
) -> None:
    console = await shift.console(MANAGER)
    burst(console, opener, "'8139 xqm'")
    await console.until(lambda: type(console.app.screen) is screen)
    kind = TextInput if field == "text" else LineInput

    def typed() -> str:
        fields = list(console.app.screen.query(f"#{field}" if field else kind))
        return fields[0].value if fields else ""

    await console.until(lambda: typed() == "8139 xqm")


async def test_a_key_waits_no_longer_for_one_whose_field_has_gone(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    burst(console, "f2")
    await console.until(lambda: type(console.app.screen) is CallScreen)
    await console.settled()
    console.app.screen.gate._closed_at = monotonic()  # and nothing is on its way that opens it
    burst(console, "8")
    await console.until(lambda: console.app.screen.query_one("#find", LineInput).value == "8")
    console.app.screen.gate._closed_at = monotonic()
    burst(console, "escape")
    await console.until(lambda: console.app.screen is console.main)


async def test_what_is_typed_behind_the_key_of_the_filter_filters(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    burst(console, "slash", "'zzqm'")
    await console.until(lambda: console.main.query_one("#filter", FilterInput).value == "zzqm")
    assert console.app.screen is console.main


async def test_a_filter_its_end_and_the_key_behind_it_act_one_by_one(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    number = console.numbers[3]
    burst(console, "slash", f"'{number}'", "enter", "a")
    await console.until(lambda: type(console.app.screen) is AssignScreen)
    assert console.cursor == number


async def test_a_key_that_is_pressed_twice_opens_one_form_with_nothing_in_it(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    burst(console, "n", "n", "n")
    await console.until(lambda: type(console.app.screen) is CallScreen)
    await console.settled()
    assert console.app.screen.query_one("#find", LineInput).value == ""
    assert len(console.app.screen_stack) == 2


async def test_a_letter_behind_the_menu_chooses_in_it(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    burst(console, "m", "a")
    await console.until(lambda: type(console.app.screen) is AssignScreen)


async def test_letters_behind_one_of_the_menu_stand_in_what_that_opens(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    burst(console, "m", "t", "'vtx8'")

    def typed() -> str:
        return "".join(one.value for one in console.app.screen.query(TextInput))

    await console.until(lambda: type(console.app.screen) is FormScreen and typed() == "vtx8")


async def test_keys_move_the_cursor_one_by_one(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    burst(console, *["down"] * 6, "k", "k")
    await console.until(lambda: console.cursor == console.numbers[4])
