"""The queue on the main screen: its order, its cursor, its views."""

from shift import Shift

pytest_plugins = ("main_fixtures",)


async def test_the_queue_has_the_least_time_left_on_top(shift: Shift) -> None:
    console = await shift.console()
    assert console.numbers == await shift.open_numbers()
