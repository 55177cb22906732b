"""What somebody is typing, per person and form, so that a killed terminal loses nothing."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.storage import files
from dispatch_tui.storage.schema import drafts


async def save(
    connection: AsyncConnection, login: str, form: str, body: Mapping[str, str], at: datetime
) -> None:
    """Keep what stands in a form; half a character (a lone surrogate) becomes a question mark."""
    typed = {name: value.encode(errors="replace").decode() for name, value in body.items()}
    text = msgspec.json.encode(typed).decode()
    row = {"login": login, "form": form, "body": text, "saved_at": at}
    await files.put(connection, drafts, [row])


async def load(
    connection: AsyncConnection, login: str, form: str
) -> tuple[dict[str, str], datetime] | None:
    """Return what stood in a form and since when, None where nothing is kept."""
    row = (
        await connection.execute(
            select(drafts).where(drafts.c.login == login, drafts.c.form == form)
        )
    ).first()
    return (msgspec.json.decode(row.body, type=dict[str, str]), row.saved_at) if row else None


async def drop(connection: AsyncConnection, login: str, form: str) -> None:
    """Forget what stood in a form."""
    await connection.execute(_DROP, {"of_login": login, "of_form": form})


_DROP = delete(drafts).where(
    drafts.c.login == bindparam("of_login"), drafts.c.form == bindparam("of_form")
)
