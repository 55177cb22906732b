"""Every action of the console, wherever it holds."""

from collections.abc import Iterator
from functools import cache

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.keys import copying, files, forms, general, lists, menu, roster
from dispatch_tui.console.keys.action import LIST, MAIN, Action, Place

REGISTRY: tuple[Action, ...] = (
    *ACTIONS,
    *general.AROUND,
    *lists.MOVES,
    *general.ALWAYS,
    *general.OPEN,
    *general.FIELDS,
    *general.HELPING,
    *general.LOOKING,
    *forms.WRITING,
    *forms.TAKING,
    *forms.CALLING,
    *forms.MARKING,
    *forms.HANDING,
    *forms.ASKING,
    *roster.PLANNING,
    *files.LISTING,
    *files.FILED,
    *files.OF_A_CUSTOMER,
    *files.OF_A_DEVICE,
    *files.OF_A_TICKET,
    *files.OF_A_REPORT,
    *files.FINDING,
    *copying.THINGS,
    *copying.COPYING,
    *copying.SETTING,
    *menu.CHOICES,
)

PLACES: tuple[Place, ...] = (
    *(MAIN, LIST, general.EVERYWHERE, general.FILTER, general.DIALOG, general.FIELD),
    *(forms.FORM, forms.MERGING, forms.CALL, forms.ASSIGN, forms.HANDOVER, forms.SURE),
    *(roster.CALENDAR, files.FILES, files.FILE, files.CUSTOMER, files.DEVICE, files.TICKET),
    *(files.REPORT, files.SEARCH, general.PALETTE, general.HELP, copying.COPY),
    *(copying.SETTINGS, menu.MENU),
)
"""In the order of the documentation."""


def of(place: Place) -> tuple[Action, ...]:
    """Return what is done at a place itself."""
    return tuple(one for one in REGISTRY if one.place is place)


def held_together(place: Place) -> Iterator[Action]:
    """Yield all whose keys hold at a place, its own first."""
    for one in dict.fromkeys((place, *place.over, general.EVERYWHERE)):
        yield from of(one)


@cache
def named() -> dict[str, Action]:
    """Return every action by its name."""
    return {one.name: one for one in REGISTRY}
