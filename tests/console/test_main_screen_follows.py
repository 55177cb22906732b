"""The panes follow the selected ticket, however it came to be selected."""

from shift import Shift

pytest_plugins = ("main_fixtures",)


async def test_the_panes_follow_while_the_filter_is_typed(shift: Shift) -> None:
    console = await shift.console()
    await console.press("down")
    await console.rested()
    first = console.cursor
    await console.press("slash")
    await console.type("zeng")
    await console.until(lambda: console.cursor not in (None, first))
    await console.rested()
