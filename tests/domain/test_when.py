"""Times as people say them, in two languages, over daylight saving, and what is no time at all."""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.when import in_utc, parse_exact, parse_when

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
NOW = datetime(2026, 3, 2, 10, 30, 15, tzinfo=SHANGHAI)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def local(*parts: int, zone: ZoneInfo = SHANGHAI, fold: int = 0) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=zone, fold=fold)


def wide(text: str) -> str:
    """What an input method leaves in full-width mode."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


SAID: dict[str, datetime] = {
    "": NOW,
    "now": NOW,
    "Now": NOW,
    "just now": NOW,
    "现在": NOW,
    "刚才": NOW,
    "刚刚": NOW,
    "20 min ago": NOW - 20 * MINUTE,
    "20min": NOW - 20 * MINUTE,
    "5m ago": NOW - 5 * MINUTE,
    "1 minute ago": NOW - MINUTE,
    "90 minutes ago": NOW - 90 * MINUTE,
    "2 h ago": NOW - 2 * HOUR,
    "2h": NOW - 2 * HOUR,
    "2hrs ago": NOW - 2 * HOUR,
    "1 hour ago": NOW - HOUR,
    "1 h 30 min ago": NOW - 90 * MINUTE,
    "1h30m": NOW - 90 * MINUTE,
    "0 min ago": NOW,
    "half an hour ago": NOW - 30 * MINUTE,
    "20分钟前": NOW - 20 * MINUTE,
    "20 分钟 前": NOW - 20 * MINUTE,
    wide("20分钟前"): NOW - 20 * MINUTE,
    "20分前": NOW - 20 * MINUTE,
    "2小时前": NOW - 2 * HOUR,
    "2个小时以前": NOW - 2 * HOUR,
    "1小时30分钟之前": NOW - 90 * MINUTE,
    "半小时前": NOW - 30 * MINUTE,
    "半个小时前": NOW - 30 * MINUTE,
    "08:15": local(2026, 3, 2, 8, 15),
    "8:15": local(2026, 3, 2, 8, 15),
    "8.15": local(2026, 3, 2, 8, 15),
    wide("08:15"): local(2026, 3, 2, 8, 15),
    wide("昨天 17:00"): local(2026, 3, 1, 17, 0),
    wide("2026-01-31 08:15"): local(2026, 1, 31, 8, 15),
    wide("2H AGO"): NOW - 2 * HOUR,
    "08:15:40": local(2026, 3, 2, 8, 15),
    "8点15分": local(2026, 3, 2, 8, 15),
    "8点15": local(2026, 3, 2, 8, 15),
    "8点5分": local(2026, 3, 2, 8, 5),
    "8点": local(2026, 3, 2, 8, 0),
    "8点半": local(2026, 3, 2, 8, 30),
    "10:30": local(2026, 3, 2, 10, 30),
    "10:31": local(2026, 3, 1, 10, 31),
    "23:50": local(2026, 3, 1, 23, 50),
    "00:00": local(2026, 3, 2, 0, 0),
    "today 08:15": local(2026, 3, 2, 8, 15),
    "today 12:00": local(2026, 3, 2, 12, 0),
    "今天08:15": local(2026, 3, 2, 8, 15),
    "yesterday 17:00": local(2026, 3, 1, 17, 0),
    "YESTERDAY 17:00": local(2026, 3, 1, 17, 0),
    "昨天 17:00": local(2026, 3, 1, 17, 0),
    "昨天17:00": local(2026, 3, 1, 17, 0),
    "昨天17点": local(2026, 3, 1, 17, 0),
    "昨天17点半": local(2026, 3, 1, 17, 30),
    "前天 9:05": local(2026, 2, 28, 9, 5),
    "tomorrow 09:00": local(2026, 3, 3, 9, 0),
    "明天 9点": local(2026, 3, 3, 9, 0),
    "2-28 09:00": local(2026, 2, 28, 9, 0),
    "02/28 09:00": local(2026, 2, 28, 9, 0),
    "2月28日 9:00": local(2026, 2, 28, 9, 0),
    "2月28日9点": local(2026, 2, 28, 9, 0),
    "4-1 09:00": local(2026, 4, 1, 9, 0),
    "4-2 09:00": local(2026, 4, 2, 9, 0),
    "4-3 09:00": local(2025, 4, 3, 9, 0),
    "12-31 23:00": local(2025, 12, 31, 23, 0),
    "2026-01-31 08:15": local(2026, 1, 31, 8, 15),
    "2026/1/31 8:15": local(2026, 1, 31, 8, 15),
    "2026-01-31T08:15": local(2026, 1, 31, 8, 15),
    "2026-01-31T08:15:59": local(2026, 1, 31, 8, 15),
    "2026-01-31 08:15:59": local(2026, 1, 31, 8, 15),
    "2026年1月31日 8:15": local(2026, 1, 31, 8, 15),
    "2026-01-31t08:15": local(2026, 1, 31, 8, 15),
    "2026-01-31T08:15:00Z": datetime(2026, 1, 31, 8, 15, tzinfo=UTC),
    "2026-01-31T08:15:00+01:00": datetime(2026, 1, 31, 7, 15, tzinfo=UTC),
    " 08:15\u200b\n": local(2026, 3, 2, 8, 15),
}


@pytest.mark.parametrize("said", SAID)
def test_time_is_understood(said: str) -> None:
    found = parse_when(said, NOW, SHANGHAI)
    assert found == SAID[said]
    assert found.utcoffset() == timedelta()


GARBAGE = [
    "soon",
    "ago",
    "前",
    "20",
    "8",
    "min ago",
    "24:00",
    "8:60",
    "8:5",
    "25点",
    "8点60分",
    "108:15",
    "5 08:15",
    "1.318:15",
    "2026-01-318:15",
    "-8:15",
    "8:15pm",
    "下午3:15",
    "8:15 8:15",
    "2026-02-30 08:15",
    "2026-13-01 08:15",
    "0-0 08:15",
    "2-29 08:15",
    "0000-01-01 08:15",
    "2026-01-31",
    "20260131",
    "2026-01-31T25:00Z",
    "1:15 ago",
    "\x1b[31m",
    "'; drop table tickets",
    "{said}",
    "𝟠",
    "x" * 1_000_000,
    "a" + " " * 1_000_000 + "b",
    "8" * 5000,
]


@pytest.mark.parametrize("said", GARBAGE, ids=lambda said: ascii(said[:20]))
def test_what_is_no_time_is_refused_with_examples(said: str) -> None:
    started = time.process_time()
    with pytest.raises(InvalidInput, match=r"was not understood; write 20 min ago, 08:15") as no:
        parse_when(said, NOW, SHANGHAI)
    assert len(str(no.value)) < 150
    assert "\x1b" not in str(no.value)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("said", ["0001-01-01 00:00", "0001-01-01T00:00+08:00", "9999-12-31 23:59"])
def test_times_of_another_age_are_refused(said: str) -> None:
    for zone in (SHANGHAI, NEW_YORK):
        with pytest.raises(InvalidInput, match=r"cannot be meant: check the date"):
            parse_when(said, NOW, zone)
        with pytest.raises(InvalidInput, match=r"cannot be meant: check the date"):
            parse_exact(said, zone)


def test_leap_day_of_a_year_that_is_none_is_refused() -> None:
    """In January of a leap year the last 29 February is three years away."""
    now = datetime(2028, 1, 5, tzinfo=UTC)
    with pytest.raises(InvalidInput, match="not understood"):
        parse_when("2-29 08:15", now, SHANGHAI)
    later = datetime(2028, 3, 5, tzinfo=UTC)
    assert parse_when("2-29 08:15", later, SHANGHAI) == local(2028, 2, 29, 8, 15)


@pytest.mark.parametrize(
    ("said", "now", "meant"),
    [
        # Clocks in London go back from 02:00 to 01:00 on 2025-10-26.
        (
            "01:15",
            local(2025, 10, 26, 1, 30, zone=LONDON, fold=1),
            local(2025, 10, 26, 1, 15, zone=LONDON, fold=1),
        ),
        (
            "01:45",
            local(2025, 10, 26, 1, 30, zone=LONDON, fold=1),
            local(2025, 10, 26, 1, 45, zone=LONDON),
        ),
        (
            "01:15",
            local(2025, 10, 26, 1, 30, zone=LONDON),
            local(2025, 10, 26, 1, 15, zone=LONDON),
        ),
        (
            "01:45",
            local(2025, 10, 26, 1, 30, zone=LONDON),
            local(2025, 10, 25, 1, 45, zone=LONDON),
        ),
        (
            "90 min ago",
            local(2025, 10, 26, 2, 0, zone=LONDON),
            local(2025, 10, 26, 1, 30, zone=LONDON),
        ),
        # They go forward from 01:00 to 02:00 on 2026-03-29.
        (
            "00:30",
            local(2026, 3, 29, 2, 10, zone=LONDON),
            local(2026, 3, 29, 0, 30, zone=LONDON),
        ),
        (
            "yesterday 02:30",
            local(2026, 3, 29, 2, 10, zone=LONDON),
            local(2026, 3, 28, 2, 30, zone=LONDON),
        ),
        # Lord Howe changes by half an hour: back from 02:00 to 01:30 on 2026-04-05.
        (
            "01:40",
            local(2026, 4, 5, 1, 50, zone=LORD_HOWE, fold=1),
            local(2026, 4, 5, 1, 40, zone=LORD_HOWE, fold=1),
        ),
        (
            "2:15",
            local(2026, 10, 4, 2, 45, zone=LORD_HOWE),
            datetime(2026, 10, 3, 15, 45, tzinfo=UTC),
        ),
        (
            "01:30",
            local(2025, 11, 2, 1, 45, zone=NEW_YORK, fold=1),
            local(2025, 11, 2, 1, 30, zone=NEW_YORK, fold=1),
        ),
        # Apia had no 2011-12-30.
        (
            "08:15",
            local(2011, 12, 31, 7, 0, zone=APIA),
            local(2011, 12, 29, 8, 15, zone=APIA),
        ),
    ],
)
def test_clock_time_alone_is_the_last_one_that_passed(
    said: str, now: datetime, meant: datetime
) -> None:
    assert parse_when(said, now, now.tzinfo or UTC) == meant.astimezone(UTC)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([SHANGHAI, LONDON, LORD_HOWE, NEW_YORK, APIA]),
    st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.times(),
)
def test_clock_time_is_never_ahead_and_hardly_more_than_a_day_ago(
    zone: ZoneInfo, now: datetime, clock: object
) -> None:
    found = parse_when(f"{clock:%H:%M}", now, zone)
    assert found <= now
    if not (zone is APIA and now.year in (2011, 2012)):
        assert now - found < DAY + 2 * HOUR


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=30) | st.from_regex(r"[0-9年月日点半:./ T前hm-]{0,20}", fullmatch=True))
def test_any_words_are_a_time_or_a_refusal(said: str) -> None:
    with suppress(InvalidInput):
        assert parse_when(said, NOW, SHANGHAI).utcoffset() == timedelta()
    with suppress(InvalidInput):
        assert parse_exact(said, SHANGHAI).utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2026-01-31T08:15:00Z", datetime(2026, 1, 31, 8, 15, tzinfo=UTC)),
        ("2026-01-31 08:15", datetime(2026, 1, 31, 0, 15, tzinfo=UTC)),
        ("2026-01-31T08:15+00:00", datetime(2026, 1, 31, 8, 15, tzinfo=UTC)),
        ("2026-01-31", datetime(2026, 1, 30, 16, 0, tzinfo=UTC)),
    ],
)
def test_exact_times_are_iso_8601_in_the_display_zone_where_none_is_told(
    said: str, found: datetime
) -> None:
    assert parse_exact(said, SHANGHAI) == found


@pytest.mark.parametrize("said", ["", "now", "08:15", "20 min ago", "x" * 100_000])
def test_exact_times_are_nothing_else(said: str) -> None:
    with pytest.raises(InvalidInput, match="was not understood"):
        parse_exact(said, SHANGHAI)


def test_in_utc_keeps_the_instant() -> None:
    assert in_utc(NOW) == NOW
    assert in_utc(NOW).tzinfo is UTC
