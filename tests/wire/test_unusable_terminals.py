"""Where no console can be, one line says why, before anything is loaded or drawn."""

import subprocess
import sys
from pathlib import Path

import pytest
from program import MANAGER, OPERATOR, PROGRAM, Opened, Program, environment
from terminal import Terminal


def in_terminal(program: Program, opened: Opened, login: str, **more: str) -> tuple[int, str]:
    """Start a console that will not come up; returns its exit code and all that it wrote."""
    surroundings = environment(program.database.parent, **more)
    terminal = opened(Terminal(program.command(login), environment=surroundings, drawn=False))
    code = terminal.exit_status()
    terminal.quiet(0.1)
    return code, terminal.written.decode()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_draw_is_refused_in_one_line(
    demo: Program, opened: Opened, term: str
) -> None:
    code, said = in_terminal(demo, opened, OPERATOR, TERM=term)
    assert code == 2
    assert said == "This terminal cannot show the console (TERM is empty or dumb): try another.\r\n"


def test_without_a_terminal_the_console_is_refused_in_one_line(demo: Program) -> None:
    done = demo.run(OPERATOR)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("The console needs a terminal")
    assert done.err.count("\n") == 1


def test_a_terminal_at_one_end_only_is_refused(demo: Program, tmp_path: Path) -> None:
    pipe = f'"{sys.executable}" -c "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"'
    inner = f"sh -c '{' '.join(demo.command(OPERATOR))} | cat'"
    done = subprocess.run(
        f"{pipe} {inner}",
        shell=True,
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "The console needs a terminal" in done.stdout
    assert "\x1b" not in done.stdout


def test_refusing_a_terminal_loads_no_textual(demo: Program, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", PROGRAM, "--database", str(demo.database)]
    done = subprocess.run(
        command,
        env=environment(tmp_path, TERM="dumb"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.returncode == 2
    assert "click" in loaded
    assert not loaded & {"textual", "sqlalchemy"}


def test_a_login_that_nobody_has_is_refused_by_name(demo: Program, opened: Opened) -> None:
    code, said = in_terminal(demo, opened, "nobody.here")
    assert code == 2
    last = said.splitlines()[-1]
    assert "Nobody is called nobody.here" in last
    assert MANAGER in said


def test_a_database_without_staff_offers_to_begin_and_takes_no_for_an_answer(
    tmp_path: Path, opened: Opened
) -> None:
    empty = Program(tmp_path / "empty.db")
    terminal = opened(empty.console("first"))
    terminal.shows("Become the first manager", "first")
    terminal.send("n", "<enter>")
    assert terminal.exit_status() == 2
    terminal.shows("This database has no staff yet", "dispatch-tui demo")
    assert not empty.database.exists()


def test_a_database_without_staff_opens_for_its_first_manager(
    tmp_path: Path, opened: Opened
) -> None:
    empty = Program(tmp_path / "empty.db")
    terminal = opened(empty.console("first"))
    terminal.shows("Become the first manager")
    terminal.send("y", "<enter>")
    terminal.shows("No ticket is open.", "first", "manager")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes(b"no database at all" * 400), "not a database"),
    ],
    ids=["folder", "garbage"],
)
def test_an_unusable_database_is_named_in_one_line_and_the_terminal_is_restored(
    tmp_path: Path, opened: Opened, make: object, reason: str
) -> None:
    assert callable(make)
    make(tmp_path / "bad.db")
    bad = Program(tmp_path / "bad.db")
    code, said = in_terminal(bad, opened, OPERATOR)
    last = said.rpartition("\x1b[?25h")[2]
    assert code == 5
    assert str(bad.database) in last
    assert reason in last
    assert "Traceback" not in said
    done = bad.run(OPERATOR, "call", "--caller", "x", "--fault", "x")
    assert (done.code, done.out, done.err.count("\n")) == (5, "", 1)
