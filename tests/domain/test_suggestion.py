"""Who should go: the order of small situations, the reason that decided, and what never happens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.roster import Doing, Job, free_at
from dispatch_tui.domain.suggestion import (
    Candidate,
    Need,
    PartName,
    Suggestion,
    Weights,
    shortfall,
    suggest,
)
from dispatch_tui.domain.travel import Spot

NOW = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
HOME, AWAY, FAR_AWAY = Spot(city="Chengdu"), Spot(city="Xian"), Spot(city="Xiamen")
TIMES = {("Chengdu", "Xian"): 240, ("Chengdu", "Xiamen"): 60 * 49}
NEED = Need(kind="ct", spot=HOME, due_at=NOW + timedelta(hours=48), now=NOW, day=date(2026, 3, 3))
LEAVE = override(OverrideKind.REMOVE, "a", NOW, NOW + timedelta(hours=6))


def paper(login: str, kind: str = "ct", until: date | None = None) -> Certificate:
    return Certificate(login=login, kind=kind, level="senior", expires_on=until)


def candidate(login: str, **facts: object) -> Candidate:
    """Somebody on duty at home with a certificate, free, and nothing else."""
    role = facts.pop("role", Role.ENGINEER)
    person = Staff(login=login, name=login, role=role, group="A")  # type: ignore[arg-type]
    usual: dict[str, object] = {"on_duty": True, "certificates": (paper(login),), "spot": HOME}
    return Candidate(person=person, **(usual | facts))  # type: ignore[arg-type]


def ranked(*candidates: Candidate, need: Need = NEED) -> list[Suggestion]:
    return suggest(candidates, need, TIMES, Weights())


def order(*candidates: Candidate) -> list[str]:
    return [one.person.login for one in ranked(*candidates)]


BUSY = Job(doing=Doing.ON_SITE, number="260303-001", since=NOW, tickets=1)
PLAIN = candidate("m")


@pytest.mark.parametrize(
    ("better", "worse", "decided"),
    [
        (candidate("z"), candidate("a", on_duty=False), PartName.DUTY),
        (candidate("z"), candidate("a", spot=AWAY), PartName.TRAVEL),
        (candidate("z"), candidate("a", job=Job(doing=Doing.PLANNED, tickets=2)), PartName.LOAD),
        (candidate("z", device_visits=1), candidate("a"), PartName.KNOWN),
        (candidate("z", customer_visits=3), candidate("a"), PartName.KNOWN),
        (candidate("z", device_visits=1), candidate("a", customer_visits=9), PartName.KNOWN),
        (candidate("z", share=0.3), candidate("a", share=0.7), PartName.FAIR),
        (candidate("z"), candidate("a", role=Role.SPECIALIST, on_duty=False), PartName.DUTY),
    ],
)
def test_the_better_one_comes_first_by_the_part_that_decided(
    better: Candidate, worse: Candidate, decided: PartName
) -> None:
    first, second = ranked(worse, better)
    assert first.person.login == "z"
    gains = {
        one.name: one.points - other.points
        for one, other in zip(first.parts, second.parts, strict=True)
    }
    assert max(gains, key=gains.__getitem__) is decided


def test_certified_for_another_kind_only_is_an_obstacle() -> None:
    [only] = ranked(candidate("a", certificates=(paper("a", "mri"),)))
    assert [str(one) for one in only.obstacles] == ["no certificate for ct"]
    assert not only.fit


def test_an_expired_certificate_does_not_count_from_the_day_after() -> None:
    last = candidate("a", certificates=(paper("a", until=NEED.day),))
    over = candidate("b", certificates=(paper("b", until=NEED.day - timedelta(days=1)),))
    first, second = ranked(over, last)
    assert (first.person.login, first.obstacles) == ("a", ())
    assert [str(one) for one in second.obstacles] == ["certificate ct expired on 2026-03-02"]


def test_who_knows_the_kind_counts_where_no_papers_are_kept() -> None:
    person = Staff(login="a", name="a", role=Role.ENGINEER, skills=("ct",))
    knows = Candidate(person=person, spot=HOME, on_duty=True)
    [one] = ranked(knows)
    assert one.obstacles == ()
    [other] = ranked(replace(knows, certificates=(paper("a", "mri"),)))
    assert other.obstacles != ()


def test_a_device_of_no_known_kind_asks_for_no_certificate() -> None:
    [one] = ranked(candidate("a", certificates=()), need=replace(NEED, kind=""))
    assert one.obstacles == ()


def test_leave_is_an_obstacle_that_says_until_when() -> None:
    first, second = ranked(candidate("a", off=LEAVE), candidate("z", on_duty=False, spot=AWAY))
    assert (first.person.login, second.person.login) == ("z", "a")
    assert second.obstacles[0].values == {"until": LEAVE.until}


def test_who_is_at_work_elsewhere_comes_after_who_can_go_at_once() -> None:
    assert order(candidate("a", job=BUSY), candidate("z", on_duty=False)) == ["z", "a"]


def test_who_cannot_arrive_in_time_comes_after_who_can() -> None:
    late, early = candidate("a", spot=FAR_AWAY), candidate("z", on_duty=False, spot=AWAY)
    first, second = ranked(late, early)
    assert (first.person.login, second.late) == ("z", True)
    assert second.leave_by == NEED.due_at - timedelta(hours=49)  # type: ignore[operator]
    assert second.leave_by < NOW


def test_the_latest_departure_and_the_arrival_follow_from_the_way() -> None:
    [one] = ranked(candidate("a", spot=AWAY))
    assert one.arrives_at == NOW + timedelta(hours=4)
    assert one.leave_by == NOW + timedelta(hours=44)
    [lost] = ranked(candidate("a", spot=Spot(city="Nowhere")))
    assert (lost.arrives_at, lost.leave_by, lost.late) == (None, None, False)


def test_reasons_come_the_weightiest_first_and_the_score_is_the_sum_of_its_parts() -> None:
    [one] = ranked(candidate("a", device_visits=2))
    assert [str(reason) for reason in one.reasons][:2] == ["on duty", "certificate ct senior"]
    assert one.score == pytest.approx(sum(part.value * part.weight for part in one.parts))
    assert sum(part.weight for part in one.parts) == 100


def said(*candidates: Candidate) -> list[str]:
    return [one.template for one in shortfall(ranked(*candidates), NEED)]


def test_while_somebody_on_duty_can_go_nothing_is_said() -> None:
    assert said(PLAIN, candidate("a", job=BUSY), candidate("b", certificates=())) == []


def test_nobody_on_duty_with_the_certificate_is_said_and_who_is_asked_then() -> None:
    bare = candidate("a", certificates=(paper("a", "mri"),))
    knower = candidate("b", on_duty=False, spot=AWAY, device_visits=5, customer_visits=5)
    near = candidate("c", on_duty=False, job=Job(doing=Doing.PLANNED, tickets=4))
    special = candidate("s", on_duty=False, role=Role.SPECIALIST)
    found = shortfall(ranked(bare, special, near, knower), NEED)
    assert [one.template.split(":")[0] for one in found] == [
        "Nobody on duty has a valid certificate for {device_kind}.",
        "From the other group",
        "From the nearest station",
        "The specialist",
        "Else ask headquarters.",
    ]
    assert [one.values.get("person") for one in found] == [None, "b", "c", "s", None]


def test_when_the_whole_group_is_away_it_is_said_until_when() -> None:
    later = override(OverrideKind.REMOVE, "b", NOW, NOW + timedelta(hours=9))
    away = [
        candidate("a", on_duty=False, in_turn=True, off=LEAVE),
        candidate("b", on_duty=False, in_turn=True, off=later),
        candidate("z", on_duty=False),
    ]
    first, *_ = shortfall(ranked(*away), NEED)
    assert first.template == "All of the group on duty are away until {until}."
    assert first.values == {"until": LEAVE.until}


def test_who_is_at_work_arrives_after_they_are_free() -> None:
    free = NOW + timedelta(hours=5)
    [one] = ranked(candidate("a", job=BUSY, free_at=free, spot=AWAY))
    assert one.arrives_at == free + timedelta(hours=4)
    assert one.reasons[0].values["at"] == free
    [late] = ranked(candidate("a", job=BUSY, free_at=NOW + timedelta(hours=45), spot=AWAY))
    assert late.late


def test_somebody_on_site_is_taken_to_be_free_eight_hours_after_they_came() -> None:
    assert free_at(Job(), NOW) == NOW
    assert free_at(Job(doing=Doing.PLANNED, since=NOW, tickets=1), NOW) == NOW
    assert free_at(BUSY, NOW + timedelta(hours=1)) == NOW + timedelta(hours=8)
    assert free_at(BUSY, NOW + timedelta(hours=9)) == NOW + timedelta(hours=9)
    going = Job(doing=Doing.UNDER_WAY, number="1", since=NOW, tickets=1)
    assert free_at(going, NOW) == NOW + timedelta(hours=12)


def test_when_all_are_busy_or_nobody_serves_it_is_said() -> None:
    assert said(candidate("a", job=BUSY))[0].startswith("Everybody on duty")
    assert said(candidate("a", on_duty=False))[0] == "Nobody is on duty now."
    assert said() == ["Nobody is on duty now.", "Else ask headquarters."]


people = st.builds(
    candidate,
    st.text("abcdefgh", min_size=1, max_size=4),
    on_duty=st.booleans(),
    off=st.sampled_from([None, LEAVE]),
    certificates=st.sampled_from(
        [(), (paper("x"),), (paper("x", "mri"),), (paper("x", until=date(2026, 1, 1)),)]
    ),
    job=st.sampled_from([Job(), BUSY, Job(doing=Doing.PLANNED, tickets=3)]),
    spot=st.sampled_from([HOME, AWAY, FAR_AWAY, Spot()]),
    device_visits=st.integers(0, 3),
    share=st.floats(0, 1),
)


@given(st.lists(people, max_size=8, unique_by=lambda one: one.person.login))
def test_nobody_on_leave_or_without_a_valid_certificate_is_ever_before_who_may_go(
    candidates: list[Candidate],
) -> None:
    by_login = {one.person.login: one for one in candidates}
    found = suggest(candidates, NEED, TIMES, Weights())
    assert sorted(by_login) == sorted(one.person.login for one in found)
    assert found == suggest(reversed(candidates), NEED, TIMES, Weights())
    tiers = [(bool(one.obstacles), one.busy) for one in found]
    assert tiers == sorted(tiers)
    for one in found:
        facts = by_login[one.person.login]
        valid = any(paper.kind == "ct" and paper.valid(NEED.day) for paper in facts.certificates)
        assert bool(one.obstacles) == (facts.off is not None or not valid)
        assert one.fit == (not one.obstacles and facts.job.doing is not Doing.ON_SITE)
        assert 0 <= one.score <= 100
    words = shortfall(found, NEED)
    assert bool(words) == (not any(one.fit and one.on_duty for one in found))
