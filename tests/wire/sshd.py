"""A real OpenSSH server on loopback, and clients that sign in to it."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from terminal import PATIENCE

SERVER = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/sbin:/usr/local/sbin")
WHY_NOT = (
    "there is no OpenSSH server here: install openssh-server"
    if SERVER is None or shutil.which("ssh") is None
    else "an OpenSSH server that runs a command to find keys has to be started by root"
    if os.geteuid() != 0
    else ""
)
"""Why no server can be started here, "" if one can."""

GIVEN_UP = "Timeout, client not responding"
"""What the server notes about a client that is silent for too long."""

PRIVILEGE_SEPARATION = Path("/run/sshd")
"""Where the server wants an empty folder of root's; its package makes it at boot only."""


class Sshd:
    """A server that takes only what its configuration says, at a free port of loopback.

    A block that matches somebody goes on to the end of a configuration, so it comes `last`.
    """

    def __init__(self, folder: Path, *lines: str, last: Sequence[str] = ()) -> None:
        self.folder = folder
        self.user = getpass.getuser()
        self.port = _free_port()
        self.log = folder / "sshd.log"
        config = folder / "sshd_config"
        own = self._own_lines(new_key(folder, "host"))
        config.write_text("\n".join((*lines, *own, *last)) + "\n")
        PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
        assert SERVER is not None
        command = [SERVER, "-D", "-f", str(config), "-E", str(self.log)]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self._wait()

    def __enter__(self) -> "Sshd":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)

    def has_given_up(self, ports: Iterable[int]) -> bool:
        """Whether the server has ended a session from one of these ports: its client was silent."""
        lines = [line for line in self.log.read_text().splitlines() if GIVEN_UP in line]
        return any(line.endswith(f" port {port}") for line in lines for port in ports)

    def client(
        self, key: Path, *words: str, port: int = 0, options: Sequence[str] = ()
    ) -> list[str]:
        """Return the command line of a client; `port` is that of something in between, if any."""
        given = [part for option in options for part in ("-o", option)]
        return [
            *("ssh", "-F", "none", "-i", str(key), "-p", str(port or self.port)),
            *("-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes"),
            *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"),
            *("-o", "LogLevel=ERROR", *given, f"{self.user}@127.0.0.1", *words),
        ]

    def _own_lines(self, host_key: Path) -> list[str]:
        return [
            "ListenAddress 127.0.0.1",
            f"Port {self.port}",
            f"HostKey {host_key}",
            f"PidFile {self.folder / 'sshd.pid'}",
            "PermitRootLogin prohibit-password",
            "StrictModes no",
            "UsePAM no",
            "UseDNS no",
            "MaxStartups 200",
            "PerSourcePenalties no" if _has_penalties() else "",
            "LogLevel VERBOSE",
        ]

    def _wait(self) -> None:
        give_up_at = time.monotonic() + PATIENCE
        while True:
            assert self._process.poll() is None, self.log.read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < give_up_at, "the server does not answer"
                time.sleep(0.02)


def new_key(folder: Path, name: str) -> Path:
    """Make a key and return the path of its private half."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@test", "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _has_penalties() -> bool:
    """Whether this server locks out who fails often, which tests do."""
    assert SERVER is not None
    command = [SERVER, "-T", "-f", "/dev/null", "-o", "PerSourcePenalties=no"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "PerSourcePenalties" not in done.stderr
