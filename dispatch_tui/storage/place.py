"""Where the database is: a file of ours, or a PostgreSQL server."""

import os
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

import msgspec

from dispatch_tui.domain.errors import DatabaseAway, DatabaseUnusable, InvalidInput
from dispatch_tui.domain.message import N_

POSTGRESQL = "postgresql+asyncpg://"


class Place(msgspec.Struct, frozen=True):
    """A database: `path` is None for a server, `shown` is fit for people (no password)."""

    url: str
    path: Path | None
    shown: str


def place_of(said: str | Path) -> Place:
    """Return the place for a path or a URL; raises `InvalidInput` for what is neither."""
    text = str(said)
    if text.startswith(POSTGRESQL):
        return Place(text, None, "PostgreSQL " + _shown(_split(text)))
    if "://" in text:
        url = _split(text)
        raise InvalidInput(
            N_("{url} is no database for this program: give a path or {postgresql}…"),
            url=f"{url.scheme}://{_shown(url)}",
            postgresql=POSTGRESQL,
        )
    try:
        path = Path(os.path.abspath(Path(text).expanduser()))
    except RuntimeError as error:
        raise InvalidInput(N_("{path} names the folder of nobody."), path=text) from error
    return Place("", path, str(path))


def prepare(path: Path) -> None:
    """Make the folder (0700) and the file (0600) of a new database; the data are customers'.

    Raises `DatabaseUnusable` where that cannot be done.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_no_folder(path)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DatabaseUnusable(
            N_("The database {place} cannot be made: {cause} ({what})."),
            place=str(path),
            cause=error.strerror or str(error),
            what=str(error.filename or path),
        ) from error


def is_there(path: Path) -> bool:
    """Whether there is a file; raises `DatabaseUnusable` where that cannot even be looked up."""
    try:
        return path.exists()
    except OSError as error:
        raise DatabaseUnusable(
            N_("The database {place} cannot be used: {cause}."),
            place=str(path),
            cause=error.strerror or str(error),
        ) from error


def check_there(path: Path) -> None:
    """Raise `DatabaseAway` where there is no file, or one that somebody has just begun to fill."""
    try:
        empty = path.stat().st_size == 0
    except OSError as error:
        raise DatabaseAway(
            N_("The database {place} is not there: {cause}."),
            place=str(path),
            cause=error.strerror or str(error),
        ) from error
    _check_no_folder(path)
    if empty:
        raise DatabaseAway(N_("The database {place} is empty."), place=str(path))


def _check_no_folder(path: Path) -> None:
    if path.is_dir():
        raise DatabaseUnusable(
            N_("The database {place} is a folder: name a file in it."), place=str(path)
        )


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise InvalidInput(N_("The address of the database cannot be read.")) from error


def _shown(url: SplitResult) -> str:
    host = url.netloc.rpartition("@")[2]
    hosts = ", ".join([host] if host else parse_qs(url.query).get("host", []))
    return f"{hosts}{url.path}" if hosts else url.path
