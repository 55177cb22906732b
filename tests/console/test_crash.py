"""The console that ends by an error of its own, in a terminal and a process of its own."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from shift import OPERATOR

pytest_plugins = ("main_fixtures",)

PROGRAM = """
import sys
from dispatch_tui.console.screens.main import MainScreen
from dispatch_tui.cli.main import main

def fail(self):
    if self._file is not None:
        phone = "139" + "00000340"
        raise ZeroDivisionError("the error's own words")

MainScreen._tick = fail
sys.argv = ["dispatch-tui", *sys.argv[1:]]
main()
"""


def run_in_terminal(home: Path, *arguments: str) -> tuple[int, str]:
    """Run the program at a terminal of 120×40; returns its exit code and all that it wrote."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # EIO: nobody has the other end any more
            break
        if not part:
            break
        written += part
    os.close(ours)
    return process.wait(timeout=20), written.decode(errors="replace")


def test_an_error_leaves_the_terminal_one_line_and_a_log_for_its_owner_alone(
    shift_file: Path, tmp_path: Path
) -> None:
    database = tmp_path / "dispatch.db"
    database.write_bytes(shift_file.read_bytes())
    code, written = run_in_terminal(tmp_path, "--database", str(database), "--as", OPERATOR)
    assert code == 70
    after = written.rpartition("\x1b[?1049l")[2]
    said = re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", after).strip()
    assert said.count("\n") == 0
    assert said.startswith("Something unexpected went wrong (ZeroDivisionError).")
    log = Path(said.rpartition(" ")[2])
    assert log.is_relative_to(tmp_path)
    assert log.stat().st_mode & 0o777 == 0o600
    text = log.read_text()
    assert "ZeroDivisionError: the error's own words" in text
    assert "in fail" in text
    assert "13900000340" not in text + said
