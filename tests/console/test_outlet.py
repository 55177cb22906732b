"""Nobody waits for a terminal that stops reading."""

import os
import termios
import threading
from collections.abc import Iterator

import pytest

from dispatch_tui.console.app import DispatchApp
from dispatch_tui.console.terminal.driver import LARGEST, UNSIZED, LineDriver
from dispatch_tui.console.terminal.outlet import Outlet
from dispatch_tui.settings import Settings

PATIENCE = 10.0
MORE_THAN_FITS = 1 << 20


class Line:
    """A pipe with an outlet at one end."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()
        self.emptied, self.lost = threading.Event(), threading.Event()
        self.outlet = Outlet(self.writer, self.emptied.set, self.lost.set)
        self.outlet.start()

    def read(self, count: int) -> bytes:
        """Read so many bytes."""
        found = b""
        while len(found) < count:
            found += os.read(self.reader, count - len(found))
        return found

    def stop_reading(self) -> None:
        """Close the reading end."""
        os.close(self.reader)
        self.reader = -1

    def close(self) -> None:
        """Give everything back."""
        if self.reader >= 0:
            self.stop_reading()
        self.outlet.close(PATIENCE)
        assert not self.outlet.is_alive()
        os.close(self.writer)


@pytest.fixture
def line() -> Iterator[Line]:
    """A line whose other end reads only when told."""
    line = Line()
    yield line
    line.close()


def test_what_is_given_comes_out_in_order(line: Line) -> None:
    for place in range(100):
        line.outlet.write(f"{place:03}")
    assert line.read(300).decode() == "".join(f"{place:03}" for place in range(100))


def test_a_reader_that_stops_blocks_no_writer_and_is_told_of(line: Line) -> None:
    line.outlet.write("x" * MORE_THAN_FITS)
    line.outlet.write("y")
    assert not line.outlet.is_free()
    assert not line.emptied.is_set()
    assert line.read(MORE_THAN_FITS + 1).endswith(b"xy")
    assert line.emptied.wait(PATIENCE)
    assert line.outlet.is_free()


def test_nobody_is_told_who_did_not_ask(line: Line) -> None:
    line.outlet.write("x")
    assert line.read(1) == b"x"
    line.outlet.close(PATIENCE)
    assert not line.emptied.is_set()


def test_a_terminal_that_has_gone_is_told_of(line: Line) -> None:
    line.stop_reading()
    line.outlet.write("x")
    assert line.lost.wait(PATIENCE)
    line.outlet.write("y")


def test_closing_waits_for_what_is_left_but_not_for_ever(line: Line) -> None:
    line.outlet.write("x" * MORE_THAN_FITS)
    line.outlet.close(0.01)
    assert line.outlet.is_alive()
    assert len(line.read(MORE_THAN_FITS)) == MORE_THAN_FITS
    line.outlet.join(PATIENCE)
    assert not line.outlet.is_alive()


def test_a_descriptor_that_others_made_nonblocking_loses_nothing(line: Line) -> None:
    os.set_blocking(line.writer, False)
    line.outlet.write("x" * MORE_THAN_FITS)
    assert len(line.read(MORE_THAN_FITS)) == MORE_THAN_FITS


async def test_a_size_is_never_nothing_or_absurd_and_stays_when_the_terminal_goes() -> None:
    leader, follower = os.openpty()
    driver = LineDriver(DispatchApp(Settings(database="none.db")))
    driver.fileno = follower
    assert driver._get_terminal_size() == (UNSIZED[1], UNSIZED[0])
    termios.tcsetwinsize(follower, (30, 100))
    assert driver._get_terminal_size() == (100, 30)
    termios.tcsetwinsize(follower, (65535, 65535))
    assert driver._get_terminal_size() == LARGEST
    termios.tcsetwinsize(follower, (30, 100))
    assert driver._get_terminal_size() == (100, 30)
    os.close(leader)
    os.close(follower)
    assert driver._get_terminal_size() == (100, 30)
