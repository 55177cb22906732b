"""What a key opens: the console, or a look from a short list; and in which surroundings."""

import json
import os
import pwd
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.cli import session
from dispatch_tui.cli.session import LOOKS

Dispatch = Callable[..., Any]
Asking = Callable[..., Any]

MANAGER, OPERATOR = "chen.jing", "luo.xiaoyan"
ESCAPE = "\x1b]0;owned\x07\x1b[2J"


@pytest.fixture
def ask(dispatch: Dispatch, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Asks for something as sshd hands it on."""

    def asked(words: str, login: str = OPERATOR) -> Any:
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", words)
        return dispatch("session", "--database", str(demo), "--as", login)

    return asked


def test_a_look_is_what_the_command_gives(ask: Asking, dispatch: Dispatch) -> None:
    def numbers(answer: Any) -> list[str]:
        assert (answer.code, answer.err) == (0, "")
        return [one["number"] for one in answer.document]

    words = ("tickets", "--view", "near", "--limit", "2", "--json")
    assert numbers(ask(" ".join(words))) == numbers(dispatch(*words, login=OPERATOR)) != []
    (number, *_) = numbers(ask("tickets --json"))
    assert ask(f"show '{number}' --json").document["number"] == number
    for asked in (
        *("tickets --at 2026-01-05T08:00", "roster", "roster --at 2026-01-05T08:00 --json"),
        "roster --from 2026-01-05T08:00 --to '2026-01-12T08:00'",
    ):
        assert ask(asked).code == 0


@pytest.mark.parametrize(
    "asked",
    [
        *("sh", "sh -c id", "scp -t .", "/usr/lib/openssh/sftp-server", "internal-sftp", "--help"),
        *("tickets;id", "tickets; id", "tickets && id", "tickets | id", "tickets > /srv/x"),
        *("tickets $(id)", "tickets `id`", "tickets\nid", "tickets --output /srv/x", "tickets x"),
        *("tickets --as chen.jing", "tickets --as=chen.jing", "--as chen.jing tickets"),
        *("show 1 --database /srv/x", "roster --lang zh_CN", "show", "show 1 2", "tickets @/srv/x"),
        *("call --customer C001 --fault x", "act 1 note text=x", "export journal", "import /tmp"),
        *("staff list", "staff disable chen.jing", "keys x", "session", "demo", "doctor", "audit"),
        *("tickets 'unfinished", "x" * 5000, " ", "''", "\udcff", ESCAPE),
        *(f"show {ESCAPE}", f"tickets --at '{ESCAPE}'", f"roster --{ESCAPE}", "show \u202e\u9999"),
    ],
)
def test_nothing_else_is_run_and_one_clean_line_says_so(ask: Asking, asked: str) -> None:
    answer = ask(asked, login=MANAGER)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.strip().isprintable()


def test_only_looks_are_on_the_list() -> None:
    assert set(LOOKS) == {"tickets", "show", "roster"}
    assert not any(
        {"login", "database", "language", "output"} & options for options in LOOKS.values()
    )


def test_what_a_key_opens_needs_its_owner_and_a_terminal(dispatch: Dispatch, demo: Path) -> None:
    nobody = dispatch("session")
    assert (nobody.code, nobody.err) == (2, "--as is missing: it is needed for this.\n")
    no_terminal = dispatch("session", login=OPERATOR)
    assert (no_terminal.code, no_terminal.err.count("\n")) == (2, 1)
    assert "needs a terminal" in no_terminal.err


def test_somebody_who_is_disabled_meanwhile_sees_nothing(ask: Asking, dispatch: Dispatch) -> None:
    assert dispatch("staff", "disable", OPERATOR, login=MANAGER).code == 0
    answer = ask("tickets")
    assert (answer.code, answer.out) == (2, "")


def test_an_error_of_our_own_is_logged_and_no_path_is_shown(
    ask: Asking, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the error's own words")

    monkeypatch.setattr(session, "look", fail)
    answer = ask("tickets")
    assert (answer.code, answer.out) == (70, "")
    assert answer.err == (
        "Something unexpected went wrong (ZeroDivisionError), and the server has noted it.\n"
    )
    (log,) = (tmp_path / "state").rglob("crash-*.log")
    assert log.stat().st_mode & 0o777 == 0o600
    assert "the error's own words" in log.read_text()


# The surroundings

SHOW = """
import json, os, sys
sys.argv = ["dispatch-tui", "session"]
from dispatch_tui.cli import entrance
loaded = [name for name in sys.modules if name.partition(".")[0] in ("click", "textual", "msgspec")]
entrance.secure()
print(json.dumps({"environment": dict(os.environ), "umask": os.umask(0), "loaded": loaded}))
"""


def entered(**environment: str) -> "subprocess.CompletedProcess[str]":
    """What is left of surroundings once a session has begun in them."""
    return subprocess.run(
        [sys.executable, "-I", "-c", SHOW],
        env=environment,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        timeout=30,
        check=False,
    )


def test_of_the_environment_what_is_allowed_is_left_before_anything_is_loaded() -> None:
    good = {
        "TERM": "tmux-256color",
        "LANG": "zh_CN.UTF-8",
        "LC_MESSAGES": "en_US.UTF-8@x",
        "COLORTERM": "truecolor",
        "NO_COLOR": "1",
        "SSH_CONNECTION": "fe80::1 50022 10.0.0.1 22",
        "SSH_ORIGINAL_COMMAND": "any words; at all",
    }
    bad = {
        **{"PYTHONPATH": "/x", "PYTHONWARNINGS": "error", "LD_LIBRARY_PATH": "/x", "IFS": "x"},
        **{"TEXTUAL_DRIVER": "x:Y", "TEXTUAL_PRESS": "q", "TEXTUAL": "devtools", "COLUMNS": "9"},
        **{"DISPATCH_DATABASE": "/x", "XDG_DATA_HOME": "/x", "TZ": "x", "ESCDELAY": "9999"},
        **{"LC_ALL": "../x", "LC_CTYPE": "C", "BROWSER": "sh", "EDITOR": "sh", "PAGER": "sh"},
    }
    done = entered(**good, **bad, HOME="/x", PATH="/x")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    home = pwd.getpwuid(os.getuid()).pw_dir
    path = "/usr/local/bin:/usr/bin:/bin"
    assert told == {
        "environment": {**good, "HOME": home, "PATH": path},
        "umask": 0o077,
        "loaded": [],
    }


@pytest.mark.parametrize(
    "name",
    ["xterm\x1b[2J", "xterm\n", "../xterm", "x" * 33, "xterm 256", "", "诗", "%s", "$HOME"],
)
def test_a_name_that_no_terminal_has_ends_it_with_one_line(name: str) -> None:
    done = entered(TERM=name)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("The name of this terminal cannot be one:")
    assert done.stderr.strip().isprintable()


def test_no_terminal_at_all_is_no_reason_not_to_look() -> None:
    assert entered(LANG="C.UTF-8").returncode == 0


INTERRUPTED = """
import sys

class Impatient:
    def find_spec(self, name, *_):
        if name == "dispatch_tui.cli.main":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Impatient())
from dispatch_tui.cli.entrance import main
main()
"""


def test_who_does_not_wait_for_it_to_load_sees_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", INTERRUPTED],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
