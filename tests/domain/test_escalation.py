"""The pre-sales specialist is called in for a reason of the plan's list, and taken back."""

import pytest
from course import STAFF, Course, hours, in_state
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.facts import Escalation, EscalationReason
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Status

CORE_DOWN = EscalationReason.CORE_DOWN
ZHAO = c.Escalate(reason=CORE_DOWN, specialist="zhao", note="all of radiology")


def test_reasons_are_those_of_the_service_plan() -> None:
    assert [one.value for one in EscalationReason] == [
        "core_down",
        "core_trouble",
        "core_use_hit",
        "nobody_else",
    ]
    with pytest.raises(InvalidInput, match="bored is not possible for Reason"):
        Course().decided(c.Escalate(reason="bored", specialist="zhao"))  # type: ignore[arg-type]


def test_the_specialist_has_the_ticket_too_and_does_not_take_the_lead() -> None:
    course = in_state(Status.ASSIGNED).give(ZHAO, 2)
    assert course.ticket.escalation == Escalation(specialist="zhao", reason=CORE_DOWN, at=hours(2))
    assert [one.login for one in course.ticket.engineers] == ["li", "wang", "zhao"]
    assert course.ticket.lead == "li"


def test_a_specialist_who_is_alone_leads() -> None:
    course = Course().give(ZHAO, 2)
    assert course.ticket.lead == "zhao"
    assert course.ticket.status is Status.ASSIGNED


def test_who_has_the_ticket_already_is_not_on_it_twice() -> None:
    course = Course().give(c.Assign(engineers=("zhao",)), 1).give(ZHAO, 2)
    assert [one.login for one in course.ticket.engineers] == ["zhao"]
    assert course.ticket.engineers[0].assigned_at == hours(1)


def test_which_specialist_must_be_said_where_there_are_several() -> None:
    with pytest.raises(InvalidInput, match=r"Which specialist.*'specialist', 'zhao'") as no:
        Course().decided(c.Escalate(reason=CORE_DOWN))
    assert no.value.field == "specialist"


def only(*logins: str) -> tuple[e.TicketEvent, ...]:
    """What follows from escalating in a centre of these people and the manager."""
    course = Course()
    facts = Facts(
        now=hours(1),
        at=hours(1),
        actor=STAFF["manager"],
        staff={login: STAFF[login] for login in ("manager", *logins)},
        journal=course.journal,
    )
    entries, _ = decide(course.number, c.Escalate(reason=CORE_DOWN), facts)
    return tuple(one.event for one in entries)


def test_the_only_specialist_need_not_be_named() -> None:
    assert only("li", "zhao") == (e.Escalated(specialist="zhao", reason=CORE_DOWN),)
    with pytest.raises(InvalidInput, match="Which specialist"):
        only("li")


def test_only_an_active_specialist_is_called_in() -> None:
    with pytest.raises(InvalidInput, match=r"Li Wei is not a specialist; write one of"):
        Course().decided(c.Escalate(reason=CORE_DOWN, specialist="li"))
    with pytest.raises(NotFound, match="Nobody is called who"):
        Course().decided(c.Escalate(reason=CORE_DOWN, specialist="who"))
    course = Course()
    left = replace(STAFF["zhao"], active=False)
    facts = Facts(
        now=hours(1),
        at=hours(1),
        actor=STAFF["manager"],
        staff={**STAFF, "zhao": left, "specialist": left},
        journal=course.journal,
    )
    assert left.role is Role.SPECIALIST
    with pytest.raises(InvalidInput, match="Which specialist"):
        decide(course.number, c.Escalate(reason=CORE_DOWN), facts)


def test_a_case_is_escalated_once() -> None:
    course = Course().give(ZHAO)
    with pytest.raises(NotPossible, match="was already escalated to zhao"):
        course.decided(ZHAO)


def test_taking_it_back_takes_the_specialist_off() -> None:
    course = in_state(Status.ASSIGNED).give(ZHAO, 2).give(c.Depart(engineers=("zhao",)), 3)
    course.give(c.EndEscalation(reason="li manages"), 4)
    assert course.ticket.escalation is None
    assert [one.login for one in course.ticket.engineers] == ["li", "wang"]
    assert course.ticket.status is Status.ASSIGNED
    assert course.give(ZHAO, 5).ticket.escalation is not None


def test_taking_it_back_from_a_leading_specialist_makes_another_lead() -> None:
    course = Course().give(ZHAO, 1).give(c.Assign(engineers=("li",)), 2)
    assert course.ticket.lead == "zhao"
    assert course.give(c.EndEscalation(reason="li manages"), 3).ticket.lead == "li"


def test_who_was_there_stays_in_the_visit_when_the_escalation_ends() -> None:
    course = Course().give(ZHAO, 1).give(c.Arrive(), 3)
    course.give(c.EndEscalation(reason="done"), 5)
    (visit,) = course.ticket.visits
    assert (visit.trips[0].login, visit.trips[0].left_at) == ("zhao", hours(5))
    assert course.ticket.arrived_at == hours(3)
