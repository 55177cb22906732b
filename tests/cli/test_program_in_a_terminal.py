"""The program in a real terminal: the offer to begin, and the demo that leaves nothing behind."""

import fcntl
import os
import pty
import re
import select
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from contextlib import closing
from pathlib import Path

import pytest

from dispatch_tui.cli.main import outcome

F10 = b"\x1b[21~"
FULL_SCREEN = b"\x1b[?1049h"
PATIENCE = 20.0


class Terminal:
    """A program in a terminal of 120×40."""

    def __init__(self, *arguments: str) -> None:
        self.out = b""
        self.descriptor, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        command = [sys.executable, "-m", "dispatch_tui", *arguments]
        self.process = subprocess.Popen(
            command, stdin=end, stdout=end, stderr=end, start_new_session=True
        )
        os.close(end)

    def wait_for(self, words: bytes) -> bytes:
        """Read until something is there; returns what was read so far."""
        give_up_at = time.monotonic() + PATIENCE
        while words not in self.out:
            assert time.monotonic() < give_up_at, self.out[-2000:]
            assert self._read(), self.out[-2000:]
        return self.out

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.descriptor, keys)

    def ended(self) -> int:
        """Wait for the end and return the exit code."""
        while self._read():
            pass
        os.close(self.descriptor)
        return self.process.wait(PATIENCE)

    def _read(self) -> bool:
        if not select.select([self.descriptor], [], [], PATIENCE)[0]:
            return False
        try:
            read = os.read(self.descriptor, 65536)
        except OSError:
            return False
        self.out += read
        return bool(read)


@pytest.mark.parametrize("answer", [b"n\r", b"\r"])
def test_whoever_does_not_begin_is_told_what_else_to_do(environment: Path, answer: bytes) -> None:
    terminal = Terminal("--as", "mia")
    terminal.wait_for(b"Become the first manager of this database as mia? [y/N]")
    terminal.type(answer)
    assert terminal.ended() == 2
    for words in (b"demo", b"import", b"init"):
        assert b"dispatch-tui " + words in terminal.out
    assert FULL_SCREEN not in terminal.out
    assert not environment.exists()


def test_whoever_begins_is_the_first_manager(environment: Path) -> None:
    terminal = Terminal("--as", "mia")
    terminal.wait_for(b"[y/N]")
    terminal.type(b"y\r")
    terminal.wait_for(FULL_SCREEN)
    terminal.wait_for(b"mia")
    terminal.type(F10)
    assert terminal.ended() == 0
    assert outcome(["--as", "mia", "call", "--caller", "x", "--fault", "y"]) == 0


def test_a_demo_says_how_to_join_it_and_leaves_nothing_behind(environment: Path) -> None:
    terminal = Terminal("demo")
    terminal.wait_for(FULL_SCREEN)
    said = re.search(rb"--database (\S+demo\.db) --as chen\.jing", terminal.out)
    assert said is not None
    database = Path(os.fsdecode(said[1]))
    assert outcome(["--database", str(database), "--as", "chen.jing", "tickets"]) == 0
    terminal.type(F10)
    assert terminal.ended() == 0
    assert not database.parent.exists()
    assert not environment.exists()


def test_in_a_terminal_an_audit_shows_how_far_it_is(environment: Path) -> None:
    assert outcome(["--as", "mia", "init"]) == 0
    terminal = Terminal("audit")
    assert terminal.ended() == 0
    assert b"Checking" in terminal.out
    assert b"100%" in terminal.out
    assert b"0 tickets, 2 subjects, 2 journal entries checked." in terminal.out


def test_an_earlier_database_is_brought_forward_before_the_screen_is_taken(
    environment: Path,
) -> None:
    assert outcome(["--as", "mia", "init"]) == 0
    with closing(sqlite3.connect(environment)) as connection:
        connection.execute("UPDATE settings SET value = '1' WHERE name = 'fold'")
        connection.commit()
    for expected in (True, False):
        terminal = Terminal("--as", "mia")
        terminal.wait_for(FULL_SCREEN)
        terminal.wait_for(b"mia")
        before, _, _ = terminal.out.partition(FULL_SCREEN)
        assert (b"Bringing the database to this version" in before) is expected
        terminal.type(F10)
        assert terminal.ended() == 0


def test_a_dumb_terminal_is_told_so(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for term in ("dumb", ""):
        monkeypatch.setenv("TERM", term)
        terminal = Terminal("demo")
        assert terminal.ended() == 2
        assert b"TERM" in terminal.out
