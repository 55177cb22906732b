"""Where the database is: a file of ours, or a PostgreSQL server."""

import os
from pathlib import Path

import msgspec

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_

POSTGRESQL = "postgresql+asyncpg://"


class Place(msgspec.Struct, frozen=True):
    """A database: `path` is None for a server, `shown` is fit for people (no password)."""

    url: str
    path: Path | None
    shown: str


def place_of(said: str | Path) -> Place:
    """Return the place for a path or a URL; raises `InvalidInput` for a URL of another kind."""
    text = str(said)
    if text.startswith(POSTGRESQL):
        return Place(text, None, "PostgreSQL " + text.removeprefix(POSTGRESQL).split("@")[-1])
    if "://" in text:
        raise InvalidInput(
            N_("{url} is no database for this program: give a path or {postgresql}…"),
            url=text.split("@")[-1],
            postgresql=POSTGRESQL,
        )
    path = Path(os.path.abspath(Path(text).expanduser()))
    return Place(f"sqlite+aiosqlite:///{path}", path, str(path))


def prepare(path: Path) -> None:
    """Make the folder (0700) and the file (0600) of a new database; the data are customers'."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
