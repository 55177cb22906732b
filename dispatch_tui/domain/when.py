"""Times as people say them: "20 min ago", "08:15", "yesterday 17:00", "昨天 17:00"."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line, fold_width

_AGO = re.compile(
    r"(?:(\d{1,3})\s*(?:hours?|hrs?|h|小时|个小时))?\s*"
    r"(?:(\d{1,4})\s*(?:minutes?|mins?|min|m|分钟|分))?\s*(?:ago|前|以前|之前)?"
)
_HALF_HOUR = re.compile(r"(?:half an hour ago|半(?:个)?小时前)")
_CLOCK = re.compile(r"(?:(.+?)\s*)?(\d{1,2})[:.点](\d{2})分?")
_DAYS = {
    "": 0,
    "today": 0,
    "今天": 0,
    "yesterday": -1,
    "昨天": -1,
    "前天": -2,
    "tomorrow": 1,
    "明天": 1,
}
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_NOW = {"", "now", "现在", "刚才", "just now"}


def parse_when(said: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the aware UTC time that was meant, seen from `now` in the display zone.

    A clock time alone is the last one that has passed. Raises `InvalidInput` with examples when
    it cannot be understood.
    """
    text = fold_width(clean_line(said)).strip().casefold()
    if text in _NOW:
        return now.astimezone(UTC)
    if _HALF_HOUR.fullmatch(text):
        return now.astimezone(UTC) - timedelta(minutes=30)
    if (match := _AGO.fullmatch(text)) and any(match.groups()):
        hours, minutes = (int(part or 0) for part in match.groups())
        return now.astimezone(UTC) - timedelta(hours=hours, minutes=minutes)
    return _exact(text) or _clock_time(text, now, zone) or _not_understood(said)


def parse_exact(said: str, zone: tzinfo) -> datetime:
    """Return the aware UTC time of an ISO 8601 date-time; without an offset it is in `zone`."""
    text = fold_width(clean_line(said)).strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return _not_understood(said)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _exact(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _clock_time(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    local = now.astimezone(zone)
    match = _CLOCK.fullmatch(text.replace("t", " ") if _DATE.match(text) else text)
    if match is None:
        return None
    day = _day((match[1] or "").strip(), local.date())
    try:
        clock = time(int(match[2]), int(match[3]))
    except ValueError:
        return None
    if day is None:
        return None
    found = datetime.combine(day, clock, tzinfo=zone)
    if not match[1] and found > local:
        found = datetime.combine(day - timedelta(days=1), clock, tzinfo=zone)
    return found.astimezone(UTC)


def _day(said: str, today: date) -> date | None:
    if said in _DAYS:
        return today + timedelta(days=_DAYS[said])
    match = _DATE.fullmatch(said)
    if match is None:
        return None
    try:
        day = date(int(match[1] or today.year), int(match[2]), int(match[3]))
    except ValueError:
        return None
    if not match[1] and day > today + timedelta(days=31):
        return day.replace(year=today.year - 1)
    return day


def _not_understood(said: str) -> datetime:
    raise InvalidInput(
        N_("The time “{said}” was not understood; write 20 min ago, 08:15 or 2026-01-31 08:15."),
        said=clean_line(said)[:40],
    )
