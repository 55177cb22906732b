"""A line of a few kilobytes a second: nothing is written but what changes."""

import pytest
from program import MANAGER, Opened, Program

IDLE = 2.5
"""Seconds in which every clock of the console has ticked."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_search_writes_little_for_a_key_and_nothing_without_one(
    demo: Program, opened: Opened, size: tuple[int, int]
) -> None:
    console = opened(demo.open_queue(MANAGER, size))
    console.send("<f3>")
    console.shows("Find anything")
    console.quiet(IDLE)
    console.type("jhy")
    console.shows("成都锦浣医院")
    console.quiet()
    before = console.count
    console.type("y")
    console.shows("jhyy")
    console.quiet()
    assert console.count - before < 2000


@pytest.mark.parametrize("key", ["<f2>", "?"])
def test_no_form_is_drawn_again_while_nobody_types(demo: Program, opened: Opened, key: str) -> None:
    console = opened(demo.open_queue(MANAGER))
    console.send(key)
    console.quiet(IDLE)
