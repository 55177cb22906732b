"""People and their keys on the command line."""

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dispatch_tui.domain.ssh_keys import MOST_BYTES

pytestmark = pytest.mark.usefixtures("demo")

Dispatch = Callable[..., Any]

MANAGER, OPERATOR, ADMINISTRATOR = "chen.jing", "luo.xiaoyan", "guo.kai"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIGY10G6DhWbKEiJ6d4Oc6Fb/XaTRMcPQ2Gcvi+7s7pX ann@home"
FINGERPRINT = "SHA256:3UoYz/8+nTfsreW5vkyZ9HLEDY33GsoesPCfu1MyKOo"


@pytest.fixture
def key(tmp_path: Path) -> str:
    """A public key file."""
    path = tmp_path / "ann.pub"
    path.write_text(KEY + "\n")
    return str(path)


def test_somebody_new_gets_a_key_and_its_fingerprint_is_shown(dispatch: Dispatch, key: str) -> None:
    added = dispatch(
        *("staff", "add", "tan.li", "--name", "谭丽", "--role", "operator", "--station", "CD"),
        login=ADMINISTRATOR,
    )
    assert (added.code, added.out) == (0, "谭丽 (tan.li), hotline operator, is let in.\n")
    given = dispatch("staff", "key", "add", "tan.li", key, login=ADMINISTRATOR)
    assert given.out.split() == ["tan.li", FINGERPRINT, "ssh-ed25519", "ann@home"]
    other = dispatch("staff", "key", "add", OPERATOR, key, login=MANAGER)
    assert (other.code, other.err) == (
        2,
        "This key is that of 谭丽 (tan.li) already: everybody has their own.\n",
    )
    assert FINGERPRINT in dispatch("staff", "key", "list", login=MANAGER).out
    assert dispatch("audit", login=MANAGER).code == 0


def test_who_is_disabled_is_marked_and_can_sign_in_no_more(dispatch: Dispatch) -> None:
    done = dispatch("staff", "disable", OPERATOR, login=ADMINISTRATOR)
    assert done.out == "罗晓燕 (luo.xiaoyan), hotline operator, is let in no more.\n"
    assert dispatch("tickets", login=OPERATOR).code == 2
    people = {
        one["login"]: one for one in dispatch("staff", "list", "--json", login=MANAGER).document
    }
    assert (people[OPERATOR]["active"], people[MANAGER]["active"]) == (False, True)
    (line,) = [
        line
        for line in dispatch("staff", "list", login=MANAGER).out.splitlines()
        if line.startswith(OPERATOR)
    ]
    assert line.endswith("disabled")
    assert dispatch("staff", "enable", OPERATOR, login=MANAGER).code == 0
    assert dispatch("tickets", login=OPERATOR).code == 0


def test_an_operator_may_neither_add_nor_disable_nor_see_keys(dispatch: Dispatch, key: str) -> None:
    for words in (
        ("staff", "add", "x", "--name", "X", "--role", "operator"),
        ("staff", "disable", MANAGER),
        ("staff", "key", "add", OPERATOR, key),
        ("staff", "key", "list"),
        ("staff", "key", "remove", FINGERPRINT),
    ):
        refused = dispatch(*words, login=OPERATOR)
        assert (refused.code, refused.out) == (3, ""), words
        assert "Not for your role" in refused.err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("staff",), "Say what: list, add, disable, enable, key."),
        (("staff", "key"), "Say what: list, add, remove."),
        (("staff", "add", "x"), "--name is missing."),
        (("staff", "add", "x", "--name", "X", "--role", "boss"), "--role can be"),
        (("staff", "add", "a b", "--name", "X", "--role", "operator"), "must be one word"),
        (("staff", "disable", "nobody"), "Nobody has the login nobody."),
        (("staff", "key", "add", OPERATOR, "/nowhere/x.pub"), "/nowhere/x.pub cannot be read"),
        (("staff", "key", "add", OPERATOR, "/"), "cannot be read"),
        (("staff", "key", "remove", "x\x1b[2Jy"), "There is no key x[2Jy."),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    dispatch: Dispatch, words: tuple[str, ...], reason: str
) -> None:
    answer = dispatch(*words, login=MANAGER)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert reason in answer.err


def test_a_key_comes_from_stdin_and_no_more_of_it_is_read_than_a_key_has(
    dispatch: Dispatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = io.BytesIO(b"ssh-ed25519 " + b"A" * 10_000_000)
    for stdin, code in ((io.BytesIO(KEY.encode()), 0), (endless, 2), (io.BytesIO(b"\xff\0"), 2)):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stdin))
        answer = dispatch("staff", "key", "add", OPERATOR, "-", login=MANAGER)
        assert (answer.code, (answer.out + answer.err).count("\n")) == (code, 1)
    assert endless.tell() == MOST_BYTES + 1
