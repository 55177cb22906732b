"""Some of a few people, all of them in sight."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType

from dispatch_tui.console.widgets.cells import fit
from dispatch_tui.console.widgets.choice import Choice, Option
from dispatch_tui.console.widgets.inputs import Edited
from dispatch_tui.console.widgets.roles import glyphs_of

SEPARATOR = ","


class Marks(Choice):
    """Options in a row; arrows move, space marks or takes the mark away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "turn(1)", show=False),
        Binding("space", "mark", show=False),
    ]

    def __init__(self, options: Sequence[Option], value: str = "", *, field: str = "") -> None:
        self._marked: set[str] = set()
        super().__init__(options, value, field=field)

    @property
    def value(self) -> str:
        """The marked values in their order, separated by commas."""
        return SEPARATOR.join(one.value for one in self._options if one.value in self._marked)

    def put(self, value: str) -> None:
        """Mark these values and no others, without saying so."""
        self._marked = {one for one in value.split(SEPARATOR) if one}
        self._place = 0
        self.refresh()

    def action_mark(self) -> None:
        """Mark the option under the cursor, or take its mark away."""
        if self._options:
            self._marked ^= {self._options[self._place].value}
            self.refresh()
            self.post_message(Edited(self))

    def _clicked(self, place: int) -> None:
        self._place = place
        self.action_mark()

    def _choose(self, place: int) -> None:
        self._place = place
        self.refresh()

    def _text(self, place: int) -> str:
        option = self._options[place]
        sign = f"[{glyphs_of(self).marked}]" if option.value in self._marked else "[ ]"
        return f"{sign} {fit(option.word, cell_len(option.word))}"

    def _style(self, place: int) -> Style:
        if self.has_focus and place == self._place:
            return self.get_component_rich_style("choice--chosen-focused")
        marked = self._options[place].value in self._marked
        return self.get_component_rich_style("choice--chosen" if marked else "choice--other")
