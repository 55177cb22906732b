"""The roster as a calendar: what its cells say, and leave and stand-ins entered by keys."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace
from shift import MANAGER, NOW, OPERATOR, Console, Shift

from dispatch_tui.console.panes import calendar
from dispatch_tui.console.screens.calendar import CalendarScreen
from dispatch_tui.domain.duty import (
    HolidayRoster,
    HolidayTurn,
    Override,
    OverrideKind,
    Rules,
)
from dispatch_tui.domain.duty import (
    Shift as Hours,
)
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.rotation import RotationPlan

pytest_plugins = ("main_fixtures",)

ADD, REMOVE, REPLACE = OverrideKind
DAY = timedelta(days=1)
EIGHT = datetime(2026, 1, 6, 0, 0, tzinfo=UTC)
"""A Tuesday, 8:00 in the zone of the plan: hand-over, in a turn of group A."""
RULES = Rules(
    plan=RotationPlan(
        name="field",
        groups=("A", "B"),
        starts_at=datetime(2026, 1, 5, 8, 0),  # noqa: DTZ001 - wall-clock time of the zone
    ),
    members={"A": ("shan", "zeng"), "B": ("xie",)},
)


def line(rules: Rules, login: str, count: int = 8) -> str:
    """The signs of a person from that Tuesday on."""
    days = calendar.days(rules, date(2026, 1, 6), count)
    roster = calendar.shown(rules, days)
    return "".join(calendar.mark(rules, login, day, roster) for day in days)


def changed(*overrides: Override) -> Rules:
    return replace(RULES, overrides=overrides)


def test_days_go_from_hand_over_to_hand_over() -> None:
    [first, second] = calendar.days(RULES, date(2026, 1, 6), 2)
    assert (first.since, first.until, second.since) == (EIGHT, EIGHT + DAY, EIGHT + DAY)
    berlin = replace(RULES, plan=replace(RULES.plan, zone="Europe/Berlin"))
    [change] = calendar.days(berlin, date(2026, 3, 28), 1)
    assert change.until - change.since == timedelta(hours=23)


def test_a_turn_is_drawn_until_the_other_group_takes_over() -> None:
    assert (line(RULES, "shan"), line(RULES, "xie")) == ("######..", "......##")
    days = calendar.days(RULES, date(2026, 1, 6), 8)
    roster = calendar.shown(RULES, days)
    assert "".join(calendar.group(day, roster) for day in days) == "AAAAAABB"


def test_leave_stand_ins_and_additions_have_signs_of_their_own() -> None:
    rules = changed(
        override(REMOVE, "shan", EIGHT + DAY, EIGHT + 3 * DAY),
        override(REPLACE, "zeng", EIGHT, EIGHT + DAY, by="xie"),
        override(ADD, "qiu", EIGHT + 2 * DAY, EIGHT + 3 * DAY),
    )
    assert line(rules, "shan") == "#LL###.."
    assert line(rules, "zeng") == "S#####.."
    assert line(rules, "xie") == "+.....##"
    assert line(rules, "qiu") == "..+....."


def test_part_of_a_day_and_a_holiday_roster_are_drawn() -> None:
    half = Hours(start=time(8), end=time(20))
    assert line(replace(RULES, shifts={"shan": (half,)}), "shan", 3) == "---"
    turn = HolidayTurn(since=EIGHT, until=EIGHT + DAY, staff=("xie",))
    rules = replace(RULES, holidays=(HolidayRoster(name="x", turns=(turn,)),))
    assert (line(rules, "shan", 2), line(rules, "xie", 2)) == (".#", "#.")
    days = calendar.days(rules, date(2026, 1, 6), 2)
    assert calendar.group(days[0], calendar.shown(rules, days)) == ""


async def opened(shift: Shift, login: str = MANAGER, size: tuple[int, int] = (80, 24)) -> Console:
    console = await shift.console(login, size)
    await console.press("c")
    await console.until(lambda: isinstance(console.app.screen, CalendarScreen))
    await console.shows("Roster", "> 单志远")
    return console


def row(console: Console, name: str) -> str:
    """The line of a person."""
    return next(one for one in console.lines if one[2:].startswith(name))


async def test_leave_is_drawn_before_it_is_saved_and_ends_where_one_goes(shift: Shift) -> None:
    console = await opened(shift)
    before = row(console, "单志远")
    await console.press("right", "l", "right")
    await console.shows("Leave of 单志远", "L   [L]")
    await console.press("left")
    await console.until(lambda: row(console, "单志远").count("L") == 1)
    await console.press("right", "enter")
    desk = await shift.desk()
    await console.shows("Saved.")
    [leave] = [one for one in await desk.overrides() if one.login == "shan.zhiyuan"]
    assert leave.kind is REMOVE
    assert leave.until - leave.since == 2 * DAY
    assert leave.since > NOW
    await console.until(lambda: row(console, "单志远").count("L") == 2)
    await console.press("w")
    await console.shows("y, F9 withdraws: Leave of 单志远")
    await console.press("enter")
    await console.settled()
    assert [one for one in await desk.overrides() if one.login == "shan.zhiyuan"]
    await console.press("y")
    await console.until(lambda: row(console, "单志远").replace("[", " ") != before)
    await console.until(lambda: "L" not in row(console, "单志远"))
    assert not [one for one in await desk.overrides() if one.login == "shan.zhiyuan"]


async def test_what_is_to_be_withdrawn_is_forgotten_when_something_else_is_done(
    shift: Shift,
) -> None:
    desk = await shift.desk()
    start = datetime(2026, 3, 11, 0, 0, tzinfo=UTC)
    leave = override(REMOVE, "shan.zhiyuan", start, start + DAY)
    await desk.override(leave)
    console = await opened(shift)
    await console.until(lambda: "L" in row(console, "单志远"))
    await console.press("w")
    await console.shows("F9 withdraws")
    await console.press("escape")
    await console.hides("F9 withdraws")
    await console.press("w", "right", "l", "enter")
    await console.shows("Saved.")
    found = [one for one in await desk.overrides() if one.login == "shan.zhiyuan"]
    assert leave in found
    assert len(found) == 2


async def test_a_stand_in_is_chosen_by_a_key_and_escape_drops_it(shift: Shift) -> None:
    console = await opened(shift)
    await console.press("s")
    await console.shows("stands in for 单志远")
    await console.press("b", "b")
    await console.shows("周国栋 stands in for 单志远")
    await console.until(lambda: "+" in row(console, "周国栋"))
    await console.press("escape")
    await console.until(lambda: "S" not in row(console, "单志远"))
    assert isinstance(console.app.screen, CalendarScreen)
    await console.press("escape")
    await console.until(lambda: console.app.screen is console.main)


async def test_a_swap_is_a_stand_in_and_another_in_return(shift: Shift) -> None:
    console = await opened(shift)
    await console.press("right", "s")
    await console.until(lambda: console.app.screen._draft is not None)  # type: ignore[attr-defined]
    await console.press("b", "x", "right", "right", "right", "right", "right")
    await console.shows("解晓东 stands in for 单志远", "day in return", "[+]")
    await console.press("enter")
    await console.shows("Saved.")
    desk = await shift.desk()
    found = [one for one in await desk.overrides() if "shan.zhiyuan" in one.touches]
    assert [(one.login, one.by) for one in found] == [
        ("shan.zhiyuan", "xie.xiaodong"),
        ("xie.xiaodong", "shan.zhiyuan"),
    ]
    assert found[1].since - found[0].since == 5 * DAY


async def test_what_overlaps_is_refused_and_stays_to_be_mended(shift: Shift) -> None:
    console = await opened(shift)
    await console.press("l")
    await console.shows("Leave of 单志远")
    since = console.app.screen._draft.since  # type: ignore[attr-defined]
    await (await shift.desk()).override(override(ADD, "shan.zhiyuan", since, since + DAY))
    await console.press("enter")
    await console.shows("withdraw that first")
    assert console.app.screen._draft is not None  # type: ignore[attr-defined]


async def test_who_may_not_change_it_looks_and_is_told_who_may(shift: Shift) -> None:
    console = await opened(shift, OPERATOR)
    await console.press("l")
    await console.shows("Only these change the roster: general manager, manager.")
    assert await (await shift.desk()).overrides() == await (await shift.desk(OPERATOR)).overrides()


async def test_a_change_of_somebody_else_is_drawn(shift: Shift) -> None:
    console = await opened(shift)
    start = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
    desk = await shift.desk()
    await desk.override(override(REMOVE, "zeng.liqun", start, start + DAY))
    await console.until(lambda: "L" in row(console, "曾立群"))
    await console.press("pagedown")
    await console.shows("03-25 to 04-07")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_it_fits(shift: Shift, size: tuple[int, int]) -> None:
    console = await opened(shift, size=size)
    await console.shows("单志远", "l, F2")
