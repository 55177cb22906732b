"""The program as people far away use it: behind an OpenSSH server and a line in some weather."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from program import OPEN_MARK, Program, environment
from relay import FAIR, Relay, Weather
from sshd import Sshd, new_key
from terminal import Terminal

ALIVE = ("ClientAliveInterval 3", "ClientAliveCountMax 2")
"""A server gives a silent client up, but not while a stall of 5 s and a full line explain it."""

SILENT = 60.0
"""Seconds after which it has done so at the latest: some 18 after the last that was sent."""

LONG = 60.0
"""Seconds within which anything that will happen has happened on a slow line."""


class Service:
    """One database that is reached through a server and a relay of its own."""

    def __init__(self, program: Program, *lines: str, weather: Weather = FAIR) -> None:
        self.program = program
        self._folder = program.database.parent / "service"
        self._folder.mkdir()
        self._people = self._folder / "authorized_keys"
        self._people.touch()
        self.server = Sshd(self._folder, f"AuthorizedKeysFile {self._people}", *lines)
        self.relay = Relay(self.server.port, weather)

    def __enter__(self) -> "Service":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.relay.__exit__(kind, error, trace)
        self.server.__exit__(kind, error, trace)
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)

    def console(
        self,
        login: str,
        size: tuple[int, int] = (80, 24),
        *,
        drawn: bool = True,
        relay: Relay | None = None,
    ) -> Terminal:
        """Sign in from a terminal of this size, over the common relay if no other is given."""
        port = (relay or self.relay).port
        command = self.server.client(self._key(login), port=port, options=())
        return Terminal(
            [f"/usr/bin/{command[0]}", "-tt", *command[1:]],
            environment=environment(self._folder),
            size=size,
            drawn=drawn,
        )

    def open_queue(
        self, login: str, size: tuple[int, int] = (80, 24), *, weather: Weather = FAIR
    ) -> Terminal:
        """Sign in over a fair line, wait for the queue, and let the weather become what it is."""
        terminal = self.console(login, size)
        try:
            terminal.until(lambda: OPEN_MARK in terminal.text, LONG, "the queue")
            terminal.quiet(0.5)
        except BaseException:
            terminal.close()
            raise
        self.relay.weather = weather
        return terminal

    def processes(self, login: str = "") -> list[int]:
        """The processes of the consoles on this database, of one person or of all."""
        whose = f"--as {login}" if login else "--as "
        return list(_running(f"{self.program.database} {whose}"))

    def _key(self, login: str) -> Path:
        path = self._folder / login
        if not path.exists():
            new_key(self._folder, login)
            words = " ".join(self.program.command(login))
            command = f"exec env HOME={self._folder} LANG=C.UTF-8 {words}"
            public = path.with_name(f"{login}.pub").read_text()
            with self._people.open("a") as file:
                file.write(f'restrict,pty,command="{command}" {public}')
        return path


def _running(words: str) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has gone meanwhile
            continue
        if words in line:
            yield int(path.parent.name)
