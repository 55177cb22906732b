"""The views of what waits, and the words of the ticket pane."""

from datetime import timedelta

from shift import MANAGER, RINGING, Shift

from dispatch_tui.desk.views import WAITING, View
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Place
from dispatch_tui.domain.facts import CallBackResult, Cause, Harm
from dispatch_tui.domain.ticket import Kind, Severity

pytest_plugins = ["main_fixtures"]

ENGINEER = "shan.zhiyuan"


async def on_site(shift: Shift, fault: str, *, ago: int = 300, **more: str) -> str:
    """A ticket whose engineer came an hour ago."""
    number = await shift.log(fault, ago=ago, contact="Zha Wenbin", phone="028-1", **more)
    desk = await shift.desk()
    now = shift.clock.now
    await desk.act(number, c.Assign(engineers=(ENGINEER,)))
    await desk.act(number, c.Arrive(), occurred_at=now - timedelta(hours=1))
    return number


async def in_view(shift: Shift, view: View, number: str, *texts: str) -> None:
    """A console that turns to the view, where the ticket stands with these words."""
    console = await shift.console(MANAGER)
    while console.board.view is not view:
        await console.press("v")
    await console.until(lambda: number in console.numbers)
    await console.shows(*texts)


async def test_a_case_that_was_restored_waits_to_be_called_back(shift: Shift) -> None:
    number = await on_site(shift, "Sparks")
    await shift.act(number, c.Restore(what_was_done="new fuse"))
    await shift.act(number, c.CallBack(result=CallBackResult.UNREACHED))
    await in_view(shift, View.CALL_BACKS, number, "[Call-backs", "Zha Wenbin 028-1 (tried 1)")


async def test_what_is_in_the_workshop_stands_with_its_next_word(shift: Shift) -> None:
    number = await on_site(shift, "Sparks")
    due = shift.clock.now + timedelta(hours=5)
    taken = c.TakeAway(item="PSU", serial="7", signed_by="Zha", to=Place.WORKSHOP, word_due_at=due)
    await shift.act(number, taken)
    await in_view(shift, View.AWAY, number, "[Away", "16:20 PSU: on its way there")


async def test_a_word_that_did_not_come_is_seen_in_every_view(shift: Shift) -> None:
    number = await on_site(shift, "Sparks")
    due = shift.clock.now + timedelta(hours=1)
    taken = c.TakeAway(item="PSU", serial="7", signed_by="Zha", to=Place.WORKSHOP, word_due_at=due)
    await shift.act(number, taken)
    shift.clock.pass_(hours=2)
    console = await shift.console(MANAGER)
    await console.go_to(number)
    await console.shows("no word: PSU", "No word on PSU from 陈敬", "13900000102")


async def test_an_engineer_who_is_silent_is_seen_with_the_number_to_call(shift: Shift) -> None:
    number = await shift.log("Sparks", ago=120)
    await shift.act(number, c.Assign(engineers=(ENGINEER,)))
    await shift.act(number, c.Depart(expected_at=shift.clock.now + timedelta(minutes=30)))
    shift.clock.pass_(minutes=61)
    console = await shift.console(MANAGER)
    await console.go_to(number)
    await console.shows("silent: 单志远", "单志远 is silent: expected 11:50", "13700000111")


async def test_complaints_and_those_who_were_asked_for_more_time_have_their_views(
    shift: Shift,
) -> None:
    complaint = await shift.log("Nobody called", kind=Kind.COMPLAINT)
    await in_view(shift, View.COMPLAINTS, complaint, "[Complaints", "since 11:20 | Nobody called")
    number = await on_site(shift, "Sparks")
    await shift.act(number, c.Diagnose(severity=Severity.MAJOR, cause=Cause.BOARD))
    until = shift.clock.now + timedelta(hours=42)
    await shift.act(number, c.AskConsent(name="Dean Qin", phone="028-9", until=until))
    await in_view(shift, View.CONSENT, number, "[Consent", "Dean Qin 028-9 until Fri 05:20")


async def test_each_view_of_what_waits_counts_what_it_shows(shift: Shift) -> None:
    console = await shift.console(MANAGER, (160, 50))
    for _ in range(12):
        await console.press("v")
        view = console.board.view
        if view in WAITING:
            assert console.board.counts[view] == len(console.numbers)


async def test_the_ticket_pane_says_who_has_it_what_is_next_and_whom_to_call(
    shift: Shift,
) -> None:
    number = await on_site(shift, "Sparks")
    await shift.act(number, c.Restore(what_was_done="new fuse"))
    console = await shift.console(MANAGER)
    await console.go_to(number)
    await console.until(lambda: "with hotline operator" in console.sheet("ticket"))
    pane = " ".join(console.sheet("ticket").split())
    assert "Next: Call the customer back: does it work as it should? Zha Wenbin 028-1" in pane
    assert "repaired 11:20" in pane
    assert "[..........] 0 % call back by Thu 11:20" in pane


async def test_every_promise_has_a_bar_of_its_used_time(shift: Shift) -> None:
    number = await shift.log("Sparks", ago=30)
    console = await shift.console(MANAGER)
    await console.go_to(number)
    await console.until(lambda: "[#####.....]  50 %" in console.sheet("ticket"))
    assert "[..........]   1 %" in console.sheet("ticket")


async def test_a_suspected_adverse_event_is_seen_everywhere_and_rings(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.until(lambda: len(console.main._alarms) == RINGING)
    bells = console.app.bells
    number = await shift.log("Burnt skin", ago=20)
    await shift.act(number, c.SuspectAdverse(harm=Harm.SERIOUS_INJURY, what="burn"))
    await console.until(lambda: console.app.bells > bells)
    await console.shows("suspected adverse event")
    console.moved_long_ago()
    await console.until(lambda: number in console.numbers)
    await console.go_to(number)
    await console.until(lambda: "adverse event" in console.sheet("ticket"))
    assert "Suspected adverse event: serious injury" in console.sheet("ticket")
    await console.until(lambda: f"{number} A" in " ".join(console.text.split()))


async def test_a_repeat_fault_is_said_in_the_ticket_pane(shift: Shift) -> None:
    first = await on_site(shift, "Sparks")
    await shift.act(first, c.Diagnose(cause=Cause.POWER))
    await shift.act(first, c.Restore(what_was_done="new fuse"))
    shift.clock.pass_(hours=30)
    second = await on_site(shift, "Sparks again", ago=90)
    await shift.act(second, c.Diagnose(cause=Cause.POWER))
    console = await shift.console(MANAGER)
    await console.go_to(second)
    await console.until(
        lambda: f"Repeat fault: the same cause as {first}" in console.sheet("ticket")
    )


async def test_the_service_report_is_read_by_one_key_and_left_by_it(shift: Shift) -> None:
    number = await on_site(shift, "Sparks")
    console = await shift.console(MANAGER, (120, 60))
    await console.go_to(number)
    await console.press("e")
    await console.shows("Service report", "DRAFT", "Zha Wenbin", f"report {number} --format html")
    await console.press("ctrl+e")
    await console.until(lambda: console.app.screen is console.main)


async def test_signs_tell_that_there_is_no_room_for_all_views(shift: Shift) -> None:
    console = await shift.console(MANAGER, (80, 24))
    await console.until(lambda: console.sheet("views").rstrip().endswith(">"))
    assert not console.sheet("views").lstrip().startswith("<")
    while console.board.view is not View.OVER:
        await console.press("v")
    await console.until(lambda: console.sheet("views").lstrip().startswith("<"))
    assert not console.sheet("views").rstrip().endswith(">")


async def test_where_no_number_was_left_the_customer_s_own_is_there_to_call(shift: Shift) -> None:
    number = await shift.log("Sparks")
    customer = (await (await shift.desk()).ticket(number)).customer
    assert customer is not None
    console = await shift.console(MANAGER)
    await console.go_to(number)
    await console.until(lambda: "Next: Call the customer back" in console.sheet("ticket"))
    assert customer.phone in console.sheet("ticket")


async def test_a_form_that_is_left_covers_nothing_with_what_it_says(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.press("n")
    await console.type("luting")
    await console.press("escape")
    await console.until(lambda: "Not saved. The draft is kept" in console.sheet("notice"))
