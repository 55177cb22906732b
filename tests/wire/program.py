"""The installed program in processes of its own, as people and scripts start it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from terminal import PATIENCE, Terminal

PROGRAM = str(Path(sys.executable).parent / "dispatch-tui")
OPERATOR, MANAGER, OTHER_MANAGER = "luo.xiaoyan", "chen.jing", "shen.weiguo"
NAMES = {OPERATOR: "罗晓燕", MANAGER: "陈敬", OTHER_MANAGER: "沈卫国"}
CUSTOMER, CT = "C001", "BH8K58139X"
Opened = Callable[[Terminal], Terminal]
"""Keeps a terminal open for the time of a test, and gives it back."""

_OURS = ("DISPATCH_", "TEXTUAL", "PYTHONDONT", "LC_", "XDG_", "COLORTERM", "NO_COLOR", "UV_")


class Ended(msgspec.Struct, frozen=True):
    """What a run of the program came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document that it printed."""
        return json.loads(self.out)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the surroundings of somebody at a plain terminal, with a home of their own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    plain |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(home)}
    return plain | more


class Program:
    """The program on one database."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.environment = environment(database.parent)

    def command(self, login: str, *arguments: str) -> list[str]:
        """Return a command line as one person."""
        return [PROGRAM, "--database", str(self.database), "--as", login, *arguments]

    def start(self, login: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command in the background."""
        return subprocess.Popen(
            self.command(login, *arguments),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, login: str, *arguments: str) -> Ended:
        """Run a command to its end."""
        return ended(self.start(login, *arguments))

    def call(self, fault: str, *arguments: str, login: str = OPERATOR) -> str:
        """Log a call and return its number."""
        words = ("call", "--customer", CUSTOMER, "--fault", fault, *arguments)
        done = self.run(login, *words)
        assert (done.code, done.err) == (0, "")
        return done.out.strip()

    def console(self, login: str, size: tuple[int, int] = (120, 40)) -> Terminal:
        """Open a console in a terminal of its own."""
        return Terminal(self.command(login), environment=self.environment, size=size)

    def open_queue(self, login: str, size: tuple[int, int] = (120, 40)) -> Terminal:
        """Open a console and wait until its queue and the ticket beneath are there."""
        terminal = self.console(login, size)
        try:
            terminal.until(lambda: OPEN_MARK in terminal.text, what="the queue")
            terminal.quiet()
        except BaseException:
            terminal.close()
            raise
        return terminal


def show_around(database: Path) -> None:
    """Let everybody have seen the tour that a newcomer's first console begins with."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO sessions (login, state, saved_at) "
            """SELECT login, '{"toured": true}', '2026-01-01 00:00:00.000000' FROM staff"""
        )


OPEN_MARK = " open  "
"""What the status line says once the queue is there."""


def ended(process: "subprocess.Popen[str]") -> Ended:
    """Wait for the end of a command."""
    out, err = process.communicate(timeout=PATIENCE * 2)
    return Ended(process.returncode, out, err)
