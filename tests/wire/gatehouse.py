"""The centre behind a real OpenSSH server, set up as `deploy/sshd.conf` says, and its people."""

import asyncio
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from program import MANAGER, OPERATOR, PROGRAM, Ended, Program, environment
from sshd import Sshd, new_key
from terminal import PATIENCE, Terminal

from dispatch_tui import bootstrap
from dispatch_tui.desk.desk import Desk
from dispatch_tui.settings import Settings

FRAGMENT = Path(__file__).parents[2] / "deploy" / "sshd.conf"
SERVICE = "dispatch"
"""The account in the fragment; here it is whoever runs the tests."""

SUPERVISOR = "yue.wenjing"
PEOPLE = {OPERATOR: "罗晓燕", MANAGER: "陈敬", SUPERVISOR: "乐文静"}
STRANGER, DISABLED = "stranger", "guo.kai"

_PROGRAM = re.compile(r"/opt/dispatch/bin/dispatch-tui\b")


def fragment(user: str, program: str) -> list[str]:
    """The lines of the fragment for another account and another place of the program."""
    text = FRAGMENT.read_text()
    text = text.replace(f"Match User {SERVICE}", f"Match User {user}")
    text = text.replace(f"CommandUser {SERVICE}", f"CommandUser {user}")
    return _PROGRAM.sub(program, text).splitlines()


class Gatehouse:
    """A server on a demo's database; `lines` are more of its configuration than the fragment.

    sshd asks no program for keys that others than root could have put there, in whatever folder
    above it: so a wrapper stands in a folder of root's own for as long as the server runs.
    """

    def __init__(self, program: Program, folder: Path, *lines: str) -> None:
        self.program = program
        self.folder = folder
        self.keys = {name: new_key(folder, name) for name in (*PEOPLE, STRANGER, DISABLED)}
        self.let_in(*PEOPLE, DISABLED)
        self.at_desk(lambda desk: desk.set_active(DISABLED, is_active=False))
        self._roots = Path(tempfile.mkdtemp(prefix="dispatch-test-", dir="/opt"))
        try:
            self.server = Sshd(folder, *lines, last=fragment("root", str(self._wrapper())))
        except BaseException:
            shutil.rmtree(self._roots)
            raise

    def __enter__(self) -> "Gatehouse":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._roots)
        self.server.__exit__(kind, error, trace)

    def at_desk(self, work: Callable[[Desk], Awaitable[Any]]) -> Any:
        """Do something as the manager, on the server itself."""
        settings = Settings(database=str(self.program.database), login=MANAGER)

        async def seated() -> Any:
            async with bootstrap.desk(settings) as desk:
                return await work(desk)

        return asyncio.run(seated())

    def let_in(self, *logins: str) -> None:
        """Give people their keys; who is not on the list yet is put there."""
        for login in logins:
            if login not in self.keys:
                self.keys[login] = new_key(self.folder, f"key{len(self.keys)}")
        texts = {login: Path(f"{self.keys[login]}.pub").read_text() for login in logins}

        async def work(desk: Desk) -> None:
            known = await desk.staff()
            for login, text in texts.items():
                if login not in known:
                    await desk.add_person({"login": login, "name": "Odd", "role": "operator"})
                await desk.add_staff_key(login, text)

        self.at_desk(work)

    def client(self, login: str, *words: str, options: Sequence[str] = ()) -> list[str]:
        """Return the command line with which somebody comes."""
        return self.server.client(self.keys[login], *words, options=options)

    def ask(
        self,
        login: str,
        *words: str,
        options: Sequence[str] = (),
        more: Mapping[str, str] | None = None,
    ) -> Ended:
        """Ask for something over SSH, without a terminal."""
        return self.run(*self.client(login, *words, options=options), more=more)

    def run(self, *command: str, more: Mapping[str, str] | None = None) -> Ended:
        """Run a client of any kind to its end."""
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            env=environment(self.folder, **(more or {})),
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def terminal(
        self,
        login: str,
        *,
        options: Sequence[str] = (),
        size: tuple[int, int] = (120, 40),
        **more: str,
    ) -> Terminal:
        """Sign in at a terminal; `more` is the client's environment."""
        command = self.client(login, options=("RequestTTY=force", *options))
        return Terminal(
            [shutil.which(command[0]) or command[0], *command[1:]],
            environment=environment(self.folder, **more),
            size=size,
        )

    def options_of_scp(self, login: str) -> list[str]:
        """Return what scp and sftp have to be told to come as somebody."""
        command = self.client(login)
        given = command[1 : command.index("-p")]
        rest = command[command.index("-p") + 2 : -1]
        return [*given, "-P", str(self.server.port), *rest]

    def _wrapper(self) -> Path:
        path = self._roots / "dispatch-tui"
        place = shlex.join([PROGRAM, "--database", str(self.program.database)])
        path.write_text(f'#!/bin/sh\nexec {place} "$@"\n')
        path.chmod(0o755)
        os.chmod(self._roots, 0o755)
        return path
