"""The sheet in the console: handed over with a note, taken over by one key."""

from shift import MANAGER, OPERATOR, SUPERVISOR, Console, Shift

from dispatch_tui.console.screens.handover import HandOverScreen

pytest_plugins = ("main_fixtures",)


async def opened(shift: Shift, login: str, size: tuple[int, int] = (80, 24)) -> Console:
    console = await shift.console(login, size)
    await console.press("h")
    await console.until(lambda: isinstance(console.app.screen, HandOverScreen))
    await console.shows("Hand over", "look after", "ctrl+g")
    return console


async def test_it_is_handed_over_with_a_note_and_taken_over_by_one_key(shift: Shift) -> None:
    operator = await opened(shift, OPERATOR)
    await operator.type("Dr Qin")
    await operator.press("ctrl+g")
    await operator.until(lambda: operator.app.screen is operator.main)
    await operator.shows("Handed over.")
    manager = await opened(shift, MANAGER)
    await manager.shows("罗晓燕 handed over", "Dr Qin", "F2")
    await manager.press("f2")
    await manager.until(lambda: manager.app.screen is manager.main)
    assert await (await shift.desk()).pending_handover() is None


async def test_who_is_faster_takes_over_and_the_other_reads_it(shift: Shift) -> None:
    desk = await shift.desk(OPERATOR)
    made = await desk.hand_over("a note")
    console = await opened(shift, MANAGER)
    await console.shows("a note")
    await desk.accept_handover(made.id)
    await console.press("f2")
    await console.shows("罗晓燕 has taken over already")


async def test_who_may_not_is_told_and_the_note_stays(shift: Shift) -> None:
    console = await opened(shift, SUPERVISOR, (120, 40))
    await console.type("mine")
    await console.press("ctrl+g")
    await console.shows("Not for your role (supervisor): handover", "mine")


async def test_the_sheet_is_read_on_while_the_note_is_written(shift: Shift) -> None:
    console = await opened(shift, OPERATOR)
    before = console.text
    await console.press("pagedown")
    await console.until(lambda: console.text != before)
    await console.press("escape")
    await console.until(lambda: console.app.screen is console.main)
