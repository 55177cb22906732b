"""The service report of the selected ticket, to be read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import OF_A_REPORT, REPORT
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.on_ticket import OnTicket
from dispatch_tui.console.widgets.sheet import MARGIN, Sheet
from dispatch_tui.console.widgets.wrapping import line
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.report import ReportFile
from dispatch_tui.reports.text import text_of


class ReportScreen(OnTicket[None]):
    """The text of a report; printing it is the command line's."""

    WHOLE = True
    AUTO_FOCUS = "#report"
    PLACE = REPORT
    BINDINGS: ClassVar[list[BindingType]] = bindings(OF_A_REPORT)
    DEFAULT_CSS = """
    ReportScreen {
        & > #box { height: 90%; }
        &.-whole > #box { height: 100%; }
        & > #box > #body { height: 1fr; }
        & #report { background: $surface; }
    }
    """

    def __init__(self, file: ReportFile) -> None:
        super().__init__()
        self._file = file

    @property
    def number(self) -> str:
        """The ticket that is reported on."""
        return self._file.report.number

    def compose_body(self) -> ComposeResult:
        """Make the sheet."""
        yield Sheet(id="report")

    def on_mount(self) -> None:
        """Show the report, and how it is printed."""
        self.draw_words()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self.say(N_("Service report")), self._file.report.number)
        if self._file.finding is not None:
            self.tell(self.say(self._file.finding))
        else:
            typed = ("dispatch-tui", "report", self._file.report.number, "--format", "html")
            command = " ".join((*typed, "--output", "FILE"))
            self.tell(self.say(N_("To print it: {command}"), command=command), "muted")
        self.keys([("Up/Down, PgUp/PgDn", N_("read on")), BACK])
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        sheet = self.query_one("#report", Sheet)
        text = text_of(self._file, self.app.speaker, max(40, sheet.size.width - 2 * MARGIN))
        sheet.show([line(one) for one in text.splitlines()], top=True)
