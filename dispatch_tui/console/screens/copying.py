"""A number or an address of a ticket, sent to the clipboard of the terminal, and shown."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.copying import COPY, COPYING, THINGS
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line

MOST_CHARACTERS = 400
"""More than any number or address has, and less than any terminal refuses."""

PHONE = "phone"


class CopyScreen(Dialog[None]):
    """A few things of one ticket; a letter or Enter sends one of them to the terminal."""

    AUTO_FOCUS = "#things"
    LETTERS_ACT = True
    PLACE = COPY
    BINDINGS: ClassVar[list[BindingType]] = bindings((*THINGS, *COPYING))
    DEFAULT_CSS = """
    CopyScreen #things { height: 7; margin: 0 1; background: $surface; }
    """

    def __init__(self, file: TicketFile) -> None:
        super().__init__()
        self._file = file

    def compose_body(self) -> ComposeResult:
        """Make the list."""
        columns = (
            Column("letter", "", 1, priority=9),
            Column("label", "", 16, min_width=10, priority=8),
            Column("text", "", 30, min_width=20, grow=1, priority=9),
        )
        yield KeyedTable(columns, header=False, id="things")

    def on_mount(self) -> None:
        """Show what there is."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self.say(N_("Copy")), self._file.case.number)
        found, keymap = dict(self._found()), self.app.keymap
        rows = [
            Row(
                one.named,
                (
                    Cell(keymap.signs(one)[0], "strong"),
                    Cell(self.say(one.label), "muted"),
                    Cell(found[one.named]),
                ),
            )
            for one in THINGS
            if found.get(one.named)
        ]
        self.query_one(KeyedTable).show(rows)
        self.keys([("Enter", N_("copy")), ("Up/Down", N_("choose")), BACK])

    def _found(self) -> Iterator[tuple[str, str]]:
        """What there is of this ticket, as its reader may see it."""
        case, customer, device = self._file.case, self._file.customer, self._file.device
        ticket = case.ticket
        yield "number", case.number
        if phone := ticket.phone or (customer.phone if customer else ""):
            yield PHONE, f"{phone}  {ticket.contact or case.customer_name}"
        yield "contact", ticket.contact
        if customer is not None:
            yield "customer", customer.name
            yield "address", customer.address
        if device is not None:
            yield "serial", device.serial
        yield "fault", ticket.fault

    @on(KeyedTable.Selected)
    def _selected(self, event: KeyedTable.Selected) -> None:
        event.stop()
        self.action_take(event.key)

    def action_take(self, name: str) -> None:
        """Copy one thing, if there is such a thing."""
        if name == PHONE:
            self._copy_phone()
        elif text := dict(self._found()).get(name):
            self._send(text)

    @work(exclusive=True, group="phone")
    async def _copy_phone(self) -> None:
        """Look the number up as whoever calls does: for some roles that is journaled."""
        number = self._file.case.number
        try:
            found = await self.app.write(lambda: self.app.desk.reveal_phone(number))
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        self._send(found.phone, noted=found.noted)

    def _send(self, text: str, *, noted: bool = False) -> None:
        """Send it to the terminal, which may not listen: so it is shown, too."""
        said = clean_line(text)[:MOST_CHARACTERS]
        self.app.copy_to_clipboard(said)
        template = N_("{text} (sent to the clipboard of your terminal)")
        if noted:
            template = N_(
                "{text} (sent to the clipboard of your terminal, and noted in the journal)"
            )
        if not self.standing:
            return
        below = self.app.screen_stack[-2]
        self.dismiss(None)
        if isinstance(below, Dialog):
            below.tell(self.say(template, text=said), "accent")
        elif self.app.main is not None:
            self.app.main.tell(template, text=said)
