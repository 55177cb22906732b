"""The command line in this process, and on its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cases import MANAGER, ZONE, Case, machines

from dispatch_tui.cli.main import outcome
from dispatch_tui.desk.bringing.sheets import sources_in
from dispatch_tui.desk.demo import login_of, sample_folder


class Answer:
    """What one command line gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def document(self) -> Any:
        """Its one JSON document."""
        return json.loads(self.out)


Dispatch = Callable[..., Answer]


@pytest.fixture(scope="session")
def sample() -> Callable[[str], str]:
    """The login of the sample's first person in a role."""
    sources = sources_in([sample_folder()])
    return lambda role: login_of(role, sources)[0]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's database, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    assert outcome(["demo", "--prepare", str(folder)]) == 0
    return folder / "demo.db"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment without a database; returns where it would be."""
    path = tmp_path / "dispatch.db"
    monkeypatch.setenv("DISPATCH_DATABASE", str(path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LOGNAME", "somebody")
    monkeypatch.setenv("TERM", "xterm-256color")
    return path


@pytest.fixture
def demo(environment: Path, prepared: Path) -> Path:
    """An environment with the demo's database; returns where it is."""
    return Path(shutil.copy(prepared, environment))


@pytest.fixture(scope="session")
def furnished(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's database with four more machines, to be copied."""
    folder = tmp_path_factory.mktemp("machines")
    path = Path(shutil.copy(prepared, folder))
    sheet = folder / "devices.csv"
    sheet.write_text(machines(datetime.now(ZONE).date()), encoding="utf-8")
    assert outcome(["--database", str(path), "--as", MANAGER, "import", str(sheet)]) == 0
    return path


@pytest.fixture
def call(dispatch: Dispatch, environment: Path, furnished: Path) -> Iterator[Callable[..., Case]]:
    """Logs calls of a customer; when all is told, every journal is proven."""
    shutil.copy(furnished, environment)
    yield partial(Case.log, dispatch)
    answer = dispatch("audit", login=MANAGER)
    assert answer.code == 0, answer.err


@pytest.fixture
def dispatch(environment: Path, capfd: pytest.CaptureFixture[str]) -> Dispatch:
    """Runs a command line in this process; `login` is who gives it."""

    def run(*arguments: str, login: str = "") -> Answer:
        capfd.readouterr()
        code = outcome([*(("--as", login) if login else ()), *arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Answer(code, out, err)

    return run


@pytest.fixture
def program(environment: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs the program on its own."""

    def run(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "dispatch_tui", *arguments]
        options = {"stdin": subprocess.DEVNULL, "env": dict(os.environ)} | options
        return subprocess.run(
            command, capture_output=True, text=True, timeout=30, check=False, **options
        )

    return run
