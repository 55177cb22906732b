"""What a person typed, chose and scrolled to on a screen, to be put back after it is made anew."""

from collections.abc import Iterator
from typing import Any

from textual.screen import Screen

from dispatch_tui.console.widgets.choice import Choice
from dispatch_tui.console.widgets.inputs import LineInput, TextInput
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.table import KeyedTable


class Standing:
    """The state of a screen's widgets, each known by its place among those of its kind."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._lines = [(one.value, one.cursor_position) for one in screen.query(LineInput)]
        self._texts = [(one.value, one.cursor_location) for one in screen.query(TextInput)]
        self._choices = [one.value for one in screen.query(Choice)]
        self._cursors = [one.cursor_key for one in screen.query(KeyedTable)]
        self._tops = [one.scroll_offset.y for one in self._sheets()]
        focused = screen.focused
        kind = type(focused) if focused is not None else KeyedTable
        self._focused = (kind, [one.has_focus for one in screen.query(kind)])

    def put_fields(self) -> None:
        """Put back what was typed and chosen."""
        screen = self._screen
        for line, (text, _) in zip(screen.query(LineInput), self._lines, strict=True):
            line.put(text)
        for field, (text, place) in zip(screen.query(TextInput), self._texts, strict=True):
            field.put(text)
            field.move_cursor(place)
        for choice, value in zip(screen.query(Choice), self._choices, strict=True):
            choice.put(value)

    def put_places(self) -> None:
        """Put back where one was, once it is drawn."""
        screen = self._screen
        for table, key in zip(screen.query(KeyedTable), self._cursors, strict=True):
            if key is not None:
                table.move_to(key)
        for sheet, top in zip(self._sheets(), self._tops, strict=True):
            sheet.scroll_to(y=top, animate=False, force=True)
        kind, focused = self._focused
        for widget, had_focus in zip(screen.query(kind), focused, strict=True):
            if had_focus:
                screen.set_focus(widget)
        for line, (_, at) in zip(screen.query(LineInput), self._lines, strict=True):
            line.call_later(line.go_to, at)  # to get the focus selects all that stands in it

    def _sheets(self) -> Iterator[Sheet]:
        """Those that can be scrolled: what is said below a refused field comes and goes."""
        return (one for one in self._screen.query(Sheet) if one.can_focus)
