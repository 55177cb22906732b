"""A time as somebody tells it in a form, fixed at the moment when it is typed."""

from datetime import datetime, tzinfo

import msgspec

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.when import parse_ahead, parse_when


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, and the time that was meant then; `at` None with no words means "now"."""

    words: str = ""
    at: datetime | None = None
    error: InvalidInput | None = None


def told(words: str, now: datetime, zone: tzinfo, *, ahead: bool = False) -> Told:
    """Read a time; with `ahead` it is one to come, so that "15:30" is the next one."""
    if not words.strip():
        return Told()
    try:
        at = (parse_ahead if ahead else parse_when)(words, now, zone)
    except InvalidInput as error:
        return Told(words=words, error=error)
    return Told(words=words, at=at)
