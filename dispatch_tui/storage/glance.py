"""A first look at the open queue, without SQLAlchemy: loading that takes longer than a paint."""

import contextlib
from pathlib import Path

import msgspec

from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.session import Kept, Session
from dispatch_tui.storage import driver
from dispatch_tui.storage.revision import HEAD, MADE_BY, SETTING, VERSIONS
from dispatch_tui.storage.rows import TicketRow, ticket_row

MOST = 500
"""With more open tickets the look itself would keep the screen waiting."""

_PEOPLE = "SELECT login, name, role, active FROM staff"
_REVISION = f"SELECT version_num FROM {VERSIONS}"
_MADE_BY = f"SELECT value FROM settings WHERE name = '{SETTING}'"
_ZONE = "SELECT value FROM settings WHERE name = 'zone'"
_SESSION = """
    SELECT state, language FROM staff LEFT JOIN sessions USING (login)
    WHERE login = ? AND active
"""
_OPEN = """
    SELECT folded, c.name, c.short_name, c.city, c.initials, d.name, d.model, d.serial, d.kind
    FROM tickets AS t
    LEFT JOIN customers AS c ON c.code = t.customer
    LEFT JOIN devices AS d ON d.id = t.device
    WHERE t.is_open LIMIT ?
"""


def is_current(path: Path) -> bool:
    """Whether nothing is seen in a file that this version would have to make anew."""
    with (
        contextlib.suppress(*driver.errors()),
        contextlib.closing(driver.connect(path)) as connection,
    ):
        revision = connection.execute(_REVISION).fetchone()
        made_by = connection.execute(_MADE_BY).fetchone()
        return bool(revision == (HEAD,) and made_by == (MADE_BY,))
    return True


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """The open tickets, who looks, everybody's name, and the company's zone, None for the usual."""

    rows: list[TicketRow]
    me: Staff
    names: dict[str, str]
    zone: str | None


def glance(path: Path, login: str) -> Glance | None:
    """Return what `open_rows` finds, for somebody to look at; None where it takes more than that.

    More is needed for a login that is not known, for a file of another schema or one that is busy,
    and for a long queue: all of them are dealt with when the database is opened.
    """
    with (
        contextlib.suppress(*driver.errors(), msgspec.MsgspecError),
        contextlib.closing(driver.connect(path)) as connection,
    ):
        connection.execute("BEGIN")
        if connection.execute(_REVISION).fetchone() != (HEAD,):
            return None
        people = connection.execute(_PEOPLE).fetchall()
        zone = connection.execute(_ZONE).fetchone()
        rows = connection.execute(_OPEN, (MOST + 1,)).fetchall()
        me = next((one for one in people if one[0] == login and one[3]), None)
        if len(rows) <= MOST and me is not None:
            return Glance(
                rows=[ticket_row(*row) for row in rows],
                me=Staff(login=login, name=me[1], role=Role(me[2])),
                names={one: name for one, name, *_ in people},
                zone=zone and zone[0],
            )
    return None


def kept(path: Path, login: str) -> Kept | None:
    """Return what is kept of a person; None for a stranger, another schema and a busy file."""
    with (
        contextlib.suppress(*driver.errors(), msgspec.MsgspecError),
        contextlib.closing(driver.connect(path)) as connection,
    ):
        row = connection.execute(_SESSION, (login,)).fetchone()
        if row is not None:
            return Kept(msgspec.json.decode(row[0] or "{}", type=Session), row[1])
    return None
