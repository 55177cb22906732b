"""A terminal of our own: a program in a real pty, what it writes, and what is seen of it."""

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte
from rich.cells import cell_len

PATIENCE = 20.0
"""Seconds within which anything that will happen has happened, on a loaded machine too."""

A_MOMENT = 0.02
"""Seconds between two looks at whether a program is at work."""

REPEAT = 0.1
"""Seconds between two strokes of a key that is held down."""

_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;]*[@-~]"  # kitty's keys, device attributes
    rb"|\x1b\[\?[0-9;]*(?:\$p|u)"  # questions about modes and keys
    rb"|\x1b[P^_].*?\x1b\\",  # DCS, PM, APC
    re.DOTALL,
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P^_][^\x1b]*\x1b?)?\Z")
_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")

_WHERE = b"\x1b[6n"
"""Where is the cursor? What is not drawn answers that too."""

ALTERNATE_SCREEN, CURSOR_SHOWN = 1049, 25
MOUSE_MODES = (1000, 1002, 1003, 1006, 1015, 1016)
SENT_MODES = (1004, 2004, 2048)
"""Modes in which a terminal sends by itself: focus, brackets about pastes, its size."""

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f8": "\x1b[19~",
    "f10": "\x1b[21~",
    "ctrl+c": "\x03",
    "ctrl+g": "\x07",
    "ctrl+n": "\x0e",
}


class Terminal:
    """A program in a pty whose output a thread reads all the time, as a terminal does."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        size: tuple[int, int] = (120, 40),
        drawn: bool = True,
    ) -> None:
        columns, lines = size
        self.command = tuple(command)
        self.started_at = time.monotonic()
        self.output = bytearray()
        self.written_at = self.sent_at = self.started_at
        self._screen = pyte.Screen(columns, lines) if drawn else None
        self._stream = pyte.ByteStream(self._screen) if self._screen else None
        if self._screen is not None:  # as terminals do, it says where its cursor is when asked
            self._screen.write_process_input = self._answer
        self._unread = b""
        self._status: int | None = None
        self._changed = threading.Condition()
        self._reads = threading.Event()
        self._reads.set()
        self._master, slave = pty.openpty()
        _set_size(slave, size)
        name = os.ttyname(slave)
        self._stop_reading, self._stop = self._pipe = list(os.pipe())
        self.pid = os.posix_spawn(
            command[0],
            list(command),
            dict(environment),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0),  # the first one opened controls
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
            ],
            setsid=True,
        )
        os.close(slave)
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._read, self._wait)
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # What is seen

    @property
    def lines(self) -> list[str]:
        """What is on the screen, without the blanks at the ends."""
        with self._changed:
            assert self._screen is not None
            return [self._line(y) for y in range(self._screen.lines)]

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.lines)

    def is_reversed(self, line: int) -> bool:
        """Whether some of a line is drawn with ground and text exchanged."""
        with self._changed:
            assert self._screen is not None
            cells = self._screen.buffer[line]
            return any(cells[x].reverse for x in range(self._screen.columns))

    @property
    def written(self) -> bytes:
        """Every byte so far."""
        with self._changed:
            return bytes(self.output)

    @property
    def count(self) -> int:
        """How many bytes were written so far."""
        return len(self.output)

    @property
    def modes(self) -> dict[int, bool]:
        """Which private modes were set last, and which reset."""
        found: dict[int, bool] = {}
        for numbers, letter in _MODES.findall(self.written):
            found |= {int(number): letter == b"h" for number in numbers.split(b";")}
        return found

    # What is waited for

    def until(
        self, holds: Callable[[], object], seconds: float = PATIENCE, what: str = ""
    ) -> float:
        """Wait until something holds that the output decides; returns when, monotonic."""
        with self._changed:
            if not self._changed.wait_for(holds, seconds):
                said = what or "what is waited for"
                seen = self.text if self._screen else repr(bytes(self.output[-2000:]))
                raise AssertionError(f"{said} did not come within {seconds:g} s:\n{seen}")
            return time.monotonic()

    def shows(self, *texts: str, seconds: float = PATIENCE) -> float:
        """Wait until all these are on the screen; returns when, monotonic."""
        return self.until(
            lambda: all(text in self.text for text in texts), seconds, f"all of {texts}"
        )

    def hides(self, *texts: str, seconds: float = PATIENCE) -> float:
        """Wait until none of these is on the screen; returns when, monotonic."""
        return self.until(
            lambda: not any(text in self.text for text in texts), seconds, f"an end of {texts}"
        )

    def has_written(self, content: bytes, seconds: float = PATIENCE) -> float:
        """Wait until these bytes were written, ever; returns when, monotonic."""
        return self.until(lambda: content in self.output, seconds, repr(content))

    def writes_more(self, than: int, seconds: float = PATIENCE) -> float:
        """Wait until more bytes than these were written; returns when, monotonic."""
        return self.until(lambda: self.count > than, seconds, "more output")

    def quiet(self, seconds: float = 0.2, within: float = PATIENCE) -> None:
        """Wait until nothing was sent or written for some time, and nothing is being worked on.

        On a busy machine a program may be about to write for longer than that.
        """
        give_up_at = time.monotonic() + within
        with self._changed:
            while (left := self._stirred_at + seconds - time.monotonic()) > 0 or self._at_work():
                assert time.monotonic() < give_up_at, f"it still writes after {within:g} s"
                self._changed.wait(max(left, A_MOMENT))

    def exit_status(self, seconds: float = PATIENCE) -> int:
        """Wait for the end; returns the exit code, negative for a signal."""
        self.until(lambda: self._status is not None, seconds, "the end of the program")
        assert self._status is not None
        return self._status

    @property
    def _stirred_at(self) -> float:
        return max(self.written_at, self.sent_at)

    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return self._status is None

    # What is done

    def send(self, *keys: str) -> None:
        """Press keys; a text in angle brackets, such as <f2>, is one key."""
        for key in keys:
            name = key[1:-1] if key.startswith("<") and key.endswith(">") else ""
            self.type(KEYS.get(name, key))

    def hold(self, *keys: str, times: int) -> None:
        """Press these keys again and again, as fast as a keyboard repeats."""
        for key in keys * times:
            self.send(key)
            time.sleep(REPEAT)

    def pause_until(self, at: float) -> None:
        """Do nothing until a time, monotonic: that is how fast a hand is."""
        time.sleep(max(0.0, at - time.monotonic()))

    def type(self, text: str | bytes) -> None:
        """Send characters as they are, in one piece."""
        left = text.encode() if isinstance(text, str) else text
        while left:
            left = left[os.write(self._master, left) :]
        self.sent_at = time.monotonic()

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size, and tell the program."""
        with self._changed:
            if self._screen is not None:
                self._screen.resize(lines, columns)
            _set_size(self._master, (columns, lines))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            if self.alive:
                os.kill(self.pid, number)

    def stop_reading(self) -> None:
        """Take nothing in any more, as a client whose line hangs."""
        self._reads.clear()

    def read_on(self) -> None:
        """Take in what has come meanwhile, and what will."""
        self.sent_at = time.monotonic()
        self._reads.set()

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        self.read_on()
        if self._master >= 0:
            os.write(self._stop, b"x")
            self._threads[0].join()
            os.close(self._master)
            self._master = -1

    def close(self) -> None:
        """End the program, whatever it does, and give everything back."""
        self.signal(signal.SIGKILL)
        self._threads[1].join()
        self.hang_up()
        while self._pipe:
            os.close(self._pipe.pop())

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._stop_reading], [], [])
            if self._stop_reading in ready:
                return
            try:
                data = os.read(self._master, 65536)
            except OSError as error:  # the last holder of the other side has gone
                if error.errno != errno.EIO:
                    raise
                return
            self._reads.wait()
            with self._changed:
                self.output += data
                self.written_at = time.monotonic()
                self._draw(data)
                self._changed.notify_all()

    def _line(self, y: int) -> str:
        assert self._screen is not None
        cells = self._screen.buffer[y]
        return _drawn([cells[x].data for x in range(self._screen.columns)])

    def _draw(self, data: bytes) -> None:
        if self._stream is None:
            if _WHERE in data:
                self._answer("\x1b[1;1R")
            return
        data = self._unread + data
        tail = _UNFINISHED.search(data)
        cut = tail.start() if tail else len(data)
        self._unread = data[cut:]
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data[:cut]))

    def _at_work(self) -> bool:
        """Whether a thread of the program runs, waits for a processor or for a disk."""
        states = []
        for path in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                states.append(path.read_text().rpartition(")")[2].split()[0])
        return bool({"R", "D"} & {*states})

    def _answer(self, text: str) -> None:
        os.write(self._master, text.encode())

    def _wait(self) -> None:
        _, status = os.waitpid(self.pid, 0)
        with self._changed:
            self._status = os.waitstatus_to_exitcode(status)
            self._changed.notify_all()


def _drawn(cells: Sequence[str]) -> str:
    """Return a line as it looks: half of a wide character that was drawn over is a blank."""
    found = []
    for place, char in enumerate(cells):
        if char == "":  # the right half, if its left half is still there
            covered = place > 0 and cell_len(cells[place - 1]) == 2
            found.append("" if covered else " ")
        elif cell_len(char) == 2 and cells[place + 1 : place + 2] != [""]:
            found.append(" ")
        else:
            found.append(char)
    return "".join(found).rstrip()


def _set_size(descriptor: int, size: tuple[int, int]) -> None:
    columns, lines = size
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
