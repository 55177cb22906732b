"""The console: one Textual app for one signed-in person."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from textual.app import App
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import WorkerError, WorkerFailed

from dispatch_tui.console import live
from dispatch_tui.console.screens.main import MainScreen
from dispatch_tui.console.theme import VARIABLE_DEFAULTS, install_themes, theme_for
from dispatch_tui.console.writes import Writes
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line, clean_text
from dispatch_tui.settings import Settings, os_login
from dispatch_tui.words.speaker import Speaker

T = TypeVar("T")

LEAVE_SECONDS = 1.2
"""How long writes may take to finish when the terminal goes away."""


class DispatchApp(App[int]):
    """The console; `refusal` says after the end why nobody could be signed in.

    `crash` is the error that ended it, if one did: for a log, since it may hold what people typed.
    """

    CSS_PATH = "console.tcss"
    ENABLE_COMMAND_PALETTE = False
    """Textual's own is English, reads markup and offers to write files; ours is a screen."""

    def __init__(
        self,
        settings: Settings,
        *,
        join: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self.settings = settings
        self.join = join
        self.refusal: DispatchError | None = None
        self.crash: BaseException | None = None
        self.speaker = Speaker(settings.language, ZoneInfo("Asia/Shanghai"))
        self.live = live.Live(settings, self._tell, clock)
        self._clock = clock
        self._writes = Writes()
        self._following: asyncio.Task[None] | None = None
        self._leaving = False
        install_themes(self, theme_for(self.console.color_system))
        self.stylesheet.set_variables(self.get_css_variables())

    @property
    def desk(self) -> Any:
        """The desk of whoever is signed in."""
        return self.live.desk

    def now(self) -> datetime:
        """The time now, aware UTC."""
        return self._clock()

    async def write(self, job: Callable[[], Awaitable[T]]) -> T:
        """Wait for a write, which goes on even if whoever waits goes away."""
        return await self._writes.do(job)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give Textual our variables for themes that lack them."""
        return dict(VARIABLE_DEFAULTS)

    def get_default_screen(self) -> Screen[Any]:
        """Return the three panes."""
        return MainScreen(id="main")

    def on_mount(self) -> None:
        """Begin to follow the database once the first screen is painted."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self.exit, 0)
        self._writes.start()
        self.call_after_refresh(self._look)

    async def on_unmount(self) -> None:
        """Finish what was being written and let go of the database."""
        self._writes.end_within(LEAVE_SECONDS)
        await self._writes.stop()
        self.workers.cancel_all()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                for worker in list(self.workers):
                    with contextlib.suppress(WorkerError):
                        await worker.wait()  # a read that is given up returns its connection first
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait([self._following])

    @property
    def main(self) -> MainScreen | None:
        """The screen with the panes, under whatever form is open; None when all is over."""
        stack = self._screen_stack if self.is_running else []
        return stack[0] if stack and isinstance(stack[0], MainScreen) else None

    def search(self) -> None:
        """Let anything be found, whatever is open."""
        from dispatch_tui.console.screens.search import SearchScreen

        if self.live.signed_in and not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen())

    def open_ticket(self, number: str) -> None:
        """Show a ticket to be read, open or not."""
        from dispatch_tui.console.screens.ticket import TicketScreen

        self.push_screen(TicketScreen(number))

    def open_device(self, device_id: str) -> None:
        """Open the file of a device."""
        from dispatch_tui.console.screens.device import DeviceScreen

        self.push_screen(DeviceScreen(device_id))

    def open_customer(self, code: str) -> None:
        """Open the file of a customer."""
        from dispatch_tui.console.screens.customer import CustomerScreen

        self.push_screen(CustomerScreen(code))

    def go_to_ticket(self, number: str) -> None:
        """Leave whatever is open and put the cursor of the queue on a ticket."""
        if self.main is None:
            return
        while self.screen is not self.main:
            self.screen.dismiss(None)
        self.main.board.go_to(number, self.now())

    def on_opened(self, _: live.Opened) -> None:
        """Say names and times as the company does from now on, and show the queue."""
        self.speaker.zone = self.desk.zone
        self._name_people()
        if self.main is not None:
            self.main.opened()
        self.call_after_refresh(self._freeze)

    def on_changed(self, changed: live.Changed) -> None:
        """Show what was committed."""
        if not changed.numbers:
            self._name_people()
        if self.main is not None:
            self.main.changed(changed)

    def on_rang(self, rang: live.Rang) -> None:
        """Show what rang."""
        if self.main is not None:
            self.main.rang(rang)

    def on_trouble(self, trouble: live.Trouble) -> None:
        """Show how old the data are."""
        if self.main is not None:
            self.main.troubled(trouble)

    def on_failed(self, failed: live.Failed) -> None:
        """Leave: a console that hears nothing must not go on as if all were well."""
        self._handle_exception(failed.error)

    def on_refused(self, refused: live.Refused) -> None:
        """Leave: there is nobody to show anything to."""
        self.refusal = refused.error
        self.exit(1)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice; what people typed is neither markup nor an order to the terminal."""
        super().notify(
            clean_text(message),
            title=clean_line(title),
            severity=severity,
            timeout=timeout,
            markup=False,
        )

    def exit(
        self,
        result: int | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Leave; forms that keep a draft while they close do not wait for long."""
        self._leaving = True
        self._writes.end_within(LEAVE_SECONDS)
        super().exit(result, return_code, message)

    def action_help_quit(self) -> None:
        """Say how one leaves: ctrl+c does it elsewhere."""
        self.notify(self.speaker.translate(N_("F10 leaves the console.")))

    def _name_people(self) -> None:
        self.speaker.names = {one.login: one.name for one in self.live.staff.values()}

    def _handle_exception(self, error: Exception) -> None:
        """Leave without the base class's report: it prints what people typed.

        What fails while one leaves anyway, such as to draw on what is gone, is no crash.
        """
        if self._leaving:
            return
        self.crash = self.crash or (error.error if isinstance(error, WorkerFailed) else error)
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._writes.end_within(LEAVE_SECONDS)
        self._close_messages_no_wait()

    def _freeze(self) -> None:
        """Let the collector work, but never walk all libraries while somebody types."""
        gc.freeze()
        gc.enable()

    def _look(self) -> None:
        """Show the queue before loading all that acts on it, which takes longer than a paint."""
        from dispatch_tui.desk.glimpse import glimpse  # after the first paint

        login = self.settings.login or os_login()
        seen = glimpse(self.settings.database, login)
        if seen is not None and self.main is not None:
            self.speaker.names = seen.names
            self.speaker.zone = seen.zone or self.speaker.zone
            self.main.glimpsed(seen.cases, login)
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        self._following = asyncio.create_task(self.live.run(), name="live")
        self._following.add_done_callback(self._followed)

    def _followed(self, task: "asyncio.Task[None]") -> None:
        """Leave when the database could not even be opened, for a reason of our own."""
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._handle_exception(error)

    def _tell(self, news: Any) -> None:
        self.post_message(news)


def run(settings: Settings, *, join: str = "") -> int:
    """Open the console and return its exit code.

    Raises what kept anybody from signing in, and an unexpected error once the terminal is restored.
    """
    app = DispatchApp(settings, join=join)
    code = app.run()
    if app.refusal is not None:
        raise app.refusal
    if app.crash is not None:
        raise app.crash
    return code or 0
