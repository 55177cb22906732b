"""One ticket to be read, open or long closed, over whatever led to it."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import OF_A_TICKET, TICKET
from dispatch_tui.console.panes import ticket as ticket_pane
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.on_ticket import OnTicket
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_


class TicketScreen(OnTicket[None]):
    """Its clocks, its course and its timeline; Enter goes to it in the queue while it is open."""

    WHOLE = True
    AUTO_FOCUS = "#sheet"
    PLACE = TICKET
    BINDINGS: ClassVar[list[BindingType]] = bindings(OF_A_TICKET)
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

    @property
    def number(self) -> str:
        """The ticket that is read."""
        return self._number

    def compose_body(self) -> ComposeResult:
        """Make the sheet."""
        yield Sheet(id="sheet")

    def on_mount(self) -> None:
        """Read the ticket."""
        self.draw_words()
        self._load()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self._number)
        if self._file is not None:
            self._draw(self._file)

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
            keys.append(self.hint("ticket-device"))
        if file.customer is not None:
            keys.append(self.hint("ticket-customer"))
        self.keys([*keys, self.hint("ticket-copy"), BACK])

    def action_copy(self) -> None:
        """Send a number or an address to the terminal's clipboard."""
        from dispatch_tui.console.screens.copying import CopyScreen

        if self._file is not None:
            self.app.push_screen(CopyScreen(self._file))

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
