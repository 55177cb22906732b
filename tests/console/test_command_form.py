"""Forms for any command of the table: fields, times, errors, collisions, drafts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import CT, MANAGER, OTHER_MANAGER, VENTILATOR, Centre, Console

from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.console.screens.help import HelpScreen
from dispatch_tui.console.screens.told import told
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Priority, Status

ANN, BOB = "shan.zhiyuan", "zhou.guodong"
NAUGHTY = "[/] [@click=app.quit]x[/]"
ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=ZONE).astimezone(UTC)


async def form(
    centre: Centre, number: str, command: str, console: Console | None = None
) -> Console:
    """A manager's console with the form of a command open."""
    console = console or await centre.console(MANAGER)
    console.enter()
    file = await console.app.desk.ticket(number)
    await console.open(FormScreen(file, COMMANDS[command]))
    return console


async def saved(centre: Centre, console: Console, number: str) -> TicketFile:
    """The ticket once the form closed on its acknowledgement."""
    await console.until(lambda: bool(console.results))
    assert console.results[-1].number == number
    return await (await centre.desk()).ticket(number)


async def test_a_command_without_needed_facts_is_saved_by_one_enter(centre: Centre) -> None:
    number = await centre.log()
    console = await form(centre, number, "respond")
    await console.type("<enter>")
    assert (await saved(centre, console, number)).case.ticket.status is Status.RESPONDED


async def test_a_fact_told_later_takes_its_time(centre: Centre) -> None:
    number = await centre.log(ago=90)
    console = await form(centre, number, "respond")
    await console.type("Told to restart", "<tab>", "半小时前")
    await console.seen("= ")
    await console.type("<enter>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert ticket.responded_at is not None
    ago = datetime.now(UTC) - ticket.responded_at
    assert timedelta(minutes=29) < ago < timedelta(minutes=32)


async def test_what_cannot_have_happened_is_refused_and_the_text_stays(centre: Centre) -> None:
    number = await centre.log(ago=30)
    console = await form(centre, number, "respond")
    await console.type("Told to restart", "<tab>", "2 h ago", "<enter>")
    await console.seen("It cannot be that", "Told to restart", "2 h ago")
    assert console.results == []


async def test_a_missing_fact_is_asked_for_under_its_field(centre: Centre) -> None:
    number = await centre.log()
    console = await form(centre, number, "solve-by-phone")
    await console.type("<enter>")
    await console.seen("is missing")
    await console.type("Reset the power", "<enter>")
    assert (await saved(centre, console, number)).case.ticket.status is Status.SOLVED


async def test_a_collision_names_who_was_faster_and_keeps_the_text(centre: Centre) -> None:
    number = await centre.log()
    console = await form(centre, number, "solve-by-phone")
    await console.type("Reset the power")
    await centre.act(number, c.SetPriority(priority=Priority.EMERGENCY), OTHER_MANAGER)
    await console.type("<enter>")
    await console.seen("沈卫国 was faster", "Reset the power", "on top of that")
    await console.type("<enter>")
    assert (await saved(centre, console, number)).case.ticket.status is Status.SOLVED


async def test_after_a_collision_it_is_said_why_it_is_no_longer_possible(centre: Centre) -> None:
    number = await centre.log()
    console = await form(centre, number, "cancel")
    await console.type("Logged twice")
    await centre.act(number, c.SolveByPhone(what_was_done="x"), OTHER_MANAGER)
    await console.type("<ctrl+g>")
    await console.seen("Sure?")
    await console.type("y")
    await console.seen("was faster", "can no longer be cancelled", "Logged twice")


async def test_a_correction_on_top_of_another_sends_only_what_was_touched(centre: Centre) -> None:
    number = await centre.log()
    console = await form(centre, number, "correct")
    for _ in range(4):
        await console.type("<tab>")
    await console.type("Nurse Wang")
    await centre.act(number, c.Correct(phone="028-1"), OTHER_MANAGER)
    await console.type("<ctrl+g>")
    await console.seen("was faster", "028-1", "Nurse Wang")
    await console.type("<ctrl+g>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert (ticket.contact, ticket.phone) == ("Nurse Wang", "028-1")


async def test_a_correction_picks_the_device_from_the_files(centre: Centre) -> None:
    number = await centre.log(device=CT)
    console = await form(centre, number, "correct")
    await console.type("<tab>", "8009-26")
    await console.seen("NV-8009-26", "Aurel 7")
    await console.type("<enter>", "<ctrl+g>")
    assert (await saved(centre, console, number)).case.ticket.device == VENTILATOR


async def test_words_that_name_no_device_are_refused_at_the_field(centre: Centre) -> None:
    number = await centre.log(device=CT)
    console = await form(centre, number, "correct")
    await console.type("<tab>", "nowhere", "<ctrl+g>")
    await console.seen("Choose one from the list")
    assert console.app.screen.focused is console.app.screen.query_one("#device")


async def test_a_dangerous_command_is_not_given_by_enter(centre: Centre) -> None:
    number = await centre.log()
    console = await form(centre, number, "cancel")
    for again in ("<enter>", "<ctrl+g>"):
        await console.type("Logged twice" if again == "<enter>" else "", again)
        await console.seen("Sure?", number, "BH8K58139X", "No image", "y, F9 Cancel")
        await console.type("<ctrl+g>", "x", "<space>", "<enter>")
        await console.gone("Sure?")
        await console.seen("Logged twice")
        assert console.results == []
    await console.type("<ctrl+g>")
    await console.seen("Sure?", "within 10 seconds")
    await console.type("y")
    assert (await saved(centre, console, number)).case.ticket.status is Status.CANCELLED


async def test_the_time_of_one_engineer_is_corrected(centre: Centre) -> None:
    number = await centre.log(ago=120)
    await centre.act(number, c.Assign(engineers=(ANN, BOB)))
    await centre.act(number, c.Arrive(engineers=(ANN, BOB)))
    console = await form(centre, number, "correct-time")
    await console.type("<right>", "<tab>")
    await console.seen("(*) Engineer on site", "recorded as")
    await console.type("1 h ago", "<enter>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert ticket.arrived_at is not None
    assert datetime.now(UTC) - ticket.arrived_at > timedelta(minutes=59)


async def test_those_who_set_out_are_marked_with_space(centre: Centre) -> None:
    number = await centre.log()
    await centre.act(number, c.Assign(engineers=(ANN, BOB), lead=ANN))
    console = await form(centre, number, "depart")
    await console.type("<space>", "<tab>", "in 2 h", "<enter>")
    ticket = (await saved(centre, console, number)).case.ticket
    gone = {one.login: one for one in ticket.visits[0].trips if one.departed_at}
    assert set(gone) == {BOB}
    assert gone[BOB].expected_at is not None
    assert gone[BOB].expected_at > datetime.now(UTC) + timedelta(minutes=118)


async def test_the_priority_offered_is_the_other_one(centre: Centre) -> None:
    number = await centre.log()
    console = await form(centre, number, "set-priority")
    await console.seen("(*) emergency")
    await console.type("n")
    await console.seen("(*) normal")
    await console.type("e", "<enter>")
    assert (await saved(centre, console, number)).case.ticket.priority is Priority.EMERGENCY


async def test_a_draft_belongs_to_its_ticket_and_command(centre: Centre) -> None:
    number, other = await centre.log(), await centre.log(device=VENTILATOR)
    console = await form(centre, number, "note")
    await console.type("Half a no", "<escape>")
    await console.until(lambda: console.results == [None])
    await form(centre, other, "note", console)
    assert "Half a no" not in console.text()
    await console.type("<escape>")
    await form(centre, number, "note", console)
    await console.seen("restored", "Half a no")
    await console.type("te", "<enter>")
    file = await saved(centre, console, number)
    assert file.journal[-1].event.text == "Half a note"
    desk = await centre.desk()

    async def dropped() -> bool:
        return await desk.draft(f"act:{number}:note") is None

    await console.until(dropped)


async def test_naughty_text_is_drawn_literally_in_every_form(centre: Centre) -> None:
    number = await centre.log(NAUGHTY)
    console = await form(centre, number, "note")
    await console.seen(NAUGHTY)
    for name in ("correct", "cancel", "solve-by-phone", "add-call"):
        await console.type("<escape>")
        await form(centre, number, name, console)
        await console.seen(NAUGHTY)
    console.enter()
    console.app.screen.tell(NAUGHTY)
    console.app.screen.row("contact").refuse(NAUGHTY)
    await console.pilot.pause()
    assert console.text().count(NAUGHTY) == 3


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (160, 50)])
async def test_a_form_can_be_resized_at_any_moment(centre: Centre, size: tuple[int, int]) -> None:
    number = await centre.log()
    console = await form(centre, number, "correct")
    await console.pilot.resize_terminal(*size)
    await console.type("<tab>", "axiel")
    await console.pilot.resize_terminal(120, 40)
    await console.seen("Correct the intake")


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("15:30", 3.5),
        ("11:00", 23),
        ("in 2 h", 2),
        ("+90 min", 1.5),
        ("2小时后", 2),
        ("tomorrow 09:00", 21),
        ("明天 09:00", 21),
        ("today 13:00", 1),
    ],
)
def test_a_time_ahead_is_the_next_one_that_fits(words: str, hours: float) -> None:
    assert told(words, NOON, ZONE, ahead=True).at == NOON + timedelta(hours=hours)


def test_a_time_is_fixed_when_it_is_typed_and_nothing_means_now() -> None:
    assert told("20 min ago", NOON, ZONE).at == NOON - timedelta(minutes=20)
    assert told("  ", NOON, ZONE).at is None
    assert told("soonish", NOON, ZONE).error is not None
    assert told("soonish", NOON, ZONE, ahead=True).error is not None


async def test_a_form_can_be_left_before_its_fields_are_there(centre: Centre) -> None:
    console = await centre.console(MANAGER)
    number = await centre.log()
    console.enter()
    file = await console.app.desk.ticket(number)
    below, screen = console.app.screen, FormScreen(file, COMMANDS["respond"])
    opening = console.app.push_screen(screen)
    screen.action_back()
    await opening
    await console.until(lambda: console.app.screen is below)
    assert console.app.crash is None


async def test_what_leaves_under_something_else_leaves_after_it_and_once(centre: Centre) -> None:
    console = await form(centre, await centre.log(), "respond")
    below = console.app.screen
    await console.type("<f1>")
    await console.until(lambda: isinstance(console.app.screen, HelpScreen))
    below.dismiss("first")
    below.dismiss("second")
    assert isinstance(console.app.screen, HelpScreen)
    await console.type("<escape>")
    await console.until(lambda: bool(console.results))
    assert console.results == ["first"]
    assert below not in console.app.screen_stack
