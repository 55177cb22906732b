"""A number or an address goes to the clipboard of the terminal, and is shown as well."""

import base64

import pytest
from shift import ENGINEER, MANAGER, OPERATOR, SUPERVISOR, Console, Shift

from dispatch_tui.console.screens.copying import MOST_CHARACTERS, CopyScreen
from dispatch_tui.console.screens.ticket import TicketScreen
from dispatch_tui.storage import journal

pytest_plugins = ("main_fixtures",)

NUMBER = "260311-003"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to terminals."""
    found: list[str] = []
    from textual.drivers.headless_driver import HeadlessDriver

    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: found.append(data))
    return found


def copied(sent: list[str]) -> list[str]:
    """The texts of all OSC 52 sequences."""
    start = "\x1b]52;c;"
    parts = [one for one in sent if one.startswith(start)]
    return [base64.b64decode(one.removeprefix(start).rstrip("\a")).decode() for one in parts]


async def choose(console: Console, *keys: str) -> None:
    await console.press("y")
    await console.until(lambda: isinstance(console.app.screen, CopyScreen))
    await console.settled()
    await console.press(*keys)
    await console.until(lambda: console.app.screen is console.main)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("enter",), NUMBER),
        (("n",), NUMBER),
        (("p",), "15800000494"),
        (("down", "enter"), "15800000494"),
        (("s",), "LJDR22128910"),
        (("ｓ",), "LJDR22128910"),
        (("h",), "汉中市沔岚县医院"),
    ],
)
async def test_a_key_sends_one_thing_and_shows_it(
    shift: Shift, sent: list[str], keys: tuple[str, ...], text: str
) -> None:
    console = await shift.console(OPERATOR)
    await console.go_to(NUMBER)
    await choose(console, *keys)
    await console.until(lambda: f"{text} (sent to the clipboard of your terminal" in console.notice)
    assert copied(sent) == [text]
    assert "copied" not in console.notice


async def test_a_masked_number_is_looked_up_and_that_is_noted(
    shift: Shift, sent: list[str]
) -> None:
    console = await shift.console(SUPERVISOR)
    await console.go_to(NUMBER)
    await console.press("y")
    await console.until(lambda: isinstance(console.app.screen, CopyScreen))
    await console.settled()
    assert "15800000494" not in console.text
    await console.press("p")
    await console.until(lambda: "15800000494" in console.notice)
    assert "noted in the journal" in console.notice
    assert copied(sent) == ["15800000494"]
    desk = await shift.desk()
    async with desk.database.read() as connection:
        lines = await journal.lines_about(connection, "person", SUPERVISOR)
    assert [one.kind for one in lines] == ["phone_revealed"]


async def test_what_is_sent_is_one_clean_line_of_bounded_length(
    shift: Shift, sent: list[str]
) -> None:
    console = await shift.console(MANAGER)
    number = await shift.log("[@click=app.quit]x[/] \x1b]52;c;eA==\x07 line\nbreak " + "x" * 900)
    await console.until(lambda: number in console.numbers)
    console.board.go_to(number, shift.clock.now)
    await console.rested()
    await choose(console, "f")
    [text] = copied(sent)
    assert text.isprintable()
    assert len(text) <= MOST_CHARACTERS
    assert text.startswith("[@click=app.quit]x[/]")
    assert console.app.is_running


async def test_over_a_ticket_that_is_read_it_is_shown_there(shift: Shift, sent: list[str]) -> None:
    console = await shift.console(ENGINEER)
    console.enter()
    console.app.open_ticket(NUMBER)
    await console.until(lambda: isinstance(console.app.screen, TicketScreen))
    await console.shows("LJDR22128910")
    await console.press("y")
    await console.until(lambda: isinstance(console.app.screen, CopyScreen))
    await console.settled()
    await console.press("s")
    await console.shows("LJDR22128910 (sent to the clipboard of your terminal)")
    assert copied(sent) == ["LJDR22128910"]


async def test_without_a_ticket_there_is_nothing_to_copy(shift: Shift) -> None:
    console = await shift.console()
    await console.press("slash")
    await console.type("zzzz")
    await console.press("enter", "y")
    await console.until(lambda: "Select a ticket first." in console.notice)
