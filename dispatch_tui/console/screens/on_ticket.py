"""What stands open on a ticket: others see that it does, and it says who else is there."""

from textual import events, on

from dispatch_tui.console.panes.ticket import also_here
from dispatch_tui.console.screens.dialog import Dialog, Result
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.wrapping import Paragraph, Span
from dispatch_tui.domain.presence import Beside

LOOK_SECONDS = 1.0
"""So often it is looked who else is there; it is drawn where that has changed."""


class OnTicket(Dialog[Result]):
    """A dialog about one ticket."""

    _beside: tuple[Beside, ...] = ()
    _title: tuple[str, str, str] = ("", "", "")

    @property
    def number(self) -> str:
        """The ticket."""
        raise NotImplementedError

    @property
    def doing(self) -> str:
        """The command that is given, "" for looking."""
        return ""

    @on(events.Mount)
    def _stand(self) -> None:
        self.app.live.presence.enter(self, self.number, self.doing)
        self.set_interval(LOOK_SECONDS, self._look_beside)
        self._look_beside()

    @on(events.Unmount)
    def _leave(self) -> None:
        self.app.live.presence.leave(self)

    def head(self, title: str, aside: str = "", role: str = "accent") -> None:
        """Show the title, who else is there, and something at the right of it."""
        self._title = title, aside, role
        spans = [Span(title, "strong")]
        if self._beside:
            spans.append(Span("  " + also_here(self._beside, self.app.speaker), "watch"))
        end = Span(aside, role) if aside else None
        self.query_one("#title", Still).show([Paragraph(tuple(spans), end=end)])

    def _look_beside(self) -> None:
        beside = self.app.live.presence.beside(self.number)
        if beside != self._beside:
            self._beside = beside
            self.head(*self._title)
