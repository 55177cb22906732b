"""A console whose keys were moved: what they do, and where they are told."""

from pathlib import Path
from typing import Any

import pytest
from shift import MANAGER, Console, Shift
from textual.keys import _character_to_key

from dispatch_tui.console.keys.keymap import Keymap, keymap_of
from dispatch_tui.console.screens.assign import AssignScreen
from dispatch_tui.console.screens.calendar import CalendarScreen
from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.console.screens.help import HelpScreen
from dispatch_tui.console.screens.menu import MenuScreen
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.domain.message import say
from dispatch_tui.domain.ticket import Priority

pytest_plugins = ("main_fixtures",)


def keymap(folder: Path, *lines: str) -> Keymap:
    """The keymap of a file with these lines, all of them right."""
    path = folder / "keys.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = keymap_of(path)
    assert found.problems == ()
    return found


async def started(shift: Shift, found: Keymap, **more: Any) -> Console:
    """A manager's console with these keys, the cursor on a ticket that nobody answered."""
    console = await shift.start(shift.app(MANAGER, keymap=found), **more)
    await console.press("down")
    await console.rested()
    return console


async def opens(console: Console, screen: type[Any], *keys: str) -> None:
    """Press keys, and wait for a screen over the panes."""
    await console.until(lambda: console.main._under_way_since is None)
    await console.press(*keys)
    await console.until(lambda: isinstance(console.app.screen, screen))


async def closes(console: Console, key: str = "escape") -> None:
    """Press a key and wait for the panes."""
    await console.press(key)
    await console.until(lambda: console.app.screen is console.main)


@pytest.mark.parametrize("key", ["Z", "Ｚ", "f5"])
async def test_a_moved_action_has_its_new_keys(shift: Shift, tmp_path: Path, key: str) -> None:
    console = await started(shift, keymap(tmp_path, 'assign = ["Z", "F5"]', 'respond = "r"'))
    await opens(console, AssignScreen, _character_to_key(key) if len(key) == 1 else key)
    await closes(console)


async def test_the_keys_that_it_had_do_nothing_any_more(shift: Shift, tmp_path: Path) -> None:
    console = await started(shift, keymap(tmp_path, 'assign = "Z"', 'undo = ["i", "f4"]'))
    await console.press("a")
    await console.press("f4")  # undo now
    await console.shows("There is nothing of yours to take back.")
    assert console.app.screen is console.main
    await opens(console, AssignScreen, "Z")


async def test_two_actions_that_changed_places_do_each_other_s(
    shift: Shift, tmp_path: Path
) -> None:
    console = await started(
        shift, keymap(tmp_path, 'assign = ["r", "f5"]', 'respond = ["a", "f4"]')
    )
    await opens(console, AssignScreen, "r")
    await closes(console)
    await opens(console, FormScreen, "f4")
    await console.shows("Answer the customer")


async def test_footer_hints_and_help_tell_the_moved_keys(shift: Shift, tmp_path: Path) -> None:
    console = await started(
        shift, keymap(tmp_path, 'assign = "Z"', 'alarm = ["!", "F9"]', 'undo = "u"', 'menu = "o"')
    )
    assert "Z Assign" in console.sheet("footer")
    assert "! or F9 shows it" in console.notice
    await opens(console, HelpScreen, "question_mark")
    lines = console.app.screen.query_one("#help", Sheet)._lines
    text = "\n".join("".join(span.text for span in one) for one in lines)
    assert "  Z               Give the ticket to engineers." in text
    assert "What can be done with a ticket: o, then" in text
    await closes(console, "f1")


async def test_a_dialog_s_line_of_keys_and_its_sentences_tell_the_moved_keys(
    shift: Shift, tmp_path: Path
) -> None:
    console = await started(
        shift, keymap(tmp_path, 'call-emergency = "ctrl+t"', 'form-afresh = "ctrl+l"')
    )
    await opens(console, CallScreen, "n")
    await console.shows("ctrl+t emergency")
    await console.press("f8")
    await console.press("ctrl+t")
    screen = console.app.screen
    assert isinstance(screen, CallScreen)
    await console.until(lambda: screen.value("priority") == Priority.EMERGENCY)
    await console.press("ctrl+l")
    await console.shows("Afresh - ctrl+l brings the draft back")


async def test_a_letter_of_the_menu_can_be_moved(shift: Shift, tmp_path: Path) -> None:
    console = await started(shift, keymap(tmp_path, 'menu-note = "k"', 'menu-assign = "!"'))
    await opens(console, MenuScreen, "m")
    await console.shows("! Assign engineers")
    await console.press("k")
    await console.until(lambda: isinstance(console.app.screen, FormScreen))
    await console.shows("Write a note")


async def test_lists_move_by_other_letters_and_by_arrows_as_ever(
    shift: Shift, tmp_path: Path
) -> None:
    console = await started(shift, keymap(tmp_path, 'list-down = "J"', 'list-page-up = "["'))
    second = console.cursor
    await console.press("j")
    assert console.cursor == second
    await console.press("J")
    assert console.cursor == console.numbers[2]
    await console.press("down", "up", "up")
    assert console.cursor == second
    await opens(console, CalendarScreen, "c")
    title = console.app.screen.query_one("#title", Sheet)
    weeks = title._lines
    await console.press("pageup")
    await console.until(lambda: title._lines != weeks)


@pytest.mark.parametrize("over", [None, "n", "m", "question_mark", "c"])
async def test_f10_quits_from_everywhere_whatever_the_file_says(
    shift: Shift, tmp_path: Path, over: str | None
) -> None:
    console = await started(shift, keymap(tmp_path, 'quit = "Q"', 'calendar-close = "v"'))
    if over is not None:
        await console.press(over)
        await console.until(lambda: console.app.screen is not console.main)
    await console.press("f10")
    await console.until(lambda: not console.app.is_running)


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_esc_and_ctrl_c_go_back_whatever_the_file_says(
    shift: Shift, tmp_path: Path, key: str
) -> None:
    console = await started(shift, keymap(tmp_path, 'calendar-close = "v"', 'help-close = "Q"'))
    for opening, screen in (("c", CalendarScreen), ("question_mark", HelpScreen)):
        await opens(console, screen, opening)
        await closes(console, key)


async def test_less_and_vim_move_in_every_list(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    for key, place in (("G", -1), ("less_than_sign", 0), ("greater_than_sign", -1)):
        await console.press(key)
        assert console.cursor == console.numbers[place]
    await console.press("left_curly_bracket")
    assert console.cursor != console.numbers[-1]
    await console.press(_character_to_key("《"))
    assert console.cursor == console.numbers[0]
    await console.press(_character_to_key("ｊ"))
    assert console.cursor == console.numbers[1]


async def test_what_holds_everywhere_can_be_moved_and_gives_its_key_free(
    shift: Shift, tmp_path: Path
) -> None:
    lines = (
        *('everywhere-redraw = "F9"', 'undo = "u"', 'sure-yes = "y"'),
        *('calendar-withdraw-now = "y"', 'respond = ["r", "F12"]'),
    )
    console = await started(shift, keymap(tmp_path, *lines))
    await console.press("f9")
    assert console.app.screen is console.main
    await opens(console, FormScreen, "f12")


# Wrong lines


async def test_one_wrong_line_is_said_at_the_start_in_the_bottom_line(shift: Shift) -> None:
    wrong = say("{path} line 3: wrong.", path="/home/ann/settings.toml")
    app = shift.app(MANAGER, problems=(wrong,))
    console = await shift.start(app)
    await console.until(lambda: console.notice == "/home/ann/settings.toml line 3: wrong.")
    assert "Open 27" in console.text


async def test_of_several_wrong_lines_the_number_and_the_command_are_said(
    shift: Shift, tmp_path: Path
) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('assign = "ctrl+s"\nnote = "ctrl+z"\n')
    app = shift.app(MANAGER, keymap=keymap_of(path), problems=(say("wrong"),))
    console = await shift.start(app, (80, 24))
    await console.until(
        lambda: (
            console.notice
            == "3 wrong lines of settings and keys are passed over: dispatch-tui where"
        )
    )
    await opens(console, AssignScreen, "a")
