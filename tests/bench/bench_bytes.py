"""How many bytes a console writes for what people do, near by and over a line.

Run it with `uv run python tests/bench/bench_bytes.py`; nothing is asserted. The last table is
measured at a real OpenSSH server: all that it sends, its own overhead and questions included.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "wire"))

import msgspec
from counting import count
from figures import heading, line, size
from program import OPERATOR, PROGRAM, Program, environment, show_around
from service import ALIVE, Service
from sshd import WHY_NOT

SIZES = ((80, 24), (120, 40))
IDLE_SECONDS = 60.0
WORDS = {
    "start": "start, to the queue",
    "letter": "a letter in a form",
    "search_key": "a letter of a search",
    "cursor": "cursor up or down, panes following",
    "page": "page up or down, panes following",
    "menu": "menu opened or closed",
    "row": "a row changed by somebody else",
    "row_and_roster": "a ticket assigned by somebody else",
}


def copied(prepared: Path, folder: Path, name: str) -> Program:
    """Return a program on a database of its own."""
    own = folder / name
    own.mkdir()
    return Program(Path(shutil.copy(prepared, own / "demo.db")))


def doing(prepared: Path, folder: Path) -> None:
    """What each thing costs at either size, near by and with low traffic."""
    ways = [(columns_lines, low) for columns_lines in SIZES for low in (False, True)]
    names = ["{}x{} {}".format(*one, "low" if low else "full") for one, low in ways]
    found = [
        msgspec.structs.asdict(count(copied(prepared, folder, name), one, low=low))
        for name, (one, low) in zip(names, ways, strict=True)
    ]
    heading("bytes", *names)
    for field, words in WORDS.items():
        line(words, *(size(one[field]) for one in found))
    line("")


def over_ssh(prepared: Path, folder: Path) -> None:
    """What a server sends until the queue is there, and in a minute when nobody does anything."""
    heading("over SSH, all that is sent", "sign-in", "idle minute")
    for columns_lines in SIZES:
        name = "ssh {}x{}".format(*columns_lines)
        with (
            Service(copied(prepared, folder, name.replace(" ", "-")), *ALIVE) as service,
            service.open_queue(OPERATOR, columns_lines),
        ):
            opened = service.relay.down
            time.sleep(IDLE_SECONDS)
            line(name, size(opened), size(service.relay.down - opened))
    line("")


def main() -> None:
    """Measure on fresh files in the temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [PROGRAM, "demo", "--prepare", name]
        subprocess.run(command, check=True, capture_output=True, env=environment(folder))
        show_around(folder / "demo.db")
        doing(folder / "demo.db", folder)
        if WHY_NOT:
            line(WHY_NOT)
        else:
            over_ssh(folder / "demo.db", folder)


if __name__ == "__main__":
    main()
