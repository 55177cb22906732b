"""A demo database per test, and consoles on it that are closed when the test is over."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from program import PROGRAM, Opened, Program, environment, show_around


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a demo, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    command = [PROGRAM, "demo", "--prepare", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env=environment(folder), timeout=60)
    show_around(folder / "demo.db")
    return folder / "demo.db"


@pytest.fixture
def demo(tmp_path: Path, prepared: Path) -> Program:
    """The program on a demo of its own."""
    return Program(Path(shutil.copy(prepared, tmp_path / "demo.db")))


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Keeps terminals open for the time of a test: `opened(terminal)` gives it back."""
    with ExitStack() as stack:
        yield stack.enter_context
