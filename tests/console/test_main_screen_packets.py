"""Keys that arrive together or in quick succession, as over a line that stalls."""

import asyncio

import pytest
from shift import Console, Shift
from textual.events import Event, Key, Paste

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.widgets.inputs import LineInput
from dispatch_tui.desk.views import View

pytest_plugins = ("main_fixtures",)

TEXT = "8139,abcdefgh"


async def send(console: Console, *sent: Event, turns: int = 0) -> None:
    """Let events come, each so many turns of the loop after the one before."""
    console.enter()
    driver = console.app._driver
    assert driver is not None
    for one in sent:
        one.set_sender(console.app)
        driver.send_message(one)
        for _ in range(turns):
            await asyncio.sleep(0)


async def typed(console: Console) -> str:
    """What stands in the first field of the form of a call once all of it is there."""

    def found() -> str:
        return "".join(one.value for one in console.app.screen.query("#find").results(LineInput))

    await console.until(lambda: len(found()) == len(TEXT))
    return found()


def keys(text: str) -> list[Key]:
    """The keys of a text."""
    return [Key(letter, letter) for letter in text]


async def test_letters_that_come_with_the_key_of_a_form_are_no_commands(shift: Shift) -> None:
    console = await shift.console()
    await send(console, *keys("n3v"))
    await console.until(lambda: isinstance(console.app.screen, CallScreen))
    assert console.board.view is View.OPEN


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55])
async def test_letters_stand_in_the_form_in_their_order(shift: Shift, turns: int) -> None:
    console = await shift.console()
    await send(console, Key("f2", None), *keys(TEXT), turns=turns)
    assert await typed(console) == TEXT


async def test_what_is_pasted_behind_the_key_of_a_form_stands_in_it(shift: Shift) -> None:
    console = await shift.console()
    await send(console, Key("f2", None), *keys("81"), Paste("39,abc"), *keys("defgh"))
    assert await typed(console) == TEXT
