"""Calendar files: what others read in them is what was meant."""

import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from dispatch_tui.domain.dates import Date, DateKind
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.message import say
from dispatch_tui.reports.ics import calendar_of
from dispatch_tui.words.speaker import Speaker

NOW = datetime(2026, 3, 4, 4, 0, 1, tzinfo=UTC)
DUTY = Date(
    uid="duty-li-20260302T000000Z",
    kind=DateKind.DUTY,
    sentence=say("On duty (group {group})", group="A"),
    starts=NOW,
    ends=NOW + timedelta(days=7),
)
NAME = "重庆市渝岚区人民医院放射科三号机房" * 6
WARRANTY = Date(
    uid="warranty-CT;1,\\x",
    kind=DateKind.WARRANTY,
    sentence=say("The warranty ends: {device}", device=NAME),
    starts=date(2026, 4, 30),
    place="Hall 2; second floor, left\nby the door",
)


def written(*dates: Date, language: str = "en") -> bytes:
    return calendar_of(dates, "李 Li", Speaker(language, ZoneInfo("Asia/Shanghai")), NOW)


def test_times_are_in_utc_and_days_are_days() -> None:
    text = written(DUTY, WARRANTY).decode()
    assert "DTSTART:20260304T040001Z\r\n" in text
    assert "DTEND:20260311T040001Z\r\n" in text
    assert "DTSTART;VALUE=DATE:20260430\r\n" in text
    assert text.count("DTSTAMP:20260304T040001Z\r\n") == 2
    assert "DTEND;VALUE=DATE" not in text


def test_what_is_read_is_what_was_meant() -> None:
    calendar = icalendar.Calendar.from_ical(written(DUTY, WARRANTY))
    assert calendar.errors == []
    duty, warranty = calendar.walk("VEVENT")
    assert duty.errors == warranty.errors == []
    assert (duty.start, duty.end) == (DUTY.starts, DUTY.ends)
    assert warranty.start == WARRANTY.starts
    assert str(warranty["summary"]) == f"The warranty ends: {NAME}"
    assert str(warranty["location"]) == WARRANTY.place
    assert str(warranty["uid"]) == "warranty-CT;1,\\x@dispatch-tui"
    assert str(calendar["x-wr-calname"]) == "李 Li"
    assert (str(calendar["version"]), bool(calendar["prodid"])) == ("2.0", True)


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut() -> None:
    content = written(WARRANTY)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
    for line in lines:
        line.decode()
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_an_empty_calendar_is_one_too() -> None:
    assert icalendar.Calendar.from_ical(written()).walk("VEVENT") == []


def test_the_same_dates_are_the_same_file() -> None:
    assert written(DUTY, WARRANTY) == written(DUTY, WARRANTY)


def test_without_its_package_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(NotPossible, match="calendar"):
        written(DUTY)
