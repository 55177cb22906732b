"""A terminal whose size changes all the time."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from program import MANAGER, Opened, Program, environment
from terminal import Terminal

RESIZES = 200
STORM, STORM_SECONDS = 2500, 10.0
CALLS = 12
SIZES = ((80, 24), (120, 40), (160, 50))


def test_the_size_is_that_of_the_terminal_whatever_a_shell_says(
    demo: Program, opened: Opened
) -> None:
    surroundings = environment(demo.database.parent, COLUMNS="80", LINES="24")
    console = opened(Terminal(demo.command(MANAGER), environment=surroundings, size=SIZES[1]))
    console.shows("manager")
    assert width_is(console, SIZES[1])
    assert "1 Queue" not in console.text


@pytest.mark.slow
def test_two_hundred_resizes_while_calls_come_in_leave_a_right_screen(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.open_queue(MANAGER))
    chance = random.Random(7)
    with ThreadPoolExecutor(1) as pool:
        calls = [pool.submit(demo.call, f"Call {place:02} in a storm") for place in range(CALLS)]
        for place in range(RESIZES):
            columns = chance.choice((chance.randint(1, 12), chance.randint(1, 200)))
            before = console.count
            console.resize(columns, chance.randint(1, 60))
            if place % 5 == 0:  # some are seen through, most come in a row
                console.writes_more(before)
            assert console.alive
        numbers = [call.result() for call in calls]
    console.resize(*SIZES[-1])
    console.shows(*numbers)
    for size in SIZES:
        console.resize(*size)
        with demo.open_queue(MANAGER, size) as fresh:
            wait_for_same(console, fresh, size)


@pytest.mark.slow
def test_two_thousand_and_five_hundred_resizes_in_ten_seconds(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.open_queue(MANAGER, SIZES[0]))
    chance = random.Random(11)
    began = time.monotonic()
    for place in range(STORM):
        smallest = place % 50 == 0
        columns, lines = (1, 1) if smallest else (chance.randint(1, 200), chance.randint(1, 60))
        console.resize(columns, lines)
        console.pause_until(began + (place + 1) * STORM_SECONDS / STORM)
    assert console.alive
    for size in SIZES:
        console.resize(*size)
        with demo.open_queue(MANAGER, size) as fresh:
            wait_for_same(console, fresh, size)


def wait_for_same(console: Terminal, fresh: Terminal, size: tuple[int, int]) -> None:
    """Wait until the screen is what one that never had another size shows."""
    console.until(lambda: width_is(console, size), what="the line of keys")
    console.quiet()
    console.until(
        lambda: still(console) == still(fresh),
        what=f"what a fresh console shows at {size}:\n{fresh.text}\n",
    )


def width_is(console: Terminal, size: tuple[int, int]) -> bool:
    """Whether the screen is drawn for this size: the line of keys is the last."""
    return len(console.lines) == size[1] and "Help" in console.lines[-1]


def still(console: Terminal) -> list[str]:
    """Return what does not depend on the second in which it was drawn."""
    lines = console.lines
    return [line for line in lines[1:-2] if "left" not in line]
