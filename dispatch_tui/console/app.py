"""The console: one Textual app for one signed-in person."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from textual import events
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import WorkerError, WorkerFailed

from dispatch_tui.console import live
from dispatch_tui.console.closed import ClosedApp
from dispatch_tui.console.dress import Dressed
from dispatch_tui.console.keys.keymap import Keymap, keymap_of
from dispatch_tui.console.screens.main import MainScreen
from dispatch_tui.console.tastes import Tastes
from dispatch_tui.console.terminal.traffic import mouse_wanted
from dispatch_tui.console.troubles import Trouble
from dispatch_tui.console.whereabouts import Whereabouts
from dispatch_tui.console.widgets.gate import GatedApp
from dispatch_tui.console.writes import Writes
from dispatch_tui.desk.glimpse import glimpse, remembered
from dispatch_tui.domain.errors import DatabaseUnusable, DispatchError
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.text import clean_line, clean_text
from dispatch_tui.settings import Settings, keys_file, os_login
from dispatch_tui.words.speaker import Speaker

if TYPE_CHECKING:
    from dispatch_tui.console.screens.drafting import DraftKeeper

T = TypeVar("T")

NOT_UTF8 = N_("Your terminal sent a letter that is not UTF-8: set it to UTF-8, and type it again.")

LEAVE_SECONDS = 1.2
"""How long writes may take to finish when the terminal goes away."""


class DispatchApp(GatedApp, Dressed, ClosedApp):
    """The console; `refusal` says after the end why nobody could be signed in.

    `crash` is the error that ended it, if one did: for a log, since it may hold what people typed.
    """

    CSS_PATH = "console.tcss"
    ALLOW_SELECT = False
    """Text is copied by a key; to mark it with the mouse fails where what was clicked has gone."""

    def __init__(
        self,
        settings: Settings,
        *,
        join: str = "",
        keymap: Keymap | None = None,
        problems: Sequence[Message] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        kept = remembered(settings.database, settings.login or os_login())
        tastes = Tastes(settings, kept)
        super().__init__(tastes.settings)
        self._kept = kept
        self.tastes = tastes
        self.settings = tastes.settings
        self.join = join
        self.keymap = keymap or Keymap()
        self.problems = (*problems, *self.keymap.problems)
        self.refusal: DispatchError | None = None
        self.crash: BaseException | None = None
        self.speaker = Speaker(self.tastes.language, ZoneInfo("Asia/Shanghai"))
        self.live = live.Live(settings, self._tell, clock)
        self._clock = clock
        self._writes = Writes()
        self.whereabouts = Whereabouts(self)
        self.keepers: dict[str, DraftKeeper] = {}
        """What is typed into each form and not kept yet, also after the form was left."""
        self._following: asyncio.Task[None] | None = None
        self._leaving = False
        self.dress(self.settings.preferences)
        self._move_keys()

    @property
    def desk(self) -> Any:
        """The desk of whoever is signed in."""
        return self.live.desk

    @property
    def leaving(self) -> bool:
        """Whether the console is about to end."""
        return self._leaving

    def now(self) -> datetime:
        """The time now, aware UTC."""
        return self._clock()

    async def write(self, job: Callable[[], Awaitable[T]]) -> T:
        """Wait for a write, which goes on even if whoever waits goes away."""
        try:
            return await self._writes.do(job)
        except DatabaseUnusable as error:
            raise self.live.not_saved(error) from error

    @property
    def waiting(self) -> timedelta:
        """How long something has been waiting to be saved."""
        return self._writes.waiting

    async def on_event(self, event: events.Event) -> None:
        """Remember that somebody is at the keys."""
        if isinstance(event, events.Key):
            self.live.presence.pressed()
        await super().on_event(event)

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
        await self.whereabouts.end(LEAVE_SECONDS)
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

    def redraw(self) -> None:
        """Draw everything anew, the panes from what is known."""
        super().redraw()
        if self.main is not None:
            self.main.redraw()

    def search(self) -> None:
        """Let anything be found, whatever is open."""
        from dispatch_tui.console.screens.search import SearchScreen

        if self.live.signed_in and not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen())

    def open_settings(self) -> None:
        """Let it be had otherwise, whatever is open."""
        from dispatch_tui.console.screens.settings import SettingsScreen

        if self.live.signed_in and not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

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
        for screen in reversed(self._screen_stack[1:]):
            screen.dismiss(None)
        self.main.board.go_to(number, self.now())

    def on_opened(self, _: live.Opened) -> None:
        """Say names and times as the company does from now on, and show the queue."""
        self.speaker.zone = self.desk.zone
        self._name_people()
        if self.main is not None:
            self.main.opened()
        self.run_worker(self.whereabouts.begin(self._kept), group="session")
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

    def on_trouble(self, trouble: Trouble) -> None:
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
        self.whereabouts.leave()
        self._writes.end_within(LEAVE_SECONDS)
        super().exit(result, return_code, message)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Let a key act on a screen once that is made: before, it has nothing to act on."""
        if not priority and self.is_running and self._screen_stack:
            await self.screen._mounted_event.wait()
        return await super()._check_bindings(key, priority)

    def not_understood(self) -> None:
        """Say what is wrong with a terminal whose letters are none."""
        if self.live.signed_in:
            self.notify(self.speaker.translate(NOT_UTF8), severity="warning")

    def action_help_quit(self) -> None:
        """Say how one leaves: ctrl+c does it elsewhere."""
        self.notify(self.speaker.translate(N_("F10 leaves the console.")))

    def _move_keys(self) -> None:
        """Let Textual lay the keys that were moved over those of the registry."""
        if self.keymap.moved:
            from dispatch_tui.console.keys.registry import REGISTRY  # most start without a file

            self.set_keymap(self.keymap.overlay(REGISTRY))

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
        login = self.settings.login or os_login()
        if self._kept is not None and self.main is not None:
            self.main.resume(self._kept.session.place)
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


def run(settings: Settings, *, join: str = "", problems: Sequence[Message] = ()) -> int:
    """Open the console and return its exit code; `problems` are those of the settings.

    Raises what kept anybody from signing in, and an unexpected error once the terminal is restored.
    """
    keymap = keymap_of(keys_file())
    app = DispatchApp(settings, join=join, keymap=keymap, problems=problems)
    code = app.run(mouse=mouse_wanted(app.settings))
    if app.refusal is not None:
        raise app.refusal
    if app.crash is not None:
        raise app.crash
    return code or 0
