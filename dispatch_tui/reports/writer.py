"""Turns the values of a report into words: its times in its own zone, with date and offset."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch_tui.domain.report import ServiceReport
from dispatch_tui.domain.text import clean_text
from dispatch_tui.reports.page import EMPTY, Row, Table
from dispatch_tui.words.speaker import Speaker


class Writer:
    """Writes for the reader that a speaker speaks to."""

    def __init__(self, speaker: Speaker, zone: tzinfo) -> None:
        self.speaker = speaker
        self.zone = zone

    def say(self, template: str, **values: object) -> str:
        """Return a marked template in the reader's language, filled with words."""
        return self.speaker.translate(template).format(**values)

    def time(self, at: datetime | None) -> str:
        """Return a time with its date and its offset from UTC: "2026-03-03 12:00 +08:00"."""
        if at is None:
            return EMPTY
        local = at.astimezone(self.zone)
        return f"{local:%Y-%m-%d %H:%M} {local.isoformat()[-6:]}"

    def day(self, on: date | None) -> str:
        """Return a day."""
        return on.isoformat() if on else EMPTY

    def label(self, value: StrEnum | None) -> str:
        """Return the word for a fixed value."""
        return self.speaker.label(value) if value is not None else EMPTY

    def row(self, label: str, value: str, *, wide: bool = False) -> Row:
        """Return a marked label with a value, cleaned of what would not be seen."""
        return Row(self.speaker.translate(label), text(value), wide)

    def blank(self, label: str, value: str = "") -> Row:
        """Return a marked label with a value that is filled in by hand where it is not known."""
        return Row(self.speaker.translate(label), clean_text(value))

    def table(
        self, title: str, columns: Iterable[str], rows: Iterable[Sequence[str]]
    ) -> tuple[Table, ...]:
        """Return a table with marked columns; none where it would have no rows."""
        cells = tuple(tuple(text(cell) for cell in row) for row in rows)
        if not cells:
            return ()
        translate = self.speaker.translate
        heads = tuple(translate(one) for one in columns)
        return (Table(title=translate(title), columns=heads, rows=cells),)


def text(said: str) -> str:
    """Return a text from people as it can be drawn, or the mark for nothing."""
    return clean_text(said) or EMPTY


def zone_of(report: ServiceReport, fallback: tzinfo) -> tzinfo:
    """Return the zone that a report was made in; the fallback where it is not known here."""
    try:
        return ZoneInfo(report.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fallback
