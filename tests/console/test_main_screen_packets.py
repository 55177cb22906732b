"""Keys that arrive together, as over a line that stalls."""

from shift import Shift
from textual.events import Key

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.desk.views import View

pytest_plugins = ("main_fixtures",)


async def test_letters_that_come_with_the_key_of_a_form_are_no_commands(shift: Shift) -> None:
    console = await shift.console()
    console.enter()
    driver = console.app._driver
    assert driver is not None
    for letter in "n3v":
        key = Key(letter, letter)
        key.set_sender(console.app)
        driver.send_message(key)
    await console.until(lambda: isinstance(console.app.screen, CallScreen))
    assert console.board.view is View.OPEN
