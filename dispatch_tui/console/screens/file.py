"""What the screens of the files share: facts at the top, rows below, one Enter for each."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import FILE, FILED
from dispatch_tui.console.screens.dialog import Dialog
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.console.widgets.wrapping import Paragraph
from dispatch_tui.domain.errors import DispatchError

LEAST_ROWS = 6
"""Lines that the rows keep, however many facts there are."""

Open = Callable[[], object]
"""What Enter does on a row."""


class Line(tuple[str, tuple[Cell, ...], Open | None]):
    """A row with its key, its cells, and what Enter does on it."""

    __slots__ = ()

    def __new__(cls, key: str, *cells: Cell | str, enter: Open | None = None) -> "Line":
        """Make a row; a bare text is a cell without a role."""
        made = tuple(Cell(one) if isinstance(one, str) else one for one in cells)
        return super().__new__(cls, (key, made, enter))


class FileScreen(Dialog[None]):
    """One file: its facts, and what belongs to it in rows that can be opened."""

    WHOLE = True
    AUTO_FOCUS = "#rows"
    COLUMNS: ClassVar[Sequence[Column]] = ()
    EMPTY: ClassVar[str] = ""
    PLACE = FILE
    BINDINGS: ClassVar[list[BindingType]] = bindings(FILED)
    DEFAULT_CSS = """
    FileScreen {
        & > #box { height: 100%; }
        & > #box > #body { height: 1fr; }
        & #facts { height: auto; }
        & #rows { height: 1fr; margin: 0 1; background: $surface; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._opens: dict[str, Open] = {}

    def compose_body(self) -> ComposeResult:
        """Make the facts and the rows."""
        yield Still(id="facts")
        yield KeyedTable(self.COLUMNS, header=False, empty=self.say(self.EMPTY), id="rows")

    def on_mount(self) -> None:
        """Read the file."""
        self.load()

    def on_screen_resume(self) -> None:
        """Read the file anew: what was opened from here may have changed it."""
        self.load()

    def draw_words(self) -> None:
        """Draw all that is said, and once more when it is known how many lines the facts take."""
        self.draw()
        self.call_after_refresh(self.draw)

    @work(exclusive=True, group="file")
    async def load(self) -> None:
        """Read the file and show it."""
        try:
            await self.read()
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if self.standing:
            self.draw()

    async def read(self) -> None:
        """Read what is shown; raises what kept it from being read."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show what was read."""
        raise NotImplementedError

    def show(self, facts: Iterable[Paragraph], lines: Iterable[Line]) -> None:
        """Show facts and rows."""
        sheet = self.query_one("#facts", Still)
        sheet.show(list(facts))
        sheet.fit(max(2, self.size.height - 3 - LEAST_ROWS))
        found = list(lines)
        self._opens = {key: enter for key, _, enter in found if enter is not None}
        self.query_one("#rows", KeyedTable).show([Row(key, cells) for key, cells, _ in found])

    @on(KeyedTable.Selected, "#rows")
    def _selected(self, event: KeyedTable.Selected) -> None:
        event.stop()
        if event.key in self._opens:
            self._opens[event.key]()
