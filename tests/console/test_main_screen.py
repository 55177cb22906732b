"""The queue on the main screen: its order, its cursor, its views, its filter."""

from time import monotonic

import pytest
from msgspec.structs import replace
from shift import BREACHED, ENGINEER, MANAGER, NEAR, OPEN, RINGING, Console, Shift
from textual.events import Paste

from dispatch_tui.console import model
from dispatch_tui.console.panes import board as board_pane
from dispatch_tui.desk.views import View
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.ticket import ACTIVE, Kind, Priority
from dispatch_tui.storage import records
from dispatch_tui.storage.tickets import Connection

pytest_plugins = ("main_fixtures",)


async def view(console: Console, wanted: View) -> None:
    """Go to a view by its key."""
    while console.board.view is not wanted:
        await console.press("v")


async def test_the_queue_has_the_least_time_left_on_top(shift: Shift) -> None:
    console = await shift.console()
    assert console.numbers == await shift.open_numbers()
    assert console.cursor == console.numbers[0]
    assert f"{OPEN} open  ! {NEAR} near  X {BREACHED} breached" in console.lines[0]


async def test_the_ticket_and_its_device_follow_the_cursor(shift: Shift) -> None:
    console = await shift.console()
    for number in console.numbers[1:4]:
        await console.press("down")
        await console.rested()
        assert console.cursor == number
        assert f"> 2026-{number[2:4]}-{number[4:6]} " in console.sheet("device")


async def test_a_call_logged_by_another_process_appears_within_a_second(shift: Shift) -> None:
    console = await shift.console()
    console.moved_long_ago()
    await console.go_to("260310-001")
    console.moved_long_ago()
    number = await shift.log("Screen stays dark")
    began = monotonic()
    await console.until(lambda: number in console.numbers, 1.0)
    assert monotonic() - began < 1.0
    assert console.cursor == "260310-001"
    await console.shows(f"{OPEN + 1} open", number)


async def test_a_change_of_the_selected_ticket_is_drawn_where_one_looks(shift: Shift) -> None:
    console = await shift.console()
    number = console.numbers[1]
    await console.press("down")
    await console.rested()
    await shift.act(number, c.Respond(note="It was the fuse"))
    await console.until(lambda: "Customer answered: It was the fuse" in console.sheet("ticket"))
    assert console.cursor == number


async def test_a_change_is_shown_when_the_form_that_was_open_is_closed(shift: Shift) -> None:
    console = await shift.console()
    number = console.numbers[0]
    await console.press("m")
    await console.shows("What to do with")
    await shift.act(number, c.Note(text="Spare found"))
    other = await shift.log("Smoke", ago=59)
    await console.until(lambda: f"{OPEN + 1} open" in console.sheet("status"))
    await console.press("escape")
    await console.shows("Note: Spare found", other)
    assert console.cursor == number


async def test_a_ticket_cancelled_elsewhere_leaves_the_cursor_on_its_neighbour(
    shift: Shift,
) -> None:
    console = await shift.console()
    _, second, third, *_ = before = console.numbers
    await console.go_to(second)
    await shift.cancel(second)
    await console.until(lambda: second not in console.numbers)
    assert console.numbers == [one for one in before if one != second]
    assert console.cursor == third
    await console.shows(f"Ticket {second} has left this list")
    await console.rested()


async def test_nothing_is_sorted_anew_under_a_cursor_that_moved_just_now(shift: Shift) -> None:
    console = await shift.console()
    await console.press("down", "up")
    before = console.numbers
    number = await shift.log("Sparks", ago=59)
    await console.shows(f"{OPEN + 1} open", "1 new")
    assert console.numbers == before
    console.moved_long_ago()
    console.board._settle()
    await console.until(lambda: number in console.numbers)
    assert console.numbers == await shift.open_numbers()
    await console.hides("1 new")
    assert console.cursor == before[0]


async def test_the_order_settles_by_itself_once_the_cursor_rests(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_pane, "STILL_SECONDS", 0.4)
    console = await shift.console()
    await console.press("down")
    number = await shift.log("Sparks", ago=59)
    await console.until(lambda: number in console.numbers)
    assert console.numbers == await shift.open_numbers()


async def test_a_ticket_that_ends_leaves_even_while_the_order_is_held(shift: Shift) -> None:
    console = await shift.console()
    await console.press("down", "up")
    tickets = [console.app.live.cases[one].ticket for one in console.numbers]
    last = [one.number for one in tickets if one.kind is Kind.FAULT and one.status in ACTIVE][-1]
    await shift.cancel(last)
    await console.until(lambda: last not in console.numbers)


async def test_one_s_own_new_call_is_jumped_to_out_of_view_and_filter(shift: Shift) -> None:
    console = await shift.console()
    await view(console, View.BREACHED)
    await console.press("slash")
    await console.type("zzz")
    await console.until(lambda: console.numbers == [])
    number = await shift.log("My own call")
    console.board.go_to(number, console.main.now())
    await console.until(lambda: console.cursor == number)
    assert console.board.view is View.OPEN
    assert not console.board.filtered
    await console.rested()


async def test_a_ticket_that_is_waited_for_takes_the_cursor_from_nobody_later(
    shift: Shift,
) -> None:
    console = await shift.console()
    console.board.go_to("260311-099", console.main.now())
    await console.press("down", "down")
    here = console.cursor
    numbers = [await shift.log(f"Call {n}") for n in range(3)]
    await console.shows(f"{OPEN + 3} open")
    assert console.cursor == here
    assert "260311-099" not in numbers


async def test_the_views_show_what_they_say(shift: Shift) -> None:
    console = await shift.console(ENGINEER)
    counts = {}
    for one in (View.NEAR, View.BREACHED, View.MINE):
        await console.press("v")
        assert console.board.view is one
        counts[one] = console.numbers
    desk = await shift.desk()
    cases = {case.number: case for case in await desk.open_cases()}
    assert counts[View.BREACHED] == ["260309-001", "260311-003"]
    assert len(counts[View.NEAR]) == NEAR
    assert not set(counts[View.NEAR]) & set(counts[View.BREACHED])
    mine = {number for number, one in cases.items() if one.ticket.assignment(ENGINEER)}
    assert mine
    assert set(counts[View.MINE]) == mine
    assert f"[Mine {len(mine)}]" in console.sheet("views")


async def test_the_view_before_is_a_key_away(shift: Shift) -> None:
    console = await shift.console()
    seen: list[View] = []
    for key in ("V", "f7", "ctrl+y", "escape"):
        await console.press(key)
        seen.append(console.board.view)
    assert seen == [View.OVER, View.OPEN, View.OVER, View.OPEN]


async def test_changing_the_view_says_nothing_of_tickets_that_left(shift: Shift) -> None:
    console = await shift.console()
    await console.press("end", "v", "v")
    await console.rested()
    assert "has left" not in console.text


async def test_closed_tickets_come_page_by_page_down_to_the_oldest(shift: Shift) -> None:
    console = await shift.console()
    await console.press("V")
    await console.until(lambda: len(console.numbers) == 200)
    await console.press("end")
    await console.until(lambda: len(console.numbers) == 300)
    await console.press("end")
    await console.until(lambda: console.board._past.complete)
    assert console.numbers == sorted(console.numbers, reverse=True)
    assert console.cursor == console.numbers[-1]
    await console.rested()


async def test_closed_tickets_stay_while_others_work(shift: Shift) -> None:
    console = await shift.console()
    await console.press("V")
    await console.until(lambda: len(console.numbers) == 200)
    await console.press("down", "down")
    here = console.cursor
    await shift.log("Another one")
    await console.shows(f"{OPEN + 1} open")
    assert len(console.numbers) == 200
    assert console.cursor == here


async def test_a_ticket_that_ends_is_among_the_closed_ones_at_once(shift: Shift) -> None:
    console = await shift.console()
    await console.press("V")
    await console.until(lambda: len(console.numbers) == 200)
    console.moved_long_ago()
    await shift.cancel("260311-003")
    await console.until(lambda: "260311-003" in console.numbers)
    await shift.act("260311-003", c.Reopen(reason="it was right after all"))
    await console.until(lambda: "260311-003" not in console.numbers)
    await console.press("escape")
    assert "260311-003" in console.numbers


async def test_the_filter_looks_through_every_closed_ticket(shift: Shift) -> None:
    console = await shift.console()
    await console.press("V")
    await console.until(lambda: len(console.numbers) == 200)
    await console.press("slash")
    await console.type("241201-001")
    await console.until(lambda: console.numbers == ["241201-001"])


async def test_no_more_of_the_past_is_kept_than_there_is_room_for(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MOST_OF_THE_PAST", 200)
    console = await shift.console()
    await console.press("V")
    await console.until(lambda: len(console.numbers) == 200)
    newest, oldest = console.numbers[0], console.numbers[-1]
    await console.press("end")
    await console.shows("These are the newest closed tickets; older ones are found by searching.")
    await console.press("slash")
    await console.type("241201-001")
    await console.shows("None of the newest closed tickets has these words")
    await console.press("escape", "home")
    console.moved_long_ago()
    await shift.cancel("260311-003")
    await console.until(lambda: "260311-003" in console.numbers)
    assert len(console.numbers) == 200
    assert newest in console.numbers
    assert oldest not in console.numbers


OF_ZENG = [
    *("260307-002", "260308-004", "260308-005"),
    *("260308-007", "260309-001", "260311-001"),
]
FOUND = {
    "260309-001": ["260309-001"],
    "0309-0": ["260309-001", "260309-003", "260309-004", "260309-005"],
    "蒲涞": ["260309-001", "260310-008"],
    "jjzyy": ["260311-005"],
    "曾立群": OF_ZENG,
    "zeng.liq": OF_ZENG,
    "zeng 蒲涞": ["260309-001"],
    "PUMP alarms": ["260311-006"],
    "２６０３０９-００１": ["260309-001"],
    "260309001": ["260309-001"],
    "nothing of the kind": [],
}


async def test_the_filter_finds_by_number_customer_initials_and_engineer(shift: Shift) -> None:
    console = await shift.console()
    for said, found in FOUND.items():
        await console.press("slash")
        await console.type(said)
        await console.until(lambda found=found: sorted(console.numbers) == found)  # type: ignore[misc]
        if not found:
            await console.shows("No ticket of this view has these words.")
        await console.press("escape")


async def test_enter_goes_from_the_filter_to_the_rows_and_escape_leaves_it(shift: Shift) -> None:
    console = await shift.console()
    every = console.numbers
    await console.press("ctrl+f")
    await console.type("0311")
    await console.until(lambda: len(console.numbers) == 7)
    await console.press("enter", "down")
    assert console.board.table.has_focus
    assert console.cursor == console.numbers[1]
    await console.press("escape")
    assert console.numbers == every
    await console.press("slash")
    await console.type("zzz")
    await console.until(lambda: console.numbers == [])
    await console.press("escape")
    await console.until(lambda: console.numbers == every)
    assert console.board.table.has_focus


async def test_letters_typed_into_the_filter_do_nothing_else(shift: Shift) -> None:
    console = await shift.console()
    await console.press("slash")
    await console.type("qnmarvxu1234?")
    assert console.board.said == "qnmarvxu1234?"
    assert console.app.is_running
    assert console.app.screen is console.main


async def test_what_is_pasted_into_the_filter_is_cleaned(shift: Shift) -> None:
    console = await shift.console()
    await console.press("slash")
    field = console.main.query_one("#filter")
    field.post_message(Paste("a\x1b]8;;http://x\x07b\u202ec\x9b"))
    await console.until(lambda: console.board.said == "a]8;;http://xbc")


async def test_the_minute_changes_the_time_left_and_nothing_else(shift: Shift) -> None:
    console = await shift.console()
    await console.until(lambda: f"and {RINGING - 1} more" in console.notice)
    await console.settled()
    before = console.lines
    shift.clock.pass_(seconds=29)
    console.main._tick()
    await console.settled()
    assert console.lines == before
    shift.clock.pass_(minutes=1)
    console.main._tick()
    await console.until(lambda: "11:21" in console.lines[0])
    rows = range(4, 16)
    assert [console.lines[y][10:79] for y in rows] == [before[y][10:79] for y in rows]
    assert [console.lines[y][3:10] for y in rows] != [before[y][3:10] for y in rows]


async def test_a_ticket_comes_into_the_near_view_when_its_time_has_come(shift: Shift) -> None:
    console = await shift.console()
    await view(console, View.NEAR)
    assert "260311-006" not in console.numbers
    shift.clock.pass_(minutes=20)
    console.main._tick()
    await console.until(lambda: "260311-006" in console.numbers)


async def test_a_priority_set_elsewhere_is_drawn_in_its_row(shift: Shift) -> None:
    console = await shift.console()
    await shift.act("260311-006", c.SetPriority(priority=Priority.EMERGENCY))
    await console.until(lambda: any("260311-006 *" in one for one in console.lines))


async def test_a_click_moves_the_cursor_and_two_open_the_menu(shift: Shift) -> None:
    console = await shift.console()
    fourth = console.numbers[3]
    console.enter()
    await console.pilot.click("#queue", offset=(10, 4))
    assert console.cursor == fourth
    await console.rested()
    await console.pilot.click("#queue", offset=(10, 4), times=2)
    await console.shows(f"What to do with {fourth}")


async def test_tab_goes_through_the_panes(shift: Shift) -> None:
    console = await shift.console()
    seen: list[str | None] = []
    for _ in range(4):
        await console.press("tab")
        assert console.main.focused is not None
        seen.append(console.main.focused.id)
    assert seen == ["ticket", "roster", "device", "queue"]


async def test_a_name_that_changes_in_the_staff_list_is_shown(shift: Shift) -> None:
    console = await shift.console()
    assert "解晓东" in console.sheet("roster")
    desk = await shift.desk()
    staff = await desk.staff()
    person = replace(staff["xie.xiaodong"], name="解大东")

    async def work(connection: Connection) -> None:
        await records.keep(connection, "staff", [(person, False)], MANAGER, shift.clock.now)

    await desk.database.write(work)
    await console.until(lambda: "解大东" in console.sheet("roster"))


async def test_two_languages_show_the_same_queue(shift: Shift) -> None:
    english = await shift.console()
    chinese = await shift.console(language="zh_CN")
    assert chinese.numbers == english.numbers
    assert chinese.sheet("views") != english.sheet("views")
