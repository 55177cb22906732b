"""One of a few fixed values, all of them in sight."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from dispatch_tui.console.widgets.cells import fit
from dispatch_tui.console.widgets.inputs import Edited, Entered, Steered
from dispatch_tui.console.widgets.roles import glyphs_of
from dispatch_tui.domain.text import fold_width
from dispatch_tui.domain.ticket import Priority
from dispatch_tui.words.speaker import Speaker

GAP = 3
ROLES = ("chosen", "chosen-focused", "other", "emergency")


class Option(NamedTuple):
    """A value with its word; `role` "emergency" makes it stand out once it is chosen."""

    value: str
    word: str
    role: str = ""


def priorities(speaker: Speaker) -> list[Option]:
    """Return the priorities to choose from."""
    words = [(one, speaker.label(one)) for one in Priority]
    return [
        Option(one, word, "emergency" if one is Priority.EMERGENCY else "") for one, word in words
    ]


class Choice(Widget, can_focus=True):
    """Options in a row; arrows and space move, a first letter chooses."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"choice--{role}" for role in ROLES}
    DEFAULT_CSS = """
    Choice {
        width: 1fr; height: auto; padding: 0 1; color: $foreground;
        & > .choice--chosen { color: $strong; text-style: bold; }
        & > .choice--chosen-focused {
            color: $selection-text; background: $selection; text-style: bold;
        }
        & > .choice--other { color: $muted; }
        & > .choice--emergency {
            color: $emergency; background: $emergency-background; text-style: bold;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("up", "steer(-1)", show=False),
        Binding("down", "steer(1)", show=False),
        Binding("enter", "enter", show=False),
    ]

    def __init__(self, options: Sequence[Option], value: str = "", *, field: str = "") -> None:
        super().__init__(id=field or None)
        self._options = tuple(options)
        self._place = 0
        self.put(value)

    @property
    def value(self) -> str:
        """The value that is chosen, "" without options."""
        return self._options[self._place].value if self._options else ""

    def change_options(self, options: Sequence[Option]) -> None:
        """Offer other options, with the first of them chosen."""
        self._options = tuple(options)
        self.put("")
        self.refresh(layout=True)

    def put(self, value: str) -> None:
        """Choose a value without saying so; one that is no option chooses the first."""
        values = [option.value for option in self._options]
        self._place = values.index(value) if value in values else 0
        self.refresh()

    def action_turn(self, step: int) -> None:
        """Choose the next option, or the one before."""
        if self._options:
            self._choose((self._place + step) % len(self._options))

    def action_steer(self, rows: int) -> None:
        """Say that a person moves up or down."""
        self.post_message(Steered(self, rows))

    def action_enter(self) -> None:
        """Say that Enter was pressed."""
        self.post_message(Entered(self))

    def on_key(self, event: events.Key) -> None:
        """Choose the next option with this first letter, of its word or of its value."""
        letter = fold_width(event.character or "").casefold()
        if not event.is_printable or not letter.strip():
            return
        count = len(self._options)
        for step in range(1, count + 1):
            place = (self._place + step) % count
            option = self._options[place]
            if letter in (option.word[:1].casefold(), option.value[:1]):
                event.stop()
                self._choose(place)
                return

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        offset = event.get_content_offset(self)
        lines = list(self._lines(self.size.width))
        x = -1 if offset is None else offset.x
        for place in lines[offset.y] if offset is not None and offset.y < len(lines) else ():
            cells = cell_len(self._text(place))
            if 0 <= x < cells:
                event.stop()
                self._clicked(place)
            x -= cells + GAP

    def _clicked(self, place: int) -> None:
        self._choose(place)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the options take."""
        return max(1, len(list(self._lines(width))))

    def render_line(self, y: int) -> Strip:
        """Draw one line of options."""
        lines = list(self._lines(self.size.width))
        segments: list[Segment] = []
        for place in lines[y] if y < len(lines) else ():
            segments.append(Segment(self._text(place), self._style(place)))
            segments.append(Segment(" " * GAP, self.rich_style))
        strip = Strip(segments, sum(cell_len(one.text) for one in segments))
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    def _choose(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self.refresh()
            self.post_message(Edited(self))

    def _text(self, place: int) -> str:
        sign = f"({glyphs_of(self).chosen})" if place == self._place else "( )"
        word = self._options[place].word
        return f"{sign} {fit(word, cell_len(word))}"

    def _style(self, place: int) -> Style:
        if place != self._place:
            return self.get_component_rich_style("choice--other")
        if self.has_focus:
            return self.get_component_rich_style("choice--chosen-focused")
        role = self._options[place].role or "chosen"
        return self.get_component_rich_style(f"choice--{role}")

    def _lines(self, width: int) -> Iterator[list[int]]:
        line: list[int] = []
        used = 0
        for place in range(len(self._options)):
            cells = cell_len(self._text(place)) + GAP
            if line and used + cells - GAP > width:
                yield line
                line, used = [], 0
            line.append(place)
            used += cells
        if line:
            yield line
