"""Dates as a calendar file (RFC 5545): times in UTC, days as days, lines of 75 octets."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dispatch_tui.domain.dates import Date
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.words.speaker import Speaker

HOST = "dispatch-tui"
"""After the @ of what each date is known by."""


def calendar_of(dates: Iterable[Date], name: str, speaker: Speaker, now: datetime) -> bytes:
    """Return a calendar file; raises `NotPossible` without the package that writes it."""
    icalendar = _icalendar()
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{HOST}//{speaker.language}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in dates:
        event = icalendar.Event()
        event.add("uid", f"{one.uid}@{HOST}")
        event.add("dtstamp", now)
        event.add("dtstart", one.starts)
        if one.ends is not None:
            event.add("dtend", one.ends)
        event.add("summary", speaker.say(one.sentence))
        event.add("categories", [one.kind.value.upper()])
        if one.place:
            event.add("location", one.place)
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found


def _icalendar() -> Any:
    try:
        import icalendar
    except ImportError as error:
        raise NotPossible(
            N_("Calendar files need one more package: install dispatch-tui[calendar].")
        ) from error
    return icalendar
