"""Logging a call with the keyboard alone, against a real database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from conftest import CT, MANAGER, OPERATOR, VENTILATOR, Centre, Console
from textual import events

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.widgets.inputs import LineInput
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.ticket import Priority
from dispatch_tui.storage import files, schema

NAUGHTY = "[/] [@click=app.quit]x[/] [bold]"
ESCAPES = "\x1b[2J\x1b]0;x\x07 a\u202eb\u200b\x9b31m\nline"


async def call_form(centre: Centre, size: tuple[int, int] = (80, 24)) -> Console:
    """An operator's console with the call form open and its files read."""
    console = await centre.console(OPERATOR, size)
    await open_form(console)
    return console


async def open_form(console: Console) -> CallScreen:
    """Open the call form as the main screen does."""
    screen = CallScreen()
    await console.open(screen)
    return screen


async def logged(centre: Centre, console: Console) -> TicketFile:
    """The ticket that the form ended with."""
    await console.until(lambda: bool(console.results) and not on_form(console))
    return await (await centre.desk()).ticket(console.results[-1].number)


def on_form(console: Console) -> bool:
    return isinstance(console.app.screen, EditScreen)


def value_of(console: Console) -> str:
    """What stands in the first field of a call."""
    found = console.app.screen.query("#find").results(LineInput)
    return "".join(one.value for one in found)


def burst(console: Console, *keys: str) -> None:
    """Type keys all at once, as a slow line delivers them."""
    for key in keys:
        console.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def paste(console: Console, field: str, text: str) -> Any:
    """Paste a text into a field, as a terminal does; returns the field."""
    console.enter()
    control = console.app.screen.query_one(f"#{field}")
    control.focus()
    await console.until(lambda: control.has_focus)
    control.post_message(events.Paste(text))
    await console.pilot.pause()
    return control


async def kept(centre: Centre, fault: str) -> bool:
    """Whether this fault stands in the operator's draft."""
    draft = await (await centre.desk(OPERATOR)).draft("call")
    return draft is not None and draft[0].get("fault") == fault


async def test_a_call_is_logged_by_serial_tail_with_the_keyboard_alone(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "Images have rings", "<enter>")
    file = await logged(centre, console)
    ticket = file.case.ticket
    assert (ticket.customer, ticket.device, ticket.department) == ("C001", CT, "放射科")
    assert ticket.fault == "Images have rings"
    assert ticket.priority is Priority.NORMAL
    assert datetime.now(UTC) - ticket.reported_at < timedelta(seconds=60)
    assert await (await centre.desk(OPERATOR)).draft("call") is None


async def test_a_customer_by_initials_offers_its_devices_and_its_contacts(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("jhyy")
    await console.seen("成都锦浣医院")
    await console.type("<enter>")
    await console.seen("Aurel 7", "Axiel 64", "Device not known yet")
    await console.type("ａｕｒｅｌ", "<enter>")
    await console.seen("out of warranty since 2025-10-25")
    await console.type("Alarm on", "<tab>")
    await console.seen("盖雪梅", "18600000214")
    await console.type("<down>", "<enter>", "<enter>")
    ticket = (await logged(centre, console)).case.ticket
    assert (ticket.device, ticket.contact, ticket.phone) == (VENTILATOR, "盖雪梅", "18600000214")


async def test_a_contact_by_phone_fills_in_name_phone_and_department(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("186 0000 0214", "<enter>", "<up>", "<up>", "<enter>")
    await console.type("<f8>", "Alarm", "<ctrl+g>")
    ticket = (await logged(centre, console)).case.ticket
    assert (ticket.contact, ticket.phone, ticket.department) == ("盖雪梅", "18600000214", "ICU")
    assert (ticket.device, ticket.priority) == ("", Priority.EMERGENCY)


async def test_an_unknown_caller_is_kept_as_they_say(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("Clinic Nowhere", "<enter>", "No power", "<enter>")
    ticket = (await logged(centre, console)).case.ticket
    assert (ticket.customer, ticket.caller) == ("", "Clinic Nowhere")


async def test_a_caller_that_resembles_a_customer_can_still_be_unknown(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("jhyy", "<up>", "<enter>", "No power", "<enter>")
    assert (await logged(centre, console)).case.ticket.caller == "jhyy"


async def test_what_is_typed_ahead_of_the_form_and_its_files_is_not_lost(centre: Centre) -> None:
    console = await centre.console(OPERATOR)
    console.enter()
    console.app.push_screen(CallScreen(), console.results.append)
    burst(console, *"8139x", "enter")
    await console.seen("64排CT", "out of warranty")
    await console.type("Dark", "<enter>")
    ticket = (await logged(centre, console)).case.ticket
    assert (ticket.device, ticket.fault) == (CT, "Dark")


async def test_keys_that_arrive_together_keep_their_order(centre: Centre) -> None:
    console = await call_form(centre)
    burst(console, *"jhyy", "enter", *"axiel", "enter", *"Dark", "backspace", *"t", "tab", "down")
    burst(console, "enter", "tab", *"5", "enter")
    ticket = (await logged(centre, console)).case.ticket
    assert (ticket.device, ticket.fault) == (CT, "Dart")
    assert (ticket.contact, ticket.phone) == ("盖雪梅", "5")


async def test_what_is_typed_behind_a_save_is_for_what_is_there_after_it(centre: Centre) -> None:
    console = await centre.console(OPERATOR)
    console.enter()
    await console.type("n")
    await console.until(lambda: isinstance(console.app.screen, CallScreen))
    first = console.app.screen
    burst(console, *"jhyy", "enter", *"axiel", "enter", *"Dark", "enter", *"n81")
    await console.until(
        lambda: isinstance(console.app.screen, CallScreen) and console.app.screen is not first
    )
    await console.until(lambda: console.app.screen is not first and value_of(console) == "81")


async def test_a_caller_who_could_not_be_looked_up_is_not_taken_for_a_stranger(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = await call_form(centre)
    named = console.app.desk.named
    away = True

    async def answer(*words: Any) -> Any:
        if away:
            raise DatabaseUnusable("The database is away.")
        return await named(*words)

    monkeypatch.setattr(console.app.desk, "named", answer)
    await console.type("jhyy", "<enter>")
    await console.seen("The database is away.")
    assert "Not on file" not in console.text()
    away = False
    await console.type("<enter>")
    await console.seen("64排CT")


async def test_the_call_can_be_added_to_the_open_ticket_of_the_device(centre: Centre) -> None:
    number = await centre.log("Rings in the image")
    console = await call_form(centre)
    await console.type("8139x", "<enter>")
    await console.seen(number, "adds this call to")
    await console.type("<f4>")
    await console.seen(f"Further call on {number}")
    await console.type("It got worse", "<enter>")
    file = await logged(centre, console)
    assert file.case.number == number
    assert file.case.ticket.calls == 2
    assert await (await centre.desk(OPERATOR)).draft("call") is None


async def test_one_can_go_on_with_a_new_ticket_beside_the_open_one(centre: Centre) -> None:
    number = await centre.log()
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "<f4>", "<f4>", "Table stuck", "<enter>")
    assert (await logged(centre, console)).case.number != number


async def test_the_time_is_told_and_read_while_typing(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "Dark", *["<tab>"] * 4, "20 mi")
    await console.seen("= ?")
    await console.type("n ago")
    await console.seen("= ")
    before = datetime.now(UTC) - timedelta(minutes=20)
    await console.type("<enter>")
    ticket = (await logged(centre, console)).case.ticket
    assert abs(ticket.reported_at - before) < timedelta(seconds=30)


async def test_a_time_that_is_not_understood_is_refused_at_its_field(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "Dark", *["<tab>"] * 4, "soonish", "<enter>")
    await console.seen("was not understood")
    assert console.app.screen.focused is console.app.screen.query_one("#reported")
    assert on_form(console)


async def test_enter_goes_to_the_fault_when_it_is_missing(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "<enter>")
    await console.seen("Fault is missing")
    assert console.results == []


async def test_a_draft_survives_the_console_and_is_offered_again(centre: Centre) -> None:
    first = await call_form(centre)
    await first.type("8139x", "<enter>", "Half a sen")
    await first.until(lambda: kept(centre, "Half a sen"))  # now the terminal may be killed
    second = await centre.console(OPERATOR)  # which opens the form again by itself
    await second.seen("restored - ctrl+n starts afresh", "Half a sen", "64排CT")
    await second.type("tence", "<enter>")
    await second.seen("Call logged as")
    [case] = await (await centre.desk()).open_cases()
    assert (case.ticket.fault, case.ticket.device) == ("Half a sentence", CT)


async def test_the_newest_keys_are_kept_when_the_console_is_left(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "Last words")
    console.app.exit(0)
    await console.until(lambda: kept(centre, "Last words"))


async def test_afresh_sets_the_draft_aside_and_brings_it_back(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "First call", "<escape>")
    assert console.results == [None]
    await open_form(console)
    await console.seen("restored")
    await console.type("<ctrl+n>")
    await console.gone("First call")
    await console.type("8009-26", "<enter>", "Second call", "<enter>")
    assert (await logged(centre, console)).case.ticket.fault == "Second call"
    await open_form(console)
    await console.seen("First call")
    await console.type("<enter>")
    assert (await logged(centre, console)).case.ticket.device == CT


async def test_a_retry_after_a_lost_acknowledgement_logs_no_second_ticket(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = await call_form(centre)
    desk = console.app.desk
    log_call, tries = desk.log_call, []

    async def lost(*args: object, **options: object) -> object:
        done = await log_call(*args, **options)
        tries.append(done)
        if len(tries) == 1:
            raise DatabaseUnusable("The database {place} cannot be used: gone.", place="x")
        return done

    monkeypatch.setattr(desk, "log_call", lost)
    await console.type("8139x", "<enter>", "Dark", "<enter>")
    await console.seen("cannot be used", "Dark")
    assert on_form(console)
    await console.type("<enter>")
    file = await logged(centre, console)
    assert [one.number for one in tries] == [file.case.number] * 2
    assert len(await (await centre.desk()).open_cases()) == 1


async def test_a_key_that_was_used_in_another_terminal_loses_no_call(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("8139x", "<enter>", "Dark")
    key = console.app.screen.key
    other = c.LogCall(fault="Another", customer="C001", device=VENTILATOR)
    number = (await (await centre.desk(OPERATOR)).log_call(other, key=key)).number
    await console.type("<enter>")
    await console.seen(f"saved already, as {number}")
    await console.type("<enter>")
    assert (await logged(centre, console)).case.number != number


async def test_naughty_text_is_drawn_literally_everywhere(centre: Centre) -> None:
    await centre.log(NAUGHTY)
    console = await call_form(centre)
    await console.type("8139x", "<enter>")
    await console.seen("[@click=app.quit]x[/]")
    for field in ("fault", "contact", "phone", "reported"):
        await paste(console, field, NAUGHTY)
        await console.seen(NAUGHTY)
    await paste(console, "find", NAUGHTY)
    await console.seen("Not on file: [/]")
    await console.type("<enter>")
    await console.seen("not on file: kept as the caller says")
    assert on_form(console)


async def test_pasted_control_characters_never_get_into_a_field(centre: Centre) -> None:
    console = await call_form(centre)
    for field in ("find", "fault"):
        control = await paste(console, field, ESCAPES)
        await console.until(lambda control=control: "ab" in control.value)
        assert not set(control.value) & set("\x1b\x07\u202e\u200b\x9b")


async def test_somebody_who_may_not_log_is_told_and_keeps_the_text(centre: Centre) -> None:
    console = await call_form(centre)
    desk = await centre.desk(MANAGER)
    await console.type("8139x", "<enter>", "Dark")
    me = (await desk.staff())[OPERATOR]
    gone = files.staff_row(msgspec.structs.replace(me, active=False))
    await desk.database.write(lambda connection: files.put(connection, schema.staff, [gone]))
    await console.type("<enter>")
    await console.seen("not signed in any more", "Dark")


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (160, 50)])
async def test_the_form_can_be_resized_at_any_moment(centre: Centre, size: tuple[int, int]) -> None:
    console = await call_form(centre, (120, 40))
    await console.type("jhyy")
    await console.pilot.resize_terminal(*size)
    await console.type("<enter>")
    await console.pilot.resize_terminal(120, 40)
    await console.type("axiel", "<enter>", "Dark")
    await console.pilot.resize_terminal(*size)
    await console.type("<enter>")
    assert (await logged(centre, console)).case.ticket.fault == "Dark"


async def test_while_a_device_is_picked_the_keys_of_complaint_and_emergency_are_shown(
    centre: Centre,
) -> None:
    console = await call_form(centre)
    await console.type("luting")
    await console.seen("F5 complaint", "F8 emergency", "Enter take")


async def test_what_is_missing_is_called_as_its_field_is(centre: Centre) -> None:
    console = await call_form(centre)
    await console.type("<ctrl+g>")
    await console.seen("! Caller is missing")
