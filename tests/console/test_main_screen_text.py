"""What people typed is drawn literally in every pane, whatever it is."""

import re

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from shift import ENGINEER, MANAGER, OPERATOR, Console, Shift

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.storage import records, tickets
from dispatch_tui.storage.tickets import Connection

pytest_plugins = ("main_fixtures",)

NAUGHTY = (
    "[/] [@click=app.quit]x[/] [bold red]y [/nothing] \\[ {lead} %s {0}",
    "\x1b[2J\x1b]0;title\x07 \x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\ \x9b31mred\x9d0;t\x9c "
    "a\u202eb\u200bc\u2066d\ufeff line\nbreak\r\ttab",
    " [/]",
    "e" + "\u0301" * 200 + "👩\u200d⚕️👨\u200d👩\u200d👧\u200d👦🇨🇳" * 20,
    "x" * 5000,
    "心电监护仪" * 200,
)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


async def everywhere(shift: Shift, text: str) -> str:
    """Write a text past the door of the desk into every name and fact of a ticket."""
    number = await shift.log("a fault", ago=600)
    await shift.act(number, c.Assign(engineers=(ENGINEER,)))
    await shift.act(number, c.Note(text="a note"))
    desk = await shift.desk()
    staff = await desk.staff()
    file = await desk.ticket(number)
    assert file.customer is not None
    assert file.device is not None
    customer: Customer = replace(file.customer, name=text, short_name=text, city=text)
    device: Device = replace(file.device, name=text, model=text, maker=text, department=text)
    people = [replace(staff[one], name=text) for one in (ENGINEER, MANAGER, OPERATOR)]
    ticket = replace(file.case.ticket, fault=text, contact=text, phone=text, department=text)

    async def work(connection: Connection) -> None:
        at = shift.clock.now
        changed: tuple[records.Record, ...] = (customer, device, *people)
        for record in changed:
            kind = records.BY_TYPE[type(record)].kind
            await records.keep(connection, kind, [(record, False)], MANAGER, at)
        assert await tickets.put(connection, (ticket, file.journal), desk.policy, ticket.version)

    await desk.database.write(work)
    return number


def clean(console: Console) -> None:
    """Nothing on the screen can do anything, and every line has its width."""
    columns, _ = console.app.size
    for one in console.lines:
        assert not CONTROL.search(one)
        assert cell_len(one) == columns


@pytest.fixture(params=NAUGHTY, ids=range(len(NAUGHTY)))
async def naughty(shift: Shift, request: pytest.FixtureRequest) -> Console:
    """A console on a ticket full of such a text."""
    number = await everywhere(shift, request.param)
    console = await shift.console(size=(120, 40))
    await console.go_to(number)
    await console.rested()
    return console


async def test_it_is_drawn_literally_in_every_pane(naughty: Console) -> None:
    for size in ((120, 40), (80, 24)):
        await naughty.resize(*size)
        for key in "1234":
            await naughty.press(key)
            clean(naughty)
    await naughty.press("1", "x")
    clean(naughty)
    naughty.enter()
    for y in range(0, 20, 3):
        await naughty.pilot.click(offset=(12, y))
    assert naughty.app.is_running
    for key in ("m", "ctrl+p", "t", "f1"):
        await naughty.press(key)
        await naughty.until(lambda: naughty.app.screen is not naughty.main)
        clean(naughty)
        await naughty.press("escape")
        await naughty.until(lambda: naughty.app.screen is naughty.main)


async def test_it_can_be_said_at_the_bottom_and_above_it(shift: Shift) -> None:
    console = await shift.console()
    for text in NAUGHTY:
        console.main.tell("{text}", text=text)
        console.app.notify(text, title=text, timeout=0.2)
        await console.settled()
        clean(console)
