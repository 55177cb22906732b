"""Who is on duty with shifts, leave, swaps and holiday rosters applied, and what comes next."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatch_tui.domain.duty import (
    HolidayRoster,
    HolidayTurn,
    Override,
    OverrideKind,
    Rules,
    Shift,
    Span,
    clash,
    on_leave,
    spans,
    staff_at,
)
from dispatch_tui.domain.rotation import RotationPlan, Unit, on_duty, turns

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
MEMBERS = {"A": ("shan", "zeng"), "B": ("xie", "zhou")}
START = datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 - wall-clock time of the plan's zone
NOON = datetime(2026, 1, 6, 4, 0, tzinfo=UTC)
"""A Tuesday, 12:00 in Shanghai, in a turn of group A."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADD, REMOVE, REPLACE = OverrideKind


def rules(
    *,
    unit: Unit = Unit.WEEKS,
    zone: str = "Asia/Shanghai",
    shifts: dict[str, tuple[Shift, ...]] | None = None,
    overrides: tuple[Override, ...] = (),
    holidays: tuple[HolidayRoster, ...] = (),
    members: dict[str, tuple[str, ...]] = MEMBERS,
) -> Rules:
    plan = RotationPlan(name="field", groups=("A", "B"), starts_at=START, unit=unit, zone=zone)
    return Rules(
        plan=plan,
        members=members,
        shifts=shifts or {},
        overrides=overrides,
        holidays=holidays,
    )


def override(
    kind: OverrideKind, login: str, hours: float, *, start: float = 0, by: str = ""
) -> Override:
    since = NOON + start * HOUR
    return Override(
        id=f"{kind}-{login}-{start}",
        kind=kind,
        login=login,
        by=by,
        since=since,
        until=since + hours * HOUR,
    )


def people(one: Rules, hours: float = 0) -> tuple[str, ...]:
    return staff_at(one, NOON + hours * HOUR)[1]


def test_without_anything_said_the_whole_group_is_on_duty() -> None:
    assert staff_at(rules(), NOON) == ("A", ("shan", "zeng"))
    assert staff_at(rules(), NOON + 7 * DAY) == ("B", ("xie", "zhou"))


def test_leave_takes_a_person_off_from_its_first_to_before_its_last_instant() -> None:
    one = rules(overrides=(override(REMOVE, "shan", 2),))
    assert people(one, -0.001) == ("shan", "zeng")
    assert people(one) == people(one, 1.999) == ("zeng",)
    assert people(one, 2) == ("shan", "zeng")


def test_an_added_person_is_there_beside_the_group() -> None:
    one = rules(overrides=(override(ADD, "xie", 2),))
    assert people(one) == ("shan", "zeng", "xie")
    assert people(one, 2) == ("shan", "zeng")


def test_an_added_person_of_the_group_is_there_once() -> None:
    assert people(rules(overrides=(override(ADD, "zeng", 2),))) == ("shan", "zeng")


def test_who_stands_in_takes_the_place_and_only_while_it_is_a_turn() -> None:
    one = rules(overrides=(override(REPLACE, "shan", 24 * 10, by="xie"),))
    assert people(one) == ("xie", "zeng")
    assert people(one, 24 * 7) == ("xie", "zhou")


def test_a_swap_is_two_stand_ins_at_two_times() -> None:
    there = override(REPLACE, "shan", 24, by="xie")
    back = override(REPLACE, "xie", 24, start=24 * 7, by="shan")
    one = rules(overrides=(there, back))
    assert clash(back, [there]) is None
    assert people(one) == ("xie", "zeng")
    assert people(one, 24 * 7) == ("shan", "zhou")


@pytest.mark.parametrize(
    ("second", "clashes"),
    [
        (override(REMOVE, "shan", 1, start=1), True),  # inside
        (override(REMOVE, "shan", 10, start=-2), True),  # around
        (override(ADD, "shan", 2, start=3), True),  # over its end
        (override(REPLACE, "zeng", 1, by="shan"), True),  # standing in for another meanwhile
        (override(REMOVE, "shan", 2, start=-2), False),  # ends as it begins
        (override(REMOVE, "shan", 2, start=4), False),  # begins as it ends
        (override(REMOVE, "zeng", 4), False),  # another person
    ],
)
def test_two_that_touch_one_person_never_overlap(second: Override, clashes: bool) -> None:
    first = override(REPLACE, "shan", 4, by="xie")
    assert (clash(second, [first]) == first) is clashes
    assert (clash(first, [second]) == second) is clashes
    assert clash(first, [first]) is None


def test_leave_and_a_stand_in_keep_a_person_off_but_an_addition_does_not() -> None:
    leave = override(REMOVE, "shan", 2)
    one = rules(overrides=(leave, override(ADD, "xie", 2)))
    assert on_leave(one, "shan", NOON) == leave
    assert on_leave(one, "shan", NOON + 2 * HOUR) is None
    assert on_leave(one, "xie", NOON) is None


def test_a_shift_by_weekday_and_clock() -> None:
    shift = Shift(days=(1, 2, 3, 4, 5), start=time(8), end=time(20))
    one = rules(shifts={"shan": (shift,)})
    assert people(one) == ("shan", "zeng")
    assert people(one, 8) == ("zeng",)  # Tuesday 20:00
    assert people(one, 20) == ("shan", "zeng")  # Wednesday 8:00
    assert people(one, 24 * 4) == ("zeng",)  # Saturday noon


def test_a_shift_whose_end_is_not_after_its_start_runs_into_the_next_day() -> None:
    night = Shift(days=(2,), start=time(20), end=time(6))
    one = rules(shifts={"shan": (night,)})
    assert people(one) == ("zeng",)
    assert people(one, 8) == people(one, 17.9) == ("shan", "zeng")  # until Wednesday 5:54
    assert people(one, 18) == ("zeng",)
    whole = rules(shifts={"shan": (Shift(days=(2,), start=time(8), end=time(8)),)})
    assert people(whole, 19.9) == ("shan", "zeng")
    assert people(whole, 20) == ("zeng",)


def test_a_holiday_roster_replaces_plan_and_shifts_and_its_gaps_stay() -> None:
    first = HolidayTurn(since=NOON, until=NOON + 4 * HOUR, staff=("zhou",))
    second = HolidayTurn(since=NOON + 6 * HOUR, until=NOON + 8 * HOUR, staff=("shan", "xie"))
    one = rules(holidays=(HolidayRoster(name="spring", turns=(second, first)),))
    found = spans(one, NOON - 2 * HOUR, NOON + 10 * HOUR)
    assert [(span.group, span.staff) for span in found] == [
        ("A", ("shan", "zeng")),
        ("", ("zhou",)),
        ("", ()),
        ("", ("shan", "xie")),
        ("A", ("shan", "zeng")),
    ]
    assert (found[2].since, found[2].until) == (NOON + 4 * HOUR, NOON + 6 * HOUR)
    sick = replace(one, overrides=(override(REMOVE, "zhou", 1),))
    assert people(sick) == ()


def test_a_member_who_leaves_changes_nobody_elses_turn() -> None:
    before, after = rules(), rules(members={"A": ("zeng",), "B": ("xie", "zhou")})
    until = NOON + 60 * DAY
    without = [
        Span(
            since=span.since,
            until=span.until,
            group=span.group,
            staff=tuple(one for one in span.staff if one != "shan"),
        )
        for span in spans(before, NOON, until)
    ]
    assert spans(after, NOON, until) == without


def test_a_span_ends_where_the_preview_ends() -> None:
    found = spans(rules(), NOON, NOON + HOUR)
    assert found == [Span(since=NOON, until=NOON + HOUR, group="A", staff=("shan", "zeng"))]


# Properties

PEOPLE = ("shan", "zeng", "xie", "zhou", "qiu")
minutes = st.integers(-60 * 24 * 40, 60 * 24 * 40)
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


@st.composite
def some_overrides(draw: st.DrawFn) -> tuple[Override, ...]:
    found: list[Override] = []
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(OverrideKind))
        login, by = draw(st.permutations(PEOPLE))[:2]
        since = NOON + draw(minutes) * timedelta(minutes=1)
        until = since + draw(st.integers(1, 60 * 24 * 10)) * timedelta(minutes=1)
        one = Override(
            id=str(number),
            kind=kind,
            login=login,
            by=by if kind is REPLACE else "",
            since=since,
            until=until,
        )
        if clash(one, found) is None:
            found.append(one)
    return tuple(found)


@st.composite
def some_rules(draw: st.DrawFn) -> Rules:
    shift = st.builds(
        Shift,
        days=st.sets(st.integers(1, 7), min_size=1).map(tuple),
        start=clock_times,
        end=clock_times,
    )
    own = st.lists(shift, min_size=1, max_size=2).map(tuple)
    holidays = []
    for name in draw(st.sets(st.sampled_from(["x", "y"]))):
        held = []
        for _ in range(draw(st.integers(1, 3))):
            since = NOON + draw(minutes) * timedelta(minutes=1)
            until = since + draw(st.integers(1, 3000)) * timedelta(minutes=1)
            staff = (draw(st.sampled_from(PEOPLE)),)
            held.append(HolidayTurn(since=since, until=until, staff=staff))
        holidays.append(HolidayRoster(name=name, turns=tuple(held)))
    return rules(
        unit=draw(st.sampled_from(Unit)),
        zone=draw(st.sampled_from(ZONES)),
        shifts=draw(st.dictionaries(st.sampled_from(PEOPLE[:4]), own, max_size=2)),
        overrides=draw(some_overrides()),
        holidays=tuple(holidays),
    )


@settings(max_examples=60, deadline=None)
@given(some_rules(), st.integers(0, 20), st.lists(st.floats(0, 0.999_999), max_size=20))
def test_the_preview_is_gapless_in_order_and_agrees_with_every_instant(
    one: Rules, days: int, parts: list[float]
) -> None:
    since, until = NOON, NOON + days * DAY + HOUR
    found = spans(one, since, until)
    assert (found[0].since, found[-1].until) == (since, until)
    assert all(a.until == b.since for a, b in pairwise(found))
    assert all(span.since < span.until for span in found)
    for part in parts:
        instant = since + part * (until - since)
        span = next(span for span in found if span.since <= instant < span.until)
        assert (span.group, span.staff) == staff_at(one, instant)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(Unit), st.sampled_from(ZONES), st.integers(1, 9), minutes)
def test_exactly_one_group_is_on_duty_and_turns_follow_each_other(
    unit: Unit, zone: str, every: int, start: int
) -> None:
    plan = RotationPlan(
        name="field", groups=("A", "B", "C"), starts_at=START, every=every, unit=unit, zone=zone
    )
    since = NOON + start * timedelta(minutes=1)
    found = list(turns(plan, since, since + 10 * DAY))
    assert found[0].since <= since < found[0].until
    assert found[-1].until >= since + 10 * DAY
    for before, after in pairwise(found):
        assert before.until == after.since
        assert plan.groups.index(after.group) == (plan.groups.index(before.group) + 1) % 3
    for turn in found:
        assert on_duty(plan, turn.since) == on_duty(plan, turn.until - HOUR / 60) == turn


def test_preview_and_instant_agree_ten_thousand_times() -> None:
    shift = Shift(days=(1, 3, 6), start=time(1, 30), end=time(1, 30))
    night = Shift(days=(6, 7), start=time(22), end=time(3))
    overrides = tuple(
        override(kind, login, 50, start=start, by=by)
        for kind, login, start, by in (
            (REMOVE, "shan", 30, ""),
            (REPLACE, "zhou", 200, "qiu"),
            (ADD, "qiu", 2000, ""),
        )
    )
    shifts = {"shan": (shift,), "xie": (night,)}
    one = rules(zone="Europe/Berlin", unit=Unit.DAYS, shifts=shifts, overrides=overrides)
    since, until = NOON, NOON + 300 * DAY  # over both changes of the clocks
    found = spans(one, since, until)
    step = (until - since) / 10_000
    place = 0
    for count in range(10_000):
        instant = since + count * step
        while instant >= found[place].until:
            place += 1
        assert (found[place].group, found[place].staff) == staff_at(one, instant)
    assert ZoneInfo("Europe/Berlin").utcoffset(since) != ZoneInfo("Europe/Berlin").utcoffset(
        since + 150 * DAY
    )
