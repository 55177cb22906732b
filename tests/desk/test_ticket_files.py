"""What a ticket's reader is told beside it: cover, repeat faults, what may be done."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from centre import CALL, DEVICES, STAFF, FrozenClock, desk_of
from courses import BY_ROLE, CLOSED, COMPLAIN, COURSES, SOLVED, Acts, begun
from domain.matrix import OWN_ROLES, ROLES
from msgspec.structs import asdict, replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import InvalidInput, NotAllowed, NotPossible
from dispatch_tui.domain.facts import Cause
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.warranty import Coverage, Verdict
from dispatch_tui.storage import files, schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

ACCEPTED = date(2023, 3, 3)
"""36 months later is the day on which the centre's clock stands."""
LAST_MINUTE = datetime(2026, 3, 3, 15, 59, tzinfo=UTC)
"""Shortly before midnight in the company's zone."""


async def _on_file(database: Database, device: Device) -> None:
    async def work(connection: Connection) -> None:
        await files.put(connection, schema.devices, [asdict(device)])

    await database.write(work)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Verdict(Coverage.UNKNOWN)),
        ({"accepted_on": ACCEPTED}, Verdict(Coverage.WARRANTY, date(2026, 3, 3))),
        ({"accepted_on": date(2023, 3, 2)}, Verdict(Coverage.NONE, date(2026, 3, 2))),
        (
            {"accepted_on": date(2023, 3, 2), "contract_until": date(2026, 12, 31)},
            Verdict(Coverage.CONTRACT, date(2026, 12, 31)),
        ),
        (
            {"contract_from": date(2026, 3, 4), "contract_until": date(2026, 12, 31)},
            Verdict(Coverage.UNKNOWN),
        ),
    ],
    ids=["unknown", "last day", "day after", "contract", "contract to come"],
)
async def test_a_ticket_says_what_its_device_is_covered_by(
    centre: Database, clock: FrozenClock, facts: dict[str, date], expected: Verdict
) -> None:
    await _on_file(centre, replace(DEVICES[0], **facts))
    number = await begun(centre, clock)
    assert (await desk_of("ola", centre, clock).ticket(number)).verdict == expected


async def test_the_cover_is_that_of_the_reported_day_in_the_companys_zone(
    centre: Database,
) -> None:
    await _on_file(centre, replace(DEVICES[0], accepted_on=ACCEPTED))
    clock = FrozenClock(LAST_MINUTE)
    ola = desk_of("ola", centre, clock)
    covered = (await ola.log_call(CALL)).number
    clock.pass_(minutes=2)
    too_late = (await ola.log_call(CALL)).number
    told = {one: (await ola.ticket(one)).verdict.coverage for one in (covered, too_late)}
    assert told == {covered: Coverage.WARRANTY, too_late: Coverage.NONE}
    clock.pass_(days=400)
    assert (await ola.ticket(covered)).verdict.coverage is Coverage.WARRANTY


async def test_a_part_costs_nothing_within_the_warranty_and_its_price_after_it(
    centre: Database, clock: FrozenClock
) -> None:
    before, part, _ = COURSES["fit-part"]
    number = await begun(centre, clock, before)
    ann = desk_of("ann", centre, clock)
    await _on_file(centre, replace(DEVICES[0], accepted_on=ACCEPTED))
    with pytest.raises(InvalidInput) as refused:
        await ann.act(number, part)
    assert refused.value.field == "price"
    await _on_file(centre, replace(DEVICES[0], accepted_on=ACCEPTED - timedelta(days=1)))
    await ann.act(number, part)


async def _repaired(
    database: Database, clock: FrozenClock, cause: Cause, *, device: str = "CT-1"
) -> str:
    acts: Acts = (*SOLVED, ("ola", c.Diagnose(cause=cause)))
    return await begun(database, clock, acts, call=replace(CALL, device=device))


async def test_a_fault_that_came_back_is_told_with_the_one_that_it_repeats(
    centre: Database, clock: FrozenClock
) -> None:
    older = await _repaired(centre, clock, Cause.TUBE)
    clock.pass_(days=10)
    other_cause = await _repaired(centre, clock, Cause.POWER)
    await _repaired(centre, clock, Cause.TUBE, device="MR-1")
    clock.pass_(days=49)
    ola = desk_of("ola", centre, clock)
    number = await begun(centre, clock)
    file = await ola.ticket(number)
    assert file.repeats == ""
    assert [one.number for one in file.recent] == [other_cause, older]
    await ola.act(number, c.Diagnose(cause=Cause.TUBE))
    assert (await ola.ticket(number)).repeats == older
    await ola.act(number, c.Diagnose(cause=Cause.CABLE))
    assert (await ola.ticket(number)).repeats == ""


async def test_what_was_repaired_more_than_sixty_days_ago_is_no_repeat(
    centre: Database, clock: FrozenClock
) -> None:
    await _repaired(centre, clock, Cause.TUBE)
    clock.pass_(days=60, minutes=1)
    number = await begun(centre, clock, (*SOLVED, ("ola", c.Diagnose(cause=Cause.TUBE))))
    file = await desk_of("ola", centre, clock).ticket(number)
    assert (file.repeats, file.recent) == ("", ())


async def test_a_ticket_without_a_device_repeats_nothing(
    centre: Database, clock: FrozenClock
) -> None:
    for _ in range(2):
        number = await _repaired(centre, clock, Cause.TUBE, device="")
    file = await desk_of("ola", centre, clock).ticket(number)
    assert (file.repeats, file.recent, file.verdict.coverage) == ("", (), Coverage.UNKNOWN)


async def test_a_complaint_knows_its_case_and_the_case_its_complaint(
    centre: Database, clock: FrozenClock
) -> None:
    number = await begun(centre, clock, CLOSED)
    done = await desk_of("ola", centre, clock).act(number, COMPLAIN)
    complaint = (await desk_of("gina", centre, clock).ticket(done.other)).case.ticket
    assert complaint.complaint is not None
    assert complaint.complaint.about == number
    case = (await desk_of("gina", centre, clock).ticket(number)).case.ticket
    assert case.complaints == (done.other,)


def _people() -> Iterable[str]:
    return (BY_ROLE[role] for role in Role)


@pytest.mark.parametrize("name", COURSES)
async def test_obstacles_say_beforehand_what_the_desk_would_refuse(
    file_centre: Database, clock: FrozenClock, name: str
) -> None:
    before, command, call = COURSES[name]
    await begun(file_centre, clock)
    number = await begun(file_centre, clock, before, call=call)
    fresh = await begun(file_centre, clock, call=call)
    for login in (*_people(), "bob"):
        desk = desk_of(login, file_centre, clock)
        role = STAFF[login].role
        may = role in ROLES[name] or (role in OWN_ROLES[name] and login != "bob")
        file = await desk.ticket(number)
        assert set(file.obstacles) == set(COMMANDS)
        assert (file.obstacles[name] is None) is may
        there = (await desk.ticket(fresh)).obstacles[name]
        if there is not None:
            with pytest.raises((NotAllowed, NotPossible)) as refused:
                await desk.act(fresh, command)
            assert refused.value.message == there
