"""Asks before a contact or a contract is taken off the files."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_
from dispatch_tui.words.files import TABLES


class Removing(Dialog[None]):
    """Names what goes; ctrl+g takes it off, everything else leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+g", "remove", show=False)]
    DEFAULT_CSS = """
    Removing #what { height: 2; margin: 1 2; }
    """

    def __init__(self, table: str, key: tuple[str, ...], version: int) -> None:
        super().__init__()
        self._table = table
        self._key = key
        self._version = version

    def compose_body(self) -> ComposeResult:
        """Make what is said."""
        yield Still(id="what")

    def on_mount(self) -> None:
        """Name what goes."""
        self.head(self.say(N_("Take off the files?")))
        what = self.app.speaker.translate(TABLES[self._table])
        self.sheet("#what", [line(Span(f"{what}  "), Span("  ".join(self._key[1:]), "strong"))])
        self.keys([("ctrl+g", N_("take off")), BACK])

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Take it off; its journal stays."""
        table, key, seen = self._table, self._key, self._version
        try:
            await self.app.write(lambda: self.app.desk.take_off_file(table, key, seen=seen))
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if self.standing:
            self.dismiss(None)
