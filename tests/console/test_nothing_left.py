"""Screens that were left leave nothing behind, however often they are opened."""

import gc
from collections import Counter

from shift import MANAGER, Console, Shift
from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.widget import Widget

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.widgets.inputs import TextInput

pytest_plugins = ("main_fixtures",)

LEAVES = {"quit", "export"}
"""Actions that end the console, and that write a file."""

VISITS, STAYING = 4, 5
"""How often everything is opened, and how many forms a task that goes on may still know."""


async def visit_all(console: Console) -> None:
    """Open whatever can be opened, look, and leave it."""
    for action in ACTIONS:
        if action.id in LEAVES:
            continue
        await console.press(action.key)
        await console.press("down")
        while console.app.screen is not console.main:
            await console.press("escape")
        await console.press("ctrl+g")


def left_over() -> Counter[str]:
    """What is in memory and on no screen: how many screens, fields, and drawn lines of others."""
    gc.collect()
    things = gc.get_objects()
    widgets = [one for one in things if isinstance(one, Widget)]
    drawn = {id(one._styles_cache) for one in widgets}
    gone = [one for one in widgets if not one.is_attached]
    return Counter(
        screens=sum(isinstance(one, Screen) for one in gone),
        fields=sum(isinstance(one, TextInput) for one in gone),
        lines=sum(type(one) is StylesCache and id(one) not in drawn for one in things),
    )


async def test_whatever_was_opened_is_gone_when_it_was_left(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    for _ in range(VISITS):
        await visit_all(console)
    await console.until(lambda: left_over() <= Counter(screens=STAYING, fields=STAYING))
