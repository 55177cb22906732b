"""The service report: a draft follows the journal, a final one is frozen with its hash."""

import hashlib
from datetime import timedelta

import pytest
from centre import CALL, NOON, STAFF, ZONE, FrozenClock, desk_of
from msgspec.structs import replace
from sqlalchemy import text

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.clocks import ClockKind, Policy
from dispatch_tui.domain.errors import NotFound, NotPossible
from dispatch_tui.domain.report import ReportFile, report_of
from dispatch_tui.domain.sections import ReportState, Section
from dispatch_tui.storage import files, schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

REPAIR: tuple[tuple[str, c.Command], ...] = (
    ("ola", c.Respond(note="Tube?")),
    ("mia", c.Assign(engineers=("ann",))),
    ("ann", c.Depart()),
    ("ann", c.Arrive()),
    ("ann", c.Diagnose(cause=f.Cause.TUBE, found="Arcing")),
    ("ann", c.FitPart(name="Tube", serial="T-2", source=f.PartSource.STOCK)),
    ("ann", c.Restore(what_was_done="New tube")),
)
DESCRIBE = c.DescribeService(state_after=f.DeviceState.IN_USE, confirmed_by="Dr Li")


class Course:
    """A ticket whose commands are given one after the other, ten minutes apart."""

    def __init__(self, database: Database, clock: FrozenClock, number: str) -> None:
        self.database, self.clock, self.number = database, clock, number

    async def give(self, login: str, *commands: c.Command) -> str:
        """Give commands; returns the other ticket that the last one opened."""
        other = ""
        for command in commands:
            self.clock.pass_(minutes=10)
            desk = desk_of(login, self.database, self.clock)
            other = (await desk.act(self.number, command)).other
        return other

    async def report(self, no: int = 0) -> ReportFile:
        """The report as somebody who may only look sees it."""
        return await desk_of("sue", self.database, self.clock).report(self.number, no)


@pytest.fixture
async def course(centre: Database, clock: FrozenClock) -> Course:
    """A call that was just logged."""
    number = (await desk_of("ola", centre, clock).log_call(CALL)).number
    return Course(centre, clock, number)


@pytest.fixture
async def repaired(course: Course) -> Course:
    """A ticket whose device works again, and of which a report needs nothing more."""
    for login, command in REPAIR:
        await course.give(login, command)
    await course.give("ann", DESCRIBE)
    return course


async def tamper(database: Database, old: str, new: str) -> None:
    """Change the text of final reports behind the desk's back."""

    async def work(connection: Connection) -> None:
        statement = "UPDATE journal SET data = replace(data, :old, :new)"
        where = " WHERE kind = 'report_finished'"
        await connection.execute(text(statement + where), {"old": old, "new": new})

    await database.write(work)


# A draft


async def test_a_draft_follows_the_journal(course: Course) -> None:
    first = await course.report()
    assert (first.state, first.hash, first.no) == (ReportState.DRAFT, "", 1)
    assert len(first.lacking) == 2
    assert (first.report.fault, first.report.reported_at) == (CALL.fault, NOON)
    await course.give("ola", c.Correct(fault="No image at all", contact="Dr Wu"))
    for login, command in REPAIR:
        await course.give(login, command)
    second = await course.report()
    assert len(second.lacking) == 1
    assert second.report.fault == "No image at all"
    assert (second.report.reported_by, second.report.what_was_done) == ("Dr Wu", "New tube")
    await course.give("ann", DESCRIBE)
    assert (await course.report()).lacking == ()
    assert report_of((await course.report()).document) == (await course.report()).report


async def test_people_and_files_stand_in_it_by_name(repaired: Course) -> None:
    report = (await repaired.report()).report
    assert (report.taken_by, report.answered_by) == ("Ola Operator", "Ola Operator")
    assert report.engineers == ("Ann",)
    assert [(one.visit, one.engineer) for one in report.trips] == [(1, "Ann")]
    assert report.customer == "First People's Hospital"
    assert (report.device_name, report.serial) == ("CT", "CT-1")


async def test_it_knows_how_the_fault_was_reported(centre: Database, clock: FrozenClock) -> None:
    desk = desk_of("ola", centre, clock)
    for how in (f.How.CALL, f.How.LETTER):
        number = (await desk.log_call(replace(CALL, channel=how))).number
        assert (await desk.report(number)).report.reported_how is how


async def test_it_says_what_the_customer_complained_about(repaired: Course) -> None:
    other = await repaired.give("ola", c.Complain(text="Too late"))
    [complaint] = (await repaired.report()).report.complaints
    assert (complaint.number, complaint.why) == (other, "Too late")
    assert other != repaired.number


async def test_it_says_what_the_call_back_gave(repaired: Course) -> None:
    result = f.CallBackResult.WORKS
    await repaired.give("ola", c.CallBack(result=result, attitude=5, skill=5, speed=4))
    call = (await repaired.report()).report.call_back
    assert call is not None
    assert (call.by, call.result, call.speed) == ("Ola Operator", result, 4)


async def test_a_test_has_the_limit_of_the_checklist_unless_another_was_told(
    repaired: Course,
) -> None:
    async def work(connection: Connection) -> None:
        await connection.execute(schema.devices.update().values(kind="ct"))

    await repaired.database.write(work)
    assert len((await repaired.report()).lacking) == 5
    for limit in ("", "<= 0.3 %"):
        test = c.RecordTest(item="noise", value="0.2 %", passed=f.Answer.YES, limit=limit)
        await repaired.give("ann", test)
    file = await repaired.report()
    assert [one.limit for one in file.report.tests] == ["<= 0.35 %", "<= 0.3 %"]
    assert len(file.lacking) == 4


async def test_a_draft_that_lacks_something_cannot_be_made_final(course: Course) -> None:
    for login, command in REPAIR:
        await course.give(login, command)
    with pytest.raises(NotPossible, match="describe-service"):
        await course.give("ann", c.FinishReport())
    assert (await course.report()).state is ReportState.DRAFT


async def test_a_complaint_has_no_service_report(repaired: Course) -> None:
    other = await repaired.give("ola", c.Complain(text="Too late"))
    with pytest.raises(NotPossible, match=f"{other} is a complaint"):
        await desk_of("sue", repaired.database).report(other)


async def test_an_unknown_ticket_has_none(centre: Database) -> None:
    with pytest.raises(NotFound, match="no ticket 1"):
        await desk_of("sue", centre).report("1")


# A final one


async def test_a_final_report_is_the_last_draft_with_its_hash(repaired: Course) -> None:
    draft = await repaired.report()
    await repaired.give("ann", c.FinishReport())
    final = await repaired.report()
    assert final.state is ReportState.FINAL
    assert (final.report, final.document) == (draft.report, draft.document)
    assert final.hash == hashlib.sha256(final.document.encode()).hexdigest()
    assert (final.finished_at, final.finished_by) == (repaired.clock.now, "Ann")
    assert (final.lacking, final.amendments, final.signed_by) == ((), (), "")
    assert final.finding is None


async def test_nothing_that_is_told_later_changes_a_final_report(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    final = await repaired.report()
    arrived_at = NOON + timedelta(minutes=35)
    await repaired.give("ola", c.Correct(fault="Another fault", contact="Dr Wu", device="MR-1"))
    await repaired.give("ola", c.CorrectTime(what="arrived", to=arrived_at))
    await repaired.give("ann", c.Note(text="It was the cable"))
    await repaired.give("ola", c.AddCall(text="Thank you"), c.Complain(text="Too late"))

    async def rename(connection: Connection) -> None:
        named = [replace(STAFF["ann"], name="Anna")]
        await files.put(connection, schema.staff, [files.staff_row(one) for one in named])
        await connection.execute(schema.customers.update().values(name="Renamed"))
        await connection.execute(schema.devices.update().values(name="Renamed", kind="ct"))

    await repaired.database.write(rename)
    ticket = (await desk_of("sue", repaired.database).ticket(repaired.number)).case.ticket
    assert (ticket.fault, ticket.arrived_at) == ("Another fault", arrived_at)
    assert await repaired.report() == replace(final, finished_by="Anna")


async def test_a_final_report_is_frozen_even_for_whoever_made_it_final(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    with pytest.raises(NotPossible, match="amend it instead"):
        await desk_of("ann", repaired.database, repaired.clock).act(repaired.number, c.Undo())
    assert (await repaired.report()).state is ReportState.FINAL


async def test_a_repeat_fault_is_said_in_the_report_and_frozen_with_it(repaired: Course) -> None:
    first = repaired.number
    repaired.clock.pass_(days=20)
    desk = desk_of("mia", repaired.database, repaired.clock)
    done = await desk.log_call(c.LogCall(fault="Again", customer="H1", device="CT-1"))
    await desk.act(done.number, c.SolveByPhone(what_was_done="x"))
    cause = (await desk.ticket(first)).case.ticket.cause
    await desk.act(done.number, c.Diagnose(cause=cause))
    assert (await desk.report(done.number)).report.repeats == first
    await desk.act(
        done.number, c.DescribeService(state_after=f.DeviceState.IN_USE, confirmed_by="Li")
    )
    await desk.act(done.number, c.FinishReport())
    assert (await desk.report(done.number)).report.repeats == first


async def test_a_signed_report_names_who_signed_it_and_when(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    final = await repaired.report()
    await repaired.give("ola", c.SignReport(name="Dr Li", position="head of radiology"))
    signed = await repaired.report()
    assert signed.state is ReportState.SIGNED
    assert (signed.signed_by, signed.position) == ("Dr Li", "head of radiology")
    assert signed.signed_at == repaired.clock.now
    assert (signed.report, signed.hash) == (final.report, final.hash)


async def test_amendments_are_counted_and_leave_what_they_amend(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    final = await repaired.report()
    await repaired.give("ann", c.AmendReport(section=Section.PARTS, text="Serial T-3"))
    await repaired.give("ola", c.SignReport(name="Dr Li"))
    await repaired.give("mia", c.AmendReport(section=Section.PARTS, text="Serial T-4"))
    file = await repaired.report()
    assert [(one.no, one.text, one.by) for one in file.amendments] == [
        (1, "Serial T-3", "Ann"),
        (2, "Serial T-4", "Mia Manager"),
    ]
    assert {one.section for one in file.amendments} == {Section.PARTS}
    assert file.amendments[-1].at == repaired.clock.now
    assert (file.report, file.hash) == (final.report, final.hash)
    assert (file.state, file.signed_by) == (ReportState.SIGNED, "Dr Li")


async def test_a_taken_back_amendment_is_gone(repaired: Course) -> None:
    amend = c.AmendReport(section=Section.WORK, text="Not so")
    await repaired.give("ann", c.FinishReport(), amend)
    await desk_of("ann", repaired.database, repaired.clock).act(repaired.number, c.Undo())
    assert (await repaired.report()).amendments == ()


async def test_the_promises_are_those_of_the_company_s_policy(repaired: Course) -> None:
    policy = Policy(repair=timedelta(hours=12))
    me = STAFF["ann"]
    desk = Desk(repaired.database, me, zone=ZONE, clock=repaired.clock, policy=policy)
    draft = await desk.report(repaired.number)
    await desk.act(repaired.number, c.FinishReport())
    final = await desk.report(repaired.number)
    for report in (draft.report, final.report):
        assert report.limits == policy
        [repair] = [one for one in report.clocks if one.kind is ClockKind.REPAIR]
        assert repair.due_at - repair.started_at == policy.repair


# A case that was reopened


async def test_a_reopened_case_gets_a_new_report_and_keeps_the_old_one(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    await repaired.give("ola", c.SignReport(name="Dr Li"))
    old = await repaired.report()
    await repaired.give("mia", c.Reopen(reason="Dark again"))
    draft = await repaired.report()
    assert (draft.no, draft.state) == (2, ReportState.DRAFT)
    assert await repaired.report(1) == old
    assert await repaired.report(2) == draft
    restore = c.Restore(what_was_done="New cable")
    await repaired.give("ann", c.Arrive(), restore, DESCRIBE, c.FinishReport())
    await repaired.give("ann", c.AmendReport(section=Section.WORK, text="Two cables"))
    new = await repaired.report()
    assert (new.no, new.report.what_was_done) == (2, "New cable")
    assert (new.signed_by, len(new.amendments)) == ("", 1)
    assert await repaired.report(1) == old


@pytest.mark.parametrize("no", [-1, 2, 99])
async def test_a_report_that_there_is_not_is_said_to_be_missing(repaired: Course, no: int) -> None:
    with pytest.raises(NotFound, match=f"no service report no. {no}: the last one is no. 1"):
        await repaired.report(no)


# A text that was tampered with


async def test_a_text_that_was_changed_is_shown_and_said_to_be(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    whole = await repaired.report()
    await tamper(repaired.database, "New tube", "Old tube")
    file = await repaired.report()
    assert file.report.what_was_done == "Old tube"
    assert file.hash == whole.hash
    assert file.finding is not None
    said = str(file.finding)
    found = hashlib.sha256(file.document.encode()).hexdigest()
    assert repaired.number in said
    assert f"its hash is {found}, not {whole.hash}" in said


async def test_a_hash_that_was_changed_is_found_too(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    whole = await repaired.report()
    await tamper(repaired.database, whole.hash, "0" * 64)
    assert (await repaired.report()).finding is not None


async def test_a_text_that_cannot_be_read_is_refused_in_one_sentence(repaired: Course) -> None:
    await repaired.give("ann", c.FinishReport())
    await tamper(repaired.database, '\\"cover\\"', '\\"clover\\"')
    with pytest.raises(NotPossible, match=f"report on ticket {repaired.number} cannot be read"):
        await repaired.report()
