"""The plan of a day against every plan that is possible: never worse, and nobody twice at once."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from scipy.optimize import linear_sum_assignment

from dispatch_tui.domain.day_plan import MOST, TURNS, Cost, Planned, cost_of, plan, total
from dispatch_tui.domain.day_plan import _Place as Place
from dispatch_tui.domain.day_plan import _suggestion as suggestion
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.roster import Doing, Job
from dispatch_tui.domain.suggestion import Candidate, Need, Weights
from dispatch_tui.domain.travel import Spot

NOW = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
CITIES = ("Chengdu", "Wuhan", "Xian", "Xiamen")
KINDS = ("ct", "mri")
LEAVE = override(OverrideKind.REMOVE, "x", NOW, NOW + timedelta(days=1))


def solve(costs: Sequence[Sequence[float]]) -> list[int]:
    return [int(column) for column in linear_sum_assignment(costs)[1]]


def need(city: str = "Chengdu", hours: float = 48, kind: str = "ct") -> Need:
    due_at = NOW + timedelta(hours=hours)
    return Need(kind=kind, spot=Spot(city=city), due_at=due_at, now=NOW, day=date(2026, 3, 3))


def candidate(login: str, city: str = "Chengdu", **facts: object) -> Candidate:
    person = Staff(login=login, name=login, role=Role.ENGINEER)
    papers = (Certificate(login=login, kind="ct"),)
    usual: dict[str, object] = {"on_duty": True, "certificates": papers, "spot": Spot(city=city)}
    return Candidate(person=person, **(usual | facts))  # type: ignore[arg-type]


def planned(
    asked: dict[str, Need], *people: Candidate, times: dict[tuple[str, str], int] | None = None
) -> dict[str, Planned]:
    found = plan(list(asked.items()), people, times or {}, Weights(), solve)
    assert [one.number for one in found] == list(asked)
    return {one.number: one for one in found}


TIMES = {("Chengdu", "Wuhan"): 600, ("Chengdu", "Xian"): 240, ("Wuhan", "Xian"): 290}


def test_each_goes_where_they_are_near() -> None:
    asked = {"1": need("Wuhan"), "2": need("Chengdu")}
    found = planned(asked, candidate("c"), candidate("w", "Wuhan"), times=TIMES)
    assert {one.number: one.person for one in found.values()} == {"1": "w", "2": "c"}


def test_a_limit_is_kept_before_a_way_is_saved() -> None:
    asked = {"1": need("Chengdu", hours=40), "2": need("Chengdu", hours=2)}
    found = planned(asked, candidate("c"), candidate("x", "Xian"), times=TIMES)
    assert found["2"].person == "c"
    assert not any(one.late for one in found.values())


def test_what_is_left_for_one_goes_after_the_other_and_says_so() -> None:
    found = planned({"1": need(), "2": need(hours=3)}, candidate("c"))
    assert (found["2"].turn, found["1"].turn) == (0, 1)
    assert "after {count} of this plan" in {one.template for one in found["1"].reasons}
    assert found["1"].arrives_at == NOW + timedelta(hours=8, minutes=40)


def test_who_is_at_work_begins_when_they_are_free_and_never_does_two_at_once() -> None:
    at_work = candidate("c", free_at=NOW + timedelta(hours=5))
    found = planned({"1": need(), "2": need()}, at_work)
    arrivals = sorted(one.arrives_at for one in found.values() if one.arrives_at is not None)
    assert arrivals == [
        NOW + timedelta(hours=5, minutes=40),
        NOW + timedelta(hours=13, minutes=40),
    ]


def test_the_group_that_stands_by_is_spared_while_limits_are_kept() -> None:
    off = candidate("a", on_duty=False)
    found = planned({"1": need(), "2": need()}, candidate("c"), off)
    assert {one.person for one in found.values()} == {"c"}
    urgent = planned({"1": need(hours=2), "2": need(hours=2)}, candidate("c"), off)
    assert {one.person for one in urgent.values()} == {"a", "c"}


def test_of_equals_everybody_gets_as_much() -> None:
    found = planned({str(one): need() for one in range(4)}, candidate("a"), candidate("b"))
    assert sorted(one.person for one in found.values()) == ["a", "a", "b", "b"]


def test_nobody_is_sent_on_leave_or_without_a_paper_and_it_is_said() -> None:
    on_leave, bare = candidate("a", off=LEAVE), candidate("b", certificates=())
    found = planned({"1": need()}, on_leave, bare)
    assert found["1"].person == ""
    assert found["1"].reasons[0].template.startswith("nobody may go")
    many = planned({str(one): need() for one in range(TURNS + 1)}, candidate("c"), bare)
    left = [one for one in many.values() if not one.person]
    assert [one.reasons[0].template for one in left] == ["nobody is left who may go"]


def test_without_tickets_or_people_there_is_no_plan() -> None:
    assert planned({}, candidate("c")) == {}
    assert planned({"1": need()})["1"].person == ""


def test_the_most_urgent_hundred_are_planned() -> None:
    asked = [(str(one), need()) for one in range(MOST + 20)]
    found = plan(asked, [candidate(str(one)) for one in range(60)], {}, Weights(), solve)
    assert [one.number for one in found] == [str(one) for one in range(MOST)]
    assert all(one.person for one in found)


def every_way(count: int, places: Sequence[Place]) -> Iterator[tuple[Place | None, ...]]:
    """Every way to give so many tickets a place each, or none."""
    return permutations([*places, *([None] * count)], count)


@pytest.mark.parametrize("seed", range(300))
def test_no_plan_is_better(seed: int) -> None:
    chance = random.Random(seed)
    times = {
        (one, other): chance.randint(3, 90) * 10
        for one in CITIES
        for other in CITIES
        if one < other
    }
    people = [
        candidate(
            name,
            chance.choice(CITIES),
            on_duty=chance.random() < 0.7,
            off=LEAVE if chance.random() < 0.15 else None,
            certificates=tuple(
                Certificate(login=name, kind=kind)
                for kind in ("ct", "mri")
                if chance.random() < 0.8
            ),
            job=chance.choice([Job(), Job(doing=Doing.ON_SITE, number="1", since=NOW, tickets=1)]),
        )
        for name in ("a", "b")[: chance.randint(1, 2)]
    ]
    asked = [
        (
            str(one),
            need(chance.choice(CITIES), chance.uniform(0.5, 30), chance.choice(("ct", "mri"))),
        )
        for one in range(chance.randint(1, 3))
    ]
    places = [Place(one, turn) for one in people for turn in range(TURNS)]

    def cost(place: Place | None, want: Need) -> Cost:
        if place is None:
            return Cost(nobody=1, missed=1)
        return cost_of(place, suggestion(place, want, times, Weights()), want)

    best = min(
        total(cost(place, want) for place, (_, want) in zip(way, asked, strict=True))
        for way in every_way(len(asked), places)
    )
    found = plan(asked, people, times, Weights(), solve)
    by_login = {one.person.login: one for one in people}
    taken = [(one.person, one.turn) for one in found if one.person]
    assert len(taken) == len(set(taken))
    ours = total(
        cost(Place(by_login[one.person], one.turn) if one.person else None, want)
        for one, (_, want) in zip(found, asked, strict=True)
    )
    assert ours == best
