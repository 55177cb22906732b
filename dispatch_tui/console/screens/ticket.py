"""One ticket to be read, open or long closed, over whatever led to it."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dispatch_tui.console.panes import ticket as ticket_pane
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_


class TicketScreen(Dialog[None]):
    """Its clocks, its course and its timeline; Enter goes to it in the queue while it is open."""

    WHOLE = True
    AUTO_FOCUS = "#sheet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", show=False),
        Binding("d,f2", "device", show=False),
        Binding("c,f4", "customer", show=False),
        Binding("q", "back", show=False),
    ]
    DEFAULT_CSS = """
    TicketScreen {
        & > #box { height: 90%; }
        &.-whole > #box { height: 100%; }
        & > #box > #body { height: 1fr; }
        & #sheet { background: $surface; }
    }
    """

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._file: TicketFile | None = None

    def compose_body(self) -> ComposeResult:
        """Make the sheet."""
        yield Sheet(id="sheet")

    def on_mount(self) -> None:
        """Read the ticket."""
        self.head(self._number)
        self._load()

    @work(exclusive=True)
    async def _load(self) -> None:
        try:
            self._file = await self.app.desk.ticket(self._number)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if self.standing:
            self._draw(self._file)

    def _draw(self, file: TicketFile) -> None:
        live = self.app.live
        found = ticket_pane.paragraphs(
            file, live.staff, self.app.speaker, self.app.now(), live.reach
        )
        self.query_one("#sheet", Sheet).show(list(found), top=True)
        keys = [("Up/Down", N_("read on"))]
        if file.case.is_open:
            keys.append(("Enter", N_("to the queue")))
        if file.device is not None:
            keys.append(("d", N_("device")))
        if file.customer is not None:
            keys.append(("c", N_("customer")))
        self.keys([*keys, BACK])

    def action_go(self) -> None:
        """Go to it in the queue, where it can be acted on."""
        if self._file is not None and self._file.case.is_open:
            self.app.go_to_ticket(self._number)

    def action_device(self) -> None:
        """Open the file of its device."""
        if self._file is not None and self._file.device is not None:
            self.app.open_device(self._file.device.id)

    def action_customer(self) -> None:
        """Open the file of its customer."""
        if self._file is not None and self._file.customer is not None:
            self.app.open_customer(self._file.customer.code)
