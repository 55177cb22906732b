"""What a command on one ticket does to others: a complaint opened, a call taken in."""

import pytest
from course import OTHER, REPORTED, WORKS, Course, fault, hours, in_state, other_ticket, told

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.consequences import (
    Consequence,
    consequence,
    opens_ticket,
)
from dispatch_tui.domain.consequences import (
    other_ticket as named_ticket,
)
from dispatch_tui.domain.facts import Answer, CallBackResult, How
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Kind, Status

ANGRY = c.CallBack(
    result=CallBackResult.BROKEN, attitude=1, skill=3, speed=3, words="nobody called"
)
FULL = fault(device="D7", department="Radiology", contact="Dr. Chen", phone="1", caller="a nurse")


def test_a_complaint_is_a_call_of_its_own_about_the_ticket() -> None:
    ticket = Course(FULL).ticket
    found = consequence(ticket, c.Complain(text="too slow", channel=How.LETTER), hours(3))
    assert found == Consequence(
        command=c.LogCall(
            kind=Kind.COMPLAINT,
            fault="too slow",
            customer="H01",
            caller="a nurse",
            device="D7",
            department="Radiology",
            contact="Dr. Chen",
            phone="1",
            about=ticket.number,
            channel=How.LETTER,
        ),
        at=hours(3),
    )


def test_who_complains_may_be_somebody_else_than_who_reported_the_fault() -> None:
    complain = c.Complain(text="too slow", contact="Nurse Wu", phone="2")
    found = consequence(Course(FULL).ticket, complain, hours(3))
    assert found is not None
    assert isinstance(found.command, c.LogCall)
    assert (found.command.contact, found.command.phone) == ("Nurse Wu", "2")


def test_a_low_score_opens_a_complaint_in_the_words_of_the_call_back() -> None:
    found = consequence(in_state(Status.RESTORED).ticket, ANGRY, hours(6))
    assert found is not None
    assert isinstance(found.command, c.LogCall)
    assert (found.number, found.at) == ("", hours(6))
    assert (found.command.fault, found.command.channel) == ("nobody called", How.CALL)


def test_what_follows_can_be_decided_as_the_beginning_of_a_ticket() -> None:
    found = consequence(in_state(Status.RESTORED).ticket, ANGRY, hours(6))
    assert found is not None
    assert isinstance(found.command, c.LogCall)
    opened = Course(found.command, at=found.at, number="260302-002").ticket
    assert (opened.kind, opened.status) == (Kind.COMPLAINT, Status.LOGGED)
    assert opened.complaint is not None
    assert opened.complaint.about == "260302-001"


def test_a_merged_call_goes_on_in_the_other_ticket_at_its_own_time() -> None:
    ticket = Course(FULL, other=other_ticket()).ticket
    found = consequence(ticket, c.Merge(into=OTHER), hours(3))
    assert found is not None
    assert (found.number, found.at) == (OTHER, REPORTED)
    course = Course(at=hours(-24), number=OTHER).give(found.command, found.at)
    assert course.journal[-1].event == e.CallAdded(
        text="no image", contact="Dr. Chen", phone="1", merged_from="260302-001"
    )
    assert course.ticket.calls == 2


@pytest.mark.parametrize(
    ("command", "opens", "names"),
    [
        (c.Complain(text="x"), True, ""),
        (ANGRY, True, ""),
        (WORKS, False, ""),
        (
            c.CallBack(result=CallBackResult.WORKS, words="x", complaint=Answer.YES),
            True,
            "",
        ),
        (
            c.CallBack(result=CallBackResult.UNREACHED, complaint=Answer.YES),
            False,
            "",
        ),
        (c.Merge(into=OTHER), False, OTHER),
        (c.Close(), False, ""),
    ],
)
def test_which_commands_touch_another_ticket(command: c.Command, opens: bool, names: str) -> None:
    assert opens_ticket(command) == opens
    assert named_ticket(command) == names
    follows = consequence(in_state(Status.RESTORED).ticket, command, hours(6))
    assert (follows is not None) == (opens or names != "")


def test_a_complaint_of_a_complaint_is_no_command() -> None:
    assert COMMANDS["complain"].kinds == {Kind.FAULT}


def test_a_ticket_whose_customer_is_not_known_can_be_complained_about() -> None:
    ticket = told(course=Course(fault(customer="", caller="a nurse"))).ticket
    found = consequence(ticket, c.Complain(text="x"), hours(1))
    assert found is not None
    assert isinstance(found.command, c.LogCall)
    assert Course(found.command, number="260302-002").ticket.caller == "a nurse"
