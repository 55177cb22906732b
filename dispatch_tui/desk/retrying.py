"""What an earlier try with the same key has written, so that a retry is harmless."""

from collections.abc import Callable

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.storage import journal
from dispatch_tui.storage.journal import Line
from dispatch_tui.storage.tickets import Connection


async def done_before(
    connection: Connection, key: str, me: str, fits: Callable[[Line], bool]
) -> Line | None:
    """Return the line that an earlier try wrote, None where there was none.

    `fits` says whether a line is what this try would write. Raises `InvalidInput` where the key
    was used for something else.
    """
    lines = await journal.lines_of_key(connection, key) if key else []
    if not lines:
        return None
    if lines[0].actor != me or not fits(lines[0]):
        raise InvalidInput(N_("The key {key} was used for something else."), field="key", key=key)
    return lines[0]
