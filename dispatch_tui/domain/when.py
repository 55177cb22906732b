"""Times as people say them: "20 min ago", "08:15", "yesterday 17:00", "昨天 17:00"."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NoReturn

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line, fold_width

_AGO = re.compile(
    r"(?:(\d{1,3})\s*(?:hours?|hrs?|h|小时|个小时))?\s*"
    r"(?:(\d{1,4})\s*(?:minutes?|mins?|min|m|分钟|分))?\s*(?:ago|前|以前|之前)?"
)
_HALF_HOUR = re.compile(r"(?:half an hour ago|半(?:个)?小时前)")
_CLOCK = re.compile(
    r"(?:(.+?)(?:\s+|(?<=\D)))??"
    r"(\d{1,2})(?:[:.](\d{2})(?::[0-5]\d)?|点(?:(\d{1,2})分?|(半))?)"
)
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
_FULL_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_NOW = {"", "now", "现在", "刚才", "刚刚", "just now"}
_LONGEST = 60
"""Characters of a time; what is longer is not searched for one."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""Between these a time can be meant; beyond, a date was mistyped, and zones overflow."""


def in_utc(at: datetime, *, field: str = "") -> datetime:
    """Return the time in UTC; raises `InvalidInput` when it has no zone or cannot be meant."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise InvalidInput(N_("A time without its time zone cannot be used."), field=field)
    if not EARLIEST <= at < LATEST:
        raise InvalidInput(
            N_("{said} cannot be meant: check the date."), field=field, said=at.isoformat(" ")
        )
    return at.astimezone(UTC)


def rfc3339(at: datetime) -> str:
    """Return a time as programs read it: in UTC, whatever the zone of the company."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_when(said: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the aware UTC time that was meant, seen from `now` in the display zone.

    A clock time alone is the last one that has passed. Raises `InvalidInput` with examples when
    it cannot be understood.
    """
    text = _text(said).casefold()
    if text in _NOW:
        return now.astimezone(UTC)
    if _HALF_HOUR.fullmatch(text):
        return now.astimezone(UTC) - timedelta(minutes=30)
    if (match := _AGO.fullmatch(text)) and any(match.groups()):
        hours, minutes = (int(part or 0) for part in match.groups())
        return now.astimezone(UTC) - timedelta(hours=hours, minutes=minutes)
    return _exact(text) or _clock_time(text, now, zone) or _not_understood(said)


_AHEAD = ("+", "in ")
_LATER = "后"


def parse_ahead(said: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the aware UTC time that was meant and is to come: "15:30" is the next one.

    Takes "in 2 h", "+90 min", "2小时后" beside what `parse_when` takes; raises as it does.
    """
    words = _text(said)
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


def parse_exact(said: str, zone: tzinfo) -> datetime:
    """Return the aware UTC time of an ISO 8601 date-time; without an offset it is in `zone`."""
    try:
        found = datetime.fromisoformat(_text(said))
    except ValueError:
        return _not_understood(said)
    return in_utc(found if found.tzinfo else found.replace(tzinfo=zone))


def parse_day(said: str) -> date:
    """Return the day that was meant, written like 2026-01-31 or 2026年1月31日.

    Raises `InvalidInput` when it cannot be understood.
    """
    match = _FULL_DATE.fullmatch(_text(said))
    try:
        found = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year < 2200:
        raise InvalidInput(
            N_("“{value}” must be a day, written like 2026-01-31."), value=clean_line(said[:80])
        )
    return found


def _text(said: str) -> str:
    if len(said) > _LONGEST:
        return _not_understood(said)
    return fold_width(clean_line(said)).strip()


def _exact(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return in_utc(found) if found.tzinfo else None


def _clock_time(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    local = now.astimezone(zone)
    match = _CLOCK.fullmatch(text.replace("t", " ") if _DATE.match(text) else text)
    if match is None:
        return None
    day = _day((match[1] or "").strip(), local.date())
    try:
        clock = time(int(match[2]), 30 if match[5] else int(match[3] or match[4] or 0))
    except ValueError:
        return None
    if day is None:
        return None
    found = in_utc(datetime.combine(day, clock, tzinfo=zone))
    return found if match[1] else _last_passed(clock, now, zone) or found


def _last_passed(clock: time, now: datetime, zone: tzinfo) -> datetime | None:
    """The last time before now that the clock showed this; it may show it twice in a night."""
    today = now.astimezone(zone).date()
    shown = (
        datetime.combine(day, clock.replace(fold=fold), tzinfo=zone).astimezone(UTC)
        for day in (today, today - timedelta(days=1))
        for fold in (0, 1)
    )
    return max((at for at in shown if at <= now), default=None)


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
        return _day(f"{today.year - 1}-{match[2]}-{match[3]}", today)
    return day


def _not_understood(said: str) -> NoReturn:
    raise InvalidInput(
        N_("The time “{said}” was not understood; write 20 min ago, 08:15 or 2026-01-31 08:15."),
        said=clean_line(said[:200])[:40],
    )
