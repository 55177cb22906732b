"""What people do costs few bytes, whatever the size and the line: generous bounds."""

import msgspec
import pytest
from counting import LOW, Bytes, count
from program import MANAGER, Opened, Program
from terminal import Terminal

IDLE = 5.0
"""Seconds in which an idle console writes nothing, but for the turn of a minute."""

MOST = {
    (80, 24): Bytes(6000, 80, 400, 1800, 3600, 6500, 500, 900),
    (120, 40): Bytes(11000, 80, 700, 3600, 8000, 11000, 500, 900),
}


@pytest.mark.slow
@pytest.mark.parametrize("low", [True, False], ids=["low", "full"])
@pytest.mark.parametrize("size", list(MOST), ids=lambda size: "x".join(map(str, size)))
def test_what_people_do_costs_few_bytes(demo: Program, size: tuple[int, int], low: bool) -> None:
    found = msgspec.structs.asdict(count(demo, size, low=low))
    most = msgspec.structs.asdict(MOST[size])
    assert {name: value for name, value in found.items() if value > most[name]} == {}


def test_an_idle_console_writes_at_the_turn_of_a_minute_only(demo: Program, opened: Opened) -> None:
    console = opened(
        Terminal(demo.command(MANAGER), environment=demo.environment | LOW, size=(80, 24))
    )
    console.shows(" open  ")
    console.quiet()
    before, clock = console.count, console.lines[0][-5:]
    console.quiet(IDLE, 4 * IDLE)
    assert console.count == before or console.lines[0][-5:] != clock
    assert console.count - before < 1000
