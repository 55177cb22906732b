"""Several visits for one ticket, each with its engineers and a state of its own."""

from datetime import datetime
from itertools import product

import pytest
from course import ASSIGN, CURE, WORKS, Course, hours, in_state, take_away, told
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain import visits as v
from dispatch_tui.domain.clocks import ClockKind
from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.standing import standing
from dispatch_tui.domain.ticket import Status
from dispatch_tui.domain.visits import Purpose, Trip, Visit, VisitState, silent

LI, WANG = ("li",), ("wang",)


def second_visit() -> Course:
    """Li was there from 3 to 5; wang set out at 20 and arrives at 22."""
    return told(
        *((ASSIGN, 1), (c.Depart(engineers=LI), 2), (c.Arrive(engineers=LI), 3), (c.Leave(), 5)),
        *((c.Depart(engineers=WANG), 20), (c.Arrive(engineers=WANG), 22)),
    )


def states(course: Course) -> list[tuple[tuple[str, ...], VisitState]]:
    return [
        (tuple(one.login for one in visit.trips), visit.state) for visit in course.ticket.visits
    ]


def test_a_planned_visit_has_not_departed_and_nobody_counts_as_under_way() -> None:
    course = told((ASSIGN, 1), (c.PlanVisit(planned_at=hours(10), engineers=WANG), 1))
    assert states(course) == [(WANG, VisitState.PLANNED)]
    assert course.ticket.status is Status.ASSIGNED
    assert course.ticket.trip("wang") == Trip(login="wang")
    assert course.ticket.trip("li") is None
    assert course.kinds == {ClockKind.RESPONSE, ClockKind.ON_SITE}


def test_who_sets_out_begins_the_visit_that_was_planned_for_them() -> None:
    course = told((ASSIGN, 1), (c.PlanVisit(planned_at=hours(10), engineers=WANG), 1))
    course.give(c.Depart(engineers=WANG, expected_at=hours(11)), 9)
    (visit,) = course.ticket.visits
    assert (visit.planned_at, visit.state) == (hours(10), VisitState.DEPARTED)
    assert visit.trips == (Trip(login="wang", departed_at=hours(9), expected_at=hours(11)),)
    assert course.ticket.status is Status.UNDER_WAY


def test_a_second_visit_neither_resets_nor_hides_the_first() -> None:
    course = second_visit()
    first, second = course.ticket.visits
    assert (first.no, first.state, first.ended_at) == (1, VisitState.LEFT, hours(5))
    assert first.trips == (
        Trip(login="li", departed_at=hours(2), arrived_at=hours(3), left_at=hours(5)),
    )
    assert (second.no, second.state) == (2, VisitState.ARRIVED)
    assert course.ticket.arrived_at == hours(3)
    assert course.clock(ClockKind.ON_SITE).stopped_at == hours(3)
    assert course.clock(ClockKind.REPAIR).started_at == hours(3)
    assert course.ticket.status is Status.ON_SITE


def test_the_repair_clock_runs_on_between_two_visits() -> None:
    course = told(*((ASSIGN, 1), (c.Arrive(engineers=LI), 3), (c.Leave(), 5)))
    assert course.ticket.status is Status.ASSIGNED
    assert course.clock(ClockKind.REPAIR).running
    assert course.clock(ClockKind.REPAIR).due_at == hours(39)


def test_the_same_engineer_comes_again_on_a_visit_of_their_own() -> None:
    course = told((ASSIGN, 1), (c.Arrive(engineers=LI), 3), (c.Leave(), 5))
    course.give(c.Depart(engineers=LI), 8).give(c.Arrive(engineers=LI), 9)
    assert states(course) == [(LI, VisitState.LEFT), (LI, VisitState.ARRIVED)]


def test_who_comes_again_while_another_is_still_there_does_not_touch_the_first_trip() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), 3), (c.Leave(engineers=LI), 5))
    course.give(c.Depart(engineers=LI), 6)
    first, second = course.ticket.visits
    assert first.trip("li") == Trip(login="li", arrived_at=hours(3), left_at=hours(5))
    assert second.trips == (Trip(login="li", departed_at=hours(6)),)


def test_a_second_engineer_joins_the_visit_that_goes_on() -> None:
    course = in_state(Status.UNDER_WAY).give(c.Depart(engineers=WANG), 4)
    assert states(course) == [(("li", "wang"), VisitState.DEPARTED)]
    course.give(c.Arrive(engineers=LI), 5)
    assert states(course) == [(("li", "wang"), VisitState.ARRIVED)]
    (visit,) = course.ticket.visits
    assert [one.on_site for one in visit.trips] == [True, False]
    assert [one.travelling for one in visit.trips] == [False, True]


def test_who_arrives_unannounced_joins_those_who_are_there() -> None:
    course = in_state(Status.ON_SITE).give(c.Arrive(engineers=WANG), 4)
    assert states(course) == [(("li", "wang"), VisitState.ARRIVED)]
    assert course.ticket.arrived_at == hours(3)


def test_nobody_joins_a_visit_that_is_only_planned() -> None:
    course = told((ASSIGN, 1), (c.PlanVisit(planned_at=hours(20), engineers=WANG), 1))
    course.give(c.Depart(engineers=LI), 2)
    assert states(course) == [(WANG, VisitState.PLANNED), (LI, VisitState.DEPARTED)]


def test_a_visit_is_over_when_the_last_one_has_left() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), 3), (c.Leave(engineers=LI), 4))
    assert course.ticket.status is Status.ON_SITE
    course.give(c.Leave(), 6)
    (visit,) = course.ticket.visits
    assert (visit.state, visit.ended_at) == (VisitState.LEFT, hours(6))
    assert [one.left_at for one in visit.trips] == [hours(4), hours(6)]
    assert course.ticket.trip("wang") is None


def test_one_who_is_still_under_way_keeps_the_visit_going_when_the_other_leaves() -> None:
    course = in_state(Status.UNDER_WAY).give(c.Arrive(engineers=LI), 3)
    course.give(c.Depart(engineers=WANG), 3).give(c.Leave(engineers=LI), 4)
    assert states(course) == [(("li", "wang"), VisitState.DEPARTED)]
    assert course.ticket.status is Status.UNDER_WAY


def test_the_lead_stays_after_leaving_and_can_be_sent_again() -> None:
    course = in_state(Status.ON_SITE).give(c.Leave(), 4)
    assert course.ticket.lead == "li"
    assert course.events(c.Arrive(), 9) == (e.Arrived(engineers=("li", "wang")),)


def test_who_is_taken_off_under_way_has_no_trip_any_more() -> None:
    course = in_state(Status.UNDER_WAY).give(c.Unassign(engineers=LI), 3)
    assert states(course) == [((), VisitState.LEFT)]
    assert course.ticket.status is Status.ASSIGNED
    assert course.ticket.arrived_at is None


def test_who_is_taken_off_on_site_counts_as_left_and_stays_in_the_visit() -> None:
    course = in_state(Status.ON_SITE).give(c.Unassign(engineers=LI), 4)
    (visit,) = course.ticket.visits
    assert visit.trips == (Trip(login="li", arrived_at=hours(3), left_at=hours(4)),)
    assert visit.ended_at == hours(4)
    assert course.ticket.arrived_at == hours(3)


def test_taking_one_off_leaves_the_visit_of_the_others_alone() -> None:
    course = told((ASSIGN, 1), (c.PlanVisit(planned_at=hours(20)), 1))
    course.give(c.Unassign(engineers=LI), 2)
    assert states(course) == [(WANG, VisitState.PLANNED)]


def test_a_visit_to_which_nobody_comes_any_more_is_over() -> None:
    course = told((ASSIGN, 1), (c.PlanVisit(planned_at=hours(20), engineers=WANG), 1))
    course.give(c.Unassign(engineers=WANG), 2)
    assert states(course) == [((), VisitState.LEFT)]


@pytest.mark.parametrize(
    ("end", "at"),
    [
        (c.Cancel(reason="x"), 9),
        (c.SolveByPhone(what_was_done="plug"), 9),
    ],
)
def test_what_ends_a_case_ends_its_visits(end: c.Command, at: float) -> None:
    course = in_state(Status.UNDER_WAY).give(end, at)
    assert states(course) == [(LI, VisitState.LEFT)]
    assert course.ticket.visits[0].ended_at == hours(at)


def test_a_reopened_case_begins_its_visits_anew_and_keeps_the_old_ones() -> None:
    course = in_state(Status.RESTORED).give(c.Reopen(reason="fails"), 8)
    assert states(course) == [(LI, VisitState.LEFT)]
    course.give(c.Arrive(engineers=LI), 10)
    first, second = course.ticket.visits
    assert (first.life, second.life) == (0, 1)
    assert first.trips[0].left_at is None  # nobody said when
    assert second.trips == (Trip(login="li", arrived_at=hours(10)),)


def test_who_repaired_it_is_there_until_they_leave() -> None:
    course = in_state(Status.RESTORED)
    assert course.ticket.status is Status.RESTORED
    assert states(course) == [(LI, VisitState.ARRIVED)]
    course.give(c.Leave(), 6)
    assert course.ticket.visits[0].ended_at == hours(6)
    assert course.ticket.restored_at == hours(5)


def test_after_the_repair_somebody_goes_for_what_is_still_out() -> None:
    course = in_state(Status.ON_SITE).give(take_away(), 4).give(c.Restore(what_was_done=CURE), 5)
    course.give(c.Leave(), 5.5).give(WORKS, 6)
    course.give(c.PlanVisit(planned_at=hours(30), engineers=LI, purpose=Purpose.REINSTALL), 6)
    course.give(c.Depart(engineers=LI), 29).give(c.Arrive(engineers=LI), 30)
    assert [one.purpose for one in course.ticket.visits] == [Purpose.REPAIR, Purpose.REINSTALL]
    assert course.ticket.status is Status.CONFIRMED
    assert course.clock(ClockKind.REPAIR).stopped_at == hours(5)


def test_an_engineer_is_silent_half_an_hour_after_the_expected_arrival() -> None:
    course = told((ASSIGN, 1), (c.Depart(engineers=LI, expected_at=hours(4)), 2))
    assert silent(course.ticket.visits, hours(4.499)) == []
    (quiet,) = silent(course.ticket.visits, hours(4.5))
    assert quiet.login == "li"


def test_who_was_heard_of_is_not_silent() -> None:
    course = told((ASSIGN, 1), (c.Depart(expected_at=hours(4)), 2))
    course.give(c.Expect(expected_at=hours(7), engineers=LI, reason="snow"), 5)
    assert [one.login for one in silent(course.ticket.visits, hours(6))] == ["wang"]
    course.give(c.Arrive(engineers=WANG), 6)
    assert silent(course.ticket.visits, hours(7.4)) == []
    assert [one.login for one in silent(course.ticket.visits, hours(7.5))] == ["li"]


def test_who_is_not_expected_at_a_time_or_not_any_more_is_not_silent() -> None:
    course = told((ASSIGN, 1), (c.Depart(engineers=LI), 2))
    assert silent(course.ticket.visits, hours(48)) == []
    course = told((ASSIGN, 1), (c.Depart(engineers=LI, expected_at=hours(4)), 2))
    course.give(c.SolveByPhone(what_was_done="plug"), 3)
    assert silent(course.ticket.visits, hours(48)) == []


def test_another_time_is_expected_of_all_under_way_when_nobody_is_named() -> None:
    course = told((ASSIGN, 1), (c.Depart(expected_at=hours(4)), 2))
    assert course.events(c.Expect(expected_at=hours(5)), 3) == (
        e.Expected(engineers=("li", "wang"), expected_at=hours(5)),
    )


REFUSED = [
    (Status.UNDER_WAY, c.Expect(expected_at=hours(1.9)), InvalidInput, "has passed already"),
    (
        Status.UNDER_WAY,
        c.Expect(expected_at=hours(5), engineers=WANG),
        NotPossible,
        "Wang Fang.* did not set out for ticket 260302-001, so nobody expects them",
    ),
    (
        Status.UNDER_WAY,
        c.Expect(expected_at=hours(5), engineers=("zhao",)),
        NotFound,
        "Zhao Lei is not on ticket",
    ),
    (Status.ASSIGNED, c.PlanVisit(planned_at=hours(0.9)), InvalidInput, "has passed already"),
    (
        Status.ASSIGNED,
        c.PlanVisit(planned_at=hours(9), engineers=("zhao",)),
        NotFound,
        "Zhao Lei is not on ticket",
    ),
    (
        Status.ON_SITE,
        c.Leave(engineers=WANG),
        NotPossible,
        "Wang Fang.* are not on site for ticket 260302-001, so they cannot leave",
    ),
    (Status.ON_SITE, c.Leave(engineers=("zhao",)), NotFound, "Zhao Lei is not on ticket"),
    (Status.ON_SITE, c.Depart(engineers=LI), NotPossible, "already recorded for"),
]


@pytest.mark.parametrize(("status", "command", "error", "sentence"), REFUSED)
def test_what_cannot_be_said_of_an_engineer_is_refused(
    status: Status, command: c.Command, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        in_state(status).decided(command)


def test_a_visit_says_where_it_is() -> None:
    course = told((ASSIGN, 1), (c.PlanVisit(planned_at=hours(10), engineers=WANG), 1))
    seen = [str(standing(course.ticket))]
    for command, at in (
        (c.Depart(engineers=WANG, expected_at=hours(11)), 9.0),
        (c.Arrive(engineers=WANG), 11.0),
        (c.Leave(), 12.0),
    ):
        seen.append(str(standing(course.give(command, at).ticket)))
    assert seen == [
        "Visit 1 planned for 2026-03-02 18:00:00+00:00 (repair): ('wang',)",
        "Visit 1: ('wang',) under way since 2026-03-02 17:00:00+00:00, "
        "expected 2026-03-02 19:00:00+00:00",
        "Visit 1: ('wang',) on site since 2026-03-02 19:00:00+00:00",
        "Visit 1 is over: nobody is there",
    ]


@pytest.mark.parametrize(
    ("departed_at", "arrived_at", "left_at"), list(product((None, hours(1)), repeat=3))
)
def test_a_trip_is_in_one_state_at_a_time(
    departed_at: datetime | None, arrived_at: datetime | None, left_at: datetime | None
) -> None:
    trip = Trip(login="li", departed_at=departed_at, arrived_at=arrived_at, left_at=left_at)
    gone = arrived_at is not None and left_at is not None
    assert [trip.waiting, trip.travelling, trip.on_site, gone].count(True) == 1


def test_the_trip_that_holds_an_engineer_is_the_one_that_has_come_furthest() -> None:
    planned = Visit(no=1, trips=(Trip(login="li"),))
    going = Visit(no=2, trips=(Trip(login="li", departed_at=hours(2)),))
    there = Visit(no=3, trips=(Trip(login="li", arrived_at=hours(3)),))
    over = Visit(no=4, trips=(Trip(login="li", arrived_at=hours(4)),), ended_at=hours(5))
    assert v.current_trip((planned, going, there, over), "li") == there.trips[0]
    assert v.current_trip((going, planned, over), "li") == going.trips[0]
    assert v.current_trip((over,), "li") is None


def test_arrival_of_the_specialist_counts() -> None:
    course = Course().give(SAMPLES["escalate"], 1).give(c.Arrive(engineers=("zhao",)), 4)
    assert course.ticket.arrived_at == hours(4)
    assert course.clock(ClockKind.REPAIR).due_at == hours(40)
