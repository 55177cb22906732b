"""Values as they are typed on the command line."""

from datetime import datetime

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line
from dispatch_tui.domain.when import parse_ahead, parse_when

LONGEST_KEY = 80
_LONGEST_TIME = 80


def time_of(said: str | None, desk: Desk, field: str) -> datetime | None:
    """Return the time that was meant, None where none was said; raises `InvalidInput`."""
    if said is None:
        return None
    _check_not_empty(said, field)
    return parse_when(said, desk.clock(), desk.zone)


def time_ahead(said: str, desk: Desk, field: str) -> datetime | None:
    """Return the time to come that was meant; raises `InvalidInput`."""
    _check_not_empty(said, field)
    return parse_ahead(said, desk.clock(), desk.zone)


def _check_not_empty(said: str, field: str) -> None:
    if not clean_line(said[:_LONGEST_TIME]):
        raise InvalidInput(N_("{name} is empty: it needs a time."), name=field)


def key_of(said: str) -> str:
    """Return the key of a command, "" where none was given; raises `InvalidInput`."""
    key = clean_line(said[: LONGEST_KEY + 1])
    if key != said or len(key) > LONGEST_KEY or key.startswith("import:"):
        raise InvalidInput(
            N_("A key has at most {limit} printable characters and no “import:” before it."),
            limit=LONGEST_KEY,
        )
    return key
