"""Over SSH nothing but what a key is for is run, written or forwarded, whatever is tried."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from gatehouse import PEOPLE, Gatehouse
from program import MANAGER, OPERATOR, Opened, Program, environment
from sshd import WHY_NOT

pytestmark = pytest.mark.skipif(WHY_NOT != "", reason=WHY_NOT)

ESCAPE = "\x1b]0;owned\x07\x1b[2J"


@pytest.fixture(scope="module")
def gate(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gatehouse]:
    """The centre behind a server with all that Debian's offers, and that takes every variable."""
    folder = tmp_path_factory.mktemp("gate")
    program = Program(Path(shutil.copy(prepared, folder / "demo.db")))
    lines = ("AcceptEnv *", "Subsystem sftp internal-sftp", "X11Forwarding yes")
    with Gatehouse(program, folder, *lines) as gatehouse:
        yield gatehouse


def test_nothing_else_is_run_whatever_is_asked_for(gate: Gatehouse, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    for asked in (f"sh -c 'touch {trap}'", f"tickets; touch {trap}", f"tickets\ntouch {trap}"):
        done = gate.ask(MANAGER, asked)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), (asked, done)
    assert not trap.exists()


def test_who_one_is_cannot_be_asked_for(gate: Gatehouse) -> None:
    for asked in (f"tickets --as {MANAGER}", f"session --as {MANAGER}"):
        done = gate.ask(OPERATOR, asked)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), (asked, done)


def test_files_are_neither_taken_nor_given(gate: Gatehouse, tmp_path: Path) -> None:
    secret, gift = tmp_path / "secret", tmp_path / "gift"
    secret.write_text("x")
    options, there = gate.options_of_scp(MANAGER), f"{gate.server.user}@127.0.0.1"
    for form in ((), ("-O",)):
        for one, other in ((str(secret), f"{there}:{gift}"), (f"{there}:{secret}", str(gift))):
            assert gate.run("scp", *form, *options, one, other).code != 0
    batch = tmp_path / "batch"
    batch.write_text(f"get {secret} {gift}\n")
    assert gate.run("sftp", "-b", str(batch), *options, there).code != 0
    assert not gift.exists()


def test_nothing_is_forwarded(gate: Gatehouse, tmp_path: Path) -> None:
    with socket.socket() as inside:
        inside.bind(("127.0.0.1", 0))
        inside.listen()
        inside.settimeout(0)
        port = inside.getsockname()[1]
        through = gate.run(*_with(gate, "-W", f"127.0.0.1:{port}"))
        assert through.code == 255
        for what in (f"127.0.0.1:0:127.0.0.1:{port}", f"{tmp_path}/socket:127.0.0.1:{port}"):
            back = gate.run(*_with(gate, "-N", "-o", "ExitOnForwardFailure=yes", "-R", what))
            assert back.code == 255, back
        with pytest.raises(BlockingIOError):
            inside.accept()


def test_no_agent_and_no_display_come_along(
    gate: Gatehouse, opened: Opened, tmp_path: Path
) -> None:
    agent = tmp_path / "agent"
    process = subprocess.Popen(
        ["ssh-agent", "-D", "-a", str(agent)],
        stdout=subprocess.DEVNULL,
        env=environment(tmp_path),
    )
    try:
        terminal = opened(
            gate.terminal(
                MANAGER,
                options=("ForwardAgent=yes", "ForwardX11=yes", "ForwardX11Trusted=yes"),
                SSH_AUTH_SOCK=str(agent),
                DISPLAY=":7",
            )
        )
        terminal.shows(" open  ")
        names = {one.partition(b"=")[0] for one in _environment_of(gate)}
    finally:
        process.terminate()
        process.wait()
    assert b"SSH_CONNECTION" in names
    assert not names & {b"SSH_AUTH_SOCK", b"DISPLAY"}


def test_variables_of_the_client_change_nothing(
    gate: Gatehouse, opened: Opened, tmp_path: Path
) -> None:
    module = tmp_path / "sitecustomize.py"
    trap = tmp_path / "sprung"
    module.write_text(f"open({str(trap)!r}, 'w').close()\n")
    (tmp_path / "rc").write_text(f"touch {trap}\n")
    sent = {
        "PYTHONPATH": str(tmp_path),
        "PYTHONHOME": str(tmp_path),
        "PYTHONSTARTUP": str(module),
        "PYTHONINSPECT": "1",
        "PYTHONBREAKPOINT": "os.system",
        "ENV": str(tmp_path / "rc"),
        "BASH_ENV": str(tmp_path / "rc"),
        "LD_PRELOAD": str(tmp_path / "missing.so"),
        "LD_LIBRARY_PATH": str(tmp_path),
        "TEXTUAL_DRIVER": "no.such:Driver",
        "TEXTUAL_PRESS": "f10",
        "TEXTUAL_LOG": str(trap),
        "TEXTUAL_SCREENSHOT": "0",
        "DISPATCH_DATABASE": str(tmp_path / "other.db"),
        "XDG_CONFIG_HOME": str(tmp_path),
        "HOME": str(tmp_path),
        "COLUMNS": "3",
        "LINES": "2",
        "LANG": "zh_CN.UTF-8",
    }
    options = ["SetEnv=" + " ".join(f'"{name}={value}"' for name, value in sent.items())]
    terminal = opened(gate.terminal(OPERATOR, options=options))
    terminal.shows(PEOPLE[OPERATOR], "未结")
    assert {f"{name}={sent[name]}".encode() for name in ("PYTHONPATH", "TEXTUAL_PRESS")} <= set(
        _environment_of(gate)
    )
    assert b"ld.so" not in terminal.written
    done = gate.ask(OPERATOR, "tickets", "--json", options=options)
    assert (done.code, done.err) == (0, "")
    assert not trap.exists()
    assert not (tmp_path / "other.db").exists()


def test_a_terminal_whose_name_is_none_gets_one_line_and_no_byte_of_its_own(
    gate: Gatehouse, opened: Opened
) -> None:
    for name in (f"xterm{ESCAPE}", "../../etc/passwd"):
        terminal = opened(gate.terminal(OPERATOR, TERM=name))
        assert terminal.exit_status() == 2
        said = terminal.written.replace(b"\r", b"")
        assert said.startswith(b"The name of this terminal cannot be one:"), name
        assert said.count(b"\n") == 1
        assert b"\x1b" not in said


def test_the_words_of_a_client_reach_no_terminal_as_orders(gate: Gatehouse) -> None:
    for asked in (ESCAPE, f"show '{ESCAPE}'"):
        done = gate.ask(OPERATOR, asked)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert done.err.strip().isprintable()


def test_a_forged_command_is_a_word_like_any_other(gate: Gatehouse) -> None:
    forged = ("SetEnv=SSH_ORIGINAL_COMMAND=sh",)
    done = gate.ask(OPERATOR, "tickets", "--limit", "1", options=forged)
    assert (done.code, done.out.count("\n")) == (0, 1)


def _with(gate: Gatehouse, *more: str) -> list[str]:
    """A client that asks for something beside a command."""
    command = gate.client(MANAGER)
    return [command[0], *more, *command[1:]]


def _environment_of(gate: Gatehouse) -> list[bytes]:
    """What sshd gave the session that runs on the centre's database."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"session" in words and str(gate.program.database).encode() in words:
                return (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
    raise AssertionError("there is no session")
