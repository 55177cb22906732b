"""Who is on duty: turns without gap or overlap, in every zone, over every change of its clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_tui.domain.rotation import RotationPlan, Unit, on_duty

A_MOMENT = timedelta(microseconds=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 - wall-clock time of the plan's zone


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001


def plan(
    unit: Unit = Unit.WEEKS,
    zone: str = "Asia/Shanghai",
    *,
    every: int = 1,
    starts_at: datetime = MONDAY,
    groups: tuple[str, ...] = ("A", "B"),
) -> RotationPlan:
    return RotationPlan(
        name="field", groups=groups, starts_at=starts_at, every=every, unit=unit, zone=zone
    )


def at(one: RotationPlan, *parts: int, fold: int = 0) -> datetime:
    """The instant of a wall-clock time in the plan's zone."""
    return wall(*parts).replace(tzinfo=ZoneInfo(one.zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("unit", "every", "when", "group", "since", "until"),
    [
        (Unit.WEEKS, 1, (2026, 1, 5, 8), "A", (2026, 1, 5, 8), (2026, 1, 12, 8)),
        (Unit.WEEKS, 1, (2026, 1, 12, 7, 59), "A", (2026, 1, 5, 8), (2026, 1, 12, 8)),
        (Unit.WEEKS, 1, (2026, 1, 12, 8), "B", (2026, 1, 12, 8), (2026, 1, 19, 8)),
        (Unit.WEEKS, 1, (2026, 1, 19, 8), "A", (2026, 1, 19, 8), (2026, 1, 26, 8)),
        (Unit.WEEKS, 2, (2026, 1, 18, 0), "A", (2026, 1, 5, 8), (2026, 1, 19, 8)),
        (Unit.DAYS, 1, (2026, 1, 6, 7, 59), "A", (2026, 1, 5, 8), (2026, 1, 6, 8)),
        (Unit.DAYS, 1, (2026, 1, 6, 8), "B", (2026, 1, 6, 8), (2026, 1, 7, 8)),
        (Unit.HOURS, 12, (2026, 1, 5, 20), "B", (2026, 1, 5, 20), (2026, 1, 6, 8)),
        (Unit.HOURS, 12, (2026, 1, 6, 8), "A", (2026, 1, 6, 8), (2026, 1, 6, 20)),
        # before the plan's start the turns go on backwards
        (Unit.WEEKS, 1, (2026, 1, 5, 7, 59), "B", (2025, 12, 29, 8), (2026, 1, 5, 8)),
        (Unit.WEEKS, 1, (2025, 12, 29, 7), "A", (2025, 12, 22, 8), (2025, 12, 29, 8)),
        (Unit.DAYS, 3, (2026, 1, 1, 0), "A", (2025, 12, 30, 8), (2026, 1, 2, 8)),
        (Unit.HOURS, 1, (2026, 1, 5, 7, 30), "B", (2026, 1, 5, 7), (2026, 1, 5, 8)),
    ],
)
def test_turn_of_an_instant(
    unit: Unit,
    every: int,
    when: tuple[int, ...],
    group: str,
    since: tuple[int, ...],
    until: tuple[int, ...],
) -> None:
    one = plan(unit, every=every)
    duty = on_duty(one, at(one, *when))
    assert (duty.group, duty.since, duty.until) == (group, at(one, *since), at(one, *until))
    assert duty.since.utcoffset() == duty.until.utcoffset() == timedelta()


def test_three_groups_take_turns_in_their_order() -> None:
    one = plan(Unit.DAYS, groups=("A", "B", "C"))
    names = [on_duty(one, at(one, 2026, 1, day, 12)).group for day in range(4, 12)]
    assert names == ["C", "A", "B", "C", "A", "B", "C", "A"]


def test_one_group_is_always_on_duty() -> None:
    one = plan(groups=("A",))
    assert on_duty(one, at(one, 2030, 1, 1, 0)).group == "A"


def test_instant_may_be_told_in_any_zone() -> None:
    one = plan()
    instant = at(one, 2026, 1, 12, 8)
    assert on_duty(one, instant.astimezone(ZoneInfo("America/New_York"))) == on_duty(one, instant)


CHANGES = [
    # zone, day of the change, length of the day from 08:00 on the day before to 08:00
    ("Europe/London", (2026, 3, 29), 23.0),
    ("Europe/London", (2025, 10, 26), 25.0),
    ("Australia/Lord_Howe", (2026, 4, 5), 24.5),
    ("Australia/Lord_Howe", (2026, 10, 4), 23.5),
    ("America/New_York", (2026, 3, 8), 23.0),
    ("America/New_York", (2025, 11, 2), 25.0),
    ("Pacific/Apia", (2011, 9, 24), 23.0),
    ("Asia/Shanghai", (2026, 3, 29), 24.0),
]


@pytest.mark.parametrize(("zone", "day", "length"), CHANGES)
def test_daily_hand_over_keeps_its_wall_clock_time(
    zone: str, day: tuple[int, int, int], length: float
) -> None:
    one = plan(Unit.DAYS, zone, starts_at=wall(2011, 1, 1, 8))
    change = at(one, *day, 8)
    duty = on_duty(one, change - A_MOMENT)
    assert duty.until == change
    assert duty.until - duty.since == timedelta(hours=length)
    assert on_duty(one, change).since == change
    assert on_duty(one, change).group != duty.group


@pytest.mark.parametrize(("zone", "day", "length"), CHANGES)
def test_weekly_hand_over_keeps_its_wall_clock_time(
    zone: str, day: tuple[int, int, int], length: float
) -> None:
    one = plan(Unit.WEEKS, zone, starts_at=wall(*day, 8) - 14 * DAY)
    duty = on_duty(one, at(one, *day, 8) - A_MOMENT)
    assert duty.group == "B"
    assert duty.until - duty.since == timedelta(days=6, hours=length)


@pytest.mark.parametrize(("zone", "day", "length"), CHANGES)
def test_hourly_turns_keep_their_length(
    zone: str, day: tuple[int, int, int], length: float
) -> None:
    one = plan(Unit.HOURS, zone, every=6, starts_at=wall(*day, 0) - 3 * DAY)
    start = at(one, *day, 0) - 2 * DAY
    turns = [on_duty(one, start + n * HOUR) for n in range(96)]
    assert {turn.until - turn.since for turn in turns} == {6 * HOUR}
    assert {turn.group for turn in turns} == {"A", "B"}


@pytest.mark.parametrize(
    ("zone", "hand_over", "first_instant"),
    [
        ("Europe/London", (2026, 3, 29, 1, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("Europe/London", (2026, 3, 29, 1, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("America/New_York", (2026, 3, 8, 2, 59), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", (2026, 10, 4, 2, 15), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("Pacific/Apia", (2011, 12, 30, 0, 0), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
        ("Pacific/Apia", (2011, 12, 30, 12, 0), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
        ("Pacific/Apia", (2011, 12, 30, 23, 59), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("unit", Unit)
def test_hand_over_in_the_gap_is_the_first_instant_after_it(
    zone: str, hand_over: tuple[int, ...], first_instant: datetime, unit: Unit
) -> None:
    one = plan(unit, zone, every=1, starts_at=wall(*hand_over))
    assert on_duty(one, first_instant).since == first_instant
    assert on_duty(one, first_instant - A_MOMENT).until == first_instant


@pytest.mark.parametrize(
    ("zone", "hand_over"),
    [
        ("Europe/London", (2025, 10, 26, 1, 30)),
        ("America/New_York", (2025, 11, 2, 1, 0)),
        ("Australia/Lord_Howe", (2026, 4, 5, 1, 45)),
    ],
)
@pytest.mark.parametrize("unit", Unit)
def test_ambiguous_hand_over_happens_once_at_its_first_occurrence(
    zone: str, hand_over: tuple[int, ...], unit: Unit
) -> None:
    one = plan(unit, zone, every=48 if unit is Unit.HOURS else 2, starts_at=wall(*hand_over))
    first, second = at(one, *hand_over), at(one, *hand_over, fold=1)
    assert first < second
    assert on_duty(one, first).since == first
    assert on_duty(one, first - A_MOMENT).group == "B"
    assert on_duty(one, first).group == on_duty(one, second).group == "A"


def test_a_skipped_day_has_no_turn_of_its_own_when_hand_over_is_at_midnight() -> None:
    one = plan(Unit.DAYS, "Pacific/Apia", starts_at=wall(2011, 12, 28), groups=("A", "B", "C"))
    # A: 28th, B: 29th, C: the 30th that never was, A: 31st
    midnight = datetime(2011, 12, 30, 10, 0, tzinfo=UTC)
    assert on_duty(one, midnight - A_MOMENT).group == "B"
    assert on_duty(one, midnight).group == "A"
    assert on_duty(one, midnight).since == midnight


ZONES = (
    "Asia/Shanghai",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/New_York",
    "Pacific/Apia",
)
INTERESTING = [
    datetime(2011, 9, 24, 10, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2025, 10, 26, 1, tzinfo=UTC),
    datetime(2025, 11, 2, 6, tzinfo=UTC),
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
]
INSTANTS = st.builds(
    lambda change, hours: change + timedelta(hours=hours),
    st.sampled_from(INTERESTING),
    st.floats(-60, 60, allow_nan=False),
) | st.datetimes(wall(2000, 1, 1), wall(2040, 1, 1), timezones=st.just(UTC))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    unit=st.sampled_from(Unit),
    every=st.integers(1, 30),
    zone=st.sampled_from(ZONES),
    starts_at=st.datetimes(wall(2011, 12, 1), wall(2026, 4, 30)),
    groups=st.integers(1, 4),
    instant=INSTANTS,
)
def test_turns_are_gapless_and_in_order(
    unit: Unit, every: int, zone: str, starts_at: datetime, groups: int, instant: datetime
) -> None:
    one = plan(unit, zone, every=every, starts_at=starts_at, groups=tuple("ABCD"[:groups]))
    duty = on_duty(one, instant)
    assert duty.since <= instant < duty.until
    assert on_duty(one, duty.since) == duty
    assert on_duty(one, duty.until - A_MOMENT) == duty
    after, before = on_duty(one, duty.until), on_duty(one, duty.since - A_MOMENT)
    assert after.since == duty.until
    assert before.until == duty.since
    if zone != "Pacific/Apia":  # where a day and its turn can be skipped
        order = one.groups
        assert after.group == order[(order.index(duty.group) + 1) % len(order)]


@pytest.mark.parametrize(
    ("starts_at", "every", "when", "group", "since", "until"),
    [
        # the 31st: clipped to each month's end, from the start each time
        ((2026, 1, 31, 8), 1, (2026, 2, 28, 7, 59), "A", (2026, 1, 31, 8), (2026, 2, 28, 8)),
        ((2026, 1, 31, 8), 1, (2026, 2, 28, 8), "B", (2026, 2, 28, 8), (2026, 3, 31, 8)),
        ((2026, 1, 31, 8), 1, (2026, 4, 1, 0), "A", (2026, 3, 31, 8), (2026, 4, 30, 8)),
        ((2026, 1, 31, 8), 1, (2028, 2, 29, 8), "B", (2028, 2, 29, 8), (2028, 3, 31, 8)),
        # 29 February comes back every fourth year
        ((2024, 2, 29, 8), 12, (2026, 3, 1, 0), "A", (2026, 2, 28, 8), (2027, 2, 28, 8)),
        ((2024, 2, 29, 8), 12, (2028, 2, 29, 8), "A", (2028, 2, 29, 8), (2029, 2, 28, 8)),
        ((2024, 2, 29, 8), 12, (2028, 2, 29, 7), "B", (2027, 2, 28, 8), (2028, 2, 29, 8)),
        # three months at a time, and before the start
        ((2026, 1, 5, 8), 3, (2026, 4, 5, 8), "B", (2026, 4, 5, 8), (2026, 7, 5, 8)),
        ((2026, 1, 31, 8), 1, (2026, 1, 31, 7), "B", (2025, 12, 31, 8), (2026, 1, 31, 8)),
        ((2026, 1, 31, 8), 1, (2025, 11, 30, 8), "A", (2025, 11, 30, 8), (2025, 12, 31, 8)),
        ((2026, 1, 31, 8), 5, (2025, 8, 31, 7), "A", (2025, 3, 31, 8), (2025, 8, 31, 8)),
    ],
)
def test_turns_of_months(
    starts_at: tuple[int, ...],
    every: int,
    when: tuple[int, ...],
    group: str,
    since: tuple[int, ...],
    until: tuple[int, ...],
) -> None:
    one = plan(Unit.MONTHS, every=every, starts_at=wall(*starts_at))
    duty = on_duty(one, at(one, *when))
    assert (duty.group, duty.since, duty.until) == (group, at(one, *since), at(one, *until))
