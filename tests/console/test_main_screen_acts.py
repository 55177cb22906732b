"""Giving commands from the main screen: keys, refusals, undo, the palette, one at a time."""

import asyncio
from collections import Counter

import pytest
from shift import ENGINEER, MANAGER, OPEN, OPERATOR, SUPERVISOR, Console, Shift
from textual.keys import _character_to_key

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.keys.names import sign
from dispatch_tui.console.screens.calendar import CalendarScreen
from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.copying import CopyScreen
from dispatch_tui.console.screens.device import DeviceScreen
from dispatch_tui.console.screens.files import FilesScreen
from dispatch_tui.console.screens.handover import HandOverScreen
from dispatch_tui.console.screens.help import HelpScreen
from dispatch_tui.console.screens.menu import MenuScreen
from dispatch_tui.console.screens.palette import PaletteScreen
from dispatch_tui.console.screens.report import ReportScreen
from dispatch_tui.console.screens.search import SearchScreen
from dispatch_tui.console.screens.settings import SettingsScreen
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.table import of_kind
from dispatch_tui.domain.ticket import Kind
from dispatch_tui.storage.tickets import Connection

pytest_plugins = ("main_fixtures",)

UNSAFE = {f"ctrl+{letter}" for letter in "szqbajoimh"}
SAFE = {
    "escape",
    *(f"f{n}" for n in range(1, 12)),
    *(f"ctrl+{letter}" for letter in "defgklnprtuvwxy"),
}


async def note(console: Console, text: str) -> str:
    """Write a note on the selected ticket with the keys; returns its number."""
    number = console.cursor
    assert number is not None
    await console.press("t")
    await console.until(lambda: console.app.screen is not console.main)
    await console.settled()
    await console.type(text)
    await console.press("ctrl+g")
    await console.until(lambda: console.app.screen is console.main)
    return number


def test_every_key_is_safe_in_any_terminal_and_does_one_thing() -> None:
    keys = Counter(key for action in ACTIONS for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert {action.key for action in ACTIONS if action.key} <= SAFE
    assert not SAFE & UNSAFE
    for action in ACTIONS:
        assert action.letter == "" or len(sign(action.letter)) == 1


def test_every_action_can_be_reached_without_letters() -> None:
    """The palette finds the others, in Chinese too; a key of the help opens the settings."""
    assert [action.id for action in ACTIONS if not action.key] == ["settings", "tour"]


def test_lists_and_panes_take_no_key_from_the_actions() -> None:
    taken = {key for action in ACTIONS for key in action.keys}
    for widget in (KeyedTable, Sheet):
        own = {key for binding in widget.BINDINGS for key in binding.key.split(",")}  # type: ignore[union-attr]
        assert not own & taken


def test_letters_of_an_input_method_are_keys_too() -> None:
    keys = {action.id: action.keys for action in ACTIONS}
    for action, typed in (
        ("call", "ｎ"),
        ("filter", "／"),
        ("help", "？"),
        ("pane('queue')", "１"),
    ):
        assert _character_to_key(typed) in keys[action]


SCREENS = {
    "call": CallScreen,
    "menu": MenuScreen,
    "search": SearchScreen,
    "report": ReportScreen,
    "device_file": DeviceScreen,
    "files": FilesScreen,
    "calendar": CalendarScreen,
    "handover": HandOverScreen,
    "help": HelpScreen,
    "palette": PaletteScreen,
    "copy": CopyScreen,
    "settings": SettingsScreen,
}


async def test_every_key_of_every_action_works(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.press("down")  # a ticket that is not answered
    for action in ACTIONS:
        if action.id == "quit":
            continue
        for key in action.keys:
            bound = console.main._bindings.key_to_bindings[key]
            assert [one.action for one in bound] == [action.id], key
        for key in filter(None, (action.letter, action.key)):
            await console.until(lambda: console.main._under_way_since is None)
            await console.press(key)
            screen = SCREENS.get(action.id)
            if screen is not None:
                await console.until(
                    lambda screen=screen: isinstance(console.app.screen, screen)  # type: ignore[misc]
                )
            elif action.command and action.id != "undo":
                await console.until(lambda: console.app.screen is not console.main)
            if console.app.screen is not console.main:
                await console.press("escape")
                await console.until(lambda: console.app.screen is console.main)
            while console.board.filtered or console.board.view != "open":
                await console.press("escape")
            console.board.table.focus()


@pytest.mark.parametrize("key", ["q", "f10"])
async def test_a_key_leaves(shift: Shift, key: str) -> None:
    console = await shift.console()
    await console.press(key)
    await console.until(lambda: not console.app.is_running)
    assert console.app.return_code == 0


async def test_f10_leaves_from_the_filter_and_from_every_form(shift: Shift) -> None:
    for keys in (("slash", "x"), ("n",), ("m",), ("t",), ("f1",), ("ctrl+p",)):
        console = await shift.console()
        await console.press(*keys)
        if keys[0] != "slash":
            await console.until(lambda c=console: c.app.screen is not c.main)  # type: ignore[misc]
        await console.press("f10")
        await console.until(lambda c=console: not c.app.is_running)  # type: ignore[misc]


async def test_escape_goes_back_to_the_open_queue_and_leaves_nothing(shift: Shift) -> None:
    console = await shift.console()
    await console.press("v", "3")
    assert console.main.focused is not None
    assert console.main.focused.id == "roster"
    await console.press("escape")
    assert console.board.table.has_focus
    await console.press("escape")
    assert console.board.view == "open"
    await console.press("escape", "escape")
    assert console.app.is_running


async def test_one_s_last_act_is_taken_back_within_ten_seconds(shift: Shift) -> None:
    console = await shift.console()
    number = await note(console, "wrong")
    await console.shows(f"{number}: Write a note. u takes it back within 10 seconds.")
    await console.until(lambda: "Note: wrong" in console.sheet("ticket"))
    await console.press("u")
    await console.shows(f"Taken back on {number}.")
    await console.until(lambda: "Taken back" in console.sheet("ticket"))
    await console.press("u")
    await console.shows("There is nothing of yours to take back.")


async def test_after_ten_seconds_it_is_too_late_and_one_is_told_so(shift: Shift) -> None:
    console = await shift.console()
    number = await note(console, "kept")
    await console.shows("u takes it back")
    shift.clock.pass_(seconds=11)
    await console.press("u")
    await console.until(lambda: "More than 10 seconds have passed" in console.notice)
    journal = (await (await shift.desk()).ticket(number)).journal
    assert "kept" in str(journal[-1].event)


async def test_two_quick_keys_take_back_one_act(shift: Shift) -> None:
    console = await shift.console()
    await note(console, "first")
    number = await note(console, "second")
    await console.press("u", "u")
    await console.shows("Taken back")
    desk = await shift.desk()
    journal = (await desk.ticket(number)).journal
    assert sum(type(one.event).__name__ == "Withdrawn" for one in journal) == 1


async def test_a_command_that_is_not_possible_says_why(shift: Shift) -> None:
    console = await shift.console()
    await console.press("r")
    await console.until(lambda: "already answered" in console.notice)
    await console.press("a")
    await console.until(lambda: "Not for your role" in console.notice)
    assert console.app.screen is console.main


async def test_who_may_only_look_is_told_so_and_sees_dim_keys(shift: Shift) -> None:
    console = await shift.console(SUPERVISOR)
    await console.press("n")
    await console.shows("You may look, but not log calls.")
    roles = {}
    footer = console.main.query_one("#footer", Sheet)
    for span in footer._lines[0]:
        roles[span.text.strip()] = span.role
    muted = " ".join(text for text, role in roles.items() if role == "muted")
    assert "New call" in muted
    assert "Assign" in muted
    assert "Help" not in muted


async def test_an_empty_list_asks_to_select_a_ticket(shift: Shift) -> None:
    console = await shift.console()
    await console.press("slash")
    await console.type("zzz")
    await console.press("enter")
    await console.until(lambda: console.numbers == [])
    for key in ("m", "t", "a", "r"):
        await console.press(key)
        await console.until(lambda: "Select a ticket first." in console.notice)
        assert console.app.screen is console.main


@pytest.mark.parametrize("keys", [("n", "n"), ("m", "m", "m"), ("enter", "enter"), ("n", "m", "t")])
async def test_quick_keys_open_one_form(shift: Shift, keys: tuple[str, ...]) -> None:
    console = await shift.console()
    for key in keys:
        await console.main.run_action(next((one.id for one in ACTIONS if key in one.keys), "menu"))
    await console.until(lambda: console.app.screen is not console.main)
    await console.pilot.pause(0.2)
    assert len(console.app.screen_stack) == 2
    await console.press("escape")
    await console.until(lambda: console.app.screen is console.main)
    await console.press("m")
    await console.until(lambda: isinstance(console.app.screen, MenuScreen))


async def test_keys_before_the_database_is_open_do_no_harm(shift: Shift) -> None:
    console = await shift.start(shift.app(), opened=False)
    for action in ACTIONS:
        if action.id != "quit":
            for key in (action.letter, action.key):
                if key:
                    await console.press(key)
                    if console.app.screen is not console.main:
                        await console.press("escape")
    await console.resize(60, 20)
    await console.resize(120, 40)
    await console.until(lambda: bool(console.numbers) or console.board.view != "open")
    while console.board.filtered or console.board.view != "open":
        await console.press("escape")
    await console.until(lambda: len(console.numbers) == OPEN)


async def test_a_command_holds_for_the_ticket_it_was_begun_on(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    first, second = console.numbers[:2]
    await console.press("m")
    await console.until(lambda: isinstance(console.app.screen, MenuScreen))
    await shift.cancel(first)
    await console.until(lambda: console.cursor == second)
    await console.press("t")
    await console.until(lambda: first in console.text)
    await console.type("still about the first")
    await console.press("ctrl+g")
    await console.until(lambda: console.app.screen is console.main)
    desk = await shift.desk()
    assert "still about the first" in str((await desk.ticket(first)).journal[-1].event)


async def test_leaving_waits_for_a_write_that_is_under_way(shift: Shift) -> None:
    console = await shift.console()
    number = console.numbers[0]
    begun = asyncio.Event()
    desk = console.app.desk

    async def slow() -> None:
        begun.set()
        await asyncio.sleep(0.3)
        await desk.act(number, c.Note(text="last words"))

    task = asyncio.create_task(console.app.write(slow))
    await begun.wait()
    await console.press("f10")
    await console.until(lambda: not console.app.is_running)
    await console.close()
    await task
    journal = (await (await shift.desk()).ticket(number)).journal
    assert "last words" in str(journal[-1].event)


@pytest.mark.parametrize("key", ["n", "t"])
async def test_leaving_does_not_wait_for_long_while_others_hold_the_database(
    shift: Shift, key: str
) -> None:
    console = await shift.console()
    await console.press(key)
    await console.until(lambda: console.app.screen is not console.main)
    await console.settled()
    other = await shift.desk()
    held, leave = asyncio.Event(), asyncio.Event()

    async def hold(_: Connection) -> None:
        held.set()
        await leave.wait()

    holding = asyncio.create_task(other.database.write(hold))
    await held.wait()
    await console.type("a draft")
    began = asyncio.get_running_loop().time()
    await console.press("f10")
    await console.close()
    await console.until(lambda: console.app._closed and console.app._writes._task is None)
    assert asyncio.get_running_loop().time() - began < 5
    leave.set()
    await holding


# The palette


async def test_the_palette_has_every_action_and_every_command(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.press("ctrl+p")
    await console.until(lambda: isinstance(console.app.screen, PaletteScreen))
    screen = console.app.screen
    assert isinstance(screen, PaletteScreen)
    await console.until(lambda: bool(screen._offers))
    await console.until(lambda: bool(screen._offers))
    offered = set(screen._offers)
    assert offered >= {action.id for action in ACTIONS if action.id != "palette"}
    commands = {one.command for one in ACTIONS} | {
        one.removeprefix("command('").removesuffix("')") for one in offered
    }
    faults = {spec.name for spec in of_kind(Kind.FAULT)}
    assert faults <= commands
    assert not ({spec.name for spec in of_kind(Kind.COMPLAINT)} - faults) & commands


@pytest.mark.parametrize(("language", "said"), [("en", "set out"), ("zh_CN", "出发")])
async def test_the_palette_finds_by_name_and_does_what_was_found(
    shift: Shift, language: str, said: str
) -> None:
    console = await shift.console(MANAGER, language=language)
    await console.go_to("260310-002")
    await console.rested()
    await console.press("ctrl+p")
    await console.until(lambda: isinstance(console.app.screen, PaletteScreen))
    await console.type(said)
    await console.press("enter")
    await console.until(
        lambda: (
            console.app.screen is not console.main
            and not isinstance(console.app.screen, PaletteScreen)
        )
    )
    await console.shows("260310-002")


async def test_the_palette_shows_what_is_not_possible_with_its_reason(shift: Shift) -> None:
    console = await shift.console(ENGINEER)
    await console.press("ctrl+p")
    await console.until(lambda: isinstance(console.app.screen, PaletteScreen))
    await console.type("reopen")
    await console.press("enter")
    await console.shows("Not for your role")
    await console.type("zzz")
    await console.shows("Nothing is called that.")
    await console.press("enter", "escape")
    await console.until(lambda: console.app.screen is console.main)


async def test_textual_s_own_commands_are_out_of_reach(shift: Shift) -> None:
    console = await shift.console(OPERATOR)
    assert not console.app.ENABLE_COMMAND_PALETTE
    bound = {binding.action for _, binding, *_ in console.main.active_bindings.values()}
    assert not bound & {"screenshot", "suspend_process", "command_palette", "toggle_dark"}
