"""Going on where one was: view, filter, ticket, pane, and the form that was open."""

from typing import cast

from textual import work

from dispatch_tui.console.panes.status import VIEW_WORDS
from dispatch_tui.console.screens.acting import ActingScreen
from dispatch_tui.console.screens.sight import PANES
from dispatch_tui.desk.views import TicketFile, View
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.session import Place
from dispatch_tui.domain.table import COMMANDS, LOG

OF_A_TICKET = "act"
"""Begins the name of the draft of a command on a ticket: `act:260311-001:note`."""


class ResumingScreen(ActingScreen):
    """Knows its place, and goes to another one."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._to_resume: Place | None = None

    def place(self, form: str) -> Place:
        """Return where one is, with the form that is open over the panes."""
        board = self.board
        return Place(
            view="" if board.view is View.OPEN else board.view,
            said=board.said,
            ticket=board.table.cursor_key or "",
            pane="" if self._pane == "queue" else self._pane,
            form=form,
        )

    def resume(self, place: Place) -> None:
        """Go to a place as soon as what it takes is there."""
        self._to_resume = place

    def go_on(self) -> None:
        """Go to where one was, unless somebody went elsewhere meanwhile.

        Closed tickets and the form wait until somebody is signed in.
        """
        place, signed_in = self._to_resume, self.app.live.signed_in
        if place is None:
            return
        view = View(place.view) if place.view in set(View) else View.OPEN
        untouched = self.board.view is View.OPEN and not self.board.filtered
        if untouched and (signed_in or view is not View.OVER):
            self._to_resume = None
            self.board.begin_at(view, place.said, place.ticket, self.now())
            if place.pane in PANES and self.app.screen is self:
                self.go_to_pane(place.pane)
            if view is not View.OPEN or place.said:
                words = self.app.speaker.translate(VIEW_WORDS[view])
                template = N_("As you left it: {view} {said} - Esc goes back to all open tickets.")
                self.tell(template, view=words, said=place.said)

    def reopen(self, form: str) -> None:
        """Open the form that was open, if it is still possible; its draft is in it."""
        if form == LOG.name:
            self.action_call()
        elif form.startswith(f"{OF_A_TICKET}:") and form.count(":") == 2:
            _, number, name = form.split(":")
            if name in COMMANDS:
                self._alone(lambda: self._reopen(number, name))

    def action_tour(self) -> None:
        """Show the keys to begin with."""
        if self.app.live.signed_in:
            self._tour()

    @work(group="act")
    async def _tour(self) -> None:
        from dispatch_tui.console.screens.tour import TourScreen

        if action := await self.app.push_screen_wait(TourScreen()):
            self.call_later(self.run_action, action)

    async def _reopen(self, number: str, name: str) -> None:
        try:
            file = cast(TicketFile, await self.app.desk.ticket(number))
        except DispatchError as error:
            self.tell(error.message)
            return
        if obstacle := file.obstacles[name]:
            template = N_("{number}: {what} is not possible any more, its draft is kept. {why}")
            what = self.app.speaker.translate(COMMANDS[name].label)
            self.tell(template, number=number, what=what, why=obstacle)
        else:
            await self._give(name, file)
