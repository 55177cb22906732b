"""What is wrong with the roster ahead: found for the future only, and said with whom and when."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from dispatch_tui.domain.duty import (
    HolidayRoster,
    HolidayTurn,
    OverrideKind,
    Rules,
    Shift,
)
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.roster_quality import Flaw, FlawKind, flaws
from dispatch_tui.domain.rotation import RotationPlan, Unit

NOW = datetime(2026, 1, 6, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ADD, REMOVE, _ = OverrideKind
STAFF = {
    login: Staff(login=login, name=login, role=Role.ENGINEER, group=group, phone="1")
    for login, group in (("shan", "A"), ("zeng", "A"), ("xie", "B"), ("zhou", "B"))
}
RULES = Rules(
    plan=RotationPlan(
        name="field",
        groups=("A", "B"),
        starts_at=datetime(2026, 1, 5, 8, 0),  # noqa: DTZ001 - wall-clock time of the zone
        unit=Unit.WEEKS,
    ),
    members={"A": ("shan", "zeng"), "B": ("xie", "zhou")},
)


def found(rules: Rules, kind: FlawKind) -> list[Flaw]:
    return [one for one in flaws(rules, STAFF, NOW) if one.kind is kind]


def test_a_sound_roster_has_no_flaw() -> None:
    assert flaws(RULES, STAFF, NOW) == []


def test_hours_without_anybody_are_a_gap_with_its_ends() -> None:
    start = NOW + 3 * DAY
    away = tuple(override(REMOVE, one, start, start + DAY / 2) for one in ("shan", "zeng"))
    [gap] = found(replace(RULES, overrides=away), FlawKind.GAP)
    assert gap.at == start
    assert gap.sentence.values == {"since": start, "until": start + DAY / 2}


def test_a_gap_of_the_past_is_nobody_s_any_more_and_one_that_runs_begins_now() -> None:
    over = tuple(override(REMOVE, one, NOW - DAY, NOW) for one in ("shan", "zeng"))
    assert found(replace(RULES, overrides=over), FlawKind.GAP) == []
    runs = tuple(override(REMOVE, one, NOW - DAY, NOW + DAY) for one in ("shan", "zeng"))
    [gap] = found(replace(RULES, overrides=runs), FlawKind.GAP)
    assert gap.at == NOW


def test_who_is_added_to_their_own_turn_is_booked_twice() -> None:
    own = override(ADD, "shan", NOW + DAY, NOW + 2 * DAY)
    [double] = found(replace(RULES, overrides=(own,)), FlawKind.DOUBLE)
    assert (double.login, double.at) == ("shan", NOW + DAY)
    other = override(ADD, "xie", NOW + DAY, NOW + 2 * DAY)
    assert found(replace(RULES, overrides=(other,)), FlawKind.DOUBLE) == []


def test_two_holiday_turns_at_once_book_the_same_person_twice() -> None:
    turns = tuple(
        HolidayTurn(since=NOW + start * DAY, until=NOW + (start + 2) * DAY, staff=staff)
        for start, staff in ((1, ("shan", "xie")), (2, ("xie",)))
    )
    rules = replace(RULES, holidays=(HolidayRoster(name="x", turns=turns),))
    [double] = found(rules, FlawKind.DOUBLE)
    assert (double.login, double.at) == ("xie", NOW + 2 * DAY)


def test_who_serves_without_a_phone_is_named_once_from_the_first_time_on() -> None:
    staff = STAFF | {"zhou": replace(STAFF["zhou"], phone="")}
    [mute] = flaws(RULES, staff, NOW)
    assert (mute.kind, mute.login) == (FlawKind.NO_PHONE, "zhou")
    assert mute.at == datetime(2026, 1, 12, 0, 0, tzinfo=UTC)


def test_who_serves_much_more_than_the_others_is_named() -> None:
    short = Shift(days=(1,), start=time(8), end=time(12))
    rules = replace(RULES, shifts={one: (short,) for one in ("zeng", "xie", "zhou")})
    uneven = found(rules, FlawKind.UNEVEN)
    assert [one.login for one in uneven] == ["shan"]


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2026, 3, 8), []),
        (date(2026, 3, 6), ["The certificate {device_kind} of {person} expires on {day}."]),
        (date(2026, 1, 6), ["The certificate {device_kind} of {person} expires on {day}."]),
        (date(2026, 1, 5), ["The certificate {device_kind} of {person} expired on {day}."]),
    ],
)
def test_a_certificate_is_warned_of_sixty_days_ahead(last_day: date, words: list[str]) -> None:
    paper = Certificate(login="shan", kind="ct", expires_on=last_day)
    assert [one.sentence.template for one in flaws(RULES, STAFF, NOW, [paper])] == words
    gone = STAFF | {"shan": replace(STAFF["shan"], active=False)}
    kinds = {one.kind for one in flaws(RULES, gone, NOW, [paper])}
    assert FlawKind.CERTIFICATE not in kinds
