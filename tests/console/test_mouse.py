"""A mouse does the right thing wherever it is clicked."""

import pytest
from gallery import at_rest
from rich.cells import cell_len
from shift import MANAGER, OPERATOR, Console, Shift
from textual.events import MouseScrollDown
from textual.geometry import Offset
from textual.widgets import Static

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.dialog import Dialog
from dispatch_tui.console.widgets.choice import Choice
from dispatch_tui.desk.views import View

pytest_plugins = ("main_fixtures",)
SMALL, LARGE = (80, 24), (120, 40)


async def click(console: Console, text: str, *, times: int = 1, after: str = "") -> None:
    """Click on the first cell of a text, or of the one that comes after another text."""
    console.enter()
    lines = console.lines
    start = next((y for y, line in enumerate(lines) if after in line), 0) if after else 0
    for y, line in enumerate(lines[start:], start):
        at = line.find(text, line.find(after) if after and y == start else 0)
        if at >= 0:
            await console.pilot.click(offset=(cell_len(line[:at]), y), times=times)
            await console.settled()
            return
    pytest.fail(f"{text} is not in sight:\n{console.text}")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_click_selects_a_row_and_a_second_one_opens_its_menu(
    shift: Shift, size: tuple[int, int]
) -> None:
    console = await shift.console(OPERATOR, size)
    third = console.numbers[2]
    await click(console, third)
    await console.until(lambda: console.cursor == third)
    await at_rest(console)
    await click(console, third, times=2)
    await at_rest(console, "MenuScreen")
    await console.shows(f"What to do with {third}")


async def test_the_wheel_scrolls_and_the_cursor_stays_on_its_ticket(shift: Shift) -> None:
    console = await shift.console(OPERATOR, SMALL)
    before, cursor = console.board.table.rows_above, console.cursor
    await console.pilot._post_mouse_events([MouseScrollDown], offset=(20, 8))
    await console.until(lambda: console.board.table.rows_above > before)
    assert console.cursor == cursor


async def test_views_and_panes_are_chosen_by_a_click(shift: Shift) -> None:
    console = await shift.console(OPERATOR, SMALL)
    await click(console, "Near")
    await console.until(lambda: console.board.view is View.NEAR)
    await click(console, "3 Roster")
    await console.shows("[3 Roster]", "Group A")
    await click(console, "2 Ticket")
    await console.shows("[2 Ticket]")


async def test_keys_at_the_bottom_are_pressed_by_a_click(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await click(console, "New call")
    await at_rest(console, "CallScreen")
    await click(console, "Esc back")
    await at_rest(console)
    await click(console, "shows it")
    await console.until(lambda: console.cursor == "260311-007")
    await click(console, "Help")
    await at_rest(console, "HelpScreen")
    await click(console, "Esc back")
    await at_rest(console)


async def test_a_second_click_on_the_device_opens_its_file(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.shows("AL-V80")
    await click(console, "ALV80-213885  ", times=2, after="AL-V80")
    await at_rest(console, "DeviceScreen")


async def test_a_field_takes_the_keys_after_a_click_on_it_or_on_its_label(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("n")
    await at_rest(console, "CallScreen")
    screen = console.app.screen
    assert isinstance(screen, CallScreen)
    await click(console, "Fault")
    assert screen.here is not None
    assert screen.here.field == "fault"
    await console.press(*"smoke")
    await console.shows("smoke")


async def test_a_choice_is_made_by_a_click(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("n")
    await at_rest(console, "CallScreen")
    choice = console.app.screen.query(Choice).first()
    before = choice.value
    await click(console, "( )")
    await console.until(lambda: choice.value != before)


async def test_an_offered_row_is_picked_by_a_second_click(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("g")
    await at_rest(console, "SearchScreen")
    await console.press(*"C003")
    await console.shows("长沙麓澜妇幼保健院")
    await click(console, "长沙麓澜妇幼保健院", times=2)
    await at_rest(console, "CustomerScreen")


async def test_engineers_are_marked_by_clicks_and_assigned_by_the_key_only(shift: Shift) -> None:
    console = await shift.console(MANAGER, LARGE)
    await console.go_to("260311-005")
    await console.rested()
    await console.press("a")
    await at_rest(console, "AssignScreen")
    await click(console, "[ ]")
    await console.shows("[L]", "Enter assigns")
    await click(console, "周国栋", times=2, after="Doing")
    await at_rest(console, "AssignScreen")
    await console.shows("[x]")
    await click(console, "Enter", after="who leads")
    await at_rest(console)
    await console.shows("周国栋")


async def test_a_day_of_the_calendar_is_clicked(shift: Shift) -> None:
    console = await shift.console(MANAGER, LARGE)
    await console.press("c")
    await at_rest(console, "CalendarScreen")
    row = next(line for line in console.lines if "仇海波" in line)
    day = cell_len(row[: row.index("仇海波")]) + 8 + 1 + 2 + 1 + 5 * 4 + 1
    y = console.lines.index(row)
    await console.pilot.click(offset=(day, y))
    await at_rest(console, "CalendarScreen")
    assert console.lines[y][: console.lines[y].index("[")].count("[") == 0
    assert cell_len(console.lines[y][: console.lines[y].index("[")]) == day - 1


async def test_the_panes_do_nothing_under_a_dialog(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await at_rest(console)
    cursor = console.cursor
    await console.press("question_mark")
    await at_rest(console, "HelpScreen")
    await console.pilot.click(offset=(2, 5))
    await console.pilot.click(offset=(2, 39))
    assert isinstance(console.app.screen, Dialog)
    assert console.cursor == cursor


async def test_a_click_in_any_cell_ends_nothing(shift: Shift) -> None:
    """Margins too: there is nothing to the left of the first letter."""
    console = await shift.console(MANAGER, SMALL)
    for key in ("", "?", "s"):
        if key:
            await console.press(key)
        await console.settled()
        console.enter()
        for y in range(0, SMALL[1], 2):
            for x in (0, 1, SMALL[0] - 1):
                await console.pilot.click(offset=(x, y))
        await console.settled()
        await console.press("escape")
    assert console.app.crash is None


async def test_what_has_gone_meanwhile_may_be_clicked(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = await shift.console(MANAGER, SMALL)
    console.enter()
    gone = Static("left the screen, and not the picture yet")
    monkeypatch.setattr(
        type(console.app.screen), "get_widget_and_offset_at", lambda *_: (gone, Offset(0, 0))
    )
    await console.pilot.click(offset=(4, 1))
    await console.settled()
    assert console.app.crash is None
