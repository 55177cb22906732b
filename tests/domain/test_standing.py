"""Where a case stands, who has it, and what is odd about it."""

import pytest
from course import SITUATIONS, Course, hours, in_state, take_away
from matrix import Situation
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import Harm
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.standing import concerns, holder, standing
from dispatch_tui.domain.ticket import Kind, Severity, Status

FAULT, COMPLAINT = Kind.FAULT, Kind.COMPLAINT
HOLDERS: dict[Situation, str | None] = {
    (FAULT, Status.LOGGED): Role.OPERATOR,
    (FAULT, Status.RESPONDED): Role.MANAGER,
    (FAULT, Status.ASSIGNED): "li",
    (FAULT, Status.UNDER_WAY): "li",
    (FAULT, Status.ON_SITE): "li",
    (FAULT, Status.IN_WORKSHOP): "manager",
    (FAULT, Status.AT_MANUFACTURER): "manager",
    (FAULT, Status.UNREPAIRABLE): "li",
    (FAULT, Status.RESTORED): Role.OPERATOR,
    (FAULT, Status.SOLVED): Role.OPERATOR,
    (FAULT, Status.AGREED): Role.OPERATOR,
    (FAULT, Status.CONFIRMED): Role.OPERATOR,
    (FAULT, Status.CLOSED): None,
    (FAULT, Status.CANCELLED): None,
    (FAULT, Status.MERGED): None,
    (COMPLAINT, Status.LOGGED): Role.GENERAL_MANAGER,
    (COMPLAINT, Status.ACKNOWLEDGED): Role.GENERAL_MANAGER,
    (COMPLAINT, Status.INVESTIGATED): Role.GENERAL_MANAGER,
    (COMPLAINT, Status.ANSWERED): Role.GENERAL_MANAGER,
    (COMPLAINT, Status.SATISFIED): Role.GENERAL_MANAGER,
    (COMPLAINT, Status.CLOSED): None,
}


def test_every_state_has_a_holder_or_is_over() -> None:
    assert set(HOLDERS) == set(SITUATIONS)


@pytest.mark.parametrize(("kind", "status"), SITUATIONS, ids=str)
def test_who_has_the_case(kind: Kind, status: Status) -> None:
    found = holder(in_state(status, kind).ticket)
    assert found == HOLDERS[kind, status]
    assert isinstance(found, Role) == isinstance(HOLDERS[kind, status], Role)


def test_a_state_that_says_it_all_needs_no_more_words() -> None:
    silent = {pair for pair in SITUATIONS if standing(in_state(pair[1], pair[0]).ticket) is None}
    assert silent == {
        *((FAULT, one) for one in (Status.LOGGED, Status.RESPONDED, Status.ASSIGNED)),
        *((FAULT, one) for one in (Status.RESTORED, Status.SOLVED, Status.CONFIRMED)),
        *((FAULT, one) for one in (Status.CLOSED, Status.CANCELLED)),
        *(pair for pair in SITUATIONS if pair[0] is COMPLAINT),
    }


def test_the_gravest_concern_comes_first() -> None:
    course = in_state(Status.ASSIGNED).give(c.Depart(engineers=("wang",), expected_at=hours(4)), 2)
    course.give(c.Arrive(engineers=("li",)), 3).give(take_away(due=5), 4)
    course.give(c.Diagnose(severity=Severity.MAJOR), 4).give(SAMPLES["ask-consent"], 4)
    course.give(c.Complain(text="too slow"), 5)
    course.give(c.SuspectAdverse(harm=Harm.DEATH, what="no alarm"), 5)
    words = [str(one) for one in concerns(course.ticket, hours(6))]
    assert [one.split()[0] for one in words] == ["Suspected", "wang", "No", "Waiting", "The"]
    assert words[1] == "wang is silent: expected 2026-03-02 12:00:00+00:00, nothing heard since"


def test_a_case_without_anything_odd_has_no_concerns() -> None:
    assert list(concerns(Course().ticket, hours(100))) == []


def test_a_complaint_about_a_case_that_is_over_concerns_nobody_there() -> None:
    course = in_state(Status.CLOSED).give(c.Complain(text="too slow"))
    assert list(concerns(course.ticket, hours(9))) == []


def test_of_several_on_site_all_are_named() -> None:
    course = in_state(Status.ON_SITE).give(c.Arrive(engineers=("wang",)), 4)
    assert str(standing(course.ticket)) == (
        "Visit 1: ('li', 'wang') on site since 2026-03-02 11:00:00+00:00"
    )
