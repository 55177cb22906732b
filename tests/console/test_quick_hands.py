"""Hands quicker than the screens: keys that come while a form is made, or after it was left."""

import random

import pytest
from shift import MANAGER, TYPED, Console, Shift
from textual.events import Key
from textual.keys import _character_to_key

from dispatch_tui.console.actions import ACTIONS

pytest_plugins = ("main_fixtures",)

LEAVES = {"quit", "export"}
INSIDE = ("down", "up", "tab", "enter", "pagedown", "escape", "escape", "8", "x", "a")


def hit(console: Console, name: str) -> None:
    """Press a key without waiting for anything."""
    key = _character_to_key(name) if len(name) == 1 else name
    event = Key(key, name if len(name) == 1 else TYPED.get(name))
    event.set_sender(console.app)
    console.app._driver.send_message(event)  # type: ignore[union-attr]


async def calm(console: Console) -> None:
    """Wait until everything is worked off, and leave whatever is open."""
    for _ in range(6):
        await console.press("escape")
        await console.settled()
        if console.app.crash is not None:
            raise console.app.crash
        assert console.app.is_running


@pytest.mark.parametrize("seed", range(4))
async def test_keys_by_chance_faster_than_anything_is_drawn_break_nothing(
    shift: Shift, seed: int
) -> None:
    console = await shift.console(MANAGER)
    chance = random.Random(seed)
    opening = [one.key for one in ACTIONS if one.id not in LEAVES and one.key]
    for _ in range(12):
        for _ in range(chance.randint(1, 3)):
            hit(console, chance.choice(opening))
            for name in chance.choices(INSIDE, k=chance.randint(0, 4)):
                if chance.random() < 0.5:
                    await console.pilot.pause(0)
                hit(console, name)
        await calm(console)


async def test_a_form_that_is_left_before_it_is_made_is_left(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    for action in ACTIONS:
        if action.id in LEAVES:
            continue
        hit(console, action.key)
        hit(console, "down")
        hit(console, "escape")
        hit(console, "escape")
        await calm(console)
        await console.until(lambda: console.app.screen is console.main)
