"""The line in which a list is filtered while one types."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from dispatch_tui.console.widgets.inputs import LONGEST_LINE, typed_line


class FilterInput(Input):
    """Shown with the class ``-open``; what is typed is heard of as `Input.Changed`."""

    DEFAULT_CSS = """
    FilterInput {
        height: 1; border: none; padding: 0 1; display: none; background: $surface;
        &:focus { border: none; background-tint: transparent; }
        &.-open { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", show=False),
        Binding("escape", "drop", show=False),
    ]

    class Dropped(Message):
        """The filter is not wanted any more."""

    class Left(Message):
        """On to the rows that were found."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(
            placeholder=placeholder,
            max_length=LONGEST_LINE,
            select_on_focus=False,
            id="filter",
        )
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Keep out what cannot be drawn."""
        return typed_line(value)

    def action_leave(self) -> None:
        """Go to the rows that were found."""
        self.post_message(self.Left())

    def action_drop(self) -> None:
        """Forget the filter."""
        self.value = ""
        self.post_message(self.Dropped())
