"""What reaches a console as bytes: keys that come together, and what is no text."""

import pytest
from program import MANAGER, OPERATOR, Opened, Program
from rich.cells import cell_len
from terminal import Terminal


@pytest.fixture
def console(demo: Program, opened: Opened) -> Terminal:
    """A console in a terminal that knows nothing of kitty's keys."""
    return opened(demo.open_queue(MANAGER, (80, 24)))


def test_escape_and_what_follows_it_at_once_are_two_keys(console: Terminal) -> None:
    console.send("m")
    console.shows("Esc ")
    console.type("\x1b2")
    console.hides("Esc ")
    console.shows("[2 Ticket]")
    console.type("m\x1b1")
    console.shows("[1 Queue]")
    console.type("n\x1bn8139x")
    console.shows("New call", "8139x")


def test_alt_and_enter_breaks_the_line_at_every_terminal(console: Terminal) -> None:
    console.send("t")
    console.shows("Write a note", "> Note")
    console.type("above\x1b\rbelow")
    console.shows("above", "below", "Write a note")
    above, below = (
        next(y for y, line in enumerate(console.lines) if word in line)
        for word in ("above", "below")
    )
    assert below == above + 1


def test_nothing_in_a_pasted_text_is_a_key(console: Terminal) -> None:
    console.type("\x1b[200~\x1bn\x1bm\x1bq\r\x1b[201~")
    console.send("/")
    console.shows("number, customer, initials")
    console.type("\x1b[200~a\x1bq\x1bn\x1b[201~z")
    console.shows("aqnz")
    assert console.alive


@pytest.mark.parametrize("bytes_", [b"\xff", b"\xf8", "无图像".encode("gb18030")], ids=repr)
def test_what_is_no_text_is_said_and_ends_nothing(
    demo: Program, opened: Opened, bytes_: bytes
) -> None:
    console = opened(demo.open_queue(OPERATOR, (80, 24)))
    console.send("/")
    console.shows("number, customer, initials")
    console.type(bytes_ + b"q")
    console.shows("not UTF-8", "q")
    console.send("<escape>", "<f10>")
    assert console.exit_status() == 0


@pytest.mark.parametrize("key", ["?", "n", "m"])
def test_what_goes_may_be_clicked_again_and_again(console: Terminal, key: str) -> None:
    console.send(key)
    console.shows("Esc back")
    y, line = next((y, line) for y, line in enumerate(console.lines, 1) if "Esc back" in line)
    x = cell_len(line[: line.find("Esc back")]) + 1
    console.type(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" * 9)
    console.hides("Esc back")
    console.send("/")
    console.shows("number, customer, initials")
    assert console.alive
