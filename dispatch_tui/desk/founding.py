"""The first manager of a new database."""

import re
from datetime import datetime

from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.storage import files, journal, records
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.tickets import Connection

_LOGIN = re.compile(r"[^\s,|=/]{1,80}")


async def found(database: Database, *, login: str, name: str, zone: str, now: datetime) -> None:
    """Make the first manager and set the company's time zone.

    Raises `NotPossible` when the database has staff already, `InvalidInput` for a login that
    cannot be one.
    """
    if not _LOGIN.fullmatch(login):
        raise InvalidInput(
            N_("“{value}” must be one word, without spaces and , | = /"), value=login[:80]
        )
    manager = Staff(login=login, name=name[:120], role=Role.MANAGER)

    async def work(connection: Connection) -> None:
        if await files.all_staff(connection):
            raise _taken()
        await records.keep(connection, "staff", [(manager, True)], login, now)
        await files.put_setting(connection, "zone", zone)
        await journal.append_to(connection, "setting", "zone", "set", {"value": zone}, login, now)

    try:
        await database.write(work)
    except Duplicate as error:
        raise _taken() from error


def _taken() -> NotPossible:
    return NotPossible(
        N_("This database has staff already: its managers bring people in with import.")
    )
