"""Fields to type into: calm, literal, and clean of what no terminal should be shown."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from dispatch_tui.domain.text import clean_line, clean_text

LONGEST_LINE = 400
"""Characters that a line takes; the domain says how many it keeps."""


def typed_line(text: str) -> str:
    """Return one clean line with the blanks at its ends, which may be on their way to a word."""
    return text if text.isascii() and text.isprintable() else clean_line(f"({text})")[1:-1]


def typed_text(text: str) -> str:
    """Return clean text with the blanks and breaks at its ends."""
    return text if text.isascii() and text.isprintable() else clean_text(f"({text})")[1:-1]


@dataclass
class Edited(Message):
    """A person changed what stands in a field."""

    widget: Widget

    @property
    def control(self) -> Widget:
        """The field, for ``@on`` with a selector."""
        return self.widget


@dataclass
class Entered(Message):
    """Enter was pressed in a field."""

    widget: Widget

    @property
    def control(self) -> Widget:
        """The field, for ``@on`` with a selector."""
        return self.widget


@dataclass
class Steered(Message):
    """A person moves up or down out of a field, by so many rows."""

    widget: Widget
    rows: int

    @property
    def control(self) -> Widget:
        """The field, for ``@on`` with a selector."""
        return self.widget


class LineInput(Input):
    """One line of text."""

    DEFAULT_CSS = """
    LineInput {
        height: 1; width: 1fr; border: none; padding: 0 1;
        color: $foreground; background: $panel;
        &:focus {
            border: none; background: $selection-blurred; background-tint: transparent;
            color: $strong;
        }
        &>.input--placeholder { color: $muted; text-style: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "steer(-1)", show=False),
        Binding("down", "steer(1)", show=False),
        Binding("pageup", "steer(-5)", show=False),
        Binding("pagedown", "steer(5)", show=False),
        Binding("enter", "enter", show=False),
    ]

    def __init__(self, value: str = "", *, placeholder: str = "", field: str = "") -> None:
        super().__init__(
            typed_line(value),
            placeholder=placeholder,
            max_length=LONGEST_LINE,
            id=field or None,
            compact=False,
        )
        self.cursor_blink = False
        self._told = self.value

    def validate_value(self, value: str) -> str:
        """Keep out what cannot be drawn."""
        return typed_line(value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say that a person, or a paste, changed the line."""
        event.stop()
        self._tell()

    def put(self, value: str) -> None:
        """Replace the text without saying so."""
        with self.prevent(Input.Changed):
            self.value = value
        self._told = self.value
        self.cursor_position = len(self.value)

    def go_to(self, position: int) -> None:
        """Let the next letter be typed at a place, with nothing marked."""
        self.cursor_position = position

    def action_enter(self) -> None:
        """Say that Enter was pressed, and before it what was typed until then."""
        self._tell()
        self.post_message(Entered(self))

    def action_steer(self, rows: int) -> None:
        """Say that a person moves up or down, and before it what was typed until then."""
        self._tell()
        self.post_message(Steered(self, rows))

    def _tell(self) -> None:
        if self.value != self._told:
            self._told = self.value
            self.post_message(Edited(self))


class TextInput(TextArea):
    """Some lines of text that wrap; Enter goes on, alt+Enter breaks the line."""

    DEFAULT_CSS = """
    TextInput {
        height: auto; max-height: 5; width: 1fr; border: none; padding: 0 1;
        color: $foreground; background: $panel; scrollbar-size-vertical: 1;
        &:focus { border: none; background: $selection-blurred; color: $strong; }
        & .text-area--placeholder { color: $muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding("alt+enter,shift+enter", "break_line", show=False),
    ]

    def __init__(self, value: str = "", *, placeholder: str = "", field: str = "") -> None:
        super().__init__(
            typed_text(value),
            placeholder=placeholder,
            id=field or None,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False

    def on_unmount(self) -> None:
        """Be forgotten: until the theme changes the app would keep all that there ever were."""
        watching = getattr(self.app, "__watchers", {}).get("theme", [])
        watching[:] = [one for one in watching if one[0] is not self]

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.text

    def put(self, value: str) -> None:
        """Replace the text without saying so."""
        with self.prevent(TextArea.Changed):
            self.load_text(typed_text(value))
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        """Leave Enter to the bindings; the base class would break the line."""
        if event.key == "enter":
            event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        """Take over what can be drawn."""
        event.prevent_default()
        event.stop()
        self.replace(typed_text(event.text), *self.selection)

    def on_focus(self) -> None:
        """Show the cursor; without blinking the base class would not."""
        self._pause_blink(visible=True)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say that a person, or a paste, changed the text."""
        event.stop()
        self.post_message(Edited(self))

    def action_enter(self) -> None:
        """Say that Enter was pressed."""
        self.post_message(Entered(self))

    def action_break_line(self) -> None:
        """Begin a new line."""
        self.replace("\n", *self.selection)

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up, out of the field from its first line."""
        if not select and self.cursor_at_first_line:
            self.post_message(Steered(self, -1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down, out of the field from its last line."""
        if not select and self.cursor_at_last_line:
            self.post_message(Steered(self, 1))
        else:
            super().action_cursor_down(select)
