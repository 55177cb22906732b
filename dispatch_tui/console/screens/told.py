"""A time as somebody tells it in a form, fixed at the moment when it is typed."""

from datetime import datetime, tzinfo

import msgspec

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.when import parse_when

_AHEAD = ("+", "in ")
_LATER = "后"


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
        at = _ahead(words.strip(), now, zone) if ahead else parse_when(words, now, zone)
    except InvalidInput as error:
        return Told(words=words, error=error)
    return Told(words=words, at=at)


def _ahead(words: str, now: datetime, zone: tzinfo) -> datetime:
    for start in _AHEAD:
        if words.casefold().startswith(start):
            return now + (now - parse_when(words[len(start) :], now, zone))
    if words.endswith(_LATER):
        return now + (now - parse_when(words[: -len(_LATER)], now, zone))
    for day in ("today", "tomorrow"):
        try:
            at = parse_when(f"{day} {words}", now, zone)
        except InvalidInput:
            continue
        if at >= now:
            return at
    return parse_when(words, now, zone)
