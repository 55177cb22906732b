"""The list of people in the calendar of the roster, with their days beside them."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.roster import PLANNING
from dispatch_tui.console.widgets.table import KeyedTable

BEFORE_DAYS = 2
"""Columns on the left of the days."""


class Calendar(KeyedTable, inherit_bindings=True):
    """The people; the screen knows the day."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PLANNING)

    class DayClicked(Message):
        """A day of the person under the cursor was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def clicked(self, cell: int | None) -> None:
        """Go to the day that was clicked."""
        if cell is not None and cell >= BEFORE_DAYS:
            self.post_message(self.DayClicked(cell - BEFORE_DAYS))
