"""From values to words: spans, times, clocks, people, and a word for every fixed value."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

import dispatch_tui.domain
from dispatch_tui.domain.clocks import Clock, ClockKind, Outcome
from dispatch_tui.domain.dates import DateKind
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import say
from dispatch_tui.domain.phones import Sight
from dispatch_tui.domain.query import Filter
from dispatch_tui.domain.rotation import Unit
from dispatch_tui.domain.spec import FieldKind
from dispatch_tui.domain.table import COMMANDS, LOG
from dispatch_tui.words.catalog import language_of, translations
from dispatch_tui.words.labels import FIELD_LABELS
from dispatch_tui.words.speaker import Speaker

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 3, 20, 30, tzinfo=UTC)
"""A Wednesday, 11:20 in Shanghai."""

ENGLISH = Speaker("en", SHANGHAI, {"ann": "Ann Lee", "bob": "Bob Roe"})
CHINESE = Speaker("zh_CN", SHANGHAI, {"ann": "李安", "bob": "罗波"})
BOTH = pytest.mark.parametrize("speaker", [ENGLISH, CHINESE], ids=["en", "zh_CN"])

NEVER_SAID = {Unit, FieldKind, Filter, Thing, DateKind, Sight}
"""For programs, and what is typed to find something: not for people."""

OF_A_REPAIR = {Outcome.MET_EXTENDED, Outcome.SETTLED}
"""No other clock can end so."""


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("length", "long", "short"),
    [
        (minutes(0), "0 min", "0:00"),
        (minutes(0.9), "0 min", "0:00"),
        (minutes(59), "59 min", "0:59"),
        (minutes(60), "1 h 00 min", "1:00"),
        (minutes(312), "5 h 12 min", "5:12"),
        (minutes(-12), "12 min", "-0:12"),
        (minutes(-61), "1 h 01 min", "-1:01"),
        (timedelta(hours=71, minutes=59), "71 h 59 min", "71:59"),
        (timedelta(hours=72), "3 d 0 h", "72:00"),
        (timedelta(hours=99, minutes=59), "4 d 3 h", "99:59"),
        (timedelta(hours=100), "4 d 4 h", "4d 04"),
        (timedelta(days=-400, hours=-2), "400 d 2 h", "-400d 02"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(length: timedelta, long: str, short: str) -> None:
    assert ENGLISH.span(length) == long
    assert ENGLISH.short_span(length) == short


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-11T03:20:30", "11:20"),
        ("2026-03-10T16:00:00", "00:00"),
        ("2026-03-10T15:59:59", "Tue 23:59"),
        ("2026-03-12T01:10:00", "Thu 09:10"),
        ("2026-03-05T01:10:00", "Thu 09:10"),
        ("2026-03-17T01:10:00", "Tue 09:10"),
        ("2026-03-04T01:10:00", "03-04 09:10"),
        ("2026-03-18T01:10:00", "03-18 09:10"),
        ("2025-12-31T16:00:00", "01-01 00:00"),
        ("2025-12-31T15:59:00", "2025-12-31 23:59"),
    ],
)
def test_a_time_is_as_short_as_it_can_be_without_doubt(at: str, said: str) -> None:
    assert ENGLISH.time(datetime.fromisoformat(at).replace(tzinfo=UTC), NOW) == said


def test_a_time_seen_from_nowhere_has_its_date() -> None:
    assert ENGLISH.time(NOW) == "2026-03-11 11:20"
    assert Speaker("en", ZoneInfo("Pacific/Apia")).time(NOW) == "2026-03-11 16:20"


def test_what_is_left_of_a_limit_is_told_from_what_it_is_over() -> None:
    assert ENGLISH.left(NOW + minutes(312), NOW) == "5 h 12 min left"
    assert ENGLISH.left(NOW + timedelta(seconds=1), NOW) == "0 min left"
    assert ENGLISH.left(NOW, NOW) == "0 min over"
    assert ENGLISH.left(NOW - minutes(90), NOW) == "1 h 30 min over"


def clock(**more: object) -> Clock:
    """An on-site clock that runs out tomorrow at 09:10."""
    due_at = datetime(2026, 3, 12, 1, 10, tzinfo=UTC)
    fields = {
        "kind": ClockKind.ON_SITE,
        "started_at": due_at - timedelta(hours=48),
        "due_at": due_at,
        "original_due_at": due_at,
    }
    return Clock(**(fields | more))  # type: ignore[arg-type]


def test_a_clock_is_said_in_words() -> None:
    assert ENGLISH.clock(clock(), NOW) == "on site by Thu 09:10, 21 h 49 min left"
    met = clock(outcome=Outcome.MET, stopped_at=NOW)
    assert ENGLISH.clock(met, NOW) == "on site 11:20, 21 h 49 min before the limit"
    missed = clock(outcome=Outcome.MISSED, stopped_at=NOW + timedelta(days=1))
    assert ENGLISH.clock(missed, NOW) == "on site Thu 11:20, 2 h 10 min after the limit"
    void = clock(outcome=Outcome.VOID, stopped_at=NOW)
    assert ENGLISH.clock(void, NOW) == "visit: void since 11:20"


def test_the_limit_first_given_is_never_hidden() -> None:
    moved = clock(original_due_at=datetime(2026, 3, 12, 0, 40, tzinfo=UTC))
    assert ENGLISH.clock(moved, NOW) == (
        "on site by Thu 09:10, 21 h 49 min left (first limit Thu 08:40)"
    )
    met = clock(
        outcome=Outcome.MET, stopped_at=NOW, original_due_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert ENGLISH.clock(met, NOW).endswith("(first limit 03-01 08:00)")


@BOTH
def test_every_clock_however_it_ended_can_be_said(speaker: Speaker) -> None:
    for kind in ClockKind:
        for outcome in set(Outcome) - (set() if kind is ClockKind.REPAIR else OF_A_REPAIR):
            stopped_at = None if outcome is Outcome.RUNNING else NOW
            said = speaker.clock(clock(kind=kind, outcome=outcome, stopped_at=stopped_at), NOW)
            assert said
            assert "{" not in said


def enums() -> Iterator[type[StrEnum]]:
    """Every enum of the domain."""
    for info in pkgutil.walk_packages(dispatch_tui.domain.__path__, "dispatch_tui.domain."):
        for value in vars(importlib.import_module(info.name)).values():
            if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum:
                yield value


@BOTH
def test_there_is_a_word_for_every_value_that_people_see(speaker: Speaker) -> None:
    found = set(enums()) - NEVER_SAID
    assert len(found) >= 25
    for kind in found:
        words = [speaker.label(member) for member in kind]
        assert all(words)
        assert len(set(words)) == len(words)


@BOTH
def test_there_is_a_word_for_every_field_of_every_command(speaker: Speaker) -> None:
    for spec in (LOG, *COMMANDS.values()):
        for field in spec.fields:
            assert speaker.translate(FIELD_LABELS[field.name])


def test_people_are_said_by_their_names_and_lists_as_the_language_has_it() -> None:
    message = say("{people} and {lead}", people=("ann", "bob", "zoe"), lead="ann")
    assert ENGLISH.say(message) == "Ann Lee, Bob Roe, zoe and Ann Lee"
    assert CHINESE.people(["ann", "bob"]) == "李安、罗波"


def test_text_from_people_is_not_taken_for_anything_else() -> None:
    message = say("{text}", text="{lead} %s ann [/] {0}")
    assert ENGLISH.say(message) == "{lead} %s ann [/] {0}"
    named = Speaker("en", SHANGHAI, {"ann": "{text}"})
    assert named.say("{lead}: {text}", lead="ann", text="x") == "{text}: x"


def test_a_message_within_a_message_is_said_in_the_same_language() -> None:
    inner = say("Customer answered")
    assert ENGLISH.say(say("{sentence}: {text}", sentence=inner, text="yes")) == (
        "Customer answered: yes"
    )
    assert CHINESE.say(inner) in CHINESE.say(say("{sentence}: {text}", sentence=inner, text="好"))


def test_the_field_that_an_error_is_about_has_its_word() -> None:
    error = InvalidInput("{field} is missing", field="fault")
    assert ENGLISH.say(error.message) == "Fault is missing"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "ZH_hans"}, "zh_CN"),
        ({"LANG": "zh"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh_CN"),
    ],
)
def test_the_language_is_that_of_the_environment(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(environment) == language


def test_english_needs_no_catalogue_and_another_language_must_have_one() -> None:
    assert translations("en").gettext("Fault") == "Fault"
    with pytest.raises(FileNotFoundError):
        translations("xx")
