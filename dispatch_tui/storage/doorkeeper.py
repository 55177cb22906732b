"""Whose key it is: asked at every sign-in, of a file without loading SQLAlchemy."""

import contextlib
from pathlib import Path

import msgspec

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_
from dispatch_tui.storage import driver
from dispatch_tui.storage.place import Place

BUSY_MS = 2000
"""How long a sign-in waits for somebody who opens or recovers the file."""

_HOLDER = """
    SELECT k.login, k.kind, k.body FROM staff_keys AS k JOIN staff AS s ON s.login = k.login
    WHERE s.active AND k.fingerprint = :fingerprint
"""


class Holder(msgspec.Struct, frozen=True):
    """Who is known by a key, and the key itself; `body` is in base64."""

    login: str
    kind: str
    body: str


def holder_in_file(path: Path, fingerprint: str) -> Holder | None:
    """Return who works here and has this key; raises `DatabaseUnusable`."""
    try:
        with contextlib.closing(driver.connect(path)) as connection:
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            row = connection.execute(_HOLDER, {"fingerprint": fingerprint}).fetchone()
    except driver.errors() as error:
        raise DatabaseUnusable(
            N_("The database {place} cannot be used: {cause}."), place=str(path), cause=str(error)
        ) from error
    return Holder(*row) if row else None


async def holder_on_server(place: Place, fingerprint: str) -> Holder | None:
    """Return who works here and has this key; raises `DatabaseUnusable`."""
    from sqlalchemy import text

    from dispatch_tui.storage.engine import Database

    database = Database(place)
    try:
        async with database.read() as connection:
            found = await connection.execute(text(_HOLDER), {"fingerprint": fingerprint})
            row = found.first()
            return Holder(*row) if row else None
    finally:
        await database.close()
