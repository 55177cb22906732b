"""Contracts: which one holds, and what its limits do to the clocks."""

from datetime import date, timedelta

import pytest
from course import FRESH, REPORTED, STAFF, Course, fault, hours

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import ClockKind, Policy, clocks
from dispatch_tui.domain.contracts import in_force, limits_of, next_inspection
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.facts import Limits
from dispatch_tui.domain.files import Contract
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.ticket import Kind

DAY = date(2026, 3, 2)
LIMITS = Limits(contract="K-7", response_minutes=30, on_site_hours=24, repair_hours=12)


def contract(**facts: object) -> Contract:
    """A contract of two years around the day."""
    usual = {"customer": "H01", "number": "K-1", "since": date(2025, 1, 1)}
    return Contract(**usual | {"until": date(2026, 12, 31)} | facts)  # type: ignore[arg-type]


def logged(limits: Limits | None = LIMITS, **intake: object) -> tuple[e.Entry, ...]:
    """The journal of a call under a contract."""
    facts = Facts(now=REPORTED, at=REPORTED, actor=STAFF["operator"], limits=limits)
    return decide(FRESH, fault(**intake), facts)[0]


@pytest.mark.parametrize(
    ("day", "device", "number"),
    [
        (date(2025, 1, 1), "D7", "K-1"),
        (date(2026, 12, 31), "D7", "K-2"),
        (date(2024, 12, 31), "D7", None),
        (date(2027, 1, 1), "D7", None),
        (date(2026, 6, 1), "D7", "K-2"),
        (date(2026, 6, 1), "D8", "K-3"),
        (date(2026, 6, 1), "", "K-2"),
    ],
)
def test_the_contract_of_the_device_goes_before_the_newest(
    day: date, device: str, number: str | None
) -> None:
    known = (
        contract(),
        contract(number="K-2", since=date(2026, 5, 1)),
        contract(number="K-3", device="D8"),
    )
    found = in_force(known, device, day)
    assert (found.number if found else None) == number


def test_a_contract_without_limits_leaves_them_to_the_plan() -> None:
    assert limits_of([], "D7", DAY) is None
    assert limits_of([contract(inspection_months=1)], "D7", DAY) is None
    found = limits_of([contract(repair_hours=24)], "D7", DAY)
    assert found == Limits(contract="K-1", repair_hours=24)


def test_what_the_contract_of_the_device_leaves_open_is_that_of_the_customer() -> None:
    general = contract(on_site_hours=24, repair_hours=24)
    own = contract(number="K-9", device="D7", repair_hours=12)
    bare = contract(number="K-8", device="D8", inspection_months=1)
    assert limits_of([general, own, bare], "D7", DAY) == Limits(
        contract="K-9", on_site_hours=24, repair_hours=12
    )
    assert limits_of([general, own, bare], "D8", DAY) == Limits(
        contract="K-1", on_site_hours=24, repair_hours=24
    )


def test_the_limits_of_the_contract_hold_from_the_call_on() -> None:
    ticket = fold(FRESH, logged())
    assert ticket is not None
    found = {one.kind: one for one in clocks(ticket, Policy())}
    assert found[ClockKind.RESPONSE].due_at == REPORTED + timedelta(minutes=30)
    assert found[ClockKind.ON_SITE].due_at == hours(24)
    assert all(one.due_at == one.original_due_at for one in found.values())


def test_a_limit_that_the_contract_leaves_out_is_the_plan() -> None:
    ticket = fold(FRESH, logged(Limits(contract="K", on_site_hours=24)))
    assert ticket is not None
    found = {one.kind: one for one in clocks(ticket, Policy())}
    assert found[ClockKind.RESPONSE].due_at == hours(1)


def test_a_complaint_has_no_limits() -> None:
    (entry,) = logged(kind=Kind.COMPLAINT)
    assert isinstance(entry.event, e.CallLogged)


def test_a_changed_contract_moves_the_limit_and_does_not_hide_the_first_one() -> None:
    course = Course()
    course.give(
        c.SetLimits(contract="K-7", on_site_hours=24, repair_hours=12), 1, by="manager"
    ).give(c.Assign(engineers=("li",)), 2).give(c.Arrive(), 5)
    on_site, repair = course.clock(ClockKind.ON_SITE), course.clock(ClockKind.REPAIR)
    assert (on_site.due_at, on_site.original_due_at) == (hours(24), hours(48))
    assert (repair.due_at, repair.original_due_at) == (hours(17), hours(41))
    with pytest.raises(NotPossible, match="these already"):
        course.give(c.SetLimits(contract="K-7", on_site_hours=24, repair_hours=12), 6)
    course.give(c.SetLimits(), 6)
    assert course.clock(ClockKind.ON_SITE).due_at == hours(48)


def test_a_corrected_customer_brings_the_limits_of_its_contract() -> None:
    journal = logged()
    facts = Facts(now=hours(1), at=hours(1), actor=STAFF["manager"], journal=journal)
    entries, ticket = decide(FRESH, c.Correct(customer="H02"), facts)
    assert [type(one.event) for one in entries] == [e.Corrected, e.LimitsSet]
    assert ticket.limits is None
    assert ticket.original_limits == LIMITS
    same = decide(FRESH, c.Correct(phone="1"), facts)[0]
    assert [type(one.event) for one in same] == [e.Corrected]


def test_an_earlier_report_is_under_the_same_limits() -> None:
    journal = logged()
    earlier = REPORTED - timedelta(hours=3)
    facts = Facts(now=hours(1), at=hours(1), actor=STAFF["manager"], journal=journal, limits=LIMITS)
    entries, _ = decide(FRESH, c.CorrectTime(what="reported", to=earlier), facts)
    then = fold(FRESH, (*journal, *entries), until=earlier)
    assert then is not None
    assert then.limits == LIMITS


def test_a_report_corrected_to_before_the_contract_has_the_limits_of_the_plan() -> None:
    journal = logged()
    earlier = REPORTED - timedelta(hours=3)
    facts = Facts(now=hours(1), at=hours(1), actor=STAFF["manager"], journal=journal)
    entries, ticket = decide(FRESH, c.CorrectTime(what="reported", to=earlier), facts)
    assert isinstance(entries[-1].event, e.LimitsSet)
    assert (ticket.limits, ticket.original_limits) == (None, LIMITS)
    then = fold(FRESH, (*journal, *entries), until=earlier)
    assert then is not None
    assert then.limits is None


def test_a_reopened_case_is_under_the_contract_as_it_is_then() -> None:
    solved = Course().give(c.SolveByPhone(what_was_done="reset"), 1)
    facts = Facts(
        now=hours(9), at=hours(9), actor=STAFF["manager"], journal=solved.journal, limits=LIMITS
    )
    entries, ticket = decide(solved.number, c.Reopen(reason="again"), facts)
    assert [type(one.event) for one in entries] == [e.Reopened, e.LimitsSet]
    assert ticket.limits == LIMITS


def test_what_follows_from_a_contract_is_not_taken_back_on_the_ticket() -> None:
    course = Course().give(c.SetLimits(contract="K-7", on_site_hours=24), 1)
    with pytest.raises(NotPossible, match="follow from the contract"):
        course.give(c.Undo(), 1)


def test_the_consent_counts_from_the_limit_of_the_contract() -> None:
    facts = {"name": "Dr Chen", "until": hours(40)}
    course = Course().give(c.SetLimits(contract="K-7", repair_hours=24), 0.5)
    course.give(c.Assign(engineers=("li",)), 1).give(c.Arrive(), 2)
    course.give(c.Diagnose(severity="major"), 3).give(c.AskConsent(**facts), 4)  # type: ignore[arg-type]
    assert course.ticket.consent_asked is not None


@pytest.mark.parametrize(
    ("accepted", "months", "today", "due"),
    [
        (None, None, date(2026, 3, 2), None),
        (date(2025, 11, 30), None, date(2025, 12, 1), date(2026, 2, 28)),
        (date(2025, 11, 30), None, date(2026, 2, 28), date(2026, 2, 28)),
        (date(2025, 11, 30), None, date(2026, 3, 1), date(2026, 5, 30)),
        (date(2021, 11, 30), 1, date(2026, 3, 2), date(2026, 3, 30)),
        (date(2026, 6, 1), None, date(2026, 3, 2), date(2026, 9, 1)),
    ],
)
def test_an_inspection_is_due_by_the_contract_or_each_quarter(
    accepted: date | None, months: int | None, today: date, due: date | None
) -> None:
    agreed = contract(inspection_months=months) if months else None
    assert next_inspection(accepted, agreed, today) == due
