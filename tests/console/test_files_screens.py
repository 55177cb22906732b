"""The files in the console: looked through, opened, changed by two people, parts moved."""

import pytest
from shift import CT, ENGINEER, MANAGER, OPERATOR, OTHER_MANAGER, SUPERVISOR, Console, Shift

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.customer import CustomerScreen
from dispatch_tui.console.screens.device import DeviceScreen
from dispatch_tui.console.screens.file_form import FileForm
from dispatch_tui.console.screens.files import FilesScreen
from dispatch_tui.console.screens.regular_call import RegularCall
from dispatch_tui.console.screens.stock import StockForm
from dispatch_tui.console.screens.sure import SureScreen
from dispatch_tui.console.screens.ticket import TicketScreen
from dispatch_tui.domain import commands as c

pytest_plugins = ("main_fixtures",)
SMALL, LARGE = (80, 24), (120, 40)


async def on(console: Console, screen: type) -> None:
    """Wait until a screen is there."""
    await console.until(lambda: isinstance(console.app.screen, screen))


async def at_customer(shift: Shift, login: str, size: tuple[int, int] = LARGE) -> Console:
    """A console on the file of the first customer."""
    console = await shift.console(login, size)
    await console.press("f")
    await on(console, FilesScreen)
    await console.shows("C001")
    await console.press("enter")
    await on(console, CustomerScreen)
    await console.shows("锦浣医院", "JH-2026-014")
    return console


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_file_of_the_device_is_opened_from_the_queue(
    shift: Shift, size: tuple[int, int]
) -> None:
    console = await shift.console(OPERATOR, size)
    await console.press("d")
    await on(console, DeviceScreen)
    await console.shows("failures", "Works again")
    await console.press("t")
    await console.shows("only: fault")
    await console.press("escape")
    await console.until(lambda: console.app.screen is console.main)


async def test_enter_in_the_device_pane_opens_its_file(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("4", "enter")
    await on(console, DeviceScreen)


async def test_a_past_ticket_is_read_from_the_timeline_and_an_open_one_found_in_the_queue(
    shift: Shift,
) -> None:
    console = await at_customer(shift, OPERATOR)
    await console.press("enter")
    await on(console, TicketScreen)
    await console.shows("to the queue")
    number = console.app.screen._number  # type: ignore[attr-defined]
    await console.press("enter")
    await console.until(lambda: console.app.screen is console.main)
    await console.until(lambda: console.main.board.table.cursor_key == number)


async def test_a_changed_field_is_saved_and_shown(shift: Shift) -> None:
    console = await at_customer(shift, OPERATOR)
    await console.press("e")
    await on(console, FileForm)
    await console.press("down")
    await console.type("x")
    await console.press("ctrl+g")
    await on(console, CustomerScreen)
    await console.press("end")
    await console.shows("Short name from 锦浣医院")


async def test_two_who_change_different_fields_both_do(shift: Shift) -> None:
    console = await at_customer(shift, OPERATOR)
    await console.press("e")
    await on(console, FileForm)
    desk = await shift.desk(OTHER_MANAGER)
    seen = (await desk.customer_file("C001")).version
    await desk.change_file("customers", ("C001",), {"city": "Leshan"}, seen=seen)
    await console.press("down")
    await console.type("x")
    await console.press("ctrl+g")
    await on(console, CustomerScreen)
    customer = (await desk.customer_file("C001")).customer
    assert (customer.city, customer.short_name) == ("Leshan", "x")


async def test_where_both_wrote_both_are_shown_and_f5_takes_theirs(shift: Shift) -> None:
    console = await at_customer(shift, OPERATOR)
    await console.press("e")
    await on(console, FileForm)
    desk = await shift.desk(OTHER_MANAGER)
    seen = (await desk.customer_file("C001")).version
    await desk.change_file("customers", ("C001",), {"short_name": "Jinhuan"}, seen=seen)
    await console.press("down")
    await console.type("x")
    await console.press("ctrl+g")
    await console.shows("was faster: Short name is “Jinhuan” now", "now there: Jinhuan")
    await console.press("f5")
    await console.shows("Jinhuan")
    await console.press("ctrl+g")
    await on(console, CustomerScreen)
    assert (await desk.customer_file("C001")).customer.short_name == "Jinhuan"


async def test_a_draft_does_not_go_over_what_a_colleague_wrote_since(shift: Shift) -> None:
    console = await at_customer(shift, OPERATOR)
    await console.press("e")
    await on(console, FileForm)
    await console.press("down")
    await console.type("mine")
    await console.press("escape")
    await on(console, CustomerScreen)
    desk = await shift.desk(OTHER_MANAGER)
    seen = (await desk.customer_file("C001")).version
    await desk.change_file("customers", ("C001",), {"short_name": "theirs"}, seen=seen)
    await console.press("escape")
    await on(console, FilesScreen)
    await console.press("enter")
    await on(console, CustomerScreen)
    await console.shows("theirs")
    await console.press("e")
    await on(console, FileForm)
    await console.shows("mine", "now there: theirs")


async def test_a_customer_is_put_on_file_with_the_next_code(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("f")
    await on(console, FilesScreen)
    await console.shows("C001")
    await console.press("f2")
    await on(console, FileForm)
    await console.shows("C017")
    await console.press("down")
    await console.type("New Clinic")
    await console.press("ctrl+g")
    await on(console, FilesScreen)
    await console.shows("New Clinic")
    assert (await (await shift.desk()).customer_file("C017")).customer.name == "New Clinic"


async def test_what_cannot_be_so_is_said_at_its_field_and_nothing_is_lost(shift: Shift) -> None:
    console = await at_customer(shift, MANAGER)
    await console.press("o")
    await on(console, FileForm)
    await console.press("down")
    await console.type("K-9")
    await console.press("ctrl+g")
    await console.shows("is missing: it is needed")
    await console.type("2026-13-01")
    await console.press("down")
    await console.type("2026-12-31")
    await console.press("ctrl+g")
    await console.shows("K-9", "2026-12-31")
    assert isinstance(console.app.screen, FileForm)


async def test_a_contact_is_added_changed_and_taken_off(shift: Shift) -> None:
    console = await at_customer(shift, OPERATOR)
    await console.press("p")
    await on(console, FileForm)
    await console.press("down", "down")
    await console.type("Dr Aa")
    await console.press("ctrl+g")
    await on(console, CustomerScreen)
    await console.shows("Dr Aa")
    table = console.app.screen.query_one("#rows")
    await console.until(lambda: table.move_to("contacts:C001/Dr Aa/"))  # type: ignore[attr-defined]
    await console.press("x")
    await on(console, SureScreen)
    await console.shows("Contact: Dr Aa", "成都锦浣医院", "y, F9 take off")
    await console.press("x", "f7", "ctrl+g", "enter")
    await on(console, CustomerScreen)
    await console.shows("Dr Aa")
    await console.press("x")
    await on(console, SureScreen)
    await console.press("y")
    await on(console, CustomerScreen)
    await console.hides("Dr Aa")
    contacts = (await (await shift.desk()).customer_file("C001")).contacts
    assert "Dr Aa" not in [one.name for one in contacts]


async def test_a_regular_call_is_noted_and_the_next_one_is_due_later(shift: Shift) -> None:
    console = await at_customer(shift, OPERATOR)
    await console.shows("regular call due")
    await console.press("l")
    await on(console, RegularCall)
    await console.type("all is well")
    await console.press("ctrl+g")
    await on(console, CustomerScreen)
    await console.shows("next call")
    await console.press("end")
    await console.shows("regular call: all is")


async def test_who_may_not_change_only_looks(shift: Shift) -> None:
    console = await at_customer(shift, SUPERVISOR)
    await console.press("e", "p", "o", "l")
    await console.settled()
    assert isinstance(console.app.screen, CustomerScreen)


async def test_the_files_are_searched_while_typing(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("f")
    await on(console, FilesScreen)
    await console.type("jhyy")
    await console.hides("C002")
    await console.shows("C001")
    await console.press("enter")
    await on(console, CustomerScreen)
    await console.shows("锦浣医院")


async def test_keys_that_come_before_the_rows_open_what_they_mean(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("f")
    await on(console, FilesScreen)
    await console.shows("C001")
    await console.app.screen.query_one("LineInput").run_action("screen.turn(1)")
    await console.press("enter")
    await on(console, DeviceScreen)


async def test_a_part_is_taken_for_a_ticket(shift: Shift) -> None:
    console = await shift.console(ENGINEER, LARGE)
    await console.press("f")
    await on(console, FilesScreen)
    await console.press("tab", "tab")
    await console.shows("SPO2-A", "short")
    await console.type("SPO2")
    await console.shows("24 there")
    await console.press("down", "enter")
    await on(console, StockForm)
    await console.press("down")
    await console.type("3")
    await console.press("ctrl+g")
    await on(console, FilesScreen)
    shelves = await (await shift.desk()).shelves()
    counts = {one.station.code: one.count for one in shelves if one.part.code == "SPO2-A"}
    assert sum(counts.values()) == 42


async def test_a_device_is_changed_from_its_file(shift: Shift) -> None:
    console = await at_customer(shift, OPERATOR)
    table = console.app.screen.query_one("#rows")
    await console.until(lambda: table.move_to(f"devices:{CT}"))  # type: ignore[attr-defined]
    await console.press("enter")
    await on(console, DeviceScreen)
    await console.shows("64排CT")
    await console.press("e")
    await on(console, FileForm)
    await console.type("II")
    await console.press("ctrl+g")
    await on(console, DeviceScreen)
    await console.shows("Model from Axiel 64 to II")


async def test_an_unknown_caller_is_put_on_file_from_within_the_call(shift: Shift) -> None:
    console = await shift.console(OPERATOR, LARGE)
    await console.press("n")
    await on(console, CallScreen)
    await console.type("Moon Clinic")
    await console.shows("Not on file: Moon Clinic")
    await console.press("enter")
    await console.shows("F2", "put on file")
    await console.type("no image")
    await console.press("f2")
    await on(console, FileForm)
    await console.shows("Moon Clinic", "C017")
    await console.press("ctrl+g")
    await on(console, CallScreen)
    await console.shows("Moon Clinic", "no image", "device on file")
    await console.press("f2")
    await on(console, FileForm)
    await console.type("S-77")
    await console.press("down")
    await console.type("Maker")
    await console.press("down", "down")
    await console.type("CT")
    await console.press("ctrl+g")
    await on(console, CallScreen)
    await console.shows("S-77", "no image")
    await console.press("ctrl+g")
    await console.until(lambda: console.app.screen is console.main)
    await console.shows("Moon Clinic")
    (case,) = [
        one for one in await (await shift.desk()).open_cases() if one.ticket.customer == "C017"
    ]
    assert (case.ticket.device, case.ticket.fault) == ("S-77", "no image")


async def test_a_kept_case_is_shown_when_the_like_is_reported(shift: Shift) -> None:
    desk = await shift.desk(MANAGER)
    past = next(
        one
        for one in await desk.over_cases()
        if one.device_kind == "ct" and one.ticket.status == "closed"
    )
    kept = c.KeepCase(symptom="high voltage fault during scan", cause="tube arcs", cure="new tube")
    await desk.act(past.number, kept)
    console = await shift.console(OPERATOR, LARGE)
    await console.press("n")
    await on(console, CallScreen)
    await console.type(CT)
    await console.press("enter")
    await console.shows("64排CT")
    await console.type("scan stops with high voltage fault")
    await console.shows(f"Like {past.number}: tube arcs - new tube")
