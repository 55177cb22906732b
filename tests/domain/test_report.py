"""The service report: from the journal, complete before it is final, frozen from then on."""

import hashlib
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from course import ASSIGN, CT, CURE, STAFF, WORKS, Course, fault, hours, in_state, take_away, told
from msgspec.structs import replace
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.checklists import CHECKLISTS, NAMES, checklist
from dispatch_tui.domain.clocks import ClockKind, Policy
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.facts import Answer, Cause, DeviceState, Report, ServiceFacts
from dispatch_tui.domain.files import Customer
from dispatch_tui.domain.report import (
    ServiceReport,
    document_of,
    hash_of,
    missing,
    report_of,
    service_report,
)
from dispatch_tui.domain.sections import Section
from dispatch_tui.domain.ticket import Status
from dispatch_tui.domain.warranty import Coverage

CAUSE = c.Diagnose(cause=Cause.TUBE, found="arcs", tried="reset")
STATE = c.DescribeService(state_after=DeviceState.IN_USE, confirmed_by="Nurse Wu", advice="cool")
HOSPITAL = Customer(code="H01", name="East Lake Hospital")


def measured(code: str) -> c.RecordTest:
    return c.RecordTest(item=code, value="good", passed=Answer.YES)


def repaired() -> Course:
    """A repair of the CT with everything that a report needs."""
    call = fault(device="D7", contact="Dr. Chen", phone="1", department="Radiology")
    course = told(
        (c.Respond(), 0.5),
        (ASSIGN, 1),
        (c.Depart(engineers=("li",)), 2),
        (c.Arrive(engineers=("li",)), 3),
        (CAUSE, 4),
        (c.Restore(what_was_done=CURE), 5),
        (STATE, 5),
        course=Course(call, device=CT),
    )
    for check in checklist("ct"):
        course.give(measured(check.code), 5)
    return course.give(c.Leave(), 6)


def final() -> Course:
    return repaired().give(c.FinishReport(), 7)


def drawn_up(course: Course) -> ServiceReport:
    return service_report(
        course.ticket, course.journal, HOSPITAL, course.device, STAFF, UTC, Policy()
    )


def test_what_the_journal_knows_is_not_typed_again() -> None:
    report = drawn_up(repaired())
    assert (report.device_name, report.model, report.serial) == ("CT scanner", "Axiel 64", "D7")
    assert (report.customer, report.department) == ("East Lake Hospital", "Radiology")
    assert (report.reported_by, report.phone, report.taken_by) == ("Dr. Chen", "1", "Operator")
    assert (report.reported_at, report.answered_at) == (hours(0), hours(0.5))
    assert report.answered_by == "Manager"
    (trip,) = report.trips
    assert (trip.engineer, trip.departed_at, trip.arrived_at, trip.left_at) == (
        "Li Wei",
        hours(2),
        hours(3),
        hours(6),
    )
    assert report.engineers == ("Li Wei", "Wang Fang")
    assert (report.started_at, report.finished_at) == (hours(3), hours(5))
    assert (report.fault, report.cause, report.found) == ("no image", Cause.TUBE, "arcs")
    assert (report.tried, report.what_was_done) == ("reset", CURE)
    assert report.service == ServiceFacts(
        state_after=DeviceState.IN_USE, confirmed_by="Nurse Wu", advice="cool", at=hours(5)
    )
    assert report.cover.coverage is Coverage.WARRANTY
    assert [one.kind for one in report.clocks] == list(ClockKind)[:4]
    assert {one.item for one in report.tests} == {one.code for one in checklist("ct")}


def test_parts_things_away_loans_and_consent_are_in_it() -> None:
    course = in_state(Status.ON_SITE).give(SAMPLES["fit-part"], 4).give(take_away(), 4)
    course.give(SAMPLES["lend"], 4).give(c.Complain(text="too slow"), 5)
    report = drawn_up(course)
    assert report.parts == course.ticket.parts
    assert [one.serial for one in report.removals] == ["S1"]
    assert report.loans == course.ticket.loans
    assert [one.number for one in report.complaints] == ["260302-002"]


def test_who_talked_first_is_the_engineer_where_nobody_answered_before() -> None:
    assert drawn_up(in_state(Status.ON_SITE)).answered_by == "Li Wei"
    phoned = Course().give(c.NeedVisit(why="x"), 0.5, by="operator")
    assert drawn_up(phoned).answered_by == "Operator"
    assert drawn_up(Course()).answered_by == ""


def test_the_warranty_is_that_of_the_company_s_day_of_the_report() -> None:
    late = Course(at=hours(9), device=CT)  # 17:00 UTC
    there = service_report(
        late.ticket, late.journal, None, CT, STAFF, ZoneInfo("Asia/Shanghai"), Policy()
    )
    assert there.cover.coverage is Coverage.NONE
    assert drawn_up(late).cover.coverage is Coverage.WARRANTY


def test_what_the_journal_does_not_know_is_asked_for() -> None:
    course = told((ASSIGN, 1), (c.Arrive(), 3), course=Course(device=CT))
    course.give(c.Restore(what_was_done=CURE), 5)
    tests = tuple(NAMES[one.code] for one in checklist("ct"))
    assert missing(drawn_up(course)) == (
        "the cause (diagnose)",
        "the state after service and who confirmed it (describe-service)",
        *tests,
    )
    course.give(CAUSE).give(STATE)
    assert missing(drawn_up(course)) == tests
    course.give(measured(checklist("ct")[0].code))
    assert missing(drawn_up(course)) == tests[1:]
    with pytest.raises(NotPossible, match=r"The report on ticket 260302-001 lacks: .*CT number"):
        course.decided(c.FinishReport())


def test_a_device_without_a_checklist_needs_no_tests() -> None:
    course = in_state(Status.RESTORED).give(CAUSE).give(STATE)
    assert missing(drawn_up(course)) == ()
    assert checklist("dentist's chair") == ()


@pytest.mark.parametrize("status", [Status.SOLVED, Status.AGREED])
def test_where_nothing_was_repaired_on_site_no_tests_are_asked_for(status: Status) -> None:
    course = in_state(status)
    course.device = CT
    assert missing(drawn_up(course.give(CAUSE).give(STATE))) == ()


def test_every_test_of_every_checklist_has_its_name() -> None:
    for kind, checks in CHECKLISTS.items():
        codes = [one.code for one in checks]
        assert len(set(codes)) == len(codes) >= 4, kind
        assert all(NAMES[one.code] == one.name for one in checks)


def test_a_final_report_is_frozen_with_the_hash_of_its_text() -> None:
    course = final()
    entry = course.journal[-1]
    assert isinstance(entry.event, e.ReportFinished)
    digest = hashlib.sha256(entry.event.document.encode()).hexdigest()
    assert course.ticket.reports == (Report(seq=entry.seq, hash=digest, at=hours(7)),)
    written = replace(drawn_up(repaired()), customer="Dr. Chen")  # no files at hand
    assert report_of(entry.event.document) == written


def test_a_final_report_says_what_was_so_when_it_was_made_whatever_is_corrected_later() -> None:
    course = final()
    frozen = course.journal[-1].event
    assert isinstance(frozen, e.ReportFinished)
    course.give(c.CorrectTime(what="arrived", to=hours(2.5)), 8).give(c.Correct(fault="smoke"), 8)
    course.give(WORKS, 8).give(c.Close(), 9)
    assert report_of(frozen.document).started_at == hours(3)
    assert drawn_up(course).started_at == hours(2.5)
    assert course.ticket.report is not None
    assert course.ticket.report.hash == hash_of(frozen.document)


def test_a_final_report_takes_no_further_facts_only_amendments() -> None:
    course = final()
    for command in (CAUSE, STATE, measured("noise"), SAMPLES["fit-part"], SAMPLES["remove-part"]):
        with pytest.raises(NotPossible, match="is final: amend it instead"):
            course.decided(command)
    with pytest.raises(NotPossible, match="is final: amend it instead"):
        course.decided(c.FinishReport())
    course.give(c.AmendReport(section=Section.PARTS, text="the cable too"), 8)
    course.give(c.AmendReport(section=Section.WORK, text="twice"), 9)
    assert course.ticket.report is not None
    assert course.ticket.report.amendments == 2
    assert course.ticket.report.hash == final().ticket.reports[0].hash


def test_a_final_report_is_not_taken_back() -> None:
    with pytest.raises(NotPossible, match="final and frozen: amend it instead"):
        final().decided(c.Undo())


def test_a_report_is_signed_once_after_it_is_final() -> None:
    sign = c.SignReport(name="Dr. Chen", position="head")
    with pytest.raises(NotPossible, match="is a draft: make it final first"):
        repaired().decided(sign)
    course = final().give(sign, 8)
    assert course.ticket.report is not None
    assert (course.ticket.report.signed_by, course.ticket.report.signed_at) == (
        "Dr. Chen",
        hours(8),
    )
    with pytest.raises(NotPossible, match="already signed by Dr"):
        course.decided(sign)
    assert course.give(c.AmendReport(section=Section.WORK, text="x"), 9).ticket.report is not None


def test_a_reopened_case_has_a_report_of_its_own_and_keeps_the_first() -> None:
    course = final().give(c.Reopen(reason="fails"), 8)
    first = course.ticket.reports[0]
    assert course.ticket.report is None
    assert (course.ticket.parts, course.ticket.tests, course.ticket.service) == ((), (), None)
    course.give(c.Arrive(engineers=("li",)), 9).give(c.Restore(what_was_done="cable"), 10)
    with pytest.raises(NotPossible, match=r"lacks: .*state after service"):
        course.decided(c.FinishReport())
    course.give(STATE, 10)
    for check in checklist("ct"):
        course.give(measured(check.code), 10)
    course.give(c.FinishReport(), 11).give(c.SignReport(name="Wu"), 12)
    assert course.ticket.reports[0] == first
    assert course.ticket.reports[1].life == 1
    assert [one.signed_by for one in course.ticket.reports] == ["", "Wu"]


def test_what_was_told_for_a_report_that_was_never_final_is_kept_over_a_reopening() -> None:
    course = repaired().give(c.Reopen(reason="fails"), 8)
    assert course.ticket.service is not None
    assert len(course.ticket.tests) == len(checklist("ct"))


def test_the_text_of_a_report_is_the_same_for_the_same_facts() -> None:
    one, other = document_of(drawn_up(repaired())), document_of(drawn_up(repaired()))
    assert one == other
    assert document_of(report_of(one)) == one
    assert hash_of(one) != hash_of(document_of(replace(report_of(one), fault="smoke")))


def test_limits_of_a_customer_s_own_are_those_of_the_report() -> None:
    course = repaired()
    course.policy = Policy(repair=timedelta(hours=24))
    frozen = course.give(c.FinishReport(), 7).journal[-1].event
    assert isinstance(frozen, e.ReportFinished)
    repair = next(one for one in report_of(frozen.document).clocks if one.kind is ClockKind.REPAIR)
    assert repair.due_at == hours(27)
