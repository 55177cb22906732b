"""The one composition root: from settings to an open desk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.settings import DEFAULT_ZONE, Settings, os_login
from dispatch_tui.storage import files
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import check_there, place_of, prepare
from dispatch_tui.storage.proof import Tell, untold

NOBODY = Staff(login="", name="", role=Role.SUPERVISOR, active=False)
"""Who looks at an empty database before there is any staff."""


class NoStaff(NotFound):
    """The database has no staff yet: nobody can sign in."""


@asynccontextmanager
async def opened(
    settings: Settings, tell: Tell = untold, *, make: bool = True
) -> AsyncIterator[Database]:
    """An open database of the current schema; made if it does not exist, unless `make` is False.

    `tell` is told how far bringing it to this version is. Raises `DatabaseUnusable`.
    """
    place = place_of(settings.database)
    database = Database(place)
    try:
        if place.path is not None:
            (prepare if make else check_there)(place.path)
        await migrate(database, tell, make=make)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def desk(settings: Settings, tell: Tell = untold) -> AsyncIterator[Desk]:
    """An open desk for the person that the settings name.

    Raises `NoStaff` on a database without staff, `NotFound` for a login that it does not know.
    """
    async with opened(settings, tell) as database:
        yield await desk_on(database, settings.login)


async def desk_on(database: Database, login: str = "") -> Desk:
    """Return the desk of a person on an open database; `login` "" means the OS login."""
    async with database.read() as connection:
        staff = await files.all_staff(connection)
        zone = await files.setting(connection, "zone") or DEFAULT_ZONE
    return Desk(database, signed_in(staff, login), zone=ZoneInfo(zone))


async def importer(database: Database, login: str) -> tuple[ZoneInfo, str]:
    """Return the company's zone, and the login under which files are brought in.

    On a database without staff anybody may; else raises `NotFound` for a login that it does not
    know.
    """
    async with database.read() as connection:
        staff = await files.all_staff(connection)
        zone = await files.setting(connection, "zone") or DEFAULT_ZONE
    return ZoneInfo(zone), signed_in(staff, login).login if staff else login


def signed_in(staff: dict[str, Staff], login: str) -> Staff:
    """Return the active person behind a login, or behind the OS login when none is given."""
    if not staff:
        raise NoStaff(
            N_(
                "This database has no staff yet. Look around with: dispatch-tui demo; bring your "
                "own data with: dispatch-tui import FOLDER; or start empty with: dispatch-tui init."
            )
        )
    wanted = login or os_login()
    person = staff.get(wanted)
    if person is None or not person.active:
        raise NotFound(
            N_("Nobody is called {login}. Say who you are with --as LOGIN, one of: {logins}."),
            login=wanted,
            logins=tuple(one.login for one in staff.values() if one.active),
        )
    return person
