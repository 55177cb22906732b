"""Until when somebody must have set out so that the customer does not wait for longer than 48 h."""

from datetime import date, datetime

import pytest
from course import Course, hours

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.people import Certificate, Role, Staff
from dispatch_tui.domain.reach import Reach, setting_out
from dispatch_tui.domain.travel import Spot

DAY = date(2026, 3, 2)


def reach(**papers: date) -> Reach:
    """Li sits 2 h from the customer, Wang 10 h; papers for CT with their last days."""
    staff = [
        Staff(login=login, name=login, role=Role.ENGINEER, station=login)
        for login in ("li", "wang")
    ]
    return Reach(
        people=tuple(staff),
        certificates=tuple(
            Certificate(login=login, kind="CT", expires_on=day) for login, day in papers.items()
        ),
        stations={"li": Spot(city="Near"), "wang": Spot(city="Far")},
        customers={Course().ticket.customer: Spot(city="There")},
        times={("Near", "There"): 120, ("Far", "There"): 600},
    )


BOTH = {"li": date(2027, 1, 1), "wang": date(2027, 1, 1)}


def said(course: Course, known: Reach, now: float) -> tuple[datetime, str] | None:
    found = setting_out(known, course.ticket, "CT", course.clocks, hours(now), DAY)
    return None if found is None else (found[0], found[1].template)


def test_the_nearest_who_may_go_decides_while_nobody_has_it() -> None:
    assert said(Course(), reach(**BOTH), 1) == (hours(46), "leave by {at}")
    only_wang = reach(li=date(2026, 3, 1), wang=date(2027, 1, 1))
    assert said(Course(), only_wang, 1) == (hours(38), "leave by {at}")


def test_where_nobody_has_the_paper_the_nearest_counts_all_the_same() -> None:
    assert said(Course(), reach(li=date(2026, 1, 1)), 1) == (hours(46), "leave by {at}")


def test_who_has_the_ticket_decides_and_is_too_late_before_it_is_lost() -> None:
    course = Course().give(c.Assign(engineers=("wang",)), 1)
    known = reach(**BOTH)
    assert said(course, known, 2) == (hours(38), "leave by {at}")
    late = "{lead} comes too late: send another by {at}"
    assert said(course, known, 38.01) == (hours(46), late)
    assert said(course, known, 46.01) == (hours(38), "lost: nobody arrives in time")


def test_it_is_lost_from_the_moment_after_the_latest_departure() -> None:
    assert said(Course(), reach(**BOTH), 46) == (hours(46), "leave by {at}")
    found = said(Course(), reach(**BOTH), 46.001)
    assert found is not None
    assert found[1] == "lost: nobody arrives in time"


def test_past_the_limit_itself_nothing_more_is_said() -> None:
    assert said(Course(), reach(**BOTH), 48) is None


@pytest.mark.parametrize(
    "commands",
    [
        (c.Assign(engineers=("li",)), c.Depart(engineers=("li",))),
        (c.Assign(engineers=("li",)), c.Arrive(engineers=("li",))),
        (c.SolveByPhone(what_was_done="switched on"),),
        (c.Cancel(reason="a slip"),),
    ],
)
def test_who_is_on_the_way_or_there_or_not_needed_has_no_latest_departure(
    commands: tuple[c.Command, ...],
) -> None:
    course = Course()
    for place, command in enumerate(commands):
        course.give(command, 1 + place)
    assert said(course, reach(**BOTH), 4) is None


def test_where_no_way_is_known_nothing_is_said() -> None:
    nowhere = Reach(people=(), certificates=(), stations={}, customers={}, times={})
    assert said(Course(), nowhere, 1) is None
