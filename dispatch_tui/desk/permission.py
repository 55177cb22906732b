"""Who may act at all, and the journal of what was refused to whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.phones import mask_text
from dispatch_tui.storage import journal
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.tickets import Connection

PERSON = "person"
"""Subject kind of what is journaled about a person: refusals, numbers that were looked up."""


def active(me: Staff | None, login: str) -> Staff:
    """Return who acts, as the staff list has them now; raises `NotAllowed` for who has left."""
    if me is None or not me.active:
        raise NotAllowed(N_("{login} is not signed in any more."), login=login)
    return me


def one_of(me: Staff, roles: frozenset[Role], command: str) -> Staff:
    """Return who acts; raises `NotAllowed` where their role may not give the command."""
    if me.role not in roles:
        raise NotAllowed(
            N_("Not for your role ({role}): {command}. Ask: {allowed}."),
            role=me.role,
            command=command,
            allowed=tuple(sorted(roles)),
        )
    return me


async def note_refusal(
    database: Database,
    login: str,
    refusal: NotAllowed,
    now: datetime,
    *,
    command: str,
    ticket: str = "",
) -> None:
    """Journal that a command was not allowed to somebody."""
    data = {"command": command, "ticket": ticket, "reason": mask_text(str(refusal))}
    await note_of_person(database, login, "refused", data, now)


async def note_of_person(
    database: Database, login: str, kind: str, data: Mapping[str, Any], now: datetime
) -> None:
    """Journal something that a person did which is no act on a ticket."""

    async def work(connection: Connection) -> None:
        await journal.append_to(connection, PERSON, login, kind, data, login, now)

    while True:
        try:
            return await database.write(work)
        except Duplicate:
            continue  # PostgreSQL let another line about this person have the same place
