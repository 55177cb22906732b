"""What is typed means the same, however many keys come together."""

import os
import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from dispatch_tui.console.terminal.typed import KeyParser, NotUtf8, typed

SENT = {
    "escape": "\x1b",
    "enter": "\r",
    "alt+enter": "\x1b\r",
    "ctrl+w": "\x1b\x7f",
    "up": "\x1b[A",
    "f1": "\x1bOP",
    "f5": "\x1b[15~",
    "shift+tab": "\x1b[Z",
    "m": "m",
    "2": "2",
    "M": "M",
    "tab": "\t",
    "汉": "汉",
    "ctrl+n": "\x0e",
    "paste": "\x1b[200~a\x1bq\r\x1b[1;2R\x1b[201~",
}
"""What terminals send for a key."""

PASTED = "aq\r[1;2R"


def told(*pieces: str) -> list[str]:
    """Return the keys in what came piece by piece, and nothing for some time after it."""
    parser = KeyParser()
    messages = [message for piece in pieces for message in parser.feed(piece)]
    parser._timeout_time = parser._timeout_time and 0.0
    return [_name(message) for message in [*messages, *parser.tick()]]


def _name(message: Message) -> str:
    if isinstance(message, events.Paste):
        assert message.text == PASTED
        return "paste"
    assert isinstance(message, events.Key)
    return message.key


@given(st.lists(st.sampled_from(list(SENT)), max_size=12), st.data())
def test_keys_mean_the_same_however_they_come(keys: list[str], data: st.DataObject) -> None:
    """All but Esc and Enter at once, which is what alt+Enter sends."""
    assume(("escape", "enter") not in pairwise(keys))
    sent = "".join(SENT[key] for key in keys)
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(sent) - 1)))))
    pieces = [sent[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert told(*filter(None, pieces)) == keys


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1bf", ["ctrl+right"]),
        ("\x1bb", ["ctrl+left"]),
        ("\x1bfx", ["escape", "f", "x"]),
        ("x\x1bb", ["x", "escape", "b"]),
    ],
)
def test_a_move_by_a_word_is_one_where_it_comes_alone(sent: str, keys: list[str]) -> None:
    assert told(sent) == keys


class Reader(threading.Thread):
    """Somebody who reads what is typed into a pipe."""

    def __init__(self) -> None:
        super().__init__()
        self.far, self.near = os.pipe()
        self.messages: list[Message] = []
        self.ended = threading.Event()
        self.gone = False

    def run(self) -> None:
        """Read to the end."""
        try:
            self.messages.extend(typed(self.far, self.ended))
        except OSError:
            self.gone = True

    def finish(self) -> list[Message]:
        """Let the terminal go, and return all that was read."""
        os.close(self.near)
        self.join()
        os.close(self.far)
        return self.messages


@pytest.fixture
def reader() -> Iterator[Reader]:
    """A reader at work."""
    reader = Reader()
    reader.start()
    yield reader
    reader.ended.set()
    reader.join()


@pytest.mark.parametrize("bytes_", [b"\xff", b"\xe6", "无".encode("gb18030"), b"\x9b"], ids=repr)
def test_bytes_that_are_no_text_are_told_and_end_nothing(reader: Reader, bytes_: bytes) -> None:
    os.write(reader.near, b"a" + bytes_ + b"z\xe6\xb1\x89")
    messages = reader.finish()
    assert any(isinstance(one, NotUtf8) for one in messages)
    keys = [one.character for one in messages if isinstance(one, events.Key)]
    assert (keys[0], keys[-2:]) == ("a", ["z", "汉"])
    assert reader.gone


def test_a_letter_in_two_pieces_is_one(reader: Reader) -> None:
    os.write(reader.near, b"\xe6\xb1")
    os.write(reader.near, b"\x89\xef\xbf\xbd")
    messages = reader.finish()
    assert [one.character for one in messages if isinstance(one, events.Key)] == ["汉", "\ufffd"]
    assert not any(isinstance(one, NotUtf8) for one in messages)


NONSENSE = st.lists(
    st.sampled_from(
        [
            *"\x1b[;:<>?$0159uMmtRyO~AP \x00\x7f\r汉",
            *("\x1b[", "1114112u", "55296u", "99999999999999999999u", "1;1:3u", "97;5:1:1;97:98u"),
            *("\x1b[48;0;0;0;0t", "\x1b[48;9999999999;1;1;1t", "\x1b[<35;1;1M", "\x1b[?2048;1$y"),
            *("\x1b[200~", "\x1b[201~", "\x1b[;;1114112u"),
        ]
    )
)


@given(NONSENSE, st.booleans())
def test_nonsense_is_no_key_and_ends_nothing(parts: list[str], pixels: bool) -> None:
    parser = KeyParser()
    parser.mouse_pixels = pixels
    for message in parser.feed("".join(parts) or "\x1b"):
        if isinstance(message, events.Key) and message.character:
            message.character.encode()


def test_a_paste_without_an_end_takes_no_more_than_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dispatch_tui.console.terminal.typed.LONGEST_PASTE", 1000)
    parser = KeyParser()
    assert list(parser.feed("\x1b[200~" + "x" * 10_000)) == []
    (paste, key) = parser.feed("y\x1b[201~m")
    assert isinstance(paste, events.Paste)
    assert isinstance(key, events.Key)
    assert (len(paste.text) <= 1000, paste.text[-1], key.key) == (True, "y", "m")
