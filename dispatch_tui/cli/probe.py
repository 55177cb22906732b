"""What a terminal says when it is asked: how wide it draws, what it understands."""

import contextlib
import os
import re
import select
import signal
import termios
import time
from collections.abc import Iterator

import msgspec

from dispatch_tui.domain.text import clean_line

PATIENCE = 1.5
"""Seconds that a terminal has for its answers; a line of half a second each way needs one."""
MOST_BYTES = 4096
"""What answers with more than this is no terminal that understood the questions."""

WIDE, AMBIGUOUS = "中", "●"
"""A character of two cells, and one that has one or two as the terminal is set."""

_WHERE = "\x1b[6n"
_GROUND = "\x1b]11;?\x1b\\"
_MODES = {"sync": 2026, "mouse": 1006}
_QUESTIONS = "".join(
    (
        f"\r{WIDE}{_WHERE}\r{AMBIGUOUS}{_WHERE}\r\x1b[K",
        *(f"\x1b[?{mode}$p" for mode in _MODES.values()),
        "\x1b[?u",
        _GROUND,
        "\x1b[>0q",
        "\x1b[c",
    )
)
"""Ends with a question that every terminal answers: what comes after it is no answer of ours."""

_PLACE = re.compile(rb"\x1b\[\d{1,5};(\d{1,5})R")
_LAST = re.compile(rb"\x1b\[\?([\d;]{1,60})c")
_KEYS = re.compile(rb"\x1b\[\?\d{1,5}u")
_INK = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_NAME = re.compile(rb"\x1bP>\|([ -~]{1,60})\x1b\\")
CLIPBOARD = 52
"""The attribute by which terminals say that programs may set the clipboard."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What a terminal said; None is what it said nothing about."""

    asked: bool = False
    answered: bool = False
    name: str = ""
    wide_cells: int | None = None
    ambiguous_cells: int | None = None
    synchronized_output: bool | None = None
    mouse: bool | None = None
    kitty_keys: bool | None = None
    clipboard: bool | None = None
    light_ground: bool | None = None


def ask(path: str = "/dev/tty", patience: float = PATIENCE) -> Answers:
    """Ask the terminal of this process; where it has none, or not the say, nothing is asked."""
    try:
        terminal = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return Answers()
    try:
        if os.tcgetpgrp(terminal) != os.getpgrp():
            return Answers()
        with _listening(terminal):
            said = _talk(terminal, time.monotonic() + patience)
    except (OSError, termios.error):
        return Answers()
    finally:
        os.close(terminal)
    return understood(said)


def understood(said: bytes) -> Answers:
    """Return what a terminal said in answer to the questions."""
    last = _LAST.search(said)
    if last is None:
        return Answers(asked=True)
    places = [int(one) - 1 for one in _PLACE.findall(said)]
    wide, ambiguous = places if len(places) == 2 else (None, None)
    modes = {
        name: int(found[1]) in (1, 2, 3)
        for name, mode in _MODES.items()
        if (found := re.search(rb"\x1b\[\?%d;(\d)\$y" % mode, said))
    }
    name = _NAME.search(said)
    return Answers(
        asked=True,
        answered=True,
        name=clean_line(name[1].decode("ascii")) if name else "",
        wide_cells=wide,
        ambiguous_cells=ambiguous,
        synchronized_output=modes.get("sync"),
        mouse=modes.get("mouse"),
        kitty_keys=_KEYS.search(said) is not None,
        clipboard=True if str(CLIPBOARD).encode() in last[1].split(b";") else None,
        light_ground=_light(said),
    )


def _light(said: bytes) -> bool | None:
    found = _INK.search(said)
    if found is None:
        return None
    red, green, blue = (int(one, 16) / (16 ** len(one) - 1) for one in found.groups())
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5)


def _talk(terminal: int, until: float) -> bytes:
    """Write the questions and read until the last one is answered or the time is over."""
    left, said = _QUESTIONS.encode(), b""
    while (seconds := until - time.monotonic()) > 0 and len(said) < MOST_BYTES:
        ready, free, _ = select.select([terminal], [terminal] if left else [], [], seconds)
        if free:
            with contextlib.suppress(BlockingIOError):
                left = left[os.write(terminal, left) :]
        if ready:
            with contextlib.suppress(BlockingIOError):
                more = os.read(terminal, 1024)
                if not more:
                    break
                said += more
            if _LAST.search(said):
                break
    return said


@contextlib.contextmanager
def _listening(terminal: int) -> Iterator[None]:
    """Let answers come as they are and unseen; whatever happens, all is as before afterwards."""
    before = termios.tcgetattr(terminal)
    ended: list[int] = []
    handlers = {}
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        handlers[kind] = signal.signal(kind, lambda got, _: ended.append(got))
    for kind in (signal.SIGTSTP, signal.SIGTTOU):
        handlers[kind] = signal.signal(kind, signal.SIG_IGN)
    try:
        bare = termios.tcgetattr(terminal)
        bare[0] &= ~(termios.IXON | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
        bare[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        termios.tcsetattr(terminal, termios.TCSANOW, bare)
        yield
    finally:
        with contextlib.suppress(termios.error):  # the terminal may have gone meanwhile
            termios.tcflush(terminal, termios.TCIFLUSH)
            termios.tcsetattr(terminal, termios.TCSANOW, before)
        for kind, handler in handlers.items():
            signal.signal(kind, handler)
        for number in ended:
            os.kill(os.getpid(), number)
