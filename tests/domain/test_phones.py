"""Who needs phone numbers, and what everybody else sees of them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.facts import ConsentAsked
from dispatch_tui.domain.files import Contact, Device
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.phones import (
    COLLEAGUES,
    CUSTOMERS,
    check_whole,
    is_masked,
    mask_phone,
    mask_text,
    masked,
    masked_data,
    sees_colleagues,
    sees_customers,
)
from dispatch_tui.domain.ticket import Assignment, Ticket

AT = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
TICKET = Ticket(
    number="260303-001",
    device="13800138000",
    phone="13800138000",
    fault="No image, call 138 0013 8000",
    engineers=(Assignment(login="ann", lead=True, assigned_at=AT),),
    consent_asked=ConsentAsked(name="Dr Li", phone="028-55502007", until=AT, at=AT),
    reported_at=AT,
    original_reported_at=AT,
)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("13812345678", "138****5678"),
        ("138-1234-5678", "138-****-5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("+86 138 1234 5678", "+86 138 **** 5678"),
        ("028-55502007", "***-****2007"),
        ("(028) 5550 2007-801", "(***) **** ***7-801"),
        ("55502007", "****2007"),
        ("61234", "**234"),
        ("8001", "**01"),
        ("110", "*10"),
        ("12", "**"),
        ("13812345678/028-55502007", "138****5678/***-****2007"),
        ("13812345678、13987654321", "138****5678、139****4321"),
        ("ask at the gate", "ask at the gate"),
        ("", ""),
    ],
)
def test_of_a_number_only_what_tells_it_from_others_is_left(said: str, left: str) -> None:
    assert mask_phone(said) == left
    assert mask_phone(left) == left


@given(st.text(alphabet="0123456789 -()+/", max_size=30))
def test_whatever_is_a_number_is_masked_once_and_keeps_its_shape(said: str) -> None:
    left = mask_phone(said)
    assert len(left) == len(said)
    assert is_masked(left) == any(char.isdigit() for char in said)
    assert mask_phone(left) == left
    assert all(new in ("*", old) for old, new in zip(said, left, strict=True))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Call 13800138000 at once", "Call 138****8000 at once"),
        ("王主任13800138000，夜里打", "王主任138****8000，夜里打"),
        ("139 8765 4321 or 13987654321", "139 **** 4321 or 139****4321"),
        ("Serial 2138001380001 is none", "Serial 2138001380001 is none"),
        ("12800138000 is none either", "12800138000 is none either"),
    ],
)
def test_mobile_numbers_in_words_are_masked(text: str, left: str) -> None:
    assert mask_text(text) == left


def test_everything_in_a_ticket_is_masked_but_what_it_is_known_by() -> None:
    seen = masked(TICKET)
    assert (seen.number, seen.device) == (TICKET.number, "13800138000")
    assert (seen.phone, seen.fault) == ("138****8000", "No image, call 138 **** 8000")
    assert seen.consent_asked is not None
    assert (seen.consent_asked.name, seen.consent_asked.phone) == ("Dr Li", "***-****2007")
    assert masked(seen) == seen


def test_what_has_no_number_stays_the_very_same() -> None:
    device = Device(id="1", serial="1", maker="M", model="", name="CT", kind="", customer="H1")
    assert masked(device) is device


def test_the_text_of_a_final_report_is_masked_by_its_names() -> None:
    document = '{"number":"260303-001","phone":"028-55502007","fault":"call 13800138000"}'
    entry = e.Entry(
        seq=1,
        event=e.ReportFinished(document=document, hash="13800138000"),
        actor="ola",
        occurred_at=AT,
        recorded_at=AT,
    )
    event = masked(entry).event
    assert isinstance(event, e.ReportFinished)
    assert event.document == (
        '{"number":"260303-001","phone":"***-****2007","fault":"call 138****8000"}'
    )
    assert event.hash == "13800138000"
    assert masked_data("13800138000 is no object") == "138****8000 is no object"


def test_every_role_is_in_the_table() -> None:
    assert set(CUSTOMERS) == set(Role)
    needs = {role for role in Role if sees_customers(Staff(login="x", name="X", role=role))}
    assert needs == {Role.OPERATOR, Role.MANAGER, Role.GENERAL_MANAGER}
    assert set(Role) - COLLEAGUES == {Role.SUPERVISOR}
    assert not sees_colleagues(Staff(login="sue", name="Sue", role=Role.SUPERVISOR))


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.SPECIALIST])
def test_who_is_sent_sees_the_numbers_of_their_own_tickets(role: Role) -> None:
    assert sees_customers(Staff(login="ann", name="Ann", role=role), TICKET)
    assert not sees_customers(Staff(login="bob", name="Bob", role=role), TICKET)
    assert not sees_customers(Staff(login="ann", name="Ann", role=role))


@pytest.mark.parametrize(
    ("name", "said"),
    [("phone", mask_phone("028-1")), ("phone", "**"), ("fault", "call 138****8000, please")],
)
def test_a_masked_number_is_never_taken_for_a_whole_one(name: str, said: str) -> None:
    with pytest.raises(InvalidInput, match="masked"):
        check_whole(name, said)


def test_a_star_in_words_is_no_mask() -> None:
    check_whole("fault", "error *** 12, see 3 * 4")
    check_whole("phone", "028-55502007")
    assert not is_masked(masked(Contact(customer="H1", name="Dr Li")).phone)
