"""Textual's driver for a terminal at the end of a line: it writes what differs, and never waits."""

import contextlib
import os
import select
import signal
import termios
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from dispatch_tui.console.terminal.canvas import Canvas
from dispatch_tui.console.terminal.kinds import kind_of
from dispatch_tui.console.terminal.outlet import Outlet
from dispatch_tui.console.terminal.pace import Pace
from dispatch_tui.console.terminal.shadow import Shadow
from dispatch_tui.console.terminal.typed import NotUtf8, typed

if TYPE_CHECKING:
    from dispatch_tui.console.terminal.drawn import DrawnApp

TERMINAL = 2
"""The descriptor on which Textual draws."""

CLOSE_SECONDS = 1.0
"""How long a terminal that does not read is waited for at the end."""

UNSIZED = (24, 80)
"""Lines and columns of a terminal that does not say how large it is, such as a serial line."""

LARGEST = (500, 150)
"""Columns and lines that are drawn at most: a terminal may say anything, and memory is finite."""

LOOK_SECONDS = 2.0
"""How often it is looked whether there is a terminal at all: not everybody is sent a hang-up."""

WORTH_SYNCHRONIZING = 400
"""Characters of a frame that could be seen half drawn."""

_FOCUS, _NO_FOCUS = "\x1b[?1004h", "\x1b[?1004l"
_KEYBOARD = frozenset({"\x1b[>25u", "\x1b[<u"})


class LineDriver(LinuxDriver):
    """Keeps what is to be seen and what stands; when the line is free, the difference is written.

    Frames that come while an earlier one is on its way are never written: the next one shows
    what is to be seen by then.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._drawn = cast("DrawnApp", app)
        self._kind = kind_of(os.environ.get("TERM", ""))
        self._shadow = Shadow(self._kind)
        self._canvas: Canvas | None = None
        self._cursor = (0, 0)
        self._outlet: Outlet | None = None
        self._pace = Pace()
        self._measured = UNSIZED[1], UNSIZED[0]
        self._tells_focus = False

    def show(
        self, update: LayoutUpdate | ChopsUpdate, size: tuple[int, int], cursor: tuple[int, int]
    ) -> None:
        """Take an update of a screen of this size, and write what differs if the line is free."""
        if self._canvas is None or (self._canvas.width, self._canvas.height) != size:
            self._canvas = Canvas(*size, self._drawn.color_system)
            self._shadow.forget()
        self._canvas.take(update)
        self._cursor = cursor
        self.paint()

    def renew(self) -> None:
        """Draw with the colours that hold now; the app gives all of the screen anew."""
        self._canvas = None

    def forget(self) -> None:
        """Take nothing on the terminal for granted; the next frame is whole."""
        self._shadow.forget()

    def paint(self) -> None:
        """Write what differs, if the line is free; else it is done when it is."""
        outlet, canvas = self._outlet, self._canvas
        if outlet is None or canvas is None or not outlet.is_free():
            return
        now = self._loop.time()
        if self._pace.holds(now):
            return
        if text := self._shadow.draw(canvas, self._cursor):
            outlet.write(self._synced(text) + self._question(len(text), now))

    def write(self, data: str) -> None:
        """Write an order to the terminal, unless it is one that it need not know."""
        if data == _FOCUS:
            self._tells_focus = self._kind.asks and not self._drawn.traffic.low
        if data in (_FOCUS, _NO_FOCUS) and not self._tells_focus:
            return
        if data in _KEYBOARD and not self._kind.asks:
            return
        if self._outlet is not None:
            self._outlet.write(data)

    def start_application_mode(self) -> None:
        """Take the terminal over; what stands there is unknown."""
        self._outlet = Outlet(TERMINAL, self._in_loop(self.paint), self._in_loop(self._leave))
        self._outlet.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        # The base class answers this signal wherever the program happens to be: an error there,
        # such as that of a terminal that has gone, would be raised in the middle of anything.
        self._loop.add_signal_handler(signal.SIGWINCH, self._resized)
        if self._writer_thread is not None:
            self._writer_thread.stop()
        self.forget()
        self._loop.call_soon(self.paint)
        self._loop.call_later(LOOK_SECONDS, self._look)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was, or empty where it has no second screen.

        Keys that were meant for the console are no orders to what is left of it.
        """
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            signal.signal(number, signal.SIG_IGN)
        self.write("\x1b[m" if self._kind.alternate else "\x1b[m\x1b[H\x1b[2J")
        super().stop_application_mode()

    def close(self) -> None:
        """Write what is left; a terminal that does not read is not waited for."""
        if self._outlet is not None:
            self._outlet.close(CLOSE_SECONDS)
            self._outlet = None

    def _get_terminal_size(self) -> tuple[int, int]:
        """Give a terminal that has no size one: the base class and Rich would guess two.

        One that has gone keeps its last.
        """
        with contextlib.suppress(OSError, termios.error):
            size = os.get_terminal_size(self.fileno)
            if not all(size):
                termios.tcsetwinsize(self.fileno, UNSIZED)
                size = os.get_terminal_size(self.fileno)
            self._measured = _drawn_of(size.columns, size.lines)
        return self._measured

    def _resized(self) -> None:
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    def _run_input_thread(self) -> None:
        """Read what is typed; the base class prints what fails there, with what people typed."""
        try:
            for message in typed(self.fileno, self.exit_event):
                self.process_message(message)
        except OSError:
            self._in_loop(self._leave)()
        except Exception as error:
            self._in_loop(partial(self._drawn._handle_exception, error))()

    def process_message(self, message: Message) -> None:
        """Take the answers that pace the frames out of what was typed."""
        self._pace.heard(self._loop.time())
        if isinstance(message, events.CursorPosition):
            self._in_loop(self._answered)()
        elif isinstance(message, events.Resize):
            if self._in_band_window_resize:
                size = Size(*_drawn_of(*message.size))
                super().process_message(events.Resize(size, size, pixel_size=message.pixel_size))
        elif isinstance(message, NotUtf8):
            self._in_loop(self._drawn.not_understood)()
        else:
            super().process_message(message)

    def _synced(self, text: str) -> str:
        wanted = self._drawn._sync_available and not self._drawn.traffic.low
        if wanted and len(text) > WORTH_SYNCHRONIZING:
            return f"{SYNC_START}{text}{SYNC_END}"
        return text

    def _question(self, count: int, now: float) -> str:
        traffic = self._drawn.traffic
        return self._pace.sent(count, now) if traffic.low or traffic.remote else ""

    def _answered(self) -> None:
        self._pace.answered()
        self.paint()

    def _request_terminal_sync_mode_support(self) -> None:
        if self._kind.asks and not self._drawn.traffic.low:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        if self._kind.asks and not self._drawn.traffic.low:
            super()._query_in_band_window_resize()

    def _look(self) -> None:
        """Leave where the terminal has gone without a word; draw what waits for a lost answer."""
        if self._outlet is None:
            return
        if _is_gone(self.fileno):
            self._leave()
        else:
            self.paint()
            self._loop.call_later(LOOK_SECONDS, self._look)

    def _leave(self) -> None:
        self._drawn.exit(0)

    def _in_loop(self, job: Callable[[], object]) -> Callable[[], None]:
        """What does a job in the event loop, from any thread; nothing once the loop has ended."""

        def soon() -> None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(job)

        return soon


def _drawn_of(columns: int, lines: int) -> tuple[int, int]:
    """How much is drawn of a terminal of this size."""
    return min(columns, LARGEST[0]), min(lines, LARGEST[1])


def _is_gone(descriptor: int) -> bool:
    """Whether nobody is at the other end of a terminal any more."""
    looking = select.poll()
    looking.register(descriptor, 0)
    return bool(looking.poll(0))
