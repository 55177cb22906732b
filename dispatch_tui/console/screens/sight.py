"""The three panes and the lines at the edges, drawn from what is known."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.screen import Screen

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.panes import device as device_pane
from dispatch_tui.console.panes import roster as roster_pane
from dispatch_tui.console.panes import status as status_pane
from dispatch_tui.console.panes import ticket as ticket_pane
from dispatch_tui.console.panes.board import Board
from dispatch_tui.console.troubles import Trouble
from dispatch_tui.console.widgets.sheet import MARGIN, Sheet
from dispatch_tui.console.widgets.under import Calm
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.roster import roster_of
from dispatch_tui.desk.views import DeviceFile, Roster, TicketFile
from dispatch_tui.domain.alarms import Alarm
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.presence import Beside

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp

NARROW = 100
"""Below this many columns one pane is shown at a time."""

SAID_SECONDS = 10.0
"""For so long the bottom line says what was told; so long can be undone, too."""

SAID_LINES = 3
"""So many lines a sentence may take at the bottom: a reason that is cut is none."""

ROOMY = 12
"""From this height on."""

PANES = {
    "queue": N_("Queue"),
    "ticket": N_("Ticket"),
    "roster": N_("Roster"),
    "device": N_("Device"),
}


SHEETS = {"status", "panes", "views", "ticket", "roster", "device", "notice", "footer"}
"""All that is drawn on; while the console is being left some of it is gone before the rest."""


def _still(id: str) -> Sheet:  # noqa: A002
    sheet = Sheet(id=id)
    sheet.can_focus = False
    return sheet


class SightScreen(Calm, Screen[None]):
    """Everything that is in sight; it acts on nothing."""

    app: "DispatchApp"
    focused = Reactive(None, repaint=False)
    """The base class would paint the whole screen anew at each change of focus."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._file: TicketFile | None = None
        self._device: DeviceFile | None = None
        self._roster: Roster | None = None
        self._alarms: tuple[Alarm, ...] = ()
        self._trouble: Trouble | None = None
        self._beside: tuple[Beside, ...] = ()
        self._said = ""
        self._pane = "queue"

    def compose(self) -> ComposeResult:
        """Make the panes and the lines at the edges."""
        yield _still("status")
        yield _still("panes")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Board(self.app.speaker)
                yield Sheet(id="ticket", pointed=True)
            with Vertical(id="right"):
                yield Sheet(id="roster", pointed=True)
                yield Sheet(id="device", pointed=True)
        yield _still("notice")
        yield _still("footer")

    def on_resize(self, event: events.Resize) -> None:
        """Show one pane at a time where there is little room."""
        self.set_class(event.size.width < NARROW, "-narrow")
        self.draw_panes()
        self.draw_status()
        self.draw_footer()
        self.call_after_refresh(self.draw_notice)
        self.call_after_refresh(self.draw_roster)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Know which pane is read, by whatever way it was reached."""
        if event.widget.id in PANES and event.widget.id != self._pane:
            self._pane = event.widget.id
            self.draw_panes()

    async def say_anew(self) -> None:
        """Say everything in the language that is spoken now; what was told stays as it was said."""
        self.board.say_anew(self.now())
        self.draw_ticket()
        self.draw_device()
        self.draw_roster()
        self.draw_status()
        self.draw_panes()
        self.draw_notice()
        self.draw_footer()

    @property
    def standing(self) -> bool:
        """Whether every pane is there: a read may come back while the console is being left."""
        return {sheet.id for sheet in self.query(Sheet)} >= SHEETS

    @property
    def shown_number(self) -> str:
        """The ticket that the pane shows, "" for none."""
        return self._file.case.number if self._file is not None else ""

    @property
    def board(self) -> Board:
        """The queue pane."""
        return self.query_one(Board)

    def now(self) -> datetime:
        """The time now, aware UTC."""
        return self.app.now()

    def signs(self, name: str) -> tuple[str, ...]:
        """Return the keys of an action of this screen as they stand on the keyboard."""
        return self.app.keymap.signs(next(one for one in ACTIONS if one.name == name))

    def tell(self, sentence: Message | str, **values: object) -> None:
        """Say something in the line at the bottom; an alarm comes back after it."""
        if self.standing:
            self._tell(self.app.speaker.say(sentence, self.now(), **values))

    def tell_also(self, sentence: str) -> None:
        """Say what nobody asked for: behind what was told, which may be a call's number."""
        if self.standing:
            self._tell(f"{self._said} {self.app.speaker.translate(sentence)}".lstrip())

    def _tell(self, said: str) -> None:
        self._said = said
        self.draw_notice()
        self.set_timer(SAID_SECONDS, lambda: self._unsay(said))

    def go_to_pane(self, name: str) -> None:
        """Let a pane be read."""
        self._pane = name
        self.draw_panes()
        self.set_focus(self.query_one(f"#{name}"))

    def _unsay(self, said: str) -> None:
        if self._said is said:
            self._said = ""
            self.draw_notice()

    def redraw(self) -> None:
        """Draw everything anew from what is known."""
        self.board.refresh_rows(self.now())
        self.draw_ticket()
        self.draw_device()
        self.draw_roster()
        self.draw_panes()
        self.draw_status()
        self.draw_notice()
        self.draw_footer()

    def draw_ticket(self, *, top: bool = False) -> None:
        """Draw the selected ticket, from the top if it is another one."""
        staff = self.app.live.staff
        self._beside = self.app.live.presence.beside(self.shown_number)
        found = ticket_pane.paragraphs(
            self._file,
            staff,
            self.app.speaker,
            self.now(),
            self.app.live.reach,
            beside=self._beside,
        )
        self.query_one("#ticket", Sheet).show(list(found), top=top)

    def draw_device(self, *, top: bool = False) -> None:
        """Draw the past of the selected ticket's device."""
        number, key = self.shown_number, self.signs("device-file")[0]
        found = device_pane.paragraphs(self._device, self.app.speaker, self.now(), number, key)
        self.query_one("#device", Sheet).show(list(found), top=top)

    def draw_roster(self) -> None:
        """Draw who is on duty, and what everybody is doing."""
        if not self.app.live.signed_in:
            return
        now = self.now()
        tickets = (case.ticket for case in self.app.live.cases.values())
        self._roster = roster_of(self.app.live.staff, self.app.live.rules, tickets, now)
        sheet = self.query_one("#roster", Sheet)
        width = self.size.width if self.has_class("-narrow") else sheet.size.width
        found = roster_pane.paragraphs(self._roster, self.app.speaker, now, width)
        sheet.show(list(found))

    def draw_status(self) -> None:
        """Draw the line at the top."""
        paragraph = status_pane.status(
            self.board.counts,
            self._roster,
            self.app.desk.me if self.app.live.signed_in else None,
            self._trouble,
            self.app.live.scanned_at,
            self.app.speaker,
            self.now(),
            narrow=self.has_class("-narrow"),
        )
        self.query_one("#status", Sheet).show([paragraph])

    def draw_notice(self) -> None:
        """Draw what does not work; under it what was told, else what rang and was not seen."""
        found: list[Paragraph] = []
        if self._said:
            found.append(line(Span(self._said, "strong")))
        elif self._alarms:
            keys = self.signs("alarm")
            cases, speaker = self.app.live.cases, self.app.speaker
            found.append(status_pane.alarm(self._alarms, cases, keys, speaker))
        if self._trouble is not None and (self.size.height >= ROOMY or not found):
            found.insert(0, status_pane.trouble(self._trouble, self.app.speaker, self.now()))
        notice = self.query_one("#notice", Sheet)
        notice.show(found or [line()], top=True)
        notice.fit(SAID_LINES if self.size.height >= ROOMY else 1)

    def draw_panes(self) -> None:
        """Draw which pane is read; where there is room for all of them, nothing has to be told."""
        narrow = self.has_class("-narrow")
        body = self.query_one("#body")
        for name in PANES:
            body.set_class(narrow and name == self._pane, f"-{name}")
        paragraph = status_pane.tabs(PANES, self._pane, self.app.speaker)
        self.query_one("#panes", Sheet).show([paragraph])

    def draw_footer(self) -> None:
        """Draw the keys."""
        me = self.app.desk.me if self.app.live.signed_in else None
        width = self.size.width - 2 * MARGIN
        paragraph = status_pane.footer(ACTIONS, self.app.keymap, me, self.app.speaker, width)
        self.query_one("#footer", Sheet).show([paragraph])
