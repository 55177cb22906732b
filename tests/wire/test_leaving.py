"""How a console ends: by a key, by a signal, by a terminal that goes away."""

import os
import select
import signal
import subprocess
import time

import pytest
from program import MANAGER, OPERATOR, Opened, Program
from terminal import ALTERNATE_SCREEN, CURSOR_SHOWN, MOUSE_MODES, SENT_MODES, Terminal

MOST_BYTES = 40_000
"""Of a start, with room to spare."""

AT_ONCE = 5.0
"""Seconds within which a console is gone, on a machine that does other things too."""

IDLE = 4.0
"""Seconds after which a console that writes nothing has nothing to say."""


def restored(terminal: Terminal) -> bool:
    """Whether a shell could go on in this terminal."""
    modes = terminal.modes
    left_on = [mode for mode in (ALTERNATE_SCREEN, *MOUSE_MODES, *SENT_MODES) if modes.get(mode)]
    keyboards = terminal.written.count(b"\x1b[>1u"), terminal.written.count(b"\x1b[<u")
    return not left_on and modes[CURSOR_SHOWN] and keyboards[0] <= keyboards[1]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_console_and_restores_the_terminal(
    demo: Program, opened: Opened, number: signal.Signals
) -> None:
    console = opened(demo.open_queue(OPERATOR))
    assert console.modes[ALTERNATE_SCREEN]
    assert not restored(console)
    console.signal(number)
    assert console.exit_status(AT_ONCE) == 0
    assert restored(console)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_console_with_a_form_open(
    demo: Program, opened: Opened, number: signal.Signals
) -> None:
    console = opened(demo.open_queue(OPERATOR))
    console.send("<f2>")
    console.shows("Caller", "Type what")
    console.send("8139x")
    console.signal(number)
    assert console.exit_status(AT_ONCE) == 0
    assert restored(console)


def test_a_signal_before_the_database_is_open_ends_it_too(demo: Program, opened: Opened) -> None:
    console = opened(demo.console(OPERATOR))
    console.has_written(b"\x1b[?1049h")
    console.shows("Opening the database")
    console.signal(signal.SIGTERM)
    console.exit_status(AT_ONCE)
    assert restored(console)


def test_a_key_ends_the_console_and_restores_the_terminal(demo: Program, opened: Opened) -> None:
    console = opened(demo.open_queue(OPERATOR))
    console.send("<f10>")
    assert console.exit_status(AT_ONCE) == 0
    assert restored(console)


def test_a_console_whose_terminal_is_closed_is_gone(demo: Program, opened: Opened) -> None:
    console = opened(demo.open_queue(OPERATOR))
    console.hang_up()
    console.exit_status(AT_ONCE)
    with pytest.raises(ProcessLookupError):
        os.killpg(console.pid, 0)


def test_a_console_in_a_terminal_without_a_size_rests_and_sees_that_it_has_gone(
    demo: Program,
) -> None:
    master, slave = os.openpty()
    console = subprocess.Popen(
        demo.command(OPERATOR),
        env=demo.environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,  # and no terminal that controls it
    )
    try:
        os.close(slave)
        written = 0
        while select.select([master], [], [], IDLE)[0]:
            written += len(os.read(master, 65536))
            assert written < MOST_BYTES
        os.close(master)
        assert console.wait(2 * AT_ONCE) == 0
    finally:
        console.kill()
        console.wait()


def test_a_killed_console_leaves_no_lock(demo: Program, opened: Opened) -> None:
    killed = opened(demo.open_queue(OPERATOR))
    manager = opened(demo.open_queue(MANAGER))
    killed.send("<f2>")
    killed.shows("Caller", "Type what")
    killed.signal(signal.SIGKILL)
    assert killed.exit_status() == -signal.SIGKILL
    began = time.monotonic()
    demo.call("After the kill")
    manager.shows("After the kill")
    assert time.monotonic() - began < 20.0  # a lock that is waited for would take longer
    assert demo.run(MANAGER, "audit").code == 0


def test_keys_that_come_while_it_ends_are_no_orders_to_the_process(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.open_queue(OPERATOR))
    console.send("<f10>")
    while console.alive:
        console.type("\x03\x1a\x1c")
        console.pause_until(time.monotonic() + 0.002)
    assert console.exit_status() == 0
