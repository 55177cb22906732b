"""Where everybody was in the console and what they chose there, one row per person."""

from datetime import datetime

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.domain.session import Session
from dispatch_tui.storage import files
from dispatch_tui.storage.schema import sessions


async def save(connection: AsyncConnection, login: str, session: Session, at: datetime) -> None:
    """Keep a session in the place of the one before."""
    state = msgspec.json.encode(session).decode()
    await files.put(connection, sessions, [{"login": login, "state": state, "saved_at": at}])


async def load(connection: AsyncConnection, login: str) -> Session:
    """Return a person's session; one that was never kept, or cannot be read, is a new one."""
    state = await connection.scalar(_STATE, {"of_login": login})
    return session_of(state)


def session_of(state: str | None) -> Session:
    """Return the session that was kept as this text."""
    try:
        return msgspec.json.decode(state or "{}", type=Session)
    except msgspec.MsgspecError:
        return Session()


_STATE = select(sessions.c.state).where(sessions.c.login == bindparam("of_login"))
